/** What the tools do to marks; each gives what it changed. */
import { spacingOf, type Vec3 } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { forEachUnder, type Brush } from './brush.ts';
import { ChangeRecorder, type MarkChange } from './change.ts';
import { isTaken, Mark, STROKES, tableOf, type Stroke } from './marks.ts';
import { forEachWithin, type Outline } from './scissors.ts';
import { forEachInShell } from './shell.ts';

/** One way of the brush; a stroke is many, into one recorder. */
export function paint(
  grid: Grid,
  marks: Uint8Array,
  recorder: ChangeRecorder,
  stroke: Stroke,
  brush: Brush,
  [from, to]: readonly [Vec3, Vec3],
): void {
  const become = STROKES[stroke];
  forEachUnder(grid, brush, from, to, (v) => {
    recorder.set(v, become(marks[v] as number));
  });
}

/**
 * Scissors: `cut` takes what lies within the outline out of the region; `fill` puts it in, but
 * never within the guard, of which an outline drawn from outside says nothing.
 */
export function snip(
  grid: Grid,
  marks: Uint8Array,
  how: 'cut' | 'fill',
  outline: Outline,
  overridesGuard: boolean,
): MarkChange {
  const recorder = new ChangeRecorder(marks);
  const isIn = tableOf((mark) => isTaken(mark, overridesGuard));
  const become = STROKES[how === 'cut' ? 'leave' : 'take'];
  forEachWithin(grid, outline, (start, end) => {
    for (let v = start; v < end; v++) {
      const mark = marks[v] as number;
      if (how === 'cut' ? isIn[mark] : !isIn[mark] && !(mark & Mark.guard)) {
        recorder.set(v, become(mark));
      }
    }
  });
  return recorder.change();
}

/** Grows the region (mm above 0), never into the guard, or shrinks it (below 0). */
export function grow(
  { size, affine }: Grid,
  marks: Uint8Array,
  mm: number,
  overridesGuard: boolean,
): MarkChange {
  const recorder = new ChangeRecorder(marks);
  const inside = tableOf((mark) => isTaken(mark, overridesGuard));
  const become = STROKES[mm > 0 ? 'take' : 'leave'];
  const from = mm > 0 ? inside : inside.map((is) => 1 - is);
  forEachInShell(marks, from, size, spacingOf(affine), Math.abs(mm), (v) => {
    const mark = marks[v] as number;
    if (mm > 0 && mark & (Mark.guard | Mark.protect | Mark.padding)) return;
    recorder.set(v, become(mark));
  });
  return recorder.change();
}
