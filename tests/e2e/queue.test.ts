/** The queue with three and with hundreds of series, by mouse and keys; the worker only answers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { seriousFaults, shoot } from './support/page.ts';
import { description, reviewIsReady, toReview, toSeries } from './support/review.ts';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  await buildFakePage();
  [browser, served] = await Promise.all([startBrowser(), servePage(FAKE_PAGE)]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

const titles = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'Series' }).locator('.title').allTextContents();

describe('the queue', () => {
  test('moves series by buttons and by pointer, removes them and brings them back', async () => {
    const { page, offences, close } = await toSeries(browser, served.url);
    const [ct, t1, t2] = ['Head 1.0 H31s', 't1_mprage_sag_p2_iso', 't2_space_dark-fluid'];
    await page.getByRole('button', { name: `Move ${t2} up` }).press('Enter');
    expect((await titles(page)).slice(0, 3)).toEqual([ct, t2, t1]);

    const rows = page.getByRole('list', { name: 'Series' }).getByRole('listitem');
    const grip = await rows.nth(2).locator('.grip').boundingBox();
    const first = await rows.nth(0).boundingBox();
    if (!grip || !first) throw new Error('no rows');
    await page.mouse.move(grip.x + 8, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(grip.x + 8, first.y + 60, { steps: 6 });
    await page.mouse.up();
    expect((await titles(page)).slice(0, 3)).toEqual([t1, ct, t2]);

    await page.getByRole('button', { name: `Remove ${ct} from the list` }).click();
    expect((await titles(page)).slice(0, 2)).toEqual([t1, t2]);
    await page.getByText('1 series removed from the list').waitFor();
    await page.getByRole('button', { name: 'Bring back' }).click();
    expect((await titles(page)).slice(0, 3)).toEqual([t1, t2, ct]);
    expect(offences).toEqual([]);
    await close();
  });

  test('is reviewed riskiest first; a decision is taken back by key, also from saving', async () => {
    const { page, close } = await toReview(browser, served.url);
    const shown = page.locator('aside header p');
    expect(await shown.textContent()).toMatch(/t1_mprage/);
    await page.keyboard.press('a');
    await expect.poll(() => shown.textContent()).toMatch(/Head 1.0/);
    await page.keyboard.press('Control+z');
    await expect.poll(() => shown.textContent()).toMatch(/t1_mprage/);
    await reviewIsReady(page);
    await page.keyboard.press('r');
    await expect.poll(() => shown.textContent()).toMatch(/Head 1.0/);
    await reviewIsReady(page);
    await page.keyboard.press('a');
    await page.getByRole('heading', { level: 1, name: '1 approved series' }).waitFor();
    await page.keyboard.press('u');
    await expect.poll(() => shown.textContent()).toMatch(/Head 1.0/);
    expect(await page.getByRole('button', { name: 'Undo the last decision' }).isEnabled()).toBe(
      true,
    );
    await close();
  });

  test('of 500 series is listed, worked through and told in totals without a stall', async () => {
    const { page, offences, close } = await toSeries(browser, served.url, {
      file: '500-series.dcm',
    });
    // Rows come with each frame, so that the page answers meanwhile.
    await expect
      .poll(() => page.getByRole('listitem').count(), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(500);
    expect(await page.getByRole('heading', { level: 2, name: /Patient 1, visit 1/ }).count()).toBe(
      1,
    );
    await shoot(page, 'queue-500-1440-dark');
    // Frames while the list is scrolled from one end to the other.
    const worst = await page.evaluate(async () => {
      const frames: number[] = [];
      const end = document.documentElement.scrollHeight;
      let last = performance.now();
      for (let n = 0; n <= 60; n++) {
        globalThis.scrollTo(0, (end * n) / 60);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        frames.push(performance.now() - last);
        last = performance.now();
      }
      globalThis.scrollTo(0, 0);
      return frames.toSorted((a, b) => b - a).slice(0, 3);
    });
    console.info(`worst frames while scrolling 500 series: ${worst.map(Math.round).join(', ')} ms`);

    await page.getByRole('button', { name: 'Remove faces' }).click();
    const totals = page.getByRole('list', { name: 'Totals' });
    await expect.poll(() => totals.textContent()).toMatch(/[1-9]\d* of 500 done/);
    await expect.poll(() => totals.textContent()).toMatch(/Time left: (about|less)/);
    await shoot(page, 'queue-500-work-1440-dark');
    await page.setViewportSize({ width: 1024, height: 768 });
    await shoot(page, 'queue-500-work-1024-dark');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).waitFor();
    const before = Number(/(\d+) of 500/.exec((await totals.textContent()) ?? '')?.[1]);
    expect(before).toBeGreaterThan(0);
    // The same options again: what is done stays done.
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await expect
      .poll(async () => Number(/(\d+) of 500/.exec((await totals.textContent()) ?? '')?.[1]))
      .toBeGreaterThanOrEqual(before);
    expect(offences).toEqual([]);
    await close();
  });

  test('says of an ear that was left before anyone opened the review, on row and card', async () => {
    const { page, offences, close } = await toSeries(browser, served.url, {
      file: '60-series-ear-left.dcm',
    });
    await page.getByRole('button', { name: 'Remove faces' }).click();
    const left = /Skin of the left ear stayed, 3\d cm²/;
    const row = page.locator('[data-row$=" 7"]');
    await row.getByText(left).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).waitFor();
    await row.getByText('Look closely').waitFor();
    expect(await description(row)).toMatch(left);
    await row.scrollIntoViewIfNeeded();
    await shoot(page, 'queue-ear-left-1440-dark');

    await page.getByRole('button', { name: 'Remove faces' }).click();
    await page.getByRole('heading', { level: 1, name: 'All results' }).waitFor({ timeout: 60_000 });
    const cards = page.getByRole('list', { name: 'All results' }).getByRole('button');
    // No check fails, and still it comes before what is fine; every ninth fails one.
    const ids = await cards.evaluateAll((all) => all.map((one) => one.getAttribute('data-card')));
    expect(ids.indexOf('7')).toBe(6);
    const card = page.locator('[data-card="7"]');
    expect(await description(card)).toMatch(/Look closely/);
    expect(await description(card)).toMatch(left);
    expect(await description(page.locator('[data-card="1"]'))).not.toMatch(/Look closely|stayed/);
    const totals = page.getByRole('list', { name: 'Totals' });
    expect(await totals.textContent()).toMatch(/7 to look at closely/);
    await page.getByRole('checkbox', { name: 'Only those to look at closely' }).check();
    expect(await cards.count()).toBe(7);
    await shoot(page, 'results-ear-left-1440-dark');
    await page.setViewportSize({ width: 1024, height: 768 });
    await shoot(page, 'results-ear-left-1024-dark');
    expect(await seriousFaults(page)).toEqual([]);

    await card.focus();
    await page.keyboard.press('Enter');
    const checks = page.getByRole('region', { name: 'Checks' });
    await checks.getByRole('button', { name: left }).waitFor();
    expect(offences).toEqual([]);
    await close();
  });

  test('ends with a sheet of results, decided by keys, and saved from there', async () => {
    const { page, offences, close } = await toSeries(browser, served.url, {
      file: '24-series.dcm',
    });
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await page.getByRole('heading', { level: 1, name: 'All results' }).waitFor({ timeout: 60_000 });
    const cards = page.getByRole('list', { name: 'All results' }).getByRole('button');
    expect(await cards.count()).toBe(24);
    const chosen = page.locator('[data-card][aria-current="true"]');
    const card = (): Promise<string | null> => chosen.getAttribute('data-card');
    // 9 and 18 fail a check; 9 fails it by more.
    expect(await card()).toBe('9');
    await expect.poll(() => chosen.evaluate((one) => one === document.activeElement)).toBe(true);
    await shoot(page, 'results-24-1440-dark');
    await page.keyboard.press('r');
    expect(await card()).toBe('18');
    await page.keyboard.press('ArrowRight');
    const third = await card();
    expect(third).not.toBe('18');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await card()).toBe(third);
    await page.keyboard.press('Control+z');
    expect(await card()).toBe('9');
    await page.keyboard.press('r');

    await page.getByRole('checkbox', { name: 'Only those to look at closely' }).check();
    expect(await cards.count()).toBe(2);
    await page.getByRole('checkbox', { name: 'Only those to look at closely' }).uncheck();
    await chosen.focus();
    for (let n = 0; n < 23; n++) await page.keyboard.press('a');
    await expect
      .poll(() => page.getByRole('list', { name: 'Totals' }).textContent())
      .toMatch(/23 approved.*1 rejected/);
    await page.setViewportSize({ width: 1024, height: 768 });
    await shoot(page, 'results-24-1024-dark');
    expect(await seriousFaults(page)).toEqual([]);

    await page.keyboard.press('Enter');
    await reviewIsReady(page);
    await page.getByRole('button', { name: 'All results' }).click();
    await page.getByRole('button', { name: 'Go to saving' }).click();
    await page.getByRole('heading', { level: 1, name: '23 approved series' }).waitFor();
    expect(offences).toEqual([]);
    await close();
  });
});
