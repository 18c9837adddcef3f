/** How long the bar is that tells the scale of a picture. */

/** Lengths that are easy to read (mm). */
const LENGTHS = [100, 50, 20, 10, 5, 2, 1];
/** The most of the picture's width that it takes. */
const MOST = 0.32;

/** @returns the longest that fits; null where not even the shortest does */
export function scaleBarMm(mmPerPixel: number, width: number): number | null {
  return LENGTHS.find((mm) => mm / mmPerPixel <= MOST * width) ?? null;
}

/** `5 cm`, `5 mm`. */
export function scaleText(mm: number): string {
  return mm >= 10 ? `${mm / 10} cm` : `${mm} mm`;
}
