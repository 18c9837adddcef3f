import type { ScanItem, ScanStatus } from './scan-item.svelte.ts';

interface Made {
  readonly item: ScanItem;
  readonly before: ScanStatus;
}

/** What the person decided, newest last, so that it can be taken back. */
export class Decisions {
  #made = $state.raw<readonly Made[]>([]);

  /** The series of the last decision; null where there is none to take back. */
  readonly last: ScanItem | null = $derived(this.#made.at(-1)?.item ?? null);

  make(item: ScanItem, decision: 'approved' | 'rejected'): void {
    this.#made = [...this.#made, { item, before: item.status }];
    item.status = decision;
  }

  /** Takes the last one back and gives its series; null where there is none. */
  undo(): ScanItem | null {
    const made = this.#made.at(-1);
    if (!made) return null;
    this.#made = this.#made.slice(0, -1);
    made.item.status = made.before;
    return made.item;
  }

  /** What was decided on is made anew, or gone. */
  forget(item?: ScanItem): void {
    this.#made = item ? this.#made.filter((made) => made.item !== item) : [];
  }
}
