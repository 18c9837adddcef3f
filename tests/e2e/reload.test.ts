/** A reload in the midst of the work, on the built page with its network: what was done stays done. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uprightGrid } from '../../src/core/geometry/grid.ts';
import { phantomDicom } from '../../src/core/phantom/as-dicom.ts';
import { makePhantom } from '../../src/core/phantom/head.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE, shoot } from './support/page.ts';
import { reviewIsReady } from './support/review.ts';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** What the progress bar said while the demo head lost its face. */
async function stagesOfDemo(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Try the demo head' }).click();
  await page.getByRole('button', { name: 'Remove faces' }).waitFor({ timeout: 120_000 });
  return stagesOfRemoval(page);
}

async function stagesOfRemoval(page: Page): Promise<string> {
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      const bar = document.querySelector('[role="progressbar"]');
      said.push(bar?.getAttribute('aria-valuetext') ?? '');
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole('button', { name: 'Remove faces' }).click();
  // To the review where something is to be decided, else back to the list.
  const review = page.getByRole('button', { name: 'Approve', exact: true });
  const results = page.getByRole('button', { name: 'Go to the results' });
  await review.or(results).waitFor({ timeout: 200_000 });
  return page.evaluate(() => (globalThis as unknown as { said: string[] }).said.join('\n'));
}

const kept = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('efface-results', { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });

/** The worker keeps what it is told once the network leaves it time. */
const SOON = { timeout: 60_000 };
const NETWORK = /Finding face, ears and brain/;
const rows = (page: Page): Locator =>
  page.getByRole('list', { name: 'Series' }).getByRole('listitem');

test('a result and its approval are found again after a reload, for that result only, and gone after starting over', async () => {
  const { page, context, offences, close } = await openPage(browser, served.url);
  expect(await stagesOfDemo(page)).toMatch(NETWORK);
  await expect.poll(() => kept(page), SOON).toHaveLength(1);
  await reviewIsReady(page);
  await page.keyboard.press('a');
  await page.getByRole('heading', { level: 1, name: '1 approved series' }).waitFor();
  await expect.poll(() => kept(page), SOON).toHaveLength(2);

  // Another tab removes only what nobody has open.
  const other = await context.newPage();
  await other.goto(served.url);
  await other.getByRole('button', { name: 'Try the demo head' }).click();
  await other.getByRole('button', { name: 'Remove faces' }).waitFor({ timeout: 120_000 });
  // It waits for tabs that are only loaded anew.
  await other.waitForTimeout(16_000);
  expect(await kept(page)).toHaveLength(2);
  await other.close();

  await page.reload();
  await page.getByText('1 result of this tab is still here, sealed.').waitFor();
  await shoot(page, 'earlier-landing-1440-dark');
  await page.getByRole('button', { name: 'Try the demo head' }).click();
  await page.getByText('1 result was approved or rejected before the reload').waitFor();
  await shoot(page, 'earlier-waiting-1440-dark');
  expect(await stagesOfRemoval(page)).not.toMatch(NETWORK);
  await page.getByText('1 decision from before holds').waitFor();
  expect(await rows(page).first().textContent()).toMatch(/Approved/);
  await shoot(page, 'earlier-holds-1440-dark');
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('button', { name: 'Go to the results' }).click();
  await page.getByText('Your decision from before was made for this very result').waitFor();
  await reviewIsReady(page);
  await shoot(page, 'earlier-review-1024-dark');
  expect(await kept(page)).toHaveLength(2);

  // Taken back and made anew: it is the newer one that a reload finds.
  await page.keyboard.press('r');
  await page.getByRole('heading', { level: 1, name: 'Nothing was approved' }).waitFor();
  await page.reload();
  expect(await stagesOfDemo(page)).not.toMatch(NETWORK);
  expect(await rows(page).first().textContent()).toMatch(/Rejected/);

  // Another method makes another result.
  await page.getByRole('combobox', { name: 'Method' }).selectOption('noise');
  expect(await stagesOfRemoval(page)).toMatch(NETWORK);
  await page.getByText('Your earlier decision does not hold.').waitFor();
  await reviewIsReady(page);
  await shoot(page, 'earlier-void-1024-dark');

  await page.getByRole('button', { name: 'Start over' }).click();
  const sure = page.getByRole('dialog', { name: 'Start over?' });
  await sure.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => kept(page), SOON).toHaveLength(0);
  expect(await page.getByText('still here').count()).toBe(0);
  expect(offences).toEqual([]);
  await close();
}, 420_000);

test('once everything kept is cleared, the landing page no longer says that it is here', async () => {
  const { page, offences, close } = await openPage(browser, served.url);
  await stagesOfDemo(page);
  await expect.poll(() => kept(page), SOON).toHaveLength(1);
  await page.reload();
  const note = page.getByText('1 result of this tab is still here, sealed.');
  await note.waitFor();
  await page.getByRole('link', { name: 'Privacy' }).click();
  await page.getByRole('button', { name: 'Clear what is kept' }).click();
  await page.getByText(/Cleared: .*files/).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Try the demo head' }).waitFor();
  expect(await note.count()).toBe(0);
  expect(offences).toEqual([]);
  await close();
}, 300_000);

test('what was left out and what was let through stay so after a reload, not for other files', async () => {
  const { page, offences, close } = await openPage(browser, served.url);
  const files = await twoSeries();
  const drop = async (dropped: readonly Dropped[]): Promise<void> => {
    await page.setInputFiles('#file-input', [...dropped]);
    await page.getByRole('list', { name: 'Series' }).waitFor();
  };
  const includes = (): Promise<boolean[]> =>
    rows(page)
      .getByRole('checkbox', { name: 'Include' })
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked));
  await drop(files);
  expect(await includes()).toEqual([true, true, false]);
  await rows(page).nth(0).getByRole('checkbox', { name: 'Include' }).uncheck();
  await rows(page).nth(2).getByRole('checkbox', { name: 'Include' }).click();
  await page.getByRole('button', { name: 'Include it anyway' }).click();
  await expect.poll(() => kept(page), SOON).toHaveLength(2);

  await page.reload();
  await drop(files);
  expect(await includes()).toEqual([false, true, true]);
  await page.getByText('What you said of 2 series before the reload was taken over').waitFor();
  await shoot(page, 'earlier-files-1440-dark');

  await page.reload();
  await drop(
    files.map(({ buffer, ...file }) => {
      const other = Buffer.from(buffer);
      other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
      return { ...file, buffer: other };
    }),
  );
  expect(await includes()).toEqual([true, true, false]);

  // The same demand that clears the results.
  await page.getByRole('link', { name: 'Privacy' }).first().click();
  await page.getByRole('button', { name: 'Clear what is kept' }).click();
  await page.getByText(/^Cleared:/).waitFor();
  expect(await kept(page)).toHaveLength(0);
  expect(offences).toEqual([]);
  await close();
}, 300_000);

interface Dropped {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Two coarse heads of one person, and two slices of a third series, which are left out. */
async function twoSeries(): Promise<readonly Dropped[]> {
  const { volume } = await makePhantom({
    seed: 3,
    kind: 'CT',
    grid: uprightGrid([64, 64, 40], 4, [0, -8, 10]),
  });
  return [1, 2, 3].flatMap((series) =>
    [...phantomDicom({ volume }, { series })]
      .slice(0, series === 3 ? 2 : undefined)
      .map(({ bytes }, n) => ({
        name: `${String(series)}-${String(n)}.dcm`,
        mimeType: 'application/dicom',
        buffer: Buffer.from(bytes),
      })),
  );
}
