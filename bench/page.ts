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
import { measureOpening } from './page-open.ts';
import { scrollRate, switching } from './page-views.ts';
import { peakMb } from './renderer-memory.ts';
import { measureCorrecting } from './page-correct.ts';
import { SIZE, writeScan } from './scan.ts';

const VOLUME_MB = (SIZE[0] * SIZE[1] * SIZE[2] * 2) / 1e6;
const SLOW = 300_000;

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-bench-'));
const [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
try {
  await writeScan(folder);
  const { page, opening } = await measureOpening(browser, served.url, folder);
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
  const { firstMb, lastMb, series } = await switching(served.url);
  const say = (name: string, value: string, goal = ''): void => {
    console.log(`${name.padEnd(52)} ${value.padStart(10)}   ${goal}`);
  };
  const { readMs, readAgainMs, listMs, planesMs } = opening;
  say('the same files by arrayBuffer()', `${readMs.toFixed(0)} ms`);
  say('  read once more', `${readAgainMs.toFixed(0)} ms`);
  say('files → list of series', `${listMs.toFixed(0)} ms`);
  say('files → first three planes', `${planesMs.toFixed(0)} ms`);
  say('  as a multiple of arrayBuffer()', `× ${(planesMs / readMs).toFixed(1)}`, 'goal ≤ 2');
  say('  of that once more', `× ${(planesMs / readAgainMs).toFixed(1)}`);
  say('scrolling, one picture of 512 × 512', `${rate.toFixed(0)} / s`, 'goal ≥ 15 / s');
  say('segment → blank → check → before and after', `${removed.toFixed(0)} ms`);
  say('Correct → tools ready', `${correcting.openMs.toFixed(0)} ms`);
  say('a dab of the brush → seen', `${correcting.dabMs.toFixed(0)} ms`, 'goal ≤ 100 ms');
  say('  a sphere of 30 mm', `${correcting.sphereMs.toFixed(0)} ms`, 'goal ≤ 100 ms');
  const worst = correcting.framesMs.map((ms) => ms.toFixed(0)).join(', ');
  say('  longest frames until the head is fine again', `${worst} ms`, 'goal ≤ 100 ms');
  say('de-identify → ZIP → verify', `${saved.toFixed(0)} ms`);
  const whole = planesMs + removed + saved;
  say('all of it', `${whole.toFixed(0)} ms`, 'goal ≤ 25000 ms');
  say('peak memory after the first planes', `${looked.toFixed(0)} MB`);
  say('peak memory of page and workers', `${peak.toFixed(0)} MB`);
  say(
    '  (peak − 1 GB) as a multiple of the volume',
    `× ${((peak - 1000) / VOLUME_MB).toFixed(1)}`,
    'goal ≤ 4',
  );
  say('heap and buffers of the page after two series', `${firstMb.toFixed(0)} MB`);
  const more = lastMb / firstMb;
  say(`  after ${series} series, as a multiple of that`, `× ${more.toFixed(2)}`, 'goal ≤ 1.2');
} finally {
  await browser.close();
  await served.close();
  await rm(folder, { recursive: true, force: true });
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
