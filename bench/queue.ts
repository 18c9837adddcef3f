/**
 * How fluid the list stays with hundreds of series: the longest frame, and what the page computed,
 * while they are dropped, scrolled, changed, worked on and decided on. The worker only answers
 * (tests/support/fake-worker), so all of it is the page. `npm run bench:queue`; with folders of
 * built pages it measures these, one after the other, to compare them on the same machine.
 * The browser draws as one without a graphics card does: a WebGL of software would draw the whole
 * page, and its frames would be those.
 */
import type { CDPSession, Page } from 'playwright-core';
import { buildFakePage, FAKE_PAGE } from '../tests/e2e/support/fake-page.ts';
import { servePage, startBrowser } from '../tests/support/browser.ts';
import { longestFrames } from './frames.ts';

const SERIES = 500;
const SLOW = 120_000;

interface Fluid {
  /** Longest times between two frames, ms. */
  readonly frames: readonly number[];
  /** Script, style and layout of the page, ms. */
  readonly busyMs: number;
}

const folders = process.argv.slice(2);
if (folders.length === 0) await buildFakePage();
for (const folder of folders.length > 0 ? folders : [FAKE_PAGE]) {
  const [browser, served] = await Promise.all([startBrowser({ gl: false }), servePage(folder)]);
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    // tsx wraps named functions in a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto(served.url);
    console.log(`${folder}: ${String(SERIES)} series`);
    const say = (name: string, { frames, busyMs }: Fluid): void => {
      const worst = frames.map((ms) => ms.toFixed(0)).join(', ');
      console.log(
        `${name.padEnd(34)} longest frames ${worst.padEnd(16)} ms, busy ${busyMs.toFixed(0)} ms`,
      );
    };
    const during = (name: string, act: () => Promise<unknown>): Promise<void> =>
      fluid(page, session, act).then((measured) => {
        say(name, measured);
      });

    await during('dropped', async () => {
      const file = {
        name: `${String(SERIES)}-series.dcm`,
        mimeType: '',
        buffer: Buffer.from('any'),
      };
      await page.setInputFiles('#file-input', file);
      await page.getByRole('list', { name: 'Series' }).waitFor();
    });
    // Thumbnails are still coming.
    await during('scrolled, thumbnails arriving', () => page.evaluate(scrollThrough));
    await page.waitForTimeout(3000);
    await during('scrolled', () => page.evaluate(scrollThrough));
    await during('20 left out', () =>
      page.evaluate(clickEach, { what: 'li input[type=checkbox]', step: 1 }),
    );
    await during('20 moved down', () =>
      page.evaluate(clickEach, { what: '.row .actions button', step: 6 }),
    );
    await during('20 removed', () =>
      page.evaluate(clickEach, { what: '.row .actions button:last-child', step: 4 }),
    );
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await during('3 s of work', () => page.waitForTimeout(3000));
    await page.evaluate(() => {
      globalThis.scrollTo(0, 20_000);
    });
    await during('scrolled while working', () => page.evaluate(scrollThrough));
    await page.getByRole('heading', { level: 1, name: 'All results' }).waitFor({ timeout: SLOW });
    await during('all results scrolled', () => page.evaluate(scrollThrough));
    await during('30 approved by key', async () => {
      for (let n = 0; n < 30; n++) await page.keyboard.press('a');
    });
    const look = page.getByRole('checkbox', { name: 'Only those to look at closely' });
    await during('filtered, and back', async () => {
      await look.check();
      await look.uncheck();
    });
  } finally {
    await browser.close();
    await served.close();
  }
}

async function fluid(page: Page, session: CDPSession, act: () => Promise<unknown>): Promise<Fluid> {
  const before = await busy(session);
  const frames = await longestFrames(page, act);
  return { frames, busyMs: (await busy(session)) - before };
}

/** Time (ms) that the page has spent on tasks so far. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
}

/** Runs in the page: from one end to the other in 60 frames. */
async function scrollThrough(): Promise<void> {
  const end = document.documentElement.scrollHeight;
  for (let n = 0; n <= 60; n++) {
    globalThis.scrollTo(0, (end * n) / 60);
    await new Promise(requestAnimationFrame);
  }
  globalThis.scrollTo(0, 0);
  await new Promise(requestAnimationFrame);
}

/** Runs in the page: clicks so many, every so manieth, one a frame. */
async function clickEach({ what, step }: { what: string; step: number }): Promise<void> {
  for (let n = 0; n < 20; n++) {
    document.querySelectorAll<HTMLElement>(what)[n * step + 1]?.click();
    await new Promise(requestAnimationFrame);
  }
}
