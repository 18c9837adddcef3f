/** The page in a browser set to German: every view, nothing wider than the window, and back to English. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { openPage, seriousFaults, shoot } from './support/page.ts';

/** What nobody writes in German. */
const ENGLISH = /\b(the|and|with|your|you|which|will be|were|from)\b/i;

describe('in a browser set to German', () => {
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

  /** Looks at a view: its words, its width, what axe says; keeps a picture. */
  async function seen(page: Page, name: string): Promise<void> {
    const said = await page.evaluate(() => {
      // Values of the header are what is written.
      const values = document.querySelectorAll<HTMLElement>('td.before, td .value');
      const cells = [...values].map((cell) => cell.innerText).filter((text) => text !== '');
      return cells.reduce((text, cell) => text.replace(cell, ''), document.body.innerText);
    });
    const words = said.replace(/_efface[\w-]+/g, '');
    const at = ENGLISH.exec(words)?.index;
    expect(at === undefined ? null : words.slice(Math.max(0, at - 60), at + 60), name).toBeNull();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${name} is wider than the window`).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page), name).toEqual([]);
    await shoot(page, name);
  }

  test.each([
    [1440, 900],
    [1024, 768],
    [420, 800],
  ] as const)('the way from opening to saving is German at %d × %d', async (width, height) => {
    const { page, offences, close } = await openPage(browser, served.url, {
      width,
      height,
      locale: 'de-DE',
    });
    const shot = (name: string): Promise<void> => seen(page, `de-${name}-${width}`);
    await page.getByRole('button', { name: 'Ordner öffnen' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await shot('1-landing');
    const file = { name: 'a.dcm', mimeType: 'application/dicom', buffer: Buffer.from('any') };
    await page.setInputFiles('#file-input', file);
    await page.getByRole('list', { name: 'Serien' }).waitFor();
    await expect
      .poll(() => page.getByRole('list', { name: 'Serien' }).textContent())
      .toMatch(/Entfernt wird: Gesicht und Ohren/);
    await shot('2-series');
    await page.getByRole('button', { name: 'Gesichter entfernen' }).click();
    await page.locator('[data-ready="true"]').waitFor({ timeout: 60_000 });
    await page.getByRole('region', { name: 'Prüfungen' }).waitFor();
    expect(await focused(page)).toBe('H1');
    await shot('3-review');
    // Riskiest first.
    const toLookAt = page.getByText('Vor der Freigabe genau ansehen').first();
    await toLookAt.waitFor();
    await page.getByRole('button', { name: 'Verwerfen', exact: true }).click();
    await toLookAt.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Freigeben', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '1 freigegebene Serie' }).waitFor();
    await shot('4-save');
    await page.getByRole('button', { name: /^2 Serien auslassen/ }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Als ZIP speichern' }).click();
    expect((await download).suggestedFilename()).toBe('efface.zip');
    await page.getByRole('link', { name: 'Bericht' }).waitFor();
    expect(await focused(page)).toBe('P');
    await shot('5-saved');
    await page.getByRole('button', { name: 'Hilfe' }).click();
    await page.getByRole('dialog', { name: 'Hilfe' }).waitFor();
    await shot('6-help');
    expect(offences).toEqual([]);
    await close();
  });

  test.each([1440, 1024, 420])('the lesson and Privacy are German at %d', async (width) => {
    const { page, offences, close } = await openPage(browser, `${served.url}#/learn`, {
      width,
      height: 800,
      locale: 'de',
    });
    for (const [n, heading] of [
      'Ein Scan ist ein Stapel von Schichten',
      'Eine Schwelle macht ein Gesicht daraus',
      'Die Namen gehen; das Gesicht bleibt',
      'Das Gesicht entfernen, nicht das Gehirn',
      'Wer ist das?',
      'Was eine Person noch verrät',
      'Was andere gemessen haben',
      'Was Regeln sagen und was Sie fragen können',
    ].entries()) {
      if (n > 0) await page.getByRole('button', { name: 'Nächster Schritt' }).click();
      await page.getByRole('heading', { level: 2, name: heading }).waitFor();
      // The head is made once, and kept in another language.
      if (n === 0) {
        await page
          .locator('[data-step="slices"] [data-ready="true"]')
          .waitFor({ timeout: 200_000 });
      }
      // Names of journals are what they are.
      if (heading !== 'Was andere gemessen haben') await seen(page, `de-learn-${n + 1}-${width}`);
      else await shoot(page, `de-learn-${n + 1}-${width}`);
    }
    await page.getByRole('combobox', { name: 'Sprache' }).selectOption('en');
    await page
      .getByRole('heading', { level: 2, name: 'What rules say, and what to ask' })
      .waitFor();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('link', { name: 'Datenschutz' }).click();
    await page.getByRole('heading', { level: 1, name: 'Datenschutz' }).waitFor();
    await seen(page, `de-privacy-${width}`);
    expect(offences).toEqual([]);
    await close();
  });

  test('a choice is remembered, and loses nothing', async () => {
    const { page, close } = await openPage(browser, served.url, { locale: 'de-DE' });
    const file = { name: 'a.dcm', mimeType: 'application/dicom', buffer: Buffer.from('any') };
    await page.setInputFiles('#file-input', file);
    await page.getByRole('list', { name: 'Serien' }).waitFor();
    const language = page.getByRole('combobox', { name: 'Sprache' });
    await language.focus();
    await language.selectOption('en');
    const series = page.getByRole('list', { name: 'Series' });
    await series.waitFor();
    expect(await series.getByRole('listitem').count()).toBe(5);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const choice = page.getByRole('combobox', { name: 'Language' });
    expect(await choice.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.reload();
    await page.getByRole('button', { name: 'Open folder' }).waitFor();
    await close();
  });
});

/** The kind of element that has the focus: BODY where it was lost. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.tagName);
}
