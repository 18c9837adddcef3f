/**
 * Hundreds of visits in the built page with its network: `npm run bench:visits -- [--visits 200]
 * [--in DIR] [--shots DIR]`. The page is reloaded after a third, its process is killed after two
 * thirds; what was saved is read back. Figures are of one machine, in one run.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { PAGE } from '../tests/e2e/support/page.ts';
import { servePage, startProfile } from '../tests/support/browser.ts';
import { counted, readBack } from './read-back.ts';
import { memoryOf } from './renderer-memory.ts';
import {
  decideByKey,
  downloadTo,
  revived,
  framesOf,
  heapsOf,
  keptOf,
  pickFolder,
  totalsOf,
  watchFrames,
} from './visits-in-page.ts';
import { madeVisits } from './visits.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '200' },
    in: { type: 'string' },
    shots: { type: 'string' },
  },
});
const COUNT = Number(values.visits);
const LONG = 6 * 3_600_000;

interface Sample {
  readonly at: number;
  readonly pageMb: number;
  readonly allMb: number;
  readonly heapMb: number;
  readonly workerMb: number;
  readonly keptMb: number;
}

const say = (name: string, value: string, goal = ''): void => {
  console.log(`${name.padEnd(58)} ${value.padStart(12)}   ${goal}`);
};
const note = (text: string): void => {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
};

/** Runs in a page before its own scripts: tsx wraps named functions in a helper that pages do not have. */
const HELPER = 'globalThis.__name = (named) => named';
const PORT = 4510;

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-visits-'));
const profile = path.join(folder, 'profile');
const visits = values.in ?? path.join(folder, 'visits');
const served = await servePage(PAGE);
const offences: string[] = [];
const context = await startProfile(profile, PORT);
try {
  const made = await madeVisits(visits, COUNT, (n) => {
    if (n % 20 === 0) note(`${n} visits written`);
  });
  let page = await prepared(context.pages()[0] ?? (await context.newPage()));
  await page.goto(served.url);

  const samples: Sample[] = [];
  let peakMb = 0;
  let worst = { worst: 0, late: 0, frames: 0 };
  const times: number[] = [];
  const total = made.length;
  const stops = [
    { at: Math.floor(total / 3), how: 'reload' },
    { at: Math.floor((2 * total) / 3), how: 'kill' },
    { at: Infinity, how: 'end' },
  ] as const;
  const again: string[] = [];
  const began = performance.now();
  let stopped = 0;
  for (const { at, how } of stops) {
    const opening = performance.now();
    await open(page);
    const openMs = performance.now() - opening;
    await watchFrames(page);
    const starting = performance.now();
    await page.getByRole('button', { name: 'Remove faces' }).click();
    let resumed = stopped === 0;
    const end = await work(page, at, (done, ms) => {
      if (done >= stopped && !resumed) {
        resumed = true;
        again.push(
          `${stopped} again in ${((performance.now() - starting) / 1000).toFixed(0)} s, opened in ${(openMs / 1000).toFixed(0)} s`,
        );
      } else if (resumed) times.push(ms);
    });
    const frames = await framesOf(page).catch(() => worst);
    worst = {
      worst: Math.max(worst.worst, frames.worst),
      late: worst.late + frames.late,
      frames: worst.frames + frames.frames,
    };
    if (how === 'end') break;
    stopped = end;
    await sample(page, end);
    if (how === 'reload') await page.reload();
    else page = await killed(page);
    note(`${how} after ${end}`);
  }
  const workedMs = performance.now() - began;
  const sheetAt = performance.now();
  await page.getByRole('heading', { level: 1, name: 'All results' }).waitFor({ timeout: 60_000 });
  const sheetMs = performance.now() - sheetAt;
  await sample(page, total);
  await shoot(page, 'sheet');
  const totals = await totalsOf(page);
  // Those beyond the screen come some with each frame.
  const heads = Number(/(\d+) heads/.exec(totals?.text ?? '')?.[1]);
  const cards = page.locator('[data-card]');
  while ((await cards.count()) < heads) await page.waitForTimeout(50);
  const results = await cards.count();
  const keys: number[] = [];
  for (let n = 0; n < results; n++) {
    keys.push(await decideByKey(page, 'a'));
    if (n === Math.floor(results / 2)) await shoot(page, 'sheet-half');
  }
  await shoot(page, 'sheet-decided');
  const decided = await totalsOf(page);
  await page.getByRole('button', { name: 'Go to saving' }).click();
  await shoot(page, 'save');
  const leave = page.getByRole('button', { name: 'Leave all of them out' });
  const leaveOne = page.getByRole('button', { name: /^Leave \d+ series out/ });
  const questions = await leaveOne.count();
  if (await leave.isVisible()) await leave.click();
  else if (questions > 0) await leaveOne.first().click();
  const savingAt = performance.now();
  const downloads = path.join(folder, 'downloads');
  await downloadTo(page, downloads);
  await page.getByRole('button', { name: 'Save as ZIP' }).click();
  await page.getByRole('link', { name: 'Report' }).waitFor();
  const saveMs = performance.now() - savingAt;
  const zip = await downloaded(downloads);
  await sample(page, total);
  await shoot(page, 'saved');
  const read = await readBack(zip, made);

  keys.sort((a, b) => a - b);
  times.sort((a, b) => a - b);
  const middle = (of: readonly number[]): number => of[of.length >> 1] ?? NaN;
  say('visits, series', `${COUNT}, ${total}`);
  say('all of it, with a reload and a kill', `${(workedMs / 60_000).toFixed(1)} min`);
  say('a series, the middle of all', `${(middle(times) / 1000).toFixed(1)} s`);
  for (const one of again) say('after a stop', one);
  say('largest size of the process of the page', `${peakMb.toFixed(0)} MB`);
  for (const one of samples)
    say(
      `  after ${one.at} series: process, browser, heap of page, of worker`,
      [one.pageMb, one.allMb, one.heapMb, one.workerMb].map((mb) => mb.toFixed(0)).join(', ') +
        ' MB',
      `${one.keptMb.toFixed(0)} MB kept on disk`,
    );
  say('longest without a frame while it worked', `${worst.worst.toFixed(0)} ms`);
  say('  frames later than 200 ms', `${worst.late} of ${worst.frames}`);
  say('what the page says', totals?.text ?? '');
  say('last series → all results shown', `${sheetMs.toFixed(0)} ms`, `${results} cards`);
  say('a key → seen (middle, worst)', `${middle(keys).toFixed(0)}, ${keys.at(-1)?.toFixed(0)} ms`);
  say('after the last key', decided?.text ?? '');
  say('questions before saving', String(questions));
  say('saved and read back by the page', `${(saveMs / 1000).toFixed(0)} s`);
  say('series and files in the ZIP', `${read.series}, ${read.files}`, `of ${results} approved`);
  for (const [what, n] of read.outcomes) say(`  ${what}`, String(n));
  for (const [fault, n] of counted(made.map(({ fault }) => fault ?? 'whole')))
    say(`  made: ${fault}`, String(n));
  for (const fault of read.faults) say('  not as it should be', fault);
  say('errors of scripts and pages', String(offences.length), offences.slice(0, 3).join('; '));

  /** The page after its process was killed and the person pressed "Reload". */
  async function killed(page: Page): Promise<Page> {
    const { pagePid } = await memoryOf(profile);
    const crash = page.waitForEvent('crash');
    process.kill(pagePid, 'SIGKILL');
    await crash;
    // What was connected takes a page that crashed for lost.
    return prepared(await revived(PORT));
  }

  async function sample(page: Page, at: number): Promise<void> {
    const memory = await memoryOf(profile);
    const heaps = await heapsOf(page);
    const kept = await keptOf(page);
    peakMb = Math.max(peakMb, memory.pagePeakMb);
    samples.push({
      at,
      pageMb: memory.pageMb,
      allMb: memory.allMb,
      heapMb: heaps.pageMb,
      workerMb: heaps.workersMb,
      keptMb: kept.mb,
    });
    note(`after ${at}: ${JSON.stringify(samples.at(-1))}`);
  }

  async function shoot(page: Page, name: string): Promise<void> {
    if (!values.shots) return;
    await mkdir(values.shots, { recursive: true });
    await page.screenshot({ path: path.join(values.shots, `${name}.png`) });
  }

  async function open(page: Page): Promise<void> {
    await pickFolder(page, '#folder-input', visits);
    await page.getByRole('button', { name: 'Remove faces' }).waitFor({ timeout: LONG });
  }

  /** Until so many series are done, or all; gives how many. */
  async function work(
    page: Page,
    until: number,
    onDone: (done: number, ms: number) => void,
  ): Promise<number> {
    let last = { done: 0, at: performance.now() };
    let sampled = 0;
    for (;;) {
      await page.waitForTimeout(250);
      const totals = await totalsOf(page);
      const isOver = (await page.locator('h1').first().textContent()) === 'All results';
      if (isOver) return totals?.of ?? 0;
      if (!totals || totals.done === last.done) continue;
      const now = performance.now();
      onDone(totals.done, (now - last.at) / (totals.done - last.done));
      last = { done: totals.done, at: now };
      if (totals.done >= until) return totals.done;
      const mark = Math.floor(totals.done / 25);
      if ((mark > sampled || totals.done === 10) && totals.done > stopped) {
        sampled = mark;
        await shoot(page, `work-${totals.done}`);
        await sample(page, totals.done);
      }
    }
  }
} finally {
  await context.close();
  await served.close();
  await rm(folder, { recursive: true, force: true });
}

/** The only file of a folder, once it is whole. */
async function downloaded(to: string): Promise<string> {
  for (;;) {
    const [name, more] = await readdir(to).catch(() => []);
    if (name && !more && name.endsWith('.zip')) return path.join(to, name);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function prepared(page: Page): Promise<Page> {
  await page.addInitScript(HELPER);
  await page.evaluate(HELPER);
  page.setDefaultTimeout(LONG);
  page.on('dialog', (dialog) => void dialog.accept());
  page.on('pageerror', (error) => offences.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') offences.push(message.text());
  });
  return page;
}
