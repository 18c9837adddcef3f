import type { LeftOut } from '../../core/scan.ts';
import type { ScanItem } from './scan-item.svelte.ts';

/** Series and what was left out of one visit, as the list shows them. */
export interface Visit {
  readonly key: string;
  /** Our own numbers; null for what belongs to no visit that can be told. */
  readonly patient: number | null;
  readonly visit: number | null;
  readonly items: readonly ScanItem[];
  readonly left: readonly LeftOut[];
}

/** Tells visits apart; the same for all that belongs to none that can be told. */
export function keyOf({
  patient,
  visit,
}: {
  readonly patient?: number;
  readonly visit?: number;
}): string {
  return `${patient ?? ''}/${visit ?? ''}`;
}

/**
 * In the order of their first series; those of which all was left out come last.
 *
 * @param before a visit that is as it was here is the same object: its rows are not shown anew
 */
export function visitsOf(
  items: readonly ScanItem[],
  left: readonly LeftOut[],
  before: readonly Visit[] = [],
): readonly Visit[] {
  const visits = new Map<string, { items: ScanItem[]; left: LeftOut[]; of: LeftOut }>();
  const at = (of: LeftOut | ScanItem['scan']): { items: ScanItem[]; left: LeftOut[] } => {
    const key = keyOf(of);
    const known = visits.get(key);
    if (known) return known;
    const fresh = { items: [], left: [], of: of as LeftOut };
    visits.set(key, fresh);
    return fresh;
  };
  for (const item of items) at(item.scan).items.push(item);
  for (const one of left) at(one).left.push(one);
  const known = new Map(before.map((visit) => [visit.key, visit]));
  return [...visits].map(([key, { of, ...rows }]) => {
    const was = known.get(key);
    if (was && areSame(was.items, rows.items) && areSame(was.left, rows.left)) return was;
    return { key, patient: of.patient ?? null, visit: of.visit ?? null, ...rows };
  });
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, n) => one === others[n]);
}

/** A visit, and those of its rows that are shown. */
export interface ShownVisit extends Pick<Visit, 'items' | 'left'> {
  readonly visit: Visit;
}

/** Of visits of which all rows are shown: the same object each time. */
const whole = new WeakMap<Visit, ShownVisit>();

/** The first rows of the list, so many at most. */
export function firstRows(visits: readonly Visit[], count: number): readonly ShownVisit[] {
  const shown: ShownVisit[] = [];
  let room = count;
  for (const visit of visits) {
    if (room <= 0) break;
    const { items, left } = visit;
    const isWhole = items.length + left.length <= room;
    const first = items.slice(0, room);
    const one = (isWhole ? whole.get(visit) : undefined) ?? {
      visit,
      items: first,
      left: left.slice(0, room - first.length),
    };
    if (isWhole) whole.set(visit, one);
    room -= one.items.length + one.left.length;
    shown.push(one);
  }
  return shown;
}
