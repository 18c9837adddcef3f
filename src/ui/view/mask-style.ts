/** How the removed region is drawn. */
export const MASK_STYLES = ['fill', 'outline', 'off'] as const;
export type MaskStyle = (typeof MASK_STYLES)[number];
