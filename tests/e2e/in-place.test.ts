/**
 * Saving in place on the built page with the real network: the folder picked is one of the
 * origin (OPFS), because a picker cannot be clicked by a test.
 */
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phantomDicom } from '../../src/core/phantom/as-dicom.ts';
import { defaultGrid, makeHead, scanHead } from '../../src/core/phantom/head.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { openPage, PAGE, seriousFaults, shoot } from './support/page.ts';

const SLOW = 180_000;
const UNDO = '_efface-undo-do-not-share';
const MARKER = 'QXJZ';

describe('saving in place in the page', () => {
  let browser: Browser;
  let served: Served;
  let files: Readonly<Record<string, string>>;
  beforeAll(async () => {
    [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
    const head = await makeHead(3);
    const scan = await scanHead(head, { seed: 3, kind: 'CT', grid: defaultGrid(4) });
    files = Object.fromEntries(
      [...phantomDicom(scan, { marker: MARKER })].map(({ bytes }, n) => [
        `visit/${n + 1}.dcm`,
        Buffer.from(bytes).toString('base64'),
      ]),
    );
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  test('replaces the files, keeps the originals, rolls back; and again, until it is finished', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    await page.evaluate(fillFolder, files);
    const before = await contents(page);

    await page.getByRole('button', { name: 'Open folder' }).click();
    await removeAndApprove(page);
    await page.getByRole('button', { name: 'Save in place' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save in place?' });
    await dialog.getByText('Deleting is no secure erasure').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await shoot(page, 'in-place-dialog-1440-dark');
    await dialog.getByRole('button', { name: 'Replace the originals' }).click();
    await page.getByText('The originals were replaced.').waitFor({ timeout: SLOW });
    await shoot(page, 'in-place-saved-1440-dark');
    expect(await seriousFaults(page)).toEqual([]);

    const after = await contents(page);
    for (const path of Object.keys(before)) {
      expect(after[path], path).toBeDefined();
      expect(after[path], path).not.toBe(before[path]);
      expect(Buffer.from(after[path] ?? '', 'base64').includes(MARKER), path).toBe(false);
    }
    expect(Buffer.from(after['efface-report.json'] ?? '', 'base64').toString()).toContain(
      'efface-report/1',
    );
    const backups = Object.keys(after).filter((path) => path.startsWith(`${UNDO}/backup/`));
    expect(backups.map((path) => hashOf(after[path])).sort()).toEqual(
      Object.values(before).map(hashOf).sort(),
    );

    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('Rolled back: everything is as it was before.').waitFor({ timeout: SLOW });
    expect(await contents(page)).toEqual(before);

    // What was put back is opened again; it is the same, so what was decided on it holds.
    await page.getByRole('list', { name: 'Series' }).waitFor({ timeout: SLOW });
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await page.getByText('1 decision from before holds').waitFor({ timeout: SLOW });
    await page.getByRole('button', { name: 'Go to the results' }).click();
    await approve(page);
    await page.getByRole('button', { name: 'Save in place' }).click();
    await dialog.getByRole('button', { name: 'Replace the originals' }).click();
    await page.getByText('The originals were replaced.').waitFor({ timeout: SLOW });
    await page.getByRole('button', { name: 'Finish: delete the backups' }).click();
    await page.getByText('Finished: the backups were deleted.').waitFor({ timeout: SLOW });
    const ended = await contents(page);
    expect(Object.keys(ended).filter((path) => path.startsWith(UNDO))).toEqual([]);
    expect(Object.keys(ended).sort()).toEqual(
      [...Object.keys(before), 'efface-report.json'].sort(),
    );
    expect(offences).toEqual([]);
    await close();
  });

  test('offers to resume or roll back a folder in which it did not end, and does not open it', async () => {
    const { page, offences, close } = await openPage(browser, served.url);
    await page.evaluate(fillFolder, files);
    const before = await contents(page);
    await page.getByRole('button', { name: 'Open folder' }).click();
    await removeAndApprove(page);
    await page.getByRole('button', { name: 'Save in place' }).click();
    await page.getByRole('button', { name: 'Replace the originals' }).click();
    await page.getByText('The originals were replaced.').waitFor({ timeout: SLOW });
    // As if it had been killed before its last line, one file not yet replaced.
    await page.evaluate(halfDone);
    await page.reload();
    await page.evaluate(pickAgain);
    await page.getByRole('button', { name: 'Open folder' }).click();
    await page.getByText('Saving in place was begun in this folder and did not end').waitFor();
    expect(await page.getByRole('list', { name: 'Series' }).count()).toBe(0);
    await shoot(page, 'in-place-unfinished-1440-dark');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText(/Resumed: 0 visits new, 1 visit as before/).waitFor({ timeout: SLOW });
    expect(await contents(page)).toEqual(before);
    await page.getByRole('list', { name: 'Series' }).waitFor({ timeout: SLOW });
    expect(offences).toEqual([]);
    await close();
  });
});

async function removeAndApprove(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Series' }).waitFor({ timeout: SLOW });
  await page.getByRole('button', { name: 'Remove faces' }).click();
  await approve(page);
}

async function approve(page: Page): Promise<void> {
  await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '1 approved series' }).waitFor();
}

function hashOf(base64: string | undefined): string {
  return createHash('sha256')
    .update(base64 ?? '')
    .digest('hex');
}

/** Everything in the folder: path to bytes (base64). */
function contents(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const seen: Record<string, string> = {};
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, `${path}${name}/`);
        else {
          const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
          let text = '';
          for (const byte of bytes) text += String.fromCharCode(byte);
          seen[`${path}${name}`] = btoa(text);
        }
      }
    };
    const root = await navigator.storage.getDirectory();
    await walk(await root.getDirectoryHandle('scans'), '');
    return Object.fromEntries(Object.entries(seen).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Runs in the page: a folder of the origin, and a picker that picks it. */
async function fillFolder(given: Readonly<Record<string, string>>): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('scans', { recursive: true }).catch(() => undefined);
  const scans = await root.getDirectoryHandle('scans', { create: true });
  const visit = await scans.getDirectoryHandle('visit', { create: true });
  for (const [path, base64] of Object.entries(given)) {
    const handle = await visit.getFileHandle(path.replace('visit/', ''), { create: true });
    const stream = await handle.createWritable();
    await stream.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    await stream.close();
  }
  Object.assign(globalThis, { showDirectoryPicker: () => Promise.resolve(scans) });
}

/** Runs in the page. */
async function pickAgain(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const scans = await root.getDirectoryHandle('scans');
  Object.assign(globalThis, { showDirectoryPicker: () => Promise.resolve(scans) });
}

/** Runs in the page: the last line of the journal goes, and a file is its original again. */
async function halfDone(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const scans = await root.getDirectoryHandle('scans');
  const undo = await scans.getDirectoryHandle('_efface-undo-do-not-share');
  const journal = await undo.getFileHandle('journal.jsonl');
  const lines = (await (await journal.getFile()).text()).trimEnd().split('\n');
  const shorter = await journal.createWritable();
  await shorter.write(`${lines.slice(0, -1).join('\n')}\n`);
  await shorter.close();
  const backup = await undo.getDirectoryHandle('backup');
  const original = await (await backup.getFileHandle('0')).getFile();
  const manifest = (
    JSON.parse((JSON.parse(lines[0] ?? '') as { line: string }).line) as {
      manifest: { files: readonly { path: string }[] };
    }
  ).manifest;
  const name = manifest.files[0]?.path.replace('visit/', '') ?? '';
  const visit = await scans.getDirectoryHandle('visit');
  const target = await (await visit.getFileHandle(name)).createWritable();
  await target.write(original);
  await target.close();
}
