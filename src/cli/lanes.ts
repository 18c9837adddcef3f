/** Groups of items worked on in several lanes at once, with results in the order of the items. */

interface Slot<Result> {
  readonly promise: Promise<Result>;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Yields the result of each item. A group stays in one lane, in order; the next free lane takes
 * the next group. The first failure ends it, when its turn comes.
 *
 * @param ahead how many items beyond the one that is waited for may be begun: what bounds memory
 */
export async function* inLanes<Item, Result>(
  groups: readonly (readonly Item[])[],
  lanes: readonly ((item: Item, n: number) => Promise<Result>)[],
  ahead: number,
): AsyncGenerator<Result> {
  const slots = groups.flat().map(() => slot<Result>());
  const starts = groups.map((_, g) => groups.slice(0, g).flat().length);
  let wanted = -1;
  let ended = false;
  let sleepers: (() => void)[] = [];
  const wake = (): void => {
    for (const sleeper of sleepers.splice(0)) sleeper();
  };
  const turnOf = async (n: number): Promise<boolean> => {
    while (n > wanted + ahead && !ended) {
      await new Promise<void>((resolve) => {
        sleepers = [...sleepers, resolve];
      });
    }
    return !ended;
  };
  let next = 0;
  const work = async (lane: (item: Item, n: number) => Promise<Result>): Promise<void> => {
    for (let g = next++; g < groups.length; g = next++) {
      for (const [k, item] of (groups[g] ?? []).entries()) {
        const n = (starts[g] ?? 0) + k;
        if (!(await turnOf(n))) return;
        try {
          slots[n]?.resolve(await lane(item, n));
        } catch (error) {
          slots[n]?.reject(error);
          return;
        }
      }
    }
  };
  const working = lanes.map(work);
  try {
    for (const [n, { promise }] of slots.entries()) {
      wanted = n;
      wake();
      yield await promise;
    }
  } finally {
    ended = true;
    wake();
    await Promise.allSettled(working);
  }
}

function slot<Result>(): Slot<Result> {
  let resolve: Slot<Result>['resolve'] = () => undefined;
  let reject: Slot<Result>['reject'] = () => undefined;
  const promise = new Promise<Result>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Met when its turn comes; until then it is not "unhandled".
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
