/** What a reviewer does with the pictures: compare, find what went wrong, and keep going when the graphics card does not. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { openPage, shoot, type OpenOptions, type Watched } from './support/page.ts';
import { brightness, drag, reviewIsReady, toSafeReview } from './support/review.ts';

describe('the review', () => {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    await buildFakePage();
    [browser, served] = await Promise.all([startBrowser(), servePage(FAKE_PAGE)]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  /** A result with brain touched and the left ear left. */
  async function toPlanted(options: OpenOptions = {}): Promise<Watched> {
    const watched = await openPage(browser, served.url, options);
    const file = { name: 'planted.dcm', mimeType: 'application/dicom', buffer: Buffer.from('any') };
    await watched.page.setInputFiles('#file-input', file);
    await watched.page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(watched.page);
    return watched;
  }

  test('says that brain was touched and an ear left, and a click shows the place', async () => {
    const { page, offences, close } = await toPlanted();
    const checks = page.getByRole('region', { name: 'Checks' });
    expect(await checks.textContent()).toMatch(/A check failed.*brain would change.*one ear only/s);
    const places = checks.getByRole('list', { name: 'Places to look at' });
    await places.getByRole('button', { name: /left ear stayed, 3\d cm²/ }).click();
    await expect.poll(() => positionOf(page, 'Sagittal')).toBeGreaterThan(70);
    expect(await positionOf(page, 'Axial')).toBeLessThan(0);
    // The heads are turned so that it is seen, and it is marked.
    const turn = page.getByRole('slider', { name: 'Turn the heads' }).first();
    expect(Number(await turn.getAttribute('aria-valuenow'))).toBeGreaterThan(60);
    await shoot(page, 'planted-ear-1440-dark');

    await checks.getByRole('button', { name: 'Show: Distance kept from the brain' }).click();
    const sagittal = page.getByRole('figure', { name: 'Sagittal' }).first();
    await expect.poll(() => sagittal.textContent()).toMatch(/Brain is touched/);
    await expect.poll(() => reddish(page, sagittal)).toBeGreaterThan(20);
    await shoot(page, 'planted-brain-1440-dark');
    expect(offences).toEqual([]);
    await close();
  });

  test('has windows, profiles and ways to draw the region under keys', async () => {
    const { page, close } = await toSafeReview(browser, served.url);
    for (const [key, window] of [
      ['1', 'W 80 L 40'],
      ['2', 'W 200 L 75'],
      ['3', 'W 2500 L 480'],
      ['4', 'W 400 L 40'],
      ['5', 'W 1000 L -500'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByText(window).waitFor();
    }
    const turn = page.getByRole('slider', { name: 'Turn the heads' }).first();
    for (const [key, degrees] of [
      ['6', '0'],
      ['7', '36'],
      ['8', '90'],
      ['9', '-90'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => turn.getAttribute('aria-valuenow')).toBe(degrees);
    }
    await page.keyboard.press('3');
    const region = page.getByRole('combobox', { name: 'Removed region' });
    const axial = page.getByRole('figure', { name: 'Axial' }).first();
    const filled = await brightness(page, axial);
    await region.selectOption('Outline');
    await expect.poll(() => brightness(page, axial)).toBeLessThan(filled - 0.5);
    await region.focus();
    await page.keyboard.press('m');
    // Keys mean themselves while a list has the focus.
    expect(await region.inputValue()).toBe('outline');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('m');
    await expect.poll(() => region.inputValue()).toBe('off');
    await close();
  });

  test('puts Before and After into one picture, with a divider', async () => {
    const { page, close } = await toSafeReview(browser, served.url);
    await page.getByRole('combobox', { name: 'Removed region' }).selectOption('Hidden');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('s');
    const divider = page.getByRole('slider', { name: 'Divider' });
    await divider.waitFor();
    const after = page.getByRole('region', { name: 'After', exact: true });
    const sagittal = after.getByRole('figure', { name: 'Sagittal' });
    await divider.fill('1');
    // Enough for the pictures to be drawn at their new size.
    await expect.poll(() => brightness(page, sagittal)).toBeGreaterThan(20);
    await page.waitForTimeout(1000);
    const before = await brightness(page, sagittal);
    await divider.fill('0');
    await expect.poll(() => brightness(page, sagittal)).toBeLessThan(before - 1);
    await divider.fill('0.5');
    await shoot(page, 'swipe-1440-dark');
    await drag(page, sagittal.locator('.divider'), 80, 0);
    expect(Number(await divider.inputValue())).toBeGreaterThan(0.6);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('s');
    await divider.waitFor({ state: 'detached' });
    await close();
  });

  test('shows skin at another threshold, the removed part and the brain', async () => {
    const { page, offences, close } = await toSafeReview(browser, served.url);
    const after = page.getByRole('region', { name: 'After', exact: true });
    const solid = after.getByRole('figure', { name: '3D' });
    await page.keyboard.press('6');
    await page.keyboard.press('m');
    await page.waitForTimeout(500);
    const plain = await colors(page, solid);
    await page.getByRole('button', { name: 'Removed part', exact: true }).click();
    await expect
      .poll(async () => (await colors(page, solid)).orange)
      .toBeGreaterThan(plain.orange + 300);
    await page.getByRole('button', { name: 'Brain', exact: true }).click();
    await expect.poll(async () => (await colors(page, solid)).blue).toBeGreaterThan(200);
    await shoot(page, 'heads-parts-1440-dark');
    const lit = await brightness(page, solid);
    const slider = page.getByRole('slider', { name: 'Skin threshold' });
    await slider.fill('300');
    expect(await slider.getAttribute('aria-valuetext')).toBe('300 HU');
    await expect
      .poll(async () => Math.abs((await brightness(page, solid)) - lit))
      .toBeGreaterThan(0.3);
    expect(offences).toEqual([]);
    await close();
  });

  test('goes on when the graphics card is lost, and where it holds small textures only', async () => {
    const { page, context, offences, close } = await openPage(browser, served.url);
    await context.addInitScript(pretendCard, 4096);
    await page.reload();
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    const axial = page.getByRole('figure', { name: 'Axial' }).first();
    const solid = page.getByRole('figure', { name: '3D' }).first();
    await expect.poll(() => brightness(page, solid)).toBeGreaterThan(20);
    const lost = await page.evaluate(() => (globalThis as { loseAll?: () => number }).loseAll?.());
    expect(lost).toBeGreaterThan(2);
    await expect.poll(() => brightness(page, axial)).toBeGreaterThan(20);
    await expect.poll(() => brightness(page, solid)).toBeGreaterThan(20);
    // It can still be worked with.
    const slider = page.getByRole('slider', { name: 'Axial slice' }).first();
    const from = Number(await slider.getAttribute('aria-valuenow'));
    await slider.focus();
    await page.keyboard.press('ArrowUp');
    expect(Number(await slider.getAttribute('aria-valuenow'))).toBe(from + 1);
    await expect.poll(() => axial.locator('.host canvas').count()).toBe(1);
    expect(offences.filter((one) => !/WebGL|context/i.test(one))).toEqual([]);
    await close();

    const small = await openPage(browser, served.url);
    await small.context.addInitScript(pretendCard, 128);
    await small.page.reload();
    await small.page.getByRole('button', { name: 'Try the demo head' }).click();
    await small.page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(small.page);
    expect(await small.page.locator('[data-engine]').getAttribute('data-engine')).toBe('canvas');
    await small.close();
  });
});

/** Where the plane of a figure lies (mm), as its slider says it. */
async function positionOf(page: Page, plane: string): Promise<number> {
  const slider = page.getByRole('slider', { name: `${plane} slice` }).first();
  const said = (await slider.getAttribute('aria-valuetext')) ?? '';
  return Number(/(-?[\d.]+) millimetres/.exec(said)?.[1]);
}

/** Pixels of a picture that are alarm red. */
async function reddish(page: Page, figure: Locator): Promise<number> {
  return (await colors(page, figure)).red;
}

async function colors(
  page: Page,
  figure: Locator,
): Promise<{ red: number; orange: number; blue: number }> {
  const png = (await figure.screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    const found = { red: 0, orange: 0, blue: 0 };
    if (!context) return found;
    context.drawImage(image, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, image.width, image.height);
    for (let n = 0; n < rgba.length; n += 4) {
      const [r, g, b] = [rgba[n] ?? 0, rgba[n + 1] ?? 0, rgba[n + 2] ?? 0];
      if (r > 200 && g < 120 && b < 140) found.red += 1;
      if (r > 60 && r > 1.3 * g && g > 1.2 * b) found.orange += 1;
      if (b > 60 && b > 1.3 * r) found.blue += 1;
    }
    return found;
  }, png);
}

/** Runs in the page: a card that is none, its textures so large at most, that can be lost at will. */
function pretendCard(largestTexture: number): void {
  const contexts: WebGL2RenderingContext[] = [];
  const ask = Reflect.get(WebGL2RenderingContext.prototype, 'getParameter');
  WebGL2RenderingContext.prototype.getParameter = function (name: number): unknown {
    const value: unknown = ask.call(this, name);
    if (name === this.MAX_3D_TEXTURE_SIZE) return largestTexture;
    return typeof value === 'string' && value.includes('SwiftShader') ? 'a card' : value;
  };
  for (const type of [HTMLCanvasElement, OffscreenCanvas]) {
    const prototype = type.prototype as {
      getContext: (this: unknown, ...asked: unknown[]) => unknown;
    };
    const { getContext } = prototype;
    prototype.getContext = function (...asked) {
      const context = getContext.apply(this, asked);
      if (context instanceof WebGL2RenderingContext) contexts.push(context);
      return context;
    };
  }
  Object.assign(globalThis, {
    loseAll: () => {
      for (const gl of contexts) gl.getExtension('WEBGL_lose_context')?.loseContext();
      return contexts.length;
    },
  });
}
