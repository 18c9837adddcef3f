/** Builds the page with a worker that only answers (tests/support/fake-worker). */
import { resolve } from 'node:path';
import { build } from 'vite';

export const FAKE_PAGE = 'dist/fake-page';

export async function buildFakePage(): Promise<void> {
  await build({
    configFile: resolve(import.meta.dirname, '../vite.fake.config.ts'),
    logLevel: 'error',
  });
}
