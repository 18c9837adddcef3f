/** From files to the first three planes in the built page, beside reading the same bytes, for bench/page.ts. */
import type { Browser, Page } from 'playwright-core';

const SLOW = 300_000;
const PAIRS = 5;

/** Hung into the page: clicks as soon as it can be clicked, and notes when. */
interface Marks {
  readonly listMs: number;
  readonly planesMs: number;
}

export interface Opening extends Marks {
  /** One file after the other by `arrayBuffer()`. */
  readonly readMs: number;
  /** The same a second and a third time in one page, the least: what the browser has seen before. */
  readonly readAgainMs: number;
}

/**
 * Medians of five fresh pages that read and five that open, in turn, so that each meets the files
 * for the first time; and the last page that opened them.
 */
export async function measureOpening(
  browser: Browser,
  url: string,
  folder: string,
): Promise<{ readonly page: Page; readonly opening: Opening }> {
  const reads: number[][] = [];
  const marks: Marks[] = [];
  for (;;) {
    const reader = await freshPage(browser, url);
    reads.push(await read(reader, folder));
    await reader.context().close();
    const page = await freshPage(browser, url);
    marks.push(await open(page, folder));
    if (marks.length === PAIRS) {
      const opening = {
        readMs: median(reads.map(([first]) => first ?? NaN)),
        readAgainMs: median(reads.map(([, ...again]) => Math.min(...again))),
        listMs: median(marks.map(({ listMs }) => listMs)),
        planesMs: median(marks.map(({ planesMs }) => planesMs)),
      };
      return { page, opening };
    }
    await page.context().close();
  }
}

async function freshPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  // tsx wraps named functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(url);
  // What the page does while idle is done.
  await page.waitForTimeout(2000);
  return page;
}

async function read(page: Page, folder: string): Promise<number[]> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'bench' });
    input.webkitdirectory = true;
    document.body.append(input);
  });
  await page.setInputFiles('#bench', folder);
  return page.evaluate(async () => {
    const files = [...(document.querySelector<HTMLInputElement>('#bench')?.files ?? [])];
    const times: number[] = [];
    for (let n = 0; n < 3; n++) {
      const start = performance.now();
      for (const file of files) await file.arrayBuffer();
      times.push(performance.now() - start);
    }
    return times;
  });
}

async function open(page: Page, folder: string): Promise<Marks> {
  await page.evaluate(watch);
  await page.setInputFiles('#folder-input', folder);
  const marks = await page.waitForFunction(
    () => (globalThis as { benchMarks?: Marks }).benchMarks,
    null,
    { timeout: SLOW },
  );
  return marks.jsonValue() as Promise<Marks>;
}

/** Runs in the page. */
function watch(): void {
  const input = document.querySelector<HTMLInputElement>('#folder-input');
  if (!input) throw new Error('the page has no folder input');
  input.addEventListener(
    'change',
    () => {
      const start = performance.now();
      let [listMs, clicked] = [0, false];
      const look = (): void => {
        const button = document.querySelector<HTMLButtonElement>('button.look');
        if (button && !clicked) {
          listMs = performance.now() - start;
          clicked = true;
          button.click();
        }
        if (clicked && planesShown()) {
          const planesMs = performance.now() - start;
          Object.assign(globalThis, { benchMarks: { listMs, planesMs } });
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );

  /** Three planes with something in them. */
  function planesShown(): boolean {
    const shown = [...document.querySelectorAll<HTMLCanvasElement>('dialog canvas')].filter(
      (canvas) => {
        const { width, height } = canvas;
        const middle = canvas.getContext('2d')?.getImageData(width / 2, height / 2, 16, 16);
        return middle?.data.some((value, n) => n % 4 < 3 && value > 20) ?? false;
      },
    );
    return shown.length >= 3;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
