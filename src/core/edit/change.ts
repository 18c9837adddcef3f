/** What an edit did to marks: runs of voxels with their byte before and after. */

export interface MarkChange {
  /** Pairs (start, length) of flat voxel indices. */
  readonly runs: Uint32Array;
  /** The byte of all voxels of a run, before and after; one entry a run. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Writes marks, and notes what they were. */
export class ChangeRecorder {
  readonly #marks: Uint8Array;
  readonly #runs: number[] = [];
  readonly #before: number[] = [];
  readonly #after: number[] = [];

  constructor(marks: Uint8Array) {
    this.#marks = marks;
  }

  set(v: number, to: number): void {
    const from = this.#marks[v] as number;
    if (from === to) return;
    this.#marks[v] = to;
    const last = this.#before.length - 1;
    const end = (this.#runs[2 * last] ?? 0) + (this.#runs[2 * last + 1] ?? 0);
    if (last >= 0 && end === v && this.#before[last] === from && this.#after[last] === to) {
      this.#runs[2 * last + 1] = (this.#runs[2 * last + 1] as number) + 1;
      return;
    }
    this.#runs.push(v, 1);
    this.#before.push(from);
    this.#after.push(to);
  }

  change(): MarkChange {
    return {
      runs: Uint32Array.from(this.#runs),
      before: Uint8Array.from(this.#before),
      after: Uint8Array.from(this.#after),
    };
  }
}

/** Writes one side of a change into marks. */
export function applyChange(
  marks: Uint8Array,
  { runs, before, after }: MarkChange,
  to: 'before' | 'after',
): void {
  const bytes = to === 'before' ? before : after;
  // Backwards, since a voxel may have been written twice: what it was first is written last.
  const step = to === 'before' ? -1 : 1;
  for (let n = 0, r = step < 0 ? bytes.length - 1 : 0; n < bytes.length; n++, r += step) {
    const start = runs[2 * r] as number;
    marks.fill(bytes[r] as number, start, start + (runs[2 * r + 1] as number));
  }
}

export function reversed({ runs, before, after }: MarkChange): MarkChange {
  return { runs, before: after, after: before };
}

export function isNothing({ before }: MarkChange): boolean {
  return before.length === 0;
}

/** Bytes it takes. */
export function sizeOf({ runs, before, after }: MarkChange): number {
  return runs.byteLength + before.byteLength + after.byteLength;
}

/** Makes marks what others are, and gives what that changed. */
export function become(marks: Uint8Array, others: Uint8Array): MarkChange {
  const recorder = new ChangeRecorder(marks);
  for (let v = 0; v < others.length; v++) recorder.set(v, others[v] as number);
  return recorder.change();
}
