/** Starts a worker in a page from a script of this folder and gives its answer to a message. */
import type { Page } from 'playwright-core';
import { bundle } from './bundle.ts';

export async function askWorker(page: Page, file: string, message: unknown): Promise<unknown> {
  const code = await bundle(file);
  return page.evaluate(
    ([script, sent]) =>
      new Promise((answer, failed) => {
        const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
        const worker = new Worker(url, { type: 'module' });
        worker.addEventListener('message', ({ data }) => {
          answer(data);
        });
        worker.addEventListener('error', (event) => {
          failed(new Error(event.message));
        });
        worker.postMessage(sent);
      }),
    [code, message] as const,
  );
}
