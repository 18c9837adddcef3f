/** The lesson from start to end on the built page, once more without a network, and on paper. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Named } from '../../src/app/lesson.ts';
import type { MethodId } from '../../src/core/deface/options.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE, seriousFaults, shoot, type OpenOptions } from './support/page.ts';
import { brightness } from './support/review.ts';

const SLOW = 200_000;

interface Published {
  readonly id: string;
  readonly value: string;
  readonly says: string;
  readonly gallery: string;
  readonly source: string;
}
const published = JSON.parse(
  readFileSync(new URL('../../docs/figures.json', import.meta.url), 'utf8'),
) as readonly Published[];

/** What `npm run lesson` found in Node. */
const recorded = JSON.parse(
  readFileSync(new URL('../../docs/evidence/lesson.json', import.meta.url), 'utf8'),
) as Readonly<Record<MethodId, readonly Named[]>>;

describe('the lesson', () => {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  const toLesson = async (options: OpenOptions = {}) => {
    const watched = await openPage(browser, `${served.url}#/learn`, options);
    await watched.page
      .locator('[data-step="slices"] [data-ready="true"]')
      .waitFor({ timeout: SLOW });
    return watched;
  };

  test.each([
    [1440, 900],
    [1024, 768],
  ] as const)('leads from slices to the matcher at %d × %d', async (width, height) => {
    const { page, offences, close } = await toLesson({ width, height });
    const size = `${width}`;
    await expect
      .poll(() => brightness(page, page.getByRole('figure', { name: 'Sagittal' })))
      .toBeGreaterThan(5);
    await seen(page, 'A scan is a stack of slices', `learn-1-slices-${size}`);
    expect(await page.getByRole('button', { name: 'Previous step' }).isDisabled()).toBe(true);

    await next(page);
    const head = page.getByRole('figure', { name: '3D' });
    const slider = page.getByRole('slider', { name: 'Skin threshold' });
    await expect.poll(() => brightness(page, head)).toBeGreaterThan(5);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/Bone/);
    const bone = await brightness(page, head);
    await seen(page, 'A threshold makes it a face', `learn-2-bone-${size}`);
    await slider.focus();
    for (let n = 0; n < 40; n++) await page.keyboard.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/-300 .*The skin/);
    await expect.poll(() => brightness(page, head)).not.toBe(bone);
    await page.waitForTimeout(400);
    await shoot(page, `learn-2-skin-${size}`);

    await next(page);
    await expect
      .poll(() => page.getByRole('table', { name: 'Header changes' }).textContent())
      .toMatch(/PatientName.*DEMO\^HEAD/s);
    await expect.poll(() => brightness(page, head)).toBeGreaterThan(5);
    await seen(page, 'The names go; the face stays', `learn-3-header-${size}`);

    await next(page);
    await page.getByRole('button', { name: 'Remove the face' }).click();
    await page.locator('[data-step="remove"] [data-ready="true"]').waitFor({ timeout: SLOW });
    expect(await page.getByRole('status').first().textContent()).toMatch(
      /[4-9]\d\d ml.*Changed voxels of the brain: 0\./s,
    );
    for (const name of ['Before', 'After']) {
      const side = page.getByRole('region', { name }).getByRole('figure', { name: '3D' });
      await expect.poll(() => brightness(page, side)).toBeGreaterThan(5);
    }
    await seen(page, 'Take the face off, not the brain', `learn-4-remove-${size}`);

    await next(page);
    await page.getByRole('button', { name: 'Ask the matcher' }).click();
    await page.locator('[data-step="who"] [data-ready="true"]').waitFor({ timeout: SLOW });
    await seen(page, 'Who is this?', `learn-5-who-${size}`);
    const table = page.getByRole('table', { name: 'Who is this?' });
    const row = (view: string, when: string) =>
      table.locator(`[data-view="${view}"][data-when="${when}"]`).textContent();
    expect(await row('face', 'before')).toMatch(/Person 17 \(right\)\s*1 of 24\s*24 people/);
    const after = await row('face', 'after');
    expect(after).toMatch(/\(wrong\)/);
    expect(Number(/(\d+) of 24/.exec(after ?? '')?.[1])).toBeGreaterThan(1);
    expect(await ranksIn(page)).toEqual(ranksOf('blank'));

    for (const [heading, name] of [
      ['What still tells a person', 'learn-6-left'],
      ['What others measured', 'learn-7-measured'],
      ['What rules say, and what to ask', 'learn-8-rules'],
    ] as const) {
      await next(page);
      await seen(page, heading, `${name}-${size}`);
    }
    expect(await page.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true);
    expect(await page.getByRole('article').textContent()).toMatch(/no claim of compliance/);

    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByRole('heading', { level: 2, name: 'A scan is a stack of slices' }).waitFor();
    expect(offences).toEqual([]);
    await close();
  });

  test('lets a class undo the blur: treat the gallery likewise, and the person is named', async () => {
    const { page, offences, close } = await toLesson();
    for (let n = 0; n < 3; n++) await next(page);
    await page.getByRole('combobox', { name: 'Method' }).selectOption('blur');
    await page.getByRole('button', { name: 'Remove the face' }).click();
    await page.locator('[data-step="remove"] [data-ready="true"]').waitFor({ timeout: SLOW });
    expect(await page.getByRole('status').first().textContent()).toMatch(
      /ml of tissue were changed/,
    );
    await shoot(page, 'learn-4-blur-1440');
    await next(page);
    await page.getByRole('button', { name: 'Ask the matcher' }).click();
    await page.locator('[data-step="who"] [data-ready="true"]').waitFor({ timeout: SLOW });
    expect(await ranksIn(page)).toEqual(ranksOf('blur'));
    expect(await page.getByRole('status').first().textContent()).toMatch(
      /Named before.*first again/,
    );
    await shoot(page, 'learn-5-blur-1440');
    expect(await seriousFaults(page)).toEqual([]);
    expect(offences).toEqual([]);
    await close();
  });

  test('shows every figure with its gallery and its source, as docs/figures.json has them', async () => {
    const { page, close } = await toLesson();
    for (let n = 0; n < 6; n++) await next(page);
    const items = page.locator('[data-step="measured"] [data-figure]');
    const shown = await items.evaluateAll((all) =>
      all.map((item) => ({
        id: item.getAttribute('data-figure'),
        text: item.querySelector('p')?.textContent.trim(),
        gallery: item.querySelector('[data-part="gallery"]')?.textContent,
        source: item.querySelector('cite')?.textContent,
      })),
    );
    expect(shown.toSorted((a, b) => (a.id ?? '').localeCompare(b.id ?? ''))).toEqual(
      published
        .map(({ id, value, says, gallery, source }) => ({
          id,
          text: `${value} ${says}`,
          gallery,
          source,
        }))
        .toSorted((a, b) => a.id.localeCompare(b.id)),
    );
    await close();
  });

  test('goes by keyboard alone, and its notes open', async () => {
    const { page, close } = await toLesson();
    await page.getByRole('heading', { level: 2 }).focus();
    await page.keyboard.press('PageDown');
    const heading = page.getByRole('heading', { level: 2, name: 'A threshold makes it a face' });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('PageUp');
    await page.getByRole('heading', { level: 2, name: 'A scan is a stack of slices' }).waitFor();
    await page.getByText('Speaker notes').click();
    expect(await page.getByText('Let someone scroll').isVisible()).toBe(true);
    await close();
  });

  test('prints a handout of one page, black on white', async () => {
    const { page, close } = await toLesson();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('article').isVisible()).toBe(false);
    expect(await page.getByText('Your head scan shows your face').isVisible()).toBe(true);
    await shoot(page, 'learn-handout', true);
    const pdf = (await page.pdf({ format: 'A4', printBackground: false })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await close();
  });

  test('says what it keeps, clears it, and counts requests', async () => {
    const { page, offences, close } = await openPage(browser, `${served.url}#/privacy`, {
      width: 1024,
      height: 768,
    });
    await expect.poll(() => page.locator('[data-count="own"]').textContent()).toMatch(/^[1-9]\d* /);
    expect(await page.locator('[data-count="foreign"]').textContent()).toMatch(/^0 /);
    await page.evaluate(() => caches.open('something-else'));
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
    expect(await seriousFaults(page)).toEqual([]);
    await shoot(page, 'privacy-1024', true);
    await page.getByRole('button', { name: 'Clear what is kept' }).click();
    await page.getByText(/^Cleared: [1-9] caches/).waitFor();
    expect(
      await page.evaluate(async () => [(await caches.keys()).length, localStorage.length]),
    ).toEqual([0, 0]);
    expect(offences).toEqual([]);
    await close();
  });
});

/** `view when: person named, rank of the right one`, row by row. */
function ranksOf(method: MethodId): readonly string[] {
  return recorded[method].map(
    ({ view, when, named, rank }) => `${view} ${when}: ${named + 1}, ${rank}`,
  );
}

async function ranksIn(page: Page): Promise<readonly string[]> {
  const rows = page.getByRole('table', { name: 'Who is this?' }).locator('[data-view]');
  return rows.evaluateAll((all) =>
    all.map((row) => {
      const text = row.textContent;
      const named = /Person (\d+)/.exec(text)?.[1];
      const rank = /(\d+) of \d+/.exec(text)?.[1];
      return `${row.getAttribute('data-view')} ${row.getAttribute('data-when')}: ${named}, ${rank}`;
    }),
  );
}

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next step' }).click();
}

/** The step is there, nothing scrolls sideways, axe finds nothing; a picture is taken for eyes. */
async function seen(page: Page, heading: string, name: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name: heading, exact: true }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  const width = page.viewportSize()?.width;
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(await seriousFaults(page), name).toEqual([]);
  await shoot(page, name);
}
