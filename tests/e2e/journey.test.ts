/** The whole way on the built page with the real network, by clicks alone. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import { indexToLps } from '../../src/core/geometry/affine.ts';
import { phantomDicom } from '../../src/core/phantom/as-dicom.ts';
import { defaultGrid, makePhantom } from '../../src/core/phantom/head.ts';
import type { Report } from '../../src/core/report/report.ts';
import { Label, rescaleOf, type Volume } from '../../src/core/volume/volume.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE, shoot } from './support/page.ts';

/** The demo head of the page (workers/session.ts). */
const DEMO_SEED = 103;
const SLOW = 180_000;

describe('a person’s journey', () => {
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

  test('from the demo head to a ZIP in which the face is gone and the brain the same', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await removeFaces(page);
    await shoot(page, 'demo-review-1440-dark');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    const download = page.waitForEvent('download', { timeout: SLOW });
    await page.getByRole('button', { name: 'Save as ZIP' }).click();
    const zip = join(folder, 'demo.zip');
    await (await download).saveAs(zip);
    const reported = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Report' }).click();
    const report = JSON.parse(readFileSync(await (await reported).path(), 'utf8')) as Report;
    // Whether the network asks for a look depends on its training; what was approved is written.
    expect(report.totals.defaced + report.totals.review).toBe(1);
    expect(report.series[0]?.approved.by).toBe('person');
    expect(report.series[0]?.check?.outsideMaskChanged).toBe(0);
    expect(report.series[0]?.output).toHaveLength(256);

    const { before, labels, after } = await demoBeforeAndAfter(zip);
    const brainChanged: string[] = [];
    let [brain, face, faceLeft] = [0, 0, 0];
    for (let n = 0; n < labels.length; n++) {
      const isSame = valueAt(before, n) === valueAt(after, n);
      if (labels[n] === Label.brain) {
        brain += 1;
        if (!isSame) brainChanged.push(placeOf(before, n));
      } else if (labels[n] === Label.face && valueAt(before, n) > -200) {
        face += 1;
        if (isSame) faceLeft += 1;
      }
    }
    expect(brain).toBeGreaterThan(500_000);
    expect(brainChanged).toEqual([]);
    expect(faceLeft / face).toBeLessThan(0.35);

    // The same again in the page: what was written opens, and there is no face to be found in it.
    await page.getByRole('button', { name: 'Open other scans' }).click();
    await page.setInputFiles('#file-input', zip);
    await page.getByRole('list', { name: 'Series' }).waitFor({ timeout: SLOW });
    const series = page.getByRole('list', { name: 'Series' });
    expect(await series.textContent()).toMatch(/the face was removed before/);
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await series.getByText('Not defaced').waitFor({ timeout: SLOW });
    expect(await series.textContent()).toMatch(
      /No face was found|It sees something else in the mirrored head/,
    );
    expect(offences).toEqual([]);
    await close();
  });

  test('with a folder of DICOM, a stray file in it', async () => {
    const phantom = await makePhantom({ seed: 21, kind: 'MR', grid: defaultGrid(1.6) });
    const study = join(folder, 'study');
    for (const { path, bytes } of phantomDicom(phantom)) {
      writeAt(join(study, path), bytes);
    }
    writeFileSync(join(study, 'letter.dcm'), 'not an image');

    const { page, offences, close } = await openPage(browser, served.url);
    await page.setInputFiles('#folder-input', study);
    const items = page.getByRole('list', { name: 'Series' }).getByRole('listitem');
    await items.first().waitFor({ timeout: SLOW });
    expect(await items.count()).toBe(1);
    await expect
      .poll(() => items.first().textContent(), { timeout: SLOW })
      .toMatch(/MR.*160 files.*Head\./s);
    expect(await page.getByText('Skipped files (1)').count()).toBe(1);
    await removeFaces(page);
    expect(await page.getByRole('table', { name: 'Header changes' }).textContent()).toMatch(
      /PatientName/,
    );
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    // The system's dialog cannot be driven; a folder of the browser's own stands in for one.
    await page.evaluate(() => {
      Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() });
    });
    await page.getByRole('button', { name: 'Save to folder' }).click();
    await page.getByRole('link', { name: 'Report' }).waitFor({ timeout: SLOW });
    await shoot(page, 'folder-saved-1440-dark');
    const written = await page.evaluate(async () => {
      const names: string[] = [];
      const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
        for await (const [name, handle] of folder.entries()) {
          if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${path}${name}/`);
          else names.push(path + name);
        }
      };
      await walk(await navigator.storage.getDirectory(), '');
      return names;
    });
    expect(written.filter((name) => name.endsWith('.dcm'))).toHaveLength(160);
    expect(written).toContain('efface-report.json');
    expect(offences).toEqual([]);
    await close();
  });

  test('with a folder and a ZIP dropped on the window, another patient in each', async () => {
    const study = join(folder, 'dropped');
    const coarse = defaultGrid(4);
    const phantom = await makePhantom({ seed: 31, kind: 'CT', grid: coarse });
    for (const { path, bytes } of phantomDicom(phantom)) {
      writeAt(join(study, 'deep/er', path), bytes);
    }
    const zipped: Record<string, Uint8Array> = {};
    for (const { path, bytes } of phantomDicom(phantom, { patient: 2 })) zipped[path] = bytes;
    writeAt(join(folder, 'other.zip'), zipSync(zipped));
    writeAt(join(study, '.DS_Store'), Buffer.from('clutter'));

    const { page, offences, close } = await openPage(browser, served.url);
    await drop(page, [study, join(folder, 'other.zip')]);
    const series = page.getByRole('list', { name: 'Series' });
    await series.waitFor({ timeout: SLOW });
    expect(await series.getByRole('listitem').count()).toBe(2);
    expect(await series.textContent()).toMatch(/Patient 1.*Patient 2/s);
    expect(await page.getByText('Skipped files').count()).toBe(0);
    expect(offences).toEqual([]);
    await close();
  });

  test('that ends at once where nothing is a scan, with a reason for each file', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    await page.setInputFiles('#file-input', [
      { name: 'letter.dcm', mimeType: '', buffer: Buffer.from('not an image') },
      { name: 'empty.dcm', mimeType: '', buffer: Buffer.alloc(0) },
      { name: 'broken.zip', mimeType: '', buffer: Buffer.from('PK\u0003\u0004 and no more') },
    ]);
    await page.getByRole('heading', { level: 1, name: 'No series to deface' }).waitFor();
    await shoot(page, 'nothing-1440-dark');
    const reasons = await page
      .getByRole('list', { name: 'Skipped files' })
      .getByRole('listitem')
      .allTextContents();
    for (const reason of reasons) expect(reason).toMatch(/\. .*\. .*\./s);
    await page.getByRole('button', { name: 'Open something else' }).click();
    await page.getByRole('region', { name: 'Drop scans here' }).waitFor();
    expect(offences).toEqual([]);
    await close();
  });

  test('that is cancelled half way, and then goes through', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
    const bar = page.getByRole('progressbar', { name: 'Progress' });
    await expect
      .poll(() => bar.getAttribute('aria-valuetext'), { timeout: SLOW, interval: 30 })
      .toMatch(/Finding|Removing|Checking/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled. Nothing was written.').waitFor({ timeout: 20_000 });
    await removeFaces(page);
    expect(await page.getByRole('region', { name: 'Checks' }).count()).toBe(1);
    expect(offences).toEqual([]);
    await close();
  });

  test('with the network gone once the page was loaded', async () => {
    const passing = await servePage(PAGE);
    const { page, offences, close } = await openPage(browser, passing.url);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await expect
      .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null))
      .toBe(true);
    const asked = passing.requests.length;
    await passing.close();

    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await removeFaces(page);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    const download = page.waitForEvent('download', { timeout: SLOW });
    await page.getByRole('button', { name: 'Save as ZIP' }).click();
    expect(readFileSync(await (await download).path()).length).toBeGreaterThan(1e6);
    expect(passing.requests.length).toBe(asked);
    expect(offences).toEqual([]);
    await close();
  });
});

async function removeFaces(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
  await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
  await expect
    .poll(() => page.getByRole('button', { name: 'Approve', exact: true }).isEnabled())
    .toBe(true);
}

/** As a person drops files and folders of the disk on the middle of the window. */
async function drop(page: Page, files: string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data });
    if (type === 'dragOver') await page.getByText('Drop to open').waitFor();
  }
}

function writeAt(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** The demo head as it was made, and as it lies in the ZIP, on the same grid. */
async function demoBeforeAndAfter(
  zip: string,
): Promise<{ readonly before: Volume; readonly after: Volume; readonly labels: Uint8Array }> {
  const { volume, labels } = await makePhantom({ seed: DEMO_SEED, kind: 'CT' });
  const entries = Object.entries(unzipSync(new Uint8Array(readFileSync(zip))));
  const sources = entries
    .filter(([path]) => path.endsWith('.dcm'))
    .map(([path, bytes]) => memorySource(path, new Uint8Array(bytes)));
  const { scans } = await openScans(sources);
  const [scan] = scans;
  if (!scan) throw new Error('the ZIP holds no scan');
  return {
    before: volume,
    after: await loadVolume(scan, createFrameDecoder()),
    labels: labels.voxels,
  };
}

/** Modality value of a voxel: the stored form may differ between made and written. */
function valueAt(volume: Volume, n: number): number {
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  const { slope, intercept } = rescaleOf(volume, Math.floor(n / perSlice));
  return (volume.stored[n] as number) * slope + intercept;
}

/** Where a voxel lies (LPS mm), for a failure that can be understood. */
function placeOf({ grid }: Volume, n: number): string {
  const [ni, nj] = grid.size;
  const index = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))] as const;
  return indexToLps(grid.affine, index)
    .map((mm) => mm.toFixed(0))
    .join(' ');
}
