/** The contracts of tests/contract on what only a browser has. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { bundle } from './support/bundle.ts';
import { askWorker } from './support/in-worker.ts';
import type { CaseResult } from './support/adapters-in-page.ts';

const ORIGIN = 'http://localhost:1';

let browser: Browser;
let results: readonly CaseResult[] = [];
let inWorker: readonly CaseResult[] = [];
beforeAll(async () => {
  browser = await startBrowser({ gl: false });
  const page = await browser.newPage();
  await page.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>contracts</title>' }),
  );
  await page.goto(ORIGIN);
  await page.addScriptTag({ type: 'module', content: await bundle('adapters-in-page.ts') });
  await page.waitForFunction(() => 'runContracts' in globalThis);
  results = await page.evaluate(() => globalThis.runContracts());
  inWorker = (await askWorker(page, 'archive.worker.ts', 'contract')) as readonly CaseResult[];
});
afterAll(() => browser.close());

describe('files and folders of a browser', () => {
  test('keep every contract', () => {
    expect(results.filter(({ error }) => error !== null)).toEqual([]);
    expect(results.length).toBeGreaterThan(40);
  });

  test('keep the contract of a sink in a worker', () => {
    expect(inWorker.filter(({ error }) => error !== null)).toEqual([]);
    expect(inWorker.length).toBeGreaterThan(8);
  });
});
