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

  readonly #onChange: (item: ScanItem) => void;

  /** @param onChange what is decided on an item is another thing than before */
  constructor(onChange: (item: ScanItem) => void = () => undefined) {
    this.#onChange = onChange;
  }

  make(item: ScanItem, decision: 'approved' | 'rejected'): void {
    this.#made = [...this.#made, { item, before: item.status }];
    item.status = decision;
    item.earlier = null;
    this.#onChange(item);
  }

  /** Takes the last one back and gives its series; null where there is none. */
  undo(): ScanItem | null {
    const made = this.#made.at(-1);
    if (!made) return null;
    this.#made = this.#made.slice(0, -1);
    made.item.status = made.before;
    this.#onChange(made.item);
    return made.item;
  }

  /** What was decided on is made anew by hand. */
  retract(item: ScanItem): void {
    this.#made = this.#made.filter((made) => made.item !== item);
    this.#onChange(item);
  }

  /** What was decided on is gone, or made with other options. */
  forget(): void {
    this.#made = [];
  }
}
