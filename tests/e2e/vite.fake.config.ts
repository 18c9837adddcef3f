/** The page with tests/support/fake-worker in place of the worker: for views by themselves. */
import { resolve } from 'node:path';
import { mergeConfig, type Plugin } from 'vite';
import base from '../../vite.config.ts';

const REAL = "'./efface.worker.ts'";
const FAKE = "'../tests/support/fake-worker/fake.worker.ts'";

function fakeWorker(): Plugin {
  return {
    name: 'efface-fake-worker',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('workers/client.ts')) return null;
      if (!code.includes(REAL)) throw new Error('the worker is not started as expected');
      return code.replace(REAL, FAKE);
    },
  };
}

const shared = base({ command: 'build', mode: 'test' });

export default mergeConfig(shared, {
  root: resolve(import.meta.dirname, '../..'),
  plugins: [fakeWorker()],
  build: { outDir: 'dist/fake-page' },
});
