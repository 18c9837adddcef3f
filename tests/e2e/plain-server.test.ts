/**
 * A server that sets no header at all: no shared memory, and a policy only where the page
 * carries it itself. The whole way works all the same.
 */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/core/report/report.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE } from './support/page.ts';
import { brightness } from './support/review.ts';

const SLOW = 200_000;

let browser: Browser;
let served: Served;
beforeAll(async () => {
  [browser, served] = await Promise.all([startBrowser(), servePage(PAGE, {})]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

test('the demo head goes from opening to a ZIP without shared memory', async () => {
  const { page, offences, close } = await openPage(browser, served.url);
  expect(
    await page.evaluate(() => [crossOriginIsolated, typeof globalThis.SharedArrayBuffer]),
  ).toEqual([false, 'undefined']);

  await page.getByRole('button', { name: 'Try the demo head' }).click();
  await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
  await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
  for (const side of ['Before', 'After']) {
    for (const name of ['Axial', '3D']) {
      const figure = page.getByRole('region', { name: side }).getByRole('figure', { name });
      await expect.poll(() => brightness(page, figure), { timeout: 20_000 }).toBeGreaterThan(3);
    }
  }
  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  await expect.poll(() => approve.isEnabled()).toBe(true);
  await approve.click();
  const download = page.waitForEvent('download', { timeout: SLOW });
  await page.getByRole('button', { name: 'Save as ZIP' }).click();
  const entries = unzipSync(readFileSync(await (await download).path()));
  const names = Object.keys(entries);
  expect(names.filter((name) => name.endsWith('.dcm'))).toHaveLength(256);
  const report = names.find((name) => name.endsWith('efface-report.json'));
  const { series } = JSON.parse(new TextDecoder().decode(entries[report ?? ''])) as Report;
  expect(series).toHaveLength(1);
  expect(series[0]?.check).toMatchObject({ outsideMaskChanged: 0, brainVoxelsChanged: 0 });
  expect(offences).toEqual([]);
  await close();
});
