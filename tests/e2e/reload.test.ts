/** A reload in the midst of the work, on the built page with its network: what was done stays done. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE } from './support/page.ts';

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
  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  const totals = page.getByRole('list', { name: 'Totals' });
  await approve.or(totals.getByText('1 approved')).waitFor({ timeout: 200_000 });
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

test('results and decisions are found again after a reload, and gone after starting over', async () => {
  const { page, context, offences, close } = await openPage(browser, served.url);
  expect(await stagesOfDemo(page)).toMatch(/Finding face, ears and brain/);
  await expect.poll(() => kept(page)).toHaveLength(1);

  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '1 approved series' }).waitFor();

  // Another tab removes only what nobody has open.
  const other = await context.newPage();
  await other.goto(served.url);
  expect(await other.getByText('This tab still has').count()).toBe(0);
  await other.getByRole('button', { name: 'Try the demo head' }).click();
  await other.getByRole('button', { name: 'Remove faces' }).waitFor({ timeout: 120_000 });
  expect(await kept(page)).toHaveLength(1);
  await other.close();

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText('This tab still has the result of 1 series from before').waitFor();
  expect(await stagesOfDemo(page)).not.toMatch(/Finding face, ears and brain/);
  await page.getByRole('list', { name: 'Totals' }).getByText('1 approved').waitFor();
  expect(await kept(page)).toHaveLength(1);

  await page.getByRole('button', { name: 'Start over' }).click();
  const sure = page.getByRole('dialog', { name: 'Start over?' });
  await sure.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => kept(page)).toHaveLength(0);
  expect(offences).toEqual([]);
  await close();
}, 420_000);
