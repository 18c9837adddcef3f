/** The contracts of tests/contract on what only a browser has. */
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import type { CaseResult } from './support/adapters-in-page.ts';

const ORIGIN = 'http://localhost:1';

let browser: Browser;
let results: readonly CaseResult[] = [];
beforeAll(async () => {
  browser = await startBrowser({ gl: false });
  const page = await browser.newPage();
  await page.route('**/*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>contracts</title>' }),
  );
  await page.goto(ORIGIN);
  await page.addScriptTag({ type: 'module', content: await bundle() });
  await page.waitForFunction(() => 'runContracts' in globalThis);
  results = await page.evaluate(() => globalThis.runContracts());
});
afterAll(() => browser.close());

describe('files and folders of a browser', () => {
  test('keep every contract', () => {
    expect(results.filter(({ error }) => error !== null)).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
  });
});

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'support/adapters-in-page.ts'),
        output: { codeSplitting: false },
      },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    for (const file of each.output) if (file.type === 'chunk') return file.code;
  }
  throw new Error('nothing was built');
}
