/** For everyone: every view and dialog by axe, targets, large text, a phone, habits and Help. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHORTCUTS } from '../../src/ui/shortcuts.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { faults, openPage, shoot } from './support/page.ts';
import { reviewIsReady, toReview, toSeries } from './support/review.ts';

/** WCAG 2.2, 2.5.8 (pixels). */
const SMALLEST_TARGET = 24;

describe('for everyone', () => {
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

  /** Every view and dialog, one after the other. */
  async function walk(page: Page, look: (view: string) => Promise<void>): Promise<void> {
    await look('landing');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Help' });
    await help.waitFor();
    await help.getByText('Diagnostics').click();
    await look('help');
    await page.keyboard.press('Escape');
    await page.goto(new URL('#/privacy', page.url()).href);
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
    await look('privacy');
    await page.goto(new URL('#/', page.url()).href);
    const file = { name: 'planted.dcm', mimeType: 'application/dicom', buffer: Buffer.from('any') };
    await page.setInputFiles('#file-input', file);
    await page.getByRole('list', { name: 'Series' }).waitFor();
    await look('series');
    await page.getByRole('button', { name: /^Look at Head/ }).click();
    await page.getByRole('dialog').locator('[data-ready="true"]').waitFor();
    await look('preview');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await page.getByRole('progressbar', { name: 'Progress' }).first().waitFor();
    await reviewIsReady(page);
    await look('review');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('s');
    await look('swipe');
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('dialog', { name: 'Start over?' }).waitFor();
    await look('start over');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('a');
    await page.getByText('Series 2 of 2').waitFor();
    await reviewIsReady(page);
    await page.keyboard.press('a');
    await page.getByRole('heading', { level: 1, name: /approved series/ }).waitFor();
    await look('save');
  }

  test.each(['dark', 'light'] as const)('axe finds nothing in any view when %s', async (theme) => {
    const { page, offences, close } = await openPage(browser, served.url, { theme });
    const found: string[] = [];
    await walk(page, async (view) => {
      for (const fault of await faults(page)) found.push(`${view}: ${fault}`);
    });
    expect(found).toEqual([]);
    expect(offences).toEqual([]);
    await close();
  });

  test.each([
    [1440, 900],
    [420, 800],
  ] as const)('every target is large enough at %d × %d', async (width, height) => {
    const { page, close } = await openPage(browser, served.url, { width, height });
    const small: string[] = [];
    await walk(page, async (view) => {
      for (const one of await smallTargets(page)) small.push(`${view}: ${one}`);
    });
    expect(small).toEqual([]);
    await close();
  });

  test.each([
    ['large text on a desk', 1280, 900, 32],
    ['a phone', 420, 800, 16],
    ['the smallest desk', 1024, 768, 16],
  ] as const)('nothing is cut off with %s', async (name, width, height, size) => {
    const { page, close } = await openPage(browser, served.url, { width, height });
    const cut: string[] = [];
    await page.addStyleTag({ content: `html { font-size: ${size}px }` });
    await walk(page, async (view) => {
      await shoot(page, `${name.replaceAll(' ', '-')}-${view.replaceAll(' ', '-')}`);
      for (const one of await cutOff(page)) cut.push(`${view}: ${one}`);
    });
    expect(cut).toEqual([]);
    await close();
  });

  test('Help lists every key, and diagnostics to copy that tell nothing of a scan', async () => {
    const { page, close } = await toReview(browser, served.url);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Help' });
    const rows = help.getByRole('region', { name: 'Keys' }).locator('dt');
    expect(await rows.count()).toBe(Object.keys(SHORTCUTS).length);
    await help.getByText('Diagnostics').click();
    const text = (await help.getByRole('group', { name: 'Diagnostics' }).textContent()) ?? '';
    for (const line of [
      /Browser: .*Chrome/,
      /Graphics: .*\((software|hardware)\)/,
      /crossOriginIsolated: true/,
      /Network ran on: wasm/,
      /Last removal: .*segment \d+ ms/,
      /JavaScript heap: \d+ of at most \d+ MB/,
    ]) {
      expect(text).toMatch(line);
    }
    expect(text).not.toMatch(/a\.dcm|H31s|mprage/);
    await help.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => help.getByRole('status').textContent()).toMatch(/Copied|selected/);
    await close();
  });

  test('habits are kept for the next visit, and cleared on Privacy', async () => {
    const { page, close } = await toSeries(browser, served.url);
    await page.getByRole('checkbox', { name: 'Teeth', exact: true }).check();
    await page.getByRole('radio', { name: 'Deep' }).check();
    await page.getByRole('combobox', { name: 'Method' }).selectOption('noise');
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    // The riskiest comes first: an MR.
    await page.getByRole('combobox', { name: 'Window' }).selectOption('Bright');
    await page.getByRole('combobox', { name: 'Removed region' }).selectOption('Outline');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    const file = { name: 'a.dcm', mimeType: 'application/dicom', buffer: Buffer.from('any') };
    await page.setInputFiles('#file-input', file);
    await page.getByRole('list', { name: 'Series' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Teeth', exact: true }).isChecked()).toBe(true);
    expect(await page.getByRole('combobox', { name: 'Method' }).inputValue()).toBe('noise');
    expect(await page.getByRole('radio', { name: 'Deep' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    await page.getByText('W 400 L 200').waitFor();
    expect(await page.getByRole('combobox', { name: 'Removed region' }).inputValue()).toBe(
      'outline',
    );
    const kept = await page.evaluate(() => Object.entries(localStorage).flat().join(' '));
    expect(kept).not.toMatch(/H31s|mprage|a\.dcm|key/i);
    await page.goto(new URL('#/privacy', page.url()).href);
    await page.getByRole('button', { name: 'Clear what is kept' }).click();
    await page.getByText(/^Cleared:/).waitFor();
    expect(await page.evaluate(() => localStorage.getItem('efface-habits'))).toBeNull();
    await close();
  });
});

/** Interactive elements smaller than WCAG 2.2 allows, one line each. Links within text may be. */
async function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const open = document.querySelector('dialog[open]') ?? document;
    const all = open.querySelectorAll<HTMLElement>(
      'button, select, summary, a[href], [role="slider"], [role="checkbox"], [role="radio"], input',
    );
    return [...all].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return [];
      // A box or dot is pressed through its label.
      const target = element.matches('input') ? (element.closest('label') ?? element) : element;
      const { width, height } = target.getBoundingClientRect();
      // What reaches beyond its box is pressed there, too: asked where a finger would be.
      element.scrollIntoView({ block: 'center' });
      const { left, top } = target.getBoundingClientRect();
      const reach = least / 2 - 1;
      const isReached = [
        [0, -reach],
        [0, reach],
        [-reach, 0],
        [reach, 0],
      ].every(([dx = 0, dy = 0]) => {
        const hit = document.elementFromPoint(left + width / 2 + dx, top + height / 2 + dy);
        return hit !== null && target.contains(hit);
      });
      const isInText = element.matches('p a, li a, dd a, td a, small a, .skip');
      const isUnseen = element.closest('.visually-hidden') !== null || width <= 1;
      if (isInText || isUnseen || isReached || (width >= least && height >= least)) return [];
      const name = element.getAttribute('aria-label') ?? element.textContent.trim();
      return [`${element.tagName} "${name}" ${width.toFixed(0)} × ${height.toFixed(0)}`];
    });
  }, SMALLEST_TARGET);
}

/** Where the page scrolls sideways, or text runs out of its button. */
async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const wide = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 1,
      );
      const worst = wide.slice(-3).map((element) => element.outerHTML.slice(0, 80));
      found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth}: ${worst.join(' | ')}`);
    }
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      const { overflowY } = getComputedStyle(one);
      if (!['auto', 'scroll'].includes(overflowY) || one.scrollWidth <= one.clientWidth + 1)
        continue;
      found.push(
        `scrolls sideways inside: ${one.className} ${one.scrollWidth} > ${one.clientWidth}`,
      );
    }
    // Buttons with a picture hold their name as a tip outside of them.
    const labelled = 'button:not([aria-label]), summary, label';
    for (const button of document.querySelectorAll<HTMLElement>(labelled)) {
      if (!button.checkVisibility({ visibilityProperty: true })) continue;
      const isHidden = button.closest('.visually-hidden') !== null;
      if (!isHidden && button.scrollWidth > button.clientWidth + 1 && button.clientWidth > 0) {
        found.push(`text runs out of ${button.textContent.trim()}`);
      }
    }
    return found;
  });
}
