/** Counts and how far they can be trusted. */

/** `k` of `n`, and where the share may lie (95 %, Wilson): 0 of 12 does not mean never. */
export interface Count {
  readonly k: number;
  readonly n: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % point of the normal distribution. */
const Z = 1.959964;

/** Wilson, J. Am. Stat. Assoc. 22:209, 1927. Of nothing the interval is everything. */
export function countOf(k: number, n: number): Count {
  if (n === 0) return { k, n, low: 0, high: 1 };
  const p = k / n;
  const z2 = (Z * Z) / n;
  const middle = (p + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n))) / (1 + z2);
  const cut = (share: number): number => Math.round(1e4 * Math.max(0, Math.min(1, share))) / 1e4;
  return { k, n, low: cut(middle - half), high: cut(middle + half) };
}

export function countTrue<T>(list: readonly T[], is: (one: T) => boolean): Count {
  return countOf(list.filter(is).length, list.length);
}

/** `3 of 12 (9–53 %)`; a dash of nothing. */
export function sayCount({ k, n, low, high }: Count): string {
  if (n === 0) return '–';
  return `${k} of ${n} (${percent(low)}–${percent(high)} %)`;
}

function percent(share: number): string {
  const value = 100 * share;
  return value > 0 && value < 10 ? value.toFixed(1) : value.toFixed(0);
}
