/** The second visit, with the server gone: the whole tool, network and weights included. */
import { appendFileSync, cpSync, rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser } from '../support/browser.ts';
import { openPage, PAGE, seriousFaults } from './support/page.ts';
import { brightness } from './support/review.ts';

const SLOW = 200_000;

describe('without a network', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  test.each([
    ['a server with our headers', undefined, true],
    ['a server that sets none', {}, false],
  ] as const)(
    'the lesson goes from start to end after a visit to %s',
    async (_, headers, shared) => {
      const served = await servePage(PAGE, headers);
      const { page, offences, close } = await openPage(browser, served.url);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await served.close();

      await page.goto(`${served.url}#/learn`);
      await page.reload();
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(shared);
      const step = (name: string) => page.locator(`[data-step="${name}"] [data-ready="true"]`);
      const next = page.getByRole('button', { name: 'Next step' });
      await step('slices').waitFor({ timeout: SLOW });
      await next.click();
      await expect
        .poll(() => brightness(page, page.getByRole('figure', { name: '3D' })))
        .toBeGreaterThan(5);
      await next.click();
      await next.click();
      await page.getByRole('button', { name: 'Remove the face' }).click();
      await step('remove').waitFor({ timeout: SLOW });
      await next.click();
      await page.getByRole('button', { name: 'Ask the matcher' }).click();
      await step('who').waitFor({ timeout: SLOW });
      expect(await page.getByRole('table', { name: 'Who is this?' }).textContent()).toMatch(
        /Person 17 \(right\)\s*1 of 24/,
      );
      for (let n = 0; n < 3; n++) await next.click();
      await page.getByRole('heading', { name: 'What rules say, and what to ask' }).waitFor();

      await page.getByRole('link', { name: 'Privacy', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
      expect(await page.locator('[data-count="foreign"]').textContent()).toMatch(/^0 /);
      expect(offences).toEqual([]);
      await close();
    },
  );
});

describe('a newer version', () => {
  const copy = 'dist/update-page';
  let browser: Browser;
  beforeAll(async () => {
    cpSync(PAGE, copy, { recursive: true });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(copy, { recursive: true });
  });

  test('is told where it would interrupt, and takes over when the person says so', async () => {
    const served = await servePage(copy);
    const { page, offences, close } = await openPage(browser, served.url);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.goto(`${served.url}#/privacy`);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();

    appendFileSync(`${copy}/service-worker.js`, '\n// newer');
    await page.evaluate(async () => {
      Object.assign(globalThis, { stillHere: true });
      await (await navigator.serviceWorker.ready).update();
    });
    const notice = page.getByRole('complementary', { name: /newer version of Efface is ready/ });
    await notice.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true);

    await Promise.all([
      page.waitForEvent('load'),
      notice.getByRole('button', { name: 'Reload now' }).click(),
    ]);
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
    expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(false);
    expect(await notice.count()).toBe(0);
    expect(offences).toEqual([]);
    await close();
    await served.close();
  });
});
