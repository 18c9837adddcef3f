/** A few things at a time, with results in the order of what came in. */

/**
 * Yields `action` of each item. Up to `width` are under way at once; the first one that
 * fails ends it.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  action: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const waiting: Promise<Result>[] = [];
  for await (const item of items) {
    const result = action(item);
    // Its failure is met when its turn comes; until then it is not "unhandled".
    result.catch(() => undefined);
    waiting.push(result);
    if (waiting.length >= width) yield waiting.shift() as Promise<Result>;
  }
  for (const result of waiting) yield result;
}
