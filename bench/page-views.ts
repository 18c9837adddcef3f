/** Scrolling and switching in the built page, for bench/page.ts. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import { phantomDicom } from '../src/core/phantom/as-dicom.ts';
import { makePhantom } from '../src/core/phantom/head.ts';
import { startBrowser } from '../tests/support/browser.ts';
import { heldBytes } from '../tests/support/held-memory.ts';

const SLOW = 300_000;
const SERIES = 21;
const FRAMES = 60;

/** Slices a second while the wheel turns over the axial picture of an open preview, one each frame. */
export async function scrollRate(page: Page): Promise<number> {
  return page.evaluate(async (frames) => {
    const stage = document.querySelector<HTMLElement>('dialog [role="slider"]');
    if (!stage) throw new Error('no picture to scroll');
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    await frame();
    const start = performance.now();
    for (let n = 0; n < frames; n++) {
      stage.dispatchEvent(
        new WheelEvent('wheel', { deltaY: n < frames / 2 ? 50 : -50, cancelable: true }),
      );
      await frame();
    }
    // What was asked for last is drawn when its pixels can be read.
    await frame();
    const canvas = stage.querySelector('canvas');
    canvas?.getContext('2d')?.getImageData(0, 0, 1, 1);
    return (1000 * frames) / (performance.now() - start);
  }, FRAMES);
}

export interface Switching {
  readonly firstMb: number;
  readonly lastMb: number;
  readonly series: number;
}

/**
 * What the page holds after the first two of many series were looked at, each closed again, and
 * after the last; what is loaded and compiled once comes with the first.
 */
export async function switching(url: string): Promise<Switching> {
  // One of its own: a heap may be shared with pages that were there before.
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-series-'));
  try {
    await writeMany(folder);
    await page.goto(url);
    await page.setInputFiles('#folder-input', folder);
    const looks = page.getByRole('button', { name: /^Look at/ });
    await looks.nth(SERIES - 1).waitFor({ timeout: SLOW });
    const session = await page.context().newCDPSession(page);
    const used: number[] = [];
    for (let n = 0; n < SERIES; n++) {
      await looks.nth(n).click({ timeout: SLOW });
      await page.getByRole('dialog').locator('[data-ready="true"]').waitFor({ timeout: SLOW });
      await page.waitForTimeout(500);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      if (n === 1 || n === SERIES - 1) used.push((await heldBytes(session)) / 1e6);
    }
    return { firstMb: used[0] ?? NaN, lastMb: used[1] ?? NaN, series: SERIES };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As many series of one small head. */
async function writeMany(folder: string): Promise<void> {
  const { volume } = await makePhantom({
    seed: 3,
    kind: 'CT',
    grid: uprightGrid([128, 128, 80], 2, [0, -8, 10]),
  });
  for (let series = 1; series <= SERIES; series++) {
    const into = path.join(folder, String(series));
    await mkdir(into);
    let n = 0;
    for (const { bytes } of phantomDicom({ volume }, { series })) {
      await writeFile(path.join(into, `${String(n++)}.dcm`), bytes);
    }
  }
}
