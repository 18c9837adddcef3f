/** Each view by itself, with a worker that only answers: three series, one sure, one doubtful, one refused. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { openPage, seriousFaults, shoot, type OpenOptions, type Watched } from './support/page.ts';

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

  async function toSeries(options: OpenOptions = {}): Promise<Watched> {
    const watched = await openPage(browser, served.url, options);
    const file = { name: 'a.dcm', mimeType: 'application/dicom', buffer: Buffer.from('any') };
    await watched.page.setInputFiles('#file-input', file);
    await watched.page.getByRole('list', { name: 'Series' }).waitFor();
    return watched;
  }

  async function toReview(options: OpenOptions = {}): Promise<Watched> {
    const watched = await toSeries(options);
    await watched.page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(watched.page);
    return watched;
  }

  test('list what was found, what will be done with it, and why', async () => {
    const { page, offences, close } = await toSeries();
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
    expect(await localizer.getByRole('checkbox').isDisabled()).toBe(true);
    await page.getByText('Skipped files (2)').click();
    expect(
      await page.getByRole('list', { name: 'Skipped files' }).getByRole('listitem').count(),
    ).toBe(2);
    expect(offences).toEqual([]);
    await close();
  });

  test('offer the options by role and name, those that are not built with a reason', async () => {
    const { page, close } = await toSeries();
    for (const name of ['Face', 'Ears', 'Eyes', 'Teeth', 'Scalp']) {
      expect(await page.getByRole('checkbox', { name, exact: true }).count(), name).toBe(1);
    }
    for (const name of ['Method', 'De-identification']) {
      expect(await page.getByRole('combobox', { name, exact: true }).count(), name).toBe(1);
    }
    const depth = page.getByRole('radiogroup', { name: 'Depth' });
    expect(await depth.getByRole('radio', { name: 'Standard' }).isChecked()).toBe(true);
    for (const name of ['Shallow', 'Deep']) {
      const radio = depth.getByRole('radio', { name });
      expect(await radio.isDisabled()).toBe(true);
      expect(await description(radio)).toMatch(/not built yet/);
    }
    await close();
  });

  test('cannot start with nothing to do', async () => {
    const { page, close } = await toSeries();
    const run = page.getByRole('button', { name: 'Remove faces' });
    await page.getByRole('checkbox', { name: 'Face' }).uncheck();
    await page.getByRole('checkbox', { name: 'Ears' }).uncheck();
    expect(await run.isDisabled()).toBe(true);
    expect(await description(run)).toMatch(/at least one region/);
    await close();
  });

  test('tell each stage, and cancel half way', async () => {
    const { page, close } = await toSeries();
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

  test('show before and after in four figures each, with the checks and the header', async () => {
    const { page, offences, close } = await toReview();
    for (const side of ['Before', 'After']) {
      const region = page.getByRole('region', { name: side, exact: true });
      for (const name of ['Axial', 'Coronal', 'Sagittal', '3D']) {
        expect(
          await region.getByRole('figure', { name, exact: true }).count(),
          `${side} ${name}`,
        ).toBe(1);
      }
    }
    const checks = page.getByRole('region', { name: 'Checks' });
    expect(await checks.textContent()).toMatch(/All checks passed.*Brain voxels changed.*0.*Pass/s);
    expect(await page.getByRole('table', { name: 'Header changes' }).getByRole('row').count()).toBe(
      14,
    );
    for (const name of ['Approve', 'Reject']) {
      expect(await page.getByRole('button', { name, exact: true }).isEnabled()).toBe(true);
    }
    const correct = page.getByRole('button', { name: 'Correct', exact: true });
    expect(await correct.isDisabled()).toBe(true);
    expect(await description(correct)).toMatch(/not built yet/);
    expect(offences).toEqual([]);
    await close();
  });

  test('link slices, window and turning of Before and After', async () => {
    const { page, close } = await toReview();
    const slider = (side: string, name: string): ReturnType<Page['getByRole']> =>
      page.getByRole('region', { name: side, exact: true }).getByRole('slider', { name });
    const axial = slider('Before', 'Axial slice');
    const start = Number(await axial.getAttribute('aria-valuenow'));

    await axial.hover();
    await page.mouse.wheel(0, 150);
    await expect.poll(() => axial.getAttribute('aria-valuenow')).toBe(String(start + 3));
    expect(await slider('After', 'Axial slice').getAttribute('aria-valuenow')).toBe(
      String(start + 3),
    );

    await slider('After', 'Coronal slice').focus();
    await page.keyboard.press('Home');
    expect(await slider('Before', 'Coronal slice').getAttribute('aria-valuenow')).toBe('1');

    await page.keyboard.press('5');
    expect(await page.getByText('W 80 L 40').count()).toBe(1);
    await drag(page, slider('After', 'Sagittal slice'), 60, 0);
    expect(await page.getByText('W 80 L 40').count()).toBe(0);

    const turn = slider('Before', 'Turn the heads');
    const degrees = Number(await turn.getAttribute('aria-valuenow'));
    await drag(page, slider('After', 'Turn the heads'), -100, 0);
    await expect
      .poll(async () => Number(await turn.getAttribute('aria-valuenow')))
      .toBeGreaterThan(degrees + 20);
    await close();
  });

  test('draw the scan, and not the face in After', async () => {
    const { page, close } = await toReview();
    await page.keyboard.press('m');
    const mean = async (side: string): Promise<number> =>
      brightness(
        page,
        page
          .getByRole('region', { name: side, exact: true })
          .getByRole('figure', { name: 'Sagittal' }),
      );
    await expect.poll(() => mean('Before')).toBeGreaterThan(20);
    await expect
      .poll(async () => (await mean('After')) / (await mean('Before')))
      .toBeLessThan(0.97);
    await close();
  });

  test('enlarge one figure and go back', async () => {
    const { page, close } = await toReview();
    const figures = page.getByRole('figure');
    expect(await figures.count()).toBe(8);
    await page.getByRole('button', { name: 'Enlarge Coronal' }).first().click();
    await expect.poll(() => figures.count()).toBe(2);
    await shoot(page, 'enlarged-1440-dark');
    await page.getByRole('button', { name: 'All views' }).first().click();
    await expect.poll(() => figures.count()).toBe(8);
    await close();
  });

  test('go on to the next series after a decision, then to saving; keys do it too', async () => {
    const { page, close } = await toReview();
    await page.keyboard.press('a');
    await page.getByText('Look closely before you approve').waitFor();
    await reviewIsReady(page);
    await shoot(page, 'review-doubtful-1440-dark');
    await page.keyboard.press('r');
    await page.getByRole('heading', { level: 1, name: '1 approved series' }).waitFor();
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
    const { page, close } = await toReview();
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
      const { page, close } = await toSeries({ width, height, theme });
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

  test('look at a series before anything is done, and close again by Escape', async () => {
    const { page, offences, close } = await toSeries();
    await page.getByRole('button', { name: 'Look at Head 1.0 H31s' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-ready="true"]').waitFor();
    expect(await dialog.getByRole('figure').count()).toBe(3);
    await expect
      .poll(() => brightness(page, dialog.getByRole('figure', { name: 'Axial' })))
      .toBeGreaterThan(20);
    await shoot(page, 'preview-1440-dark');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(offences).toEqual([]);
    await close();
  });

  test('draw by WebGL where there is a graphics card', async () => {
    const { page, context, offences, close } = await openPage(browser, served.url);
    // The page asks who renders; a machine for tests has only software to offer.
    await context.addInitScript(() => {
      const ask = WebGL2RenderingContext.prototype.getParameter;
      WebGL2RenderingContext.prototype.getParameter = function (name: number): unknown {
        const value: unknown = ask.call(this, name);
        return typeof value === 'string' && value.includes('SwiftShader') ? 'a card' : value;
      };
    });
    await page.reload();
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    for (const name of ['Axial', 'Sagittal', '3D']) {
      const figure = page.getByRole('figure', { name, exact: true }).first();
      await expect.poll(() => brightness(page, figure), { message: name }).toBeGreaterThan(20);
    }
    await shoot(page, 'webgl-1440-dark');
    expect(offences).toEqual([]);
    await close();
  });

  test('work without WebGL, by the simple viewer', async () => {
    const plain = await startBrowser({ gl: false });
    const { page, offences, close } = await openPage(plain, served.url);
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    expect(await page.locator('[data-engine]').getAttribute('data-engine')).toBe('canvas');
    await expect
      .poll(() => brightness(page, page.getByRole('figure', { name: 'Axial' }).first()))
      .toBeGreaterThan(20);
    expect(offences).toEqual([]);
    await close();
    await plain.close();
  });
});

async function reviewIsReady(page: Page): Promise<void> {
  await page.locator('[data-ready="true"]').waitFor({ timeout: 60_000 });
  await expect
    .poll(() => brightness(page, page.getByRole('figure', { name: 'Axial' }).first()))
    .toBeGreaterThan(0);
}

/** The accessible description, as a screen reader puts it together. */
async function description(of: ReturnType<Page['locator']>): Promise<string> {
  return of.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .replaceAll(/\s+/g, ' '),
  );
}

async function drag(
  page: Page,
  on: ReturnType<Page['locator']>,
  dx: number,
  dy: number,
): Promise<void> {
  const box = await on.boundingBox();
  if (!box) throw new Error('nothing to drag on');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
}

/** Mean grey of what a figure shows, from a picture of the screen (0 to 255). */
async function brightness(page: Page, figure: ReturnType<Page['locator']>): Promise<number> {
  const png = (await figure.screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) return 0;
    context.drawImage(image, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, image.width, image.height);
    let sum = 0;
    for (let n = 0; n < rgba.length; n += 4) sum += rgba[n] ?? 0;
    return sum / (rgba.length / 4);
  }, png);
}
