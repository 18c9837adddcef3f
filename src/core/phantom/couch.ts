/** The table of the scanner and its head holder, as they lie under a person on his back. */

/** Depth (mm, LPS y) of the lowest point of the holder's inner side. */
const HOLDER_Y = 107;
const HOLDER_RADIUS = 116;

/** CT number (HU) of couch, holder or pad at a place of a slice, else that of air. */
export function couchAt(x: number, y: number): number {
  if (y < 20) return -1000;
  const r = Math.hypot(x, y - (HOLDER_Y - HOLDER_RADIUS));
  if (r > HOLDER_RADIUS && r < HOLDER_RADIUS + 3 && Math.abs(x) < 104) return -350;
  if (r > HOLDER_RADIUS - 10 && r <= HOLDER_RADIUS && y > 60) return -955;
  // The table: a shallow trough, a shell around foam.
  const trough = y - (HOLDER_Y + 16 + 40 - Math.sqrt(Math.max(0, 400 * 400 - x * x)) * 0.1);
  if (trough < 0 || trough > 36) return -1000;
  return trough < 2.2 || trough > 33.8 ? -520 : -930;
}
