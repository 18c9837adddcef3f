/** What a person may change for one scan, besides painting. */
import type { DefaceOptions, Depth, Region } from '../deface/options.ts';

export interface CorrectionSettings {
  readonly regions: readonly Region[];
  readonly depth: Depth;
  /** How far the region as planned is grown (above 0) or shrunk (mm). */
  readonly marginMm: number;
  /** Why the brain guard may be broken by the hand; null: it holds. */
  readonly guardReason: string | null;
}

export const MARGIN_MM = { min: -6, max: 6 } as const;
/** What "grow" and "shrink" do once (mm). */
export const GROW_MM = 3;
/** Of a brush (mm). */
export const RADIUS_MM = { min: 1, max: 30, start: 6 } as const;
/** Characters of a reason. */
export const REASON = { min: 5, max: 200 } as const;

export function settingsOf({ regions, depth }: DefaceOptions): CorrectionSettings {
  return { regions, depth, marginMm: 0, guardReason: null };
}

/** A reason as it goes into the report: one line; null where it says nothing. */
export function reasonOf(text: string): string | null {
  const line = text.replaceAll(/\s+/g, ' ').trim().slice(0, REASON.max);
  return line.length < REASON.min ? null : line;
}

export function sameSettings(a: CorrectionSettings, b: CorrectionSettings): boolean {
  return samePlan(a, b) && a.guardReason === b.guardReason;
}

/** Whether the plan is the same: the guard's reason changes what is taken, not what is planned. */
export function samePlan(a: CorrectionSettings, b: CorrectionSettings): boolean {
  return (
    a.depth === b.depth &&
    a.marginMm === b.marginMm &&
    a.regions.length === b.regions.length &&
    a.regions.every((region) => b.regions.includes(region))
  );
}
