import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE, seriousFaults, shoot } from './support/page.ts';

describe('the start page', () => {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  test('offers what it can do by role and name', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    for (const name of ['Open folder', 'Open files', 'Try the demo head', 'Help', 'Theme']) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(1);
    }
    for (const name of ['Learn', 'Privacy']) {
      expect(await page.getByRole('link', { name, exact: true }).count(), name).toBe(1);
    }
    expect(await page.getByRole('region', { name: 'Drop scans here' }).count()).toBe(1);
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(offences).toEqual([]);
    await close();
  });

  test.each([
    [1440, 900],
    [1024, 768],
    [420, 800],
  ])('fits a window of %d × %d without a sideways scroll', async (width, height) => {
    for (const theme of ['dark', 'light'] as const) {
      const { page, close } = await openPage(browser, served.url, { width, height, theme });
      await shoot(page, `landing-${width}-${theme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await close();
    }
  });

  test.each(['dark', 'light'] as const)(
    'has no serious accessibility fault when %s',
    async (theme) => {
      const { page, close } = await openPage(browser, served.url, { theme });
      expect(await seriousFaults(page)).toEqual([]);
      await close();
    },
  );

  test('shows the help on the key ? and gives the focus back', async () => {
    const { page, close } = await openPage(browser, served.url);
    const help = page.getByRole('button', { name: 'Help', exact: true });
    await help.focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Help' }).waitFor();
    await shoot(page, 'help');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await help.evaluate((element) => element === document.activeElement)).toBe(true);
    await close();
  });

  test('remembers the theme and the choices as they are, and nothing else', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.getByRole('button', { name: 'Theme', exact: true }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    const { 'efface-habits': habits = '{}', ...others } = await page.evaluate(
      () => Object.fromEntries(Object.entries(localStorage)) as Record<string, string>,
    );
    expect(others).toEqual({ 'efface-theme': 'light' });
    expect(JSON.parse(habits)).toEqual({
      regions: ['face', 'ears'],
      depth: 'standard',
      method: 'blank',
      deidOptions: [],
    });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await close();
  });

  test.each(['Learn', 'Privacy'])('has a page %s, and Back returns', async (name) => {
    const { page, close } = await openPage(browser, served.url);
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('article').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await shoot(page, name.toLowerCase(), true);
    expect(await seriousFaults(page)).toEqual([]);
    await page.goBack();
    await page.getByRole('region', { name: 'Drop scans here' }).waitFor();
    await close();
  });

  test('can be walked through by keyboard alone, in the order of the screen', async () => {
    const { page, close } = await openPage(browser, served.url);
    const visited: (string | null)[] = [];
    for (let n = 0; n < 10; n++) {
      await page.keyboard.press('Tab');
      visited.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? null;
        }),
      );
    }
    expect(visited).toEqual([
      'Skip to content',
      'Efface, start page',
      'Learn',
      'Privacy',
      'Language',
      'Theme',
      'Help',
      'Open folder',
      'Open files',
      'Try the demo head',
    ]);
    await close();
  });
});
