import type { Decisions } from './decisions.svelte.ts';
import type { Queue } from './queue.svelte.ts';
import type { ScanItem } from './scan-item.svelte.ts';

/** All results at a glance, riskiest first, each decided with one key. */
export class Sheet {
  isOpen = $state(false);
  /** Only those that a person should look at closely. */
  onlyLook = $state(false);
  /** The one that keys decide on. */
  chosen = $state.raw<ScanItem | null>(null);

  readonly shown = $derived.by(() => this.#queue.reviewable.filter((one) => this.shows(one)));

  readonly #queue: Queue;
  readonly #decisions: Decisions;
  readonly #onChange: () => void;

  /** @param onChange called when a decision was made or taken back */
  constructor(queue: Queue, decisions: Decisions, onChange: () => void) {
    this.#queue = queue;
    this.#decisions = decisions;
    this.#onChange = onChange;
  }

  /** Whether one of those to decide on is among what was asked for. */
  shows(item: ScanItem): boolean {
    return !this.onlyLook || item.needsLook;
  }

  open(): void {
    this.isOpen = true;
    if (!this.chosen || !this.shown.includes(this.chosen)) this.chosen = this.#next(-1);
  }

  filter(onlyLook: boolean): void {
    this.onlyLook = onlyLook;
    if (!this.chosen || !this.shown.includes(this.chosen)) this.chosen = this.#next(-1);
  }

  /** So many places on; stays at the ends. */
  move(by: number): void {
    const at = this.chosen ? this.shown.indexOf(this.chosen) : -1;
    this.chosen = this.shown[at + by] ?? this.chosen;
  }

  /** Decides on the one that is chosen, and goes to the next that waits. */
  decide(decision: 'approved' | 'rejected'): void {
    const item = this.chosen;
    if (!item || !this.shown.includes(item)) return;
    this.#decisions.make(item, decision);
    this.#onChange();
    this.chosen = this.#next(this.shown.indexOf(item)) ?? item;
  }

  undo(): void {
    const item = this.#decisions.undo();
    if (!item) return;
    this.#onChange();
    if (!this.shown.includes(item)) this.onlyLook = false;
    this.chosen = item;
  }

  /** The next without a decision, from a place on and round. */
  #next(after: number): ScanItem | null {
    const { shown } = this;
    const turned = [...shown.slice(after + 1), ...shown.slice(0, after + 1)];
    return turned.find(({ status }) => status === 'done') ?? shown[after] ?? shown[0] ?? null;
  }
}
