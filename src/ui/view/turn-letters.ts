/** Which side of the person lies at the left and right edge of a picture of a turned head. */

const QUARTER = Math.PI / 2;
/** Seen from the front, then with the left, the back and the right side before us. */
const EDGES = [
  { left: 'R', right: 'L' },
  { left: 'A', right: 'P' },
  { left: 'L', right: 'R' },
  { left: 'P', right: 'A' },
] as const;

/** @param yaw radians about the long axis: 0 from the front, a quarter turn shows the left profile */
export function turnLetters(yaw: number): { readonly left: string; readonly right: string } {
  const quarters = ((Math.round(yaw / QUARTER) % 4) + 4) % 4;
  return EDGES[quarters] ?? EDGES[0];
}
