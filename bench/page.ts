/**
 * The same scan in the built page: `npm run bench:page`. Times are taken in the page itself,
 * from the moment the files are handed over; memory is the peak of the process that holds
 * page and workers (Linux only).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { PAGE } from '../tests/e2e/support/page.ts';
import { servePage, startBrowser } from '../tests/support/browser.ts';
import { scrollRate, switching } from './page-views.ts';
import { peakMb } from './renderer-memory.ts';
import { measureCorrecting } from './page-correct.ts';
import { SIZE, writeScan } from './scan.ts';

const VOLUME_MB = (SIZE[0] * SIZE[1] * SIZE[2] * 2) / 1e6;
const SLOW = 300_000;

/** Hung into the page: clicks as soon as it can be clicked, and notes when. */
interface Marks {
  readonly listMs: number;
  readonly firstPlanesMs: number;
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-bench-'));
const [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
try {
  await writeScan(folder);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  // tsx wraps named functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(served.url);
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'bench' });
    input.webkitdirectory = true;
    document.body.append(input);
  });
  await page.setInputFiles('#bench', folder);
  const arrayBufferMs = await page.evaluate(readAll);
  await page.evaluate(watch);
  await page.setInputFiles('#folder-input', folder);
  const marks = await page
    .waitForFunction(() => (globalThis as { benchMarks?: Marks }).benchMarks, null, {
      timeout: SLOW,
    })
    .then((handle) => handle.jsonValue() as Promise<Marks>);
  const looked = await peakMb();
  const rate = await scrollRate(page);
  await page.keyboard.press('Escape');
  const removed = await timed(() => removeFaces(page));
  const correcting = await measureCorrecting(page);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const saved = await timed(async () => {
    await page.getByRole('button', { name: 'Save as ZIP' }).click();
    await page.getByRole('link', { name: 'Report' }).waitFor({ timeout: SLOW });
  });
  const peak = await peakMb();
  const { firstMb, lastMb, series } = await switching(page, served.url);
  const say = (name: string, value: string, goal = ''): void => {
    console.log(`${name.padEnd(52)} ${value.padStart(10)}   ${goal}`);
  };
  say('the same files by arrayBuffer()', `${arrayBufferMs.toFixed(0)} ms`);
  say('files → list of series', `${marks.listMs.toFixed(0)} ms`);
  say('files → first three planes', `${marks.firstPlanesMs.toFixed(0)} ms`);
  const ratio = marks.firstPlanesMs / arrayBufferMs;
  say('  as a multiple of arrayBuffer()', `× ${ratio.toFixed(1)}`, 'goal ≤ 2');
  say('scrolling, one picture of 512 × 512', `${rate.toFixed(0)} / s`, 'goal ≥ 15 / s');
  say('segment → blank → check → before and after', `${removed.toFixed(0)} ms`);
  say('Correct → tools ready', `${correcting.openMs.toFixed(0)} ms`);
  say('a dab of the brush → seen', `${correcting.dabMs.toFixed(0)} ms`, 'goal ≤ 100 ms');
  say('  a sphere of 30 mm', `${correcting.sphereMs.toFixed(0)} ms`, 'goal ≤ 100 ms');
  const worst = correcting.framesMs.map((ms) => ms.toFixed(0)).join(', ');
  say('  longest frames until the head is fine again', `${worst} ms`, 'goal ≤ 100 ms');
  say('de-identify → ZIP → verify', `${saved.toFixed(0)} ms`);
  const whole = marks.firstPlanesMs + removed + saved;
  say('all of it', `${whole.toFixed(0)} ms`, 'goal ≤ 25000 ms');
  say('peak memory after the first planes', `${looked.toFixed(0)} MB`);
  say('peak memory of page and workers', `${peak.toFixed(0)} MB`);
  say(
    '  (peak − 1 GB) as a multiple of the volume',
    `× ${((peak - 1000) / VOLUME_MB).toFixed(1)}`,
    'goal ≤ 4',
  );
  say('heap and buffers of the page after one series', `${firstMb.toFixed(0)} MB`);
  const more = lastMb / firstMb;
  say(`  after ${series} series, as a multiple of that`, `× ${more.toFixed(2)}`, 'goal ≤ 1.2');
} finally {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true, force: true });
}

/** Runs in the page: the least of three readings, one file after the other. */
async function readAll(): Promise<number> {
  const files = [...(document.querySelector<HTMLInputElement>('#bench')?.files ?? [])];
  let least = Infinity;
  for (let n = 0; n < 3; n++) {
    const start = performance.now();
    for (const file of files) await file.arrayBuffer();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Runs in the page. */
function watch(): void {
  const input = document.querySelector<HTMLInputElement>('#folder-input');
  if (!input) throw new Error('the page has no folder input');
  input.addEventListener(
    'change',
    () => {
      const start = performance.now();
      let [listMs, clicked] = [0, false];
      const look = (): void => {
        const button = document.querySelector<HTMLButtonElement>('button.look');
        if (button && !clicked) {
          listMs = performance.now() - start;
          clicked = true;
          button.click();
        }
        if (clicked && planesShown()) {
          const firstPlanesMs = performance.now() - start;
          Object.assign(globalThis, { benchMarks: { listMs, firstPlanesMs } });
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );

  /** Three planes with something in them. */
  function planesShown(): boolean {
    const shown = [...document.querySelectorAll<HTMLCanvasElement>('dialog canvas')].filter(
      (canvas) => {
        const { width, height } = canvas;
        const middle = canvas.getContext('2d')?.getImageData(width / 2, height / 2, 16, 16);
        return middle?.data.some((value, n) => n % 4 < 3 && value > 20) ?? false;
      },
    );
    return shown.length >= 3;
  }
}

async function removeFaces(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
  await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
}

async function timed(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
