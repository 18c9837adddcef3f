/** How many voxels have which mark, kept up to date by changes: no scan is counted twice. */
import type { MarkChange } from '../../core/edit/change.ts';
import { isHeld, isLeft, isTaken, Mark } from '../../core/edit/marks.ts';

export interface Counts {
  readonly added: number;
  readonly left: number;
  readonly protectedVoxels: number;
  readonly held: number;
}

export class Tally {
  readonly #voxels = new Float64Array(256);

  constructor(marks: Uint8Array) {
    for (const mark of marks) this.#voxels[mark] = (this.#voxels[mark] as number) + 1;
  }

  take({ runs, before, after }: MarkChange, to: 'before' | 'after'): void {
    const [from, into] = to === 'after' ? [before, after] : [after, before];
    for (let r = 0; r < from.length; r++) {
      const length = runs[2 * r + 1] as number;
      const [was, is] = [from[r] as number, into[r] as number];
      this.#voxels[was] = (this.#voxels[was] as number) - length;
      this.#voxels[is] = (this.#voxels[is] as number) + length;
    }
  }

  counts(overridesGuard: boolean): Counts {
    const sum = (is: (mark: number) => boolean): number =>
      this.#voxels.reduce((voxels, count, mark) => voxels + (is(mark) ? count : 0), 0);
    const taken = (mark: number): boolean => isTaken(mark, overridesGuard);
    return {
      added: sum((mark) => taken(mark) && !(mark & Mark.claim)),
      left: sum(isLeft),
      protectedVoxels: sum((mark) => (mark & Mark.protect) !== 0),
      held: sum((mark) => isHeld(mark, overridesGuard)),
    };
  }
}
