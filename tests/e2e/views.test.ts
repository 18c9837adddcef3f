/** Each view by itself, with a worker that only answers: three series, one sure, one doubtful, one refused. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { seriousFaults, shoot } from './support/page.ts';
import { description, reviewIsReady, toReview, toSeries } from './support/review.ts';

describe('the views after files were opened', () => {
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

  test('list what was found, what will be done with it, and why', async () => {
    const { page, offences, close } = await toSeries(browser, served.url);
    const items = page.getByRole('list', { name: 'Series' }).getByRole('listitem');
    expect(await items.count()).toBe(5);
    expect(await page.getByRole('checkbox', { name: 'Include', exact: true }).count()).toBe(5);

    const [first, localizer] = [items.nth(0), items.nth(3)];
    await expect
      .poll(() => description(first))
      .toMatch(/CT.*132 × 164 × 160.*Head\. Face and ears will be removed\./s);
    expect(await description(localizer)).toMatch(
      /Localizers are left out.*Share the study without it/s,
    );
    // What may be let through asks first; what is refused cannot be.
    const include = localizer.getByRole('checkbox', { name: 'Include' });
    await include.check();
    const asked = page.getByRole('dialog', { name: 'Include it with its face?' });
    await asked.getByRole('button', { name: 'Leave it out' }).click();
    await expect.poll(() => include.isChecked()).toBe(false);
    await include.check();
    await asked.getByRole('button', { name: 'Include it anyway' }).click();
    await expect.poll(() => include.isChecked()).toBe(true);
    expect(await items.nth(4).getByRole('checkbox').isDisabled()).toBe(true);
    await page.getByText('Skipped files (2)').click();
    expect(
      await page.getByRole('list', { name: 'Skipped files' }).getByRole('listitem').count(),
    ).toBe(2);
    expect(offences).toEqual([]);
    await close();
  });

  test('offer the options by role and name, each depth with what it leaks', async () => {
    const { page, close } = await toSeries(browser, served.url);
    for (const name of ['Face', 'Ears', 'Eyes', 'Teeth', 'Scalp']) {
      expect(await page.getByRole('checkbox', { name, exact: true }).count(), name).toBe(1);
    }
    for (const name of ['Method', 'De-identification']) {
      expect(await page.getByRole('combobox', { name, exact: true }).count(), name).toBe(1);
    }
    const depth = page.getByRole('radiogroup', { name: 'Depth' });
    expect(await depth.getByRole('radio', { name: 'Standard' }).isChecked()).toBe(true);
    for (const [name, named] of [
      ['Shallow', /named 13 % again/],
      ['Standard', /named 3 % again/],
      ['Deep', /named 3 % again/],
    ] as const) {
      await depth.getByRole('radio', { name }).check();
      expect(await description(depth), name).toMatch(named);
    }
    await close();
  });

  test('cannot start with nothing to do', async () => {
    const { page, close } = await toSeries(browser, served.url);
    const run = page.getByRole('button', { name: 'Remove faces' });
    await page.getByRole('checkbox', { name: 'Face' }).uncheck();
    await page.getByRole('checkbox', { name: 'Ears' }).uncheck();
    expect(await run.isDisabled()).toBe(true);
    expect(await description(run)).toMatch(/at least one region/);
    await close();
  });

  test('tell each stage, and cancel half way', async () => {
    const { page, close } = await toSeries(browser, served.url);
    await page.getByRole('button', { name: 'Remove faces' }).click();
    const bar = page.getByRole('progressbar', { name: 'Progress' });
    await expect
      .poll(() => bar.getAttribute('aria-valuetext'))
      .toMatch(/Series 1 of 3: Finding face/);
    await shoot(page, 'work-1440-dark');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).waitFor();
    expect(await page.getByRole('status').first().textContent()).toMatch(
      /Cancelled\. Nothing was written/,
    );
    await close();
  });

  test('go on to the next series after a decision, then to saving; keys do it too', async () => {
    const { page, close } = await toReview(browser, served.url);
    // The doubtful one comes first.
    await page.getByText('Look closely before you approve').first().waitFor();
    await shoot(page, 'review-doubtful-1440-dark');
    await page.keyboard.press('r');
    await page.getByText('All checks passed').first().waitFor();
    await reviewIsReady(page);
    await page.keyboard.press('a');
    await page.getByRole('heading', { level: 1, name: '1 approved series' }).waitFor();
    // What of the visit could not be defaced is asked before anything is written.
    const asked = page.getByRole('region', { name: 'Before you save' });
    expect(await asked.getByRole('listitem').textContent()).toMatch(
      /t2_space_dark-fluid: could not be defaced.*ep2d_diff_mddw: could not/s,
    );
    expect(await page.getByRole('button', { name: 'Save as ZIP' }).isDisabled()).toBe(true);
    await asked.getByRole('button', { name: 'Leave 2 series out' }).click();
    await asked.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Save in place' }).isDisabled()).toBe(true);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as ZIP' }).click();
    expect((await download).suggestedFilename()).toBe('efface.zip');
    await page.getByRole('link', { name: 'Report' }).waitFor();
    await shoot(page, 'saved-1440-dark');
    expect(await seriousFaults(page)).toEqual([]);
    await close();
  });

  test('ask before results that were not saved are thrown away', async () => {
    const { page, close } = await toReview(browser, served.url);
    await page.getByRole('button', { name: 'Start over' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start over?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Start over' }).click();
    await dialog.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('region', { name: 'Drop scans here' }).waitFor();
    await close();
  });

  test.each([
    [1440, 900, 'dark'],
    [1440, 900, 'light'],
    [1024, 768, 'dark'],
    [420, 800, 'dark'],
  ] as const)(
    'fit %d × %d when %s, without serious accessibility faults',
    async (width, height, theme) => {
      const { page, close } = await toSeries(browser, served.url, { width, height, theme });
      await shoot(page, `series-${width}-${theme}`, true);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Remove faces' }).click();
      await reviewIsReady(page);
      await shoot(page, `review-${width}-${theme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await seriousFaults(page)).toEqual([]);
      await close();
    },
  );
});
