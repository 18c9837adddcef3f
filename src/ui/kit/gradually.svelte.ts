/** Added with each frame. */
const STEP = 8;

/**
 * How many rows of a long list are there: some at first, and more with each frame, so that the
 * page answers meanwhile. Made while a component is.
 */
export class Gradually {
  count = $state(0);

  /** @param first rows that are there at once: more than a screen shows */
  constructor(total: () => number, first: number) {
    this.count = first;
    $effect(() => {
      if (this.count >= total()) return;
      const next = requestAnimationFrame(() => {
        this.count += STEP;
      });
      return () => {
        cancelAnimationFrame(next);
      };
    });
  }
}
