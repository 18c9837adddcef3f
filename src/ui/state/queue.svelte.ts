import type { LeftOut, ScanId } from '../../core/scan.ts';
import type { OpenedFiles } from '../../../workers/api.ts';
import { ScanItem } from './scan-item.svelte.ts';
import { keyOf, visitsOf, type Visit } from './visits.ts';

type Row = ScanItem | LeftOut;

/** Everything that was opened, in the order in which the person wants it. */
export class Queue {
  items = $state.raw<readonly ScanItem[]>([]);
  left = $state.raw<readonly LeftOut[]>([]);
  /** Taken off the list, newest last: not worked on and not written. */
  removed = $state.raw<readonly Row[]>([]);

  readonly included = $derived(this.items.filter((item) => item.included));
  /** Riskiest first; what is equally risky in the order of the list. */
  readonly reviewable = $derived(
    this.included.filter((item) => item.isReviewable).sort((a, b) => b.risk - a.risk),
  );
  readonly undecided = $derived(this.reviewable.filter(({ status }) => status === 'done'));
  readonly approved = $derived(this.included.filter(({ status }) => status === 'approved'));
  /** Whose turn is still to come. */
  readonly waiting = $derived(this.included.filter(({ status }) => status === 'waiting'));
  readonly visits = $derived.by(() => {
    this.#visits = visitsOf(this.items, this.left, this.#visits);
    return this.#visits;
  });

  /** As they were last. */
  #visits: readonly Visit[] = [];
  readonly #onChange: (row: Row) => void;

  /** @param onChange whether a row is worked on or written is another thing than before */
  constructor(onChange: (row: Row) => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** Place of each series among those that can lend their head to others, best first. */
  #rank: Readonly<Record<ScanId, number>> = {};
  /** Visits whose series the person put in order. */
  #ordered: readonly string[] = [];

  show({ scans, bestFirst, left }: OpenedFiles): void {
    this.items = scans.map((scan) => new ScanItem(scan));
    this.left = left;
    this.removed = [];
    this.#rank = Object.fromEntries(bestFirst.map((id, n) => [id, n]));
    this.#ordered = [];
  }

  /**
   * Whose turn it is: visit by visit as listed; within a visit those first that can lend their
   * head to others, unless the person put them in order.
   */
  next(): ScanItem | null {
    const [first] = this.waiting;
    if (!first) return null;
    const key = keyOf(first.scan);
    if (this.#ordered.includes(key)) return first;
    const at = ({ scan }: ScanItem): number => this.#rank[scan.id] ?? -1;
    return this.waiting
      .filter(({ scan }) => keyOf(scan) === key)
      .reduce((best, item) => (at(item) < at(best) ? item : best));
  }

  include(item: ScanItem, wanted: boolean): void {
    item.included = wanted;
    this.#onChange(item);
  }

  /** @param isNews false where it was so before a reload */
  remove(row: Row, isNews = true): void {
    if (row instanceof ScanItem) this.items = this.items.filter((one) => one !== row);
    else this.left = this.left.filter((one) => one !== row);
    this.removed = [...this.removed, row];
    if (isNews) this.#onChange(row);
  }

  /** Puts everything that was removed back, at the end of its visit. */
  bringBack(): void {
    const isItem = (row: Row): row is ScanItem => row instanceof ScanItem;
    const { removed } = this;
    this.items = [...this.items, ...removed.filter(isItem)];
    this.left = [...this.left, ...removed.filter((row): row is LeftOut => !isItem(row))];
    this.removed = [];
    for (const row of removed) this.#onChange(row);
  }

  /** One place up or down within its visit. */
  move(item: ScanItem, by: -1 | 1): void {
    const { items = [] } = this.visits.find(({ items }) => items.includes(item)) ?? {};
    const other = items[items.indexOf(item) + by];
    if (other) this.moveTo(item, other);
  }

  /** To the place of another series of its visit. */
  moveTo(item: ScanItem, other: ScanItem): void {
    if (item === other || keyOf(item.scan) !== keyOf(other.scan)) return;
    this.#ordered = [...this.#ordered, keyOf(item.scan)];
    const to = this.items.indexOf(other);
    this.items = this.items.filter((one) => one !== item).toSpliced(to, 0, item);
  }

  /** A whole visit, one place up or down. */
  moveVisit({ key }: Visit, by: -1 | 1): void {
    const visits = this.visits.filter(({ items }) => items.length > 0);
    const at = visits.findIndex((one) => one.key === key);
    const other = visits[at + by];
    if (other) this.moveVisitTo(key, other.key);
  }

  /** A whole visit to the place of another. */
  moveVisitTo(key: string, other: string): void {
    const visits = this.visits.filter(({ items }) => items.length > 0);
    const moved = visits.find((one) => one.key === key);
    const to = visits.findIndex((one) => one.key === other);
    if (!moved || to < 0 || key === other) return;
    this.items = visits
      .filter((one) => one !== moved)
      .toSpliced(to, 0, moved)
      .flatMap(({ items }) => items);
  }
}
