/** Colours of the design tokens (styles/tokens.css) for what is drawn on a canvas. */
export function tokenColor(name: string): readonly [number, number, number] {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const hex = /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  if (!hex) throw new Error(`the token ${name} is no six-digit colour`);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
