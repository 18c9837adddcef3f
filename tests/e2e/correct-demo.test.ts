/** The demo head corrected by hand with the real network: into the saved report, and through a reload. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uprightGrid } from '../../src/core/geometry/grid.ts';
import { phantomDicom } from '../../src/core/phantom/as-dicom.ts';
import type { Volume } from '../../src/core/volume/volume.ts';
import type { Report } from '../../src/core/report/report.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { dabAt, ml, openCorrect, stroke } from './support/correct.ts';
import { openPage, PAGE, shoot } from './support/page.ts';
import { brightness } from './support/review.ts';

const SLOW = 240_000;
const REASON = 'a shunt must go';

describe('a correction of the demo head', () => {
  let browser: Browser;
  let served: Served;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'efface-e2e-'));
    [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  test('is saved, told in the report, and found again after a reload', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    await demoToReview(page);
    await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    await openCorrect(page);

    await stroke(page, 'Coronal', [0.48, 0.86], [0.52, 0.86]);
    const added = await ml(page, 'Added by hand');
    expect(added).toBeGreaterThan(0);
    await page.keyboard.press('Control+z');
    expect(await ml(page, 'Added by hand')).toBe(0);
    await page.keyboard.press('Control+Shift+Z');
    await page.keyboard.press('e');
    await dabAt(page, 'Sagittal', [0.2, 0.6]);
    expect(await ml(page, 'Kept by hand')).toBeGreaterThan(0);

    await page.keyboard.press('b');
    await dabAt(page, 'Sagittal', [0.55, 0.25]);
    expect(await ml(page, 'Held by the guard')).toBeGreaterThan(0);
    expect(await ml(page, 'Added by hand')).toBe(added);
    await shoot(page, 'correct-demo-1440-dark');
    await page.getByRole('button', { name: 'Override the guard…' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill(REASON);
    await page.getByRole('button', { name: 'Override', exact: true }).click();

    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
    const checks = page.getByRole('region', { name: 'Checks' });
    expect(await checks.textContent()).toMatch(/A check failed.*Of the guarded voxels/s);
    await shoot(page, 'correct-demo-applied-1440-dark');

    const { corrections, decision, check, mask } = await saved(page, folder);
    expect(decision).toBe('review');
    expect(corrections?.guardOverridden).toBe(REASON);
    expect(corrections?.voxels.added).toBeGreaterThan(0);
    expect(corrections?.voxels.left).toBeGreaterThan(0);
    expect(check?.brainVoxelsChanged).toBeGreaterThan(0);
    expect(check?.outsideMaskChanged).toBe(0);
    expect(mask?.voxels).toBeGreaterThan(0);

    await page.reload();
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
    // It was approved before the reload, and still is: nobody is asked again.
    await page.getByRole('button', { name: 'Go to the results' }).click({ timeout: SLOW });
    await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
    await page.getByText('Corrections of this scan were found and applied.').waitFor();
    // The reason is not kept: the guard holds again.
    expect(await page.getByRole('region', { name: 'Checks' }).textContent()).toMatch(
      /Brain voxels changed.*?0.*?Pass/s,
    );
    await openCorrect(page);
    expect(await ml(page, 'Added by hand')).toBe(added);
    expect(await ml(page, 'Held by the guard')).toBeGreaterThan(0);

    await page.goto(`${served.url}#/privacy`);
    await page.getByText('Corrections by hand').waitFor();
    await page.getByRole('button', { name: 'Clear what is kept' }).click();
    await page.getByText(/Cleared: .*files/).waitFor();
    const left = await page.evaluate(async () => {
      const names: string[] = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
      return names;
    });
    expect(left).toEqual([]);
    expect(offences).toEqual([]);
    await close();
  }, 600_000);

  test('can be all there is of a scan in which the network sees no head', async () => {
    const bottle = join(folder, 'bottle');
    mkdirSync(bottle);
    for (const { bytes, path } of phantomDicom({ volume: bottleOfWater() })) {
      writeFileSync(join(bottle, basename(path)), bytes);
    }
    const { page, offences, close } = await openPage(browser, served.url);
    await page.setInputFiles('#folder-input', bottle);
    await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
    const row = page.getByRole('list', { name: 'Series' }).getByRole('listitem').first();
    await row.getByText('No head was found.').waitFor({ timeout: SLOW });
    await shoot(page, 'refused-list-1440-dark');
    await row.getByRole('button', { name: 'Correct by hand' }).click();
    await page
      .getByRole('heading', { level: 1, name: 'Correct by hand' })
      .waitFor({ timeout: SLOW });
    await shoot(page, 'refused-open-1440-dark');
    await stroke(page, 'Axial', [0.45, 0.35], [0.55, 0.35]);
    expect(await ml(page, 'Added by hand')).toBeGreaterThan(0);
    await page.getByRole('textbox', { name: 'Why is it included?' }).fill('a phantom for tests');
    await page.getByRole('button', { name: 'Go on without a guard…' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('there is no brain');
    await page.getByRole('button', { name: 'Go on without', exact: true }).click();
    await page.locator('[data-skin="fine"]').waitFor();
    await shoot(page, 'refused-painted-1440-dark');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
    // It is seen from outside, too, though nothing in it has a name.
    const solid = page.getByRole('figure', { name: '3D' }).last();
    await expect.poll(() => brightness(page, solid)).toBeGreaterThan(20);
    await shoot(page, 'refused-applied-1440-dark');
    const { corrections, decision, check } = await saved(page, folder);
    expect(decision).toBe('review');
    expect(corrections?.voxels.added).toBeGreaterThan(0);
    expect(check?.outsideMaskChanged).toBe(0);
    expect(offences).toEqual([]);
    await close();
  }, 600_000);
});

/** 16 cm across, as is used to test scanners. */
function bottleOfWater(): Volume {
  const grid = uprightGrid([100, 100, 60], 2.4, [0, 0, 0]);
  const stored = new Uint16Array(100 * 100 * 60).map((_, n) => {
    const [x, y] = [(n % 100) - 50, (Math.floor(n / 100) % 100) - 50];
    return Math.hypot(x, y) < 33 ? 1029 : 24;
  });
  return {
    grid,
    modality: 'CT',
    stored,
    rescale: [{ slope: 1, intercept: -1024 }],
    padding: null,
    air: [24],
  };
}

async function demoToReview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo head' }).click();
  await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
  await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
}

async function saved(page: Page, folder: string): Promise<Report['series'][number]> {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const download = page.waitForEvent('download', { timeout: SLOW });
  await page.getByRole('button', { name: 'Save as ZIP' }).click();
  const zip = join(folder, 'corrected.zip');
  await (await download).saveAs(zip);
  const files = unzipSync(readFileSync(zip), {
    filter: ({ name }) => name.endsWith('efface-report.json'),
  });
  const [bytes] = Object.values(files);
  const report = JSON.parse(new TextDecoder().decode(bytes)) as Report;
  const [series] = report.series;
  if (!series) throw new Error('the report holds no series');
  return series;
}
