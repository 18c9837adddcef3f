/**
 * Pictures of every view over the demo head, a person who does not exist: `npm run pictures`
 * writes docs/pictures/views/*.jpg; `npm run pictures -- --check` takes them again and prints
 * how much differs. `npm run build` first. They are of one machine: fonts differ elsewhere.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import { phantomDicom } from '../src/core/phantom/as-dicom.ts';
import { makePhantom } from '../src/core/phantom/head.ts';
import { servePage, startBrowser } from '../tests/support/browser.ts';

const FOLDER = 'docs/pictures/views';
const SLOW = 300_000;
const SIZES = [
  [1440, 900, 'dark'],
  [1024, 768, 'light'],
] as const;
const QUALITY = 62;
/** A pixel differs where a channel does by more than this (of 255): JPEG itself moves a few. */
const CHANNEL = 40;
/** More than this share (%) of differing pixels is a change that somebody should have meant. */
const MOST_PERCENT = 1.5;

const isCheck = process.argv.includes('--check');
const served = await servePage('dist/page');
const browser = await startBrowser();
const people = await mkdtemp(path.join(os.tmpdir(), 'efface-people-'));
const changed: string[] = [];
try {
  await writePeople(people);
  await mkdir(FOLDER, { recursive: true });
  for (const [width, height, theme] of SIZES) {
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    await context.addInitScript((chosen) => {
      localStorage.setItem('efface-theme', chosen);
    }, theme);
    const page = await context.newPage();
    await page.goto(served.url);
    for await (const view of views(page)) {
      const name = `${view}-${width}-${theme}`;
      if (!(await compareOrKeep(page, name))) changed.push(name);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await served.close();
  await rm(people, { recursive: true });
}
if (changed.length > 0) process.exitCode = 1;

/** Goes through the page as a person does; stops at each view. */
async function* views(page: Page): AsyncGenerator<string> {
  const still = (ms = 600): Promise<void> => page.waitForTimeout(ms);
  await page.getByRole('button', { name: 'Try the demo head' }).waitFor();
  yield 'open';
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Help' }).waitFor();
  yield 'help';
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Try the demo head' }).click();
  await page.getByRole('list', { name: 'Series' }).waitFor({ timeout: SLOW });
  await page.locator('li canvas').first().waitFor({ timeout: SLOW });
  await still();
  yield 'series';
  await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
  await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
  // All pictures are drawn one after the other where there is no graphics card.
  await still(5000);
  yield 'review';
  await page.getByRole('button', { name: 'Removed part', exact: true }).click();
  await page.getByRole('button', { name: 'Brain', exact: true }).click();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('s');
  await still(3000);
  yield 'swipe';
  await page.keyboard.press('s');
  await still(1000);
  await page.keyboard.press('e');
  const tools = page.getByRole('region', { name: 'Correct', exact: true });
  await page.locator('[data-skin="fine"]').waitFor({ timeout: SLOW });
  await paint(page, tools.getByRole('figure', { name: 'Sagittal' }));
  await page.locator('[data-skin="old"]').waitFor();
  await page.locator('[data-skin="fine"]').waitFor({ timeout: SLOW });
  await still(3000);
  yield 'correct';
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await still(2000);
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Save as ZIP' }).waitFor();
  await still();
  yield 'save';
  await page.goto(new URL('#/privacy', page.url()).href);
  await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
  await still();
  yield 'privacy';
  await page.goto(new URL('#/learn', page.url()).href);
  // Its head is made first.
  await page.getByRole('progressbar').waitFor({ timeout: SLOW });
  await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: SLOW });
  await still(2000);
  yield 'learn';
  await page.goto(served.url);
  await page.reload();
  await page.setInputFiles('#folder-input', people);
  await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
  await page.getByRole('button', { name: 'All results' }).click({ timeout: SLOW });
  await page.getByRole('heading', { level: 1, name: 'All results' }).waitFor();
  await still(2000);
  yield 'results';
}

/** A stroke of the brush below the chin, where the cut ends. */
async function paint(page: Page, figure: Locator): Promise<void> {
  const box = await figure.boundingBox();
  if (!box) throw new Error('nothing to paint on');
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.75 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.42 * box.width, box.y + 0.82 * box.height, { steps: 8 });
  await page.mouse.up();
}

/** Three series of people who do not exist. */
async function writePeople(folder: string): Promise<void> {
  for (const [n, kind] of (['CT', 'MR', 'CT'] as const).entries()) {
    const grid = uprightGrid([128, 128, 96], 2, [0, -8, 0]);
    const { volume } = await makePhantom({ seed: 11 + n, kind, grid });
    for (const { path: name, bytes } of phantomDicom({ volume }, { patient: n + 1 })) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
}

/** Whether the picture is as it was, or was kept. */
async function compareOrKeep(page: Page, name: string): Promise<boolean> {
  const file = path.join(FOLDER, `${name}.jpg`);
  const taken = await page.screenshot({ type: 'jpeg', quality: QUALITY });
  if (!isCheck) {
    await writeFile(file, taken);
    console.log(`${file} ${(taken.length / 1000).toFixed(0)} kB`);
    return true;
  }
  const kept = existsSync(file) ? await readFile(file) : null;
  const percent = kept ? await differing(browser, kept, taken) : 100;
  const isMore = percent > MOST_PERCENT;
  console.log(`${name.padEnd(24)} ${percent.toFixed(2).padStart(6)} %${isMore ? '  differs' : ''}`);
  return !isMore;
}

/** Share (%) of the pixels of two pictures that differ; 100 where their sizes do. */
async function differing(within: Browser, a: Buffer, b: Buffer): Promise<number> {
  const page = await within.newPage();
  // tsx wraps named functions in a helper that the page does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  const share = await page.evaluate(
    async ([first, second, most]) => {
      const pixels = async (data: string): Promise<ImageData | null> => {
        const image = new Image();
        image.src = `data:image/jpeg;base64,${data}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        return context?.getImageData(0, 0, image.width, image.height) ?? null;
      };
      const [one, other] = [await pixels(first), await pixels(second)];
      if (one?.width !== other?.width || one?.height !== other?.height || !one || !other)
        return 100;
      let count = 0;
      for (let n = 0; n < one.data.length; n += 4) {
        for (let c = 0; c < 3; c++) {
          if (Math.abs((one.data[n + c] ?? 0) - (other.data[n + c] ?? 0)) <= most) continue;
          count += 1;
          break;
        }
      }
      return (400 * count) / one.data.length;
    },
    [a.toString('base64'), b.toString('base64'), CHANNEL] as const,
  );
  await page.close();
  return share;
}
