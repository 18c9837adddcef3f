import type { Kept, KeptDecisions } from './kept-decisions.ts';
import type { ScanItem, ScanStatus } from './scan-item.svelte.ts';

interface Made {
  readonly item: ScanItem;
  readonly before: ScanStatus;
}

/** What the person decided, newest last, so that it can be taken back. */
export class Decisions {
  #made = $state.raw<readonly Made[]>([]);
  readonly #kept: KeptDecisions;

  /** The series of the last decision; null where there is none to take back. */
  readonly last: ScanItem | null = $derived(this.#made.at(-1)?.item ?? null);

  /** Results that this tab still has from before a reload. */
  readonly earlier: number;

  /** @param kept where they outlive a reload */
  constructor(kept: KeptDecisions) {
    this.#kept = kept;
    this.earlier = kept.count;
  }

  /** A result is there: what was decided on this very one before a reload holds. */
  meet(item: ScanItem): void {
    const name = item.result?.kept;
    if (name === undefined || item.status !== 'done') return;
    const before = item.result?.isFound ? this.#kept.of(name) : null;
    if (before === 'approved' || before === 'rejected') this.make(item, before);
    else this.#keep(item, 'done');
  }

  make(item: ScanItem, decision: 'approved' | 'rejected'): void {
    this.#made = [...this.#made, { item, before: item.status }];
    item.status = decision;
    this.#keep(item, decision);
  }

  /** Takes the last one back and gives its series; null where there is none. */
  undo(): ScanItem | null {
    const made = this.#made.at(-1);
    if (!made) return null;
    this.#made = this.#made.slice(0, -1);
    made.item.status = made.before;
    this.#keep(
      made.item,
      made.before === 'approved' || made.before === 'rejected' ? made.before : 'done',
    );
    return made.item;
  }

  /** What was decided on is gone; where it is found again, so is the decision. */
  forget(): void {
    this.#made = [];
  }

  /** It is made anew, because the person wants it so: to be decided on again. */
  revoke(items: readonly ScanItem[]): void {
    for (const item of items) this.#keep(item, 'done');
    this.#made = this.#made.filter((made) => !items.includes(made.item));
  }

  /** The person starts over. */
  clear(): void {
    this.#made = [];
    this.#kept.forget();
  }

  #keep({ result }: ScanItem, what: Kept): void {
    if (result?.kept !== undefined) this.#kept.keep(result.kept, what);
  }
}
