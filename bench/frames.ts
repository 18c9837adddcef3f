import type { Page } from 'playwright-core';

/** The three longest gaps between frames (ms) while `act` ran, and one frame more. */
export async function longestFrames(
  page: Page,
  act: () => Promise<unknown>,
): Promise<readonly number[]> {
  await page.evaluate(() => {
    const watched = { gaps: [] as number[], isOver: false };
    let last = performance.now();
    const next = (): void => {
      const now = performance.now();
      watched.gaps.push(now - last);
      last = now;
      if (!watched.isOver) requestAnimationFrame(next);
    };
    Object.assign(globalThis, { watched });
    requestAnimationFrame(next);
  });
  await act();
  const gaps = await page.evaluate(async () => {
    // The frame of the last change, too.
    await new Promise((resolve) => {
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
    const { watched } = globalThis as unknown as {
      watched: { gaps: number[]; isOver: boolean };
    };
    watched.isOver = true;
    return watched.gaps;
  });
  return gaps.toSorted((a, b) => b - a).slice(0, 3);
}
