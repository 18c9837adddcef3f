/** Marks over a picture of a slice: what goes, what is protected, what the guard keeps, and the brain. */
import { isHeld, isTaken, Mark, tableOf } from '../../core/edit/marks.ts';
import type { Grid } from '../../core/geometry/grid.ts';
import { Label } from '../../core/volume/volume.ts';
import type { SliceFrame } from '../view/planes.ts';
import { indexSteps, type Rgb } from '../view/reslice.ts';

export interface MarkColors {
  readonly removed: Rgb;
  readonly protected: Rgb;
  readonly held: Rgb;
  readonly guarded: Rgb;
}

const [NONE, REMOVED, PROTECTED, HELD] = [0, 1, 2, 3];
/** Bits beside those: within the guard, and brain. */
const GUARD = 4;
const BRAIN = 8;
/** Opacities, of 255. */
const VEIL: Readonly<Record<number, number>> = { [REMOVED]: 46, [PROTECTED]: 96, [HELD]: 96 };
const EDGE = 235;
const GUARD_EDGE = 120;

/** What of a mark is drawn, as a table. */
export function looksOf(overridesGuard: boolean): Uint8Array {
  const taken = tableOf((mark) => isTaken(mark, overridesGuard));
  return Uint8Array.from({ length: 256 }, (_, mark) => {
    const look =
      mark & Mark.protect
        ? PROTECTED
        : taken[mark]
          ? REMOVED
          : isHeld(mark, overridesGuard)
            ? HELD
            : NONE;
    return look | (mark & Mark.guard ? GUARD : 0);
  });
}

/** `rgba` has width · height · 4 bytes; transparent where there is nothing to say. */
export function paintMarks(
  rgba: Uint8ClampedArray,
  frame: SliceFrame,
  { size, affine }: Grid,
  { marks, labels }: { readonly marks: Uint8Array; readonly labels: Uint8Array },
  looks: Uint8Array,
  colors: MarkColors,
): void {
  const [ni, nj, nk] = size;
  const [start, across, along] = indexSteps(affine, frame);
  const { width, height } = frame;
  const seen = new Uint8Array(width * height);
  let n = 0;
  for (let y = 0; y < height; y++) {
    let i = start[0] + y * along[0] + 0.5;
    let j = start[1] + y * along[1] + 0.5;
    let k = start[2] + y * along[2] + 0.5;
    for (let x = 0; x < width; x++, i += across[0], j += across[1], k += across[2], n++) {
      if (i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk) continue;
      const v = (i | 0) + ni * ((j | 0) + nj * (k | 0));
      const brain = labels[v] === Label.brain ? BRAIN : 0;
      seen[n] = (looks[marks[v] as number] as number) | brain;
    }
  }
  const byLook = [colors.removed, colors.removed, colors.protected, colors.held];
  n = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, n++) {
      const here = seen[n] as number;
      if (here === 0) continue;
      // Bits in which a neighbour differs: its edges run here.
      const differs =
        (x > 0 ? here ^ (seen[n - 1] as number) : 0) |
        (x < width - 1 ? here ^ (seen[n + 1] as number) : 0) |
        (y > 0 ? here ^ (seen[n - width] as number) : 0) |
        (y < height - 1 ? here ^ (seen[n + width] as number) : 0);
      const look = here & 3;
      let [color, alpha]: [Rgb, number] = [byLook[look] as Rgb, VEIL[look] ?? 0];
      // Told by stripes too, not by colour alone.
      if (look === PROTECTED && (x - y) & 4) alpha = 0;
      if (look === HELD && (x + y) & 4) alpha = 0;
      if (look !== NONE && differs & 3) alpha = EDGE;
      else if (here & BRAIN && differs & BRAIN) [color, alpha] = [colors.guarded, EDGE];
      else if (here & GUARD && differs & GUARD) [color, alpha] = [colors.guarded, GUARD_EDGE];
      if (alpha === 0) continue;
      const at = 4 * n;
      rgba[at] = color[0];
      rgba[at + 1] = color[1];
      rgba[at + 2] = color[2];
      rgba[at + 3] = alpha;
    }
  }
}
