/** A reload in the midst of the work, on the built page with its network: what was done stays done. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE } from './support/page.ts';
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
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      const bar = document.querySelector('[role="progressbar"]');
      said.push(bar?.getAttribute('aria-valuetext') ?? '');
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole('button', { name: 'Remove faces' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor({ timeout: 200_000 });
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

test('results are found again after a reload, and gone after starting over', async () => {
  const { page, offences, close } = await openPage(browser, served.url);
  expect(await stagesOfDemo(page)).toMatch(/Finding face, ears and brain/);
  await expect.poll(() => kept(page)).toHaveLength(1);

  await page.reload();
  expect(await stagesOfDemo(page)).not.toMatch(/Finding face, ears and brain/);
  await reviewIsReady(page);
  expect(await kept(page)).toHaveLength(1);

  await page.getByRole('button', { name: 'Start over' }).click();
  const sure = page.getByRole('dialog', { name: 'Start over?' });
  await sure.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => kept(page)).toHaveLength(0);
  expect(offences).toEqual([]);
  await close();
}, 420_000);
