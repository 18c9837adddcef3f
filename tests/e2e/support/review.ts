/** The views by themselves: opened with the worker that only answers, and what is seen in them. */
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage, type OpenOptions, type Watched } from './page.ts';

export async function toSeries(
  browser: Browser,
  url: string,
  options: OpenOptions & { readonly file?: string } = {},
): Promise<Watched> {
  const watched = await openPage(browser, url, options);
  const file = {
    name: options.file ?? 'a.dcm',
    mimeType: 'application/dicom',
    buffer: Buffer.from('any'),
  };
  await watched.page.setInputFiles('#file-input', file);
  await watched.page.getByRole('list', { name: 'Series' }).waitFor();
  return watched;
}

export async function toReview(
  browser: Browser,
  url: string,
  options: OpenOptions = {},
): Promise<Watched> {
  const watched = await toSeries(browser, url, options);
  await watched.page.getByRole('button', { name: 'Remove faces' }).click();
  await reviewIsReady(watched.page);
  return watched;
}

/** One CT, nothing wrong with it. */
export async function toSafeReview(browser: Browser, url: string): Promise<Watched> {
  const watched = await openPage(browser, url);
  await watched.page.getByRole('button', { name: 'Try the demo head' }).click();
  await watched.page.getByRole('button', { name: 'Remove faces' }).click();
  await reviewIsReady(watched.page);
  return watched;
}

export async function reviewIsReady(page: Page): Promise<void> {
  await page.locator('[data-ready="true"]').waitFor({ timeout: 60_000 });
  await expect
    .poll(() => brightness(page, page.getByRole('figure', { name: 'Axial' }).first()))
    .toBeGreaterThan(0);
}

/** The accessible description, as a screen reader puts it together. */
export async function description(of: Locator): Promise<string> {
  return of.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .replaceAll(/\s+/g, ' '),
  );
}

export async function drag(page: Page, on: Locator, dx: number, dy: number): Promise<void> {
  const box = await on.boundingBox();
  if (!box) throw new Error('nothing to drag on');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
}

/** Mean grey of what a figure shows, from a picture of the screen (0 to 255). */
export async function brightness(page: Page, figure: Locator): Promise<number> {
  const png = (await figure.screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) return 0;
    context.drawImage(image, 0, 0);
    const { data: rgba } = context.getImageData(0, 0, image.width, image.height);
    let sum = 0;
    for (let n = 0; n < rgba.length; n += 4) sum += rgba[n] ?? 0;
    return sum / (rgba.length / 4);
  }, png);
}
