/** Undo and redo: what was done, capped by the memory it takes and not by a count. */
import { sizeOf, type MarkChange } from './change.ts';
import type { CorrectionSettings } from './settings.ts';

export interface Edit {
  readonly change: MarkChange;
  readonly settings: { readonly before: CorrectionSettings; readonly after: CorrectionSettings };
}

/** Some thousand strokes, or a dozen edits of a whole scan (bytes). */
const CAP = 64e6;

export class History {
  readonly #cap: number;
  readonly #done: Edit[] = [];
  #undone: Edit[] = [];

  constructor(cap = CAP) {
    this.#cap = cap;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  get bytes(): number {
    const sum = (edits: readonly Edit[]): number =>
      edits.reduce((bytes, { change }) => bytes + sizeOf(change), 0);
    return sum(this.#done) + sum(this.#undone);
  }

  /** Takes what was just done; what was undone before is gone. The last edit can always be undone. */
  push(edit: Edit): void {
    this.#done.push(edit);
    this.#undone = [];
    while (this.#done.length > 1 && this.bytes > this.#cap) this.#done.shift();
  }

  /** The edit to take back; null where there is none. */
  undo(): Edit | null {
    return move(this.#done, this.#undone);
  }

  /** The edit to do again. */
  redo(): Edit | null {
    return move(this.#undone, this.#done);
  }
}

function move(from: Edit[], to: Edit[]): Edit | null {
  const edit = from.pop();
  if (!edit) return null;
  to.push(edit);
  return edit;
}
