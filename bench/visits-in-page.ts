/** What bench/page-visits.ts asks of the page while it works, and measures on the way. */
import { chromium, type CDPSession, type Page } from 'playwright-core';

export interface Totals {
  readonly done: number;
  readonly of: number;
  /** The page's own words. */
  readonly text: string;
}

/** From the list of totals; null where the page shows none. */
export async function totalsOf(page: Page): Promise<Totals | null> {
  const text = await page.evaluate(() => {
    const parts = document.querySelectorAll('ul[aria-label="Totals"] li');
    return [...parts].map((part) => part.textContent).join(', ');
  });
  const [, done, of] = /(\d+) of (\d+) done/.exec(text) ?? [];
  return of === undefined ? null : { done: Number(done), of: Number(of), text };
}

/** From now on the page notes how long it draws nothing. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted = { worst: 0, late: 0, frames: 0 };
    Object.assign(globalThis, { noted });
    let last = performance.now();
    const frame = (now: number): void => {
      noted.worst = Math.max(noted.worst, now - last);
      noted.frames++;
      if (now - last > 200) noted.late++;
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

export interface Frames {
  readonly worst: number;
  readonly late: number;
  readonly frames: number;
}

/** The longest time (ms) between two frames since `watchFrames`, and how many were above 200 ms. */
export async function framesOf(page: Page): Promise<Frames> {
  return page.evaluate(() => (globalThis as unknown as { noted: Frames }).noted);
}

/** Bytes that the page keeps of results on disk (MB), and in how many files. */
export async function keptOf(page: Page): Promise<{ files: number; mb: number }> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('efface-results', { create: true });
    let [files, bytes] = [0, 0];
    for await (const [, handle] of folder.entries()) {
      const file = await (handle as FileSystemFileHandle).getFile().catch(() => null);
      files++;
      bytes += file?.size ?? 0;
    }
    return { files, mb: bytes / 1e6 };
  });
}

export interface Heaps {
  /** JavaScript and buffers after garbage was collected (MB). */
  readonly pageMb: number;
  readonly workersMb: number;
}

/** Asks page and workers through the inspector; a busy worker answers between two steps. */
export async function heapsOf(page: Page): Promise<Heaps> {
  const session = await page.context().newCDPSession(page);
  try {
    const workers = await workersOf(session);
    const pageMb = await usedMb((method) => session.send(method as 'Runtime.getHeapUsage'));
    let workersMb = 0;
    for (const ask of workers) workersMb += await usedMb(ask);
    return { pageMb, workersMb };
  } finally {
    await session.detach();
  }
}

type Ask = (method: string) => Promise<unknown>;

/** Playwright shows no sessions of workers, so their messages travel inside those of the page's. */
async function workersOf(session: CDPSession): Promise<readonly Ask[]> {
  const asks: Ask[] = [];
  const waiting = new Map<string, (result: unknown) => void>();
  let next = 1;
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    waiting.get(`${sessionId} ${String(id)}`)?.(result);
  });
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'worker') return;
    asks.push((method) => {
      const id = next++;
      const answer = new Promise((resolve) => waiting.set(`${sessionId} ${id}`, resolve));
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id, method }),
      });
      return answer;
    });
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return asks;
}

async function usedMb(ask: Ask): Promise<number> {
  await ask('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = (await ask('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return (usedSize + backingStorageSize) / 1e6;
}

/** Presses a key and waits for the frame that shows another card chosen, or the same decided (ms). */
export async function decideByKey(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    const noted = globalThis as { keyMs?: number | null };
    noted.keyMs = null;
    addEventListener(
      'keydown',
      (event) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => (noted.keyMs = performance.now() - event.timeStamp)),
        );
      },
      { capture: true, once: true },
    );
  });
  await page.keyboard.press(key);
  const seen = await page.waitForFunction(() => (globalThis as { keyMs?: number | null }).keyMs);
  return (await seen.jsonValue()) ?? NaN;
}

/**
 * As a person picks it. Playwright would copy every file through a browser to which it
 * connected anew.
 */
export async function pickFolder(page: Page, input: string, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', {
    expression: `document.querySelector('${input}')`,
  });
  const { objectId } = result;
  if (!objectId) throw new Error('the page has no such input');
  await session.send('DOM.setFileInputFiles', { files: [folder], objectId });
  await session.detach();
}

/** Playwright's own downloads end with the connection that began them. */
export async function downloadTo(page: Page, folder: string): Promise<void> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  await session?.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
}

/** Reloads a page that crashed, and connects to the browser anew. */
export async function revived(port: number): Promise<Page> {
  const inspector = `http://localhost:${port}`;
  const session = await (await chromium.connectOverCDP(inspector)).newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(({ type, url }) => type === 'page' && url.startsWith('http'));
  if (!target) throw new Error('the page is gone');
  const { targetId } = target;
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  await session.send('Target.sendMessageToTarget', {
    sessionId,
    message: JSON.stringify({ id: 1, method: 'Page.reload' }),
  });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const pages = (await chromium.connectOverCDP(inspector)).contexts().flatMap((one) => one.pages());
  const page = pages.find((one) => one.url() === target.url);
  if (!page) throw new Error('the page is gone');
  return page;
}
