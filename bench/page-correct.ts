/** How long a person waits while he corrects: for the tools, and from a press to the paint. */
import type { Page } from 'playwright-core';
import { longestFrames } from './frames.ts';

export interface Correcting {
  readonly openMs: number;
  /** From the press of the button until the picture shows it; the middle of five. */
  readonly dabMs: number;
  /** The same with the largest brush. */
  readonly sphereMs: number;
  /** Longest times between two frames after a dab, until the head is fine again. */
  readonly framesMs: readonly number[];
}

const SLOW = 300_000;
const DABS = 5;

/** From the review and back to it; what was painted is thrown away. */
export async function measureCorrecting(page: Page): Promise<Correcting> {
  const began = performance.now();
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  const bar = page.getByRole('toolbar', { name: 'Correction tools' });
  await bar.waitFor({ timeout: SLOW });
  const openMs = performance.now() - began;
  await page.locator('[aria-busy="false"] > .pictures').waitFor({ timeout: SLOW });
  await page.waitForTimeout(2000);
  const dabMs = await middleOf(page);
  await page.getByRole('radio', { name: 'Sphere' }).check();
  await page.getByRole('slider', { name: 'Radius' }).fill('30');
  const sphereMs = await middleOf(page);
  const framesMs = await framesAfterDab(page);
  await page.keyboard.press('Escape');
  const discard = page.getByRole('button', { name: 'Discard' });
  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  await approve.or(discard).first().waitFor();
  if (await discard.isVisible()) await discard.click();
  await approve.waitFor();
  return { openMs, dabMs, sphereMs, framesMs };
}

async function axialIn(
  page: Page,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const figure = page
    .getByRole('region', { name: 'Correct', exact: true })
    .getByRole('figure', { name: 'Axial' });
  const box = await figure.boundingBox();
  if (!box) throw new Error('nothing to paint on');
  return box;
}

async function framesAfterDab(page: Page): Promise<readonly number[]> {
  const box = await axialIn(page);
  await page.locator('[data-skin="fine"]').waitFor({ timeout: SLOW });
  await page.waitForTimeout(1000);
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.75);
  return longestFrames(page, async () => {
    await page.mouse.down();
    await page.mouse.up();
    await page.locator('[data-skin="old"]').waitFor();
    await page.locator('[data-skin="fine"]').waitFor({ timeout: SLOW });
    // It is drawn after it was made.
    await page.waitForTimeout(1000);
  });
}

async function middleOf(page: Page): Promise<number> {
  const box = await axialIn(page);
  const times: number[] = [];
  for (let n = 0; n < DABS; n++) {
    await page.evaluate(watchPaint);
    await page.mouse.move(box.x + box.width * (0.3 + 0.08 * n), box.y + box.height * 0.8);
    await page.mouse.down();
    const seen = await page.waitForFunction(
      () => (globalThis as { paintedMs?: number | null }).paintedMs,
    );
    await page.mouse.up();
    // The next must not fall into this one.
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(300);
    times.push((await seen.jsonValue()) ?? NaN);
  }
  return times.sort((a, b) => a - b)[DABS >> 1] ?? NaN;
}

/** Runs in the page: notes how long after the next press the picture under it changed. */
function watchPaint(): void {
  const noted = globalThis as { paintedMs?: number | null };
  noted.paintedMs = null;
  addEventListener(
    'pointerdown',
    (event) => {
      const stage = (event.target as Element).closest('.stage');
      const canvases = [...(stage?.querySelectorAll<HTMLCanvasElement>('canvas.layer') ?? [])];
      const overlay = canvases.at(-1);
      const box = overlay?.getBoundingClientRect();
      if (!overlay || !box) return;
      const scale = overlay.width / box.width;
      const look = (): string => {
        const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
        // What the guard holds is striped: a single pixel may stay as it is.
        return String(overlay.getContext('2d')?.getImageData(x - 4, y - 4, 9, 9).data);
      };
      const before = look();
      const wait = (): void => {
        if (look() === before) requestAnimationFrame(wait);
        // The frame that was just made ready is shown at the next.
        else requestAnimationFrame(() => (noted.paintedMs = performance.now() - event.timeStamp));
      };
      requestAnimationFrame(wait);
    },
    { capture: true, once: true },
  );
}
