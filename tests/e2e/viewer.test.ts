/** Pictures of a scan: what they show, and how they move together. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { heldBytes } from '../support/held-memory.ts';
import { HEADER } from '../support/fake-worker/header.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { openPage, seriousFaults, shoot } from './support/page.ts';
import {
  brightness,
  drag,
  reviewIsReady,
  toReview,
  toSafeReview,
  toSeries,
} from './support/review.ts';

describe('the pictures', () => {
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

  test('show before and after in four figures each, with the checks and the header', async () => {
    const { page, offences, close } = await toSafeReview(browser, served.url);
    for (const side of ['Before', 'After']) {
      const region = page.getByRole('region', { name: side, exact: true });
      for (const name of ['Axial', 'Coronal', 'Sagittal', '3D']) {
        expect(
          await region.getByRole('figure', { name, exact: true }).count(),
          `${side} ${name}`,
        ).toBe(1);
      }
    }
    const checks = page.getByRole('region', { name: 'Checks' });
    expect(await checks.textContent()).toMatch(/All checks passed.*Brain voxels changed.*0.*Pass/s);
    const rows = page.getByRole('table', { name: 'Header changes' }).getByRole('row');
    expect(await rows.count()).toBe(1 + HEADER.length);
    for (const name of ['Approve', 'Reject', 'Correct']) {
      expect(await page.getByRole('button', { name, exact: true }).isEnabled()).toBe(true);
    }
    expect(offences).toEqual([]);
    await close();
  });

  test('link slices, window and turning of Before and After', async () => {
    const { page, close } = await toSafeReview(browser, served.url);
    const slider = (side: string, name: string): ReturnType<Page['getByRole']> =>
      page.getByRole('region', { name: side, exact: true }).getByRole('slider', { name });
    const axial = slider('Before', 'Axial slice');
    const start = Number(await axial.getAttribute('aria-valuenow'));

    await axial.hover();
    await page.mouse.wheel(0, 150);
    await expect.poll(() => axial.getAttribute('aria-valuenow')).toBe(String(start + 3));
    expect(await slider('After', 'Axial slice').getAttribute('aria-valuenow')).toBe(
      String(start + 3),
    );

    await slider('After', 'Coronal slice').focus();
    await page.keyboard.press('Home');
    expect(await slider('Before', 'Coronal slice').getAttribute('aria-valuenow')).toBe('1');

    await page.keyboard.press('1');
    expect(await page.getByText('W 80 L 40').count()).toBe(1);
    await drag(page, slider('After', 'Sagittal slice'), 60, 0);
    expect(await page.getByText('W 80 L 40').count()).toBe(0);

    const turn = slider('Before', 'Turn the heads');
    const degrees = Number(await turn.getAttribute('aria-valuenow'));
    await drag(page, slider('After', 'Turn the heads'), -100, 0);
    await expect
      .poll(async () => Number(await turn.getAttribute('aria-valuenow')))
      .toBeGreaterThan(degrees + 20);
    await close();
  });

  test('draw the scan, and not the face in After', async () => {
    const { page, close } = await toReview(browser, served.url);
    await page.keyboard.press('m');
    const mean = async (side: string): Promise<number> =>
      brightness(
        page,
        page
          .getByRole('region', { name: side, exact: true })
          .getByRole('figure', { name: 'Sagittal' }),
      );
    await expect.poll(() => mean('Before')).toBeGreaterThan(20);
    await expect
      .poll(async () => (await mean('After')) / (await mean('Before')))
      .toBeLessThan(0.97);
    await close();
  });

  test('show the original in place of the result while F or the button is held', async () => {
    const { page, close } = await toSafeReview(browser, served.url);
    await page.keyboard.press('m');
    const mean = (side: string): Promise<number> =>
      brightness(
        page,
        page
          .getByRole('region', { name: side, exact: true })
          .getByRole('figure', { name: 'Axial' }),
      );
    const share = async (): Promise<number> => (await mean('After')) / (await mean('Before'));
    await expect.poll(share).toBeLessThan(0.97);
    await page.keyboard.down('f');
    await expect.poll(share).toBeGreaterThan(0.99);
    await page.keyboard.up('f');
    await expect.poll(share).toBeLessThan(0.97);
    const box = await page.getByRole('button', { name: 'Hold to compare' }).boundingBox();
    if (!box) throw new Error('no button');
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await expect.poll(share).toBeGreaterThan(0.99);
    await page.mouse.up();
    await expect.poll(share).toBeLessThan(0.97);
    await close();
  });

  test('say the verdict beside the decision where the checks lie below the pictures', async () => {
    const { page, close } = await toSafeReview(browser, served.url);
    const said = page.locator('aside .end').getByText('All checks passed');
    expect(await said.isVisible()).toBe(false);
    await page.setViewportSize({ width: 1024, height: 768 });
    const end = async (): Promise<number> => {
      const box = await said.boundingBox();
      return box ? box.y + box.height : Infinity;
    };
    await expect.poll(end).toBeLessThanOrEqual(768);
    await close();
  });

  test('enlarge one figure and go back', async () => {
    const { page, close } = await toReview(browser, served.url);
    const figures = page.getByRole('figure');
    expect(await figures.count()).toBe(8);
    await page.getByRole('button', { name: 'Enlarge Coronal' }).first().click();
    await expect.poll(() => figures.count()).toBe(2);
    await shoot(page, 'enlarged-1440-dark');
    await page.getByRole('button', { name: 'All views' }).first().click();
    await expect.poll(() => figures.count()).toBe(8);
    await close();
  });

  test.each(['software', 'a card'])(
    'show every picture again after each was enlarged by double clicks, drawn by %s',
    async (by) => {
      const { page, context, close } = await openPage(browser, served.url);
      if (by === 'a card') {
        await context.addInitScript(pretendCard);
        await page.reload();
      }
      await page.getByRole('button', { name: 'Try the demo head' }).click();
      await page.getByRole('button', { name: 'Remove faces' }).click();
      await reviewIsReady(page);
      const after = page.getByRole('region', { name: 'After', exact: true });
      const names = ['Axial', 'Coronal', 'Sagittal', '3D'];
      for (const name of names) {
        for (const count of [2, 8]) {
          const box = await after.getByRole('figure', { name }).boundingBox();
          if (!box) throw new Error('no picture');
          await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
          await expect.poll(() => page.getByRole('figure').count()).toBe(count);
        }
        for (const other of names) {
          const figure = after.getByRole('figure', { name: other });
          const message = `${other} after ${name} was large`;
          await expect
            .poll(() => brightness(page, figure), { message, timeout: 10_000 })
            .toBeGreaterThan(20);
        }
      }
      await close();
    },
  );

  test('look at a series before anything is done, and close again by Escape', async () => {
    const { page, offences, close } = await toSeries(browser, served.url);
    await page.getByRole('button', { name: 'Look at Head 1.0 H31s' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[data-ready="true"]').waitFor();
    expect(await dialog.getByRole('figure').count()).toBe(3);
    await expect
      .poll(() => brightness(page, dialog.getByRole('figure', { name: 'Axial' })))
      .toBeGreaterThan(20);
    await shoot(page, 'preview-1440-dark');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(offences).toEqual([]);
    await close();
  });

  test('let go of a series whose preview is closed', async () => {
    const { page, context, close } = await toSeries(browser, served.url);
    const session = await context.newCDPSession(page);
    const look = async (): Promise<number> => {
      await page.getByRole('button', { name: 'Look at Head 1.0 H31s' }).click();
      await page.getByRole('dialog').locator('[data-ready="true"]').waitFor();
      await expect
        .poll(() => brightness(page, page.getByRole('dialog').getByRole('figure').first()))
        .toBeGreaterThan(20);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      return heldBytes(session);
    };
    // What is loaded and compiled once comes with the first.
    await look();
    const second = await look();
    // Its voxels are 7 MB.
    expect((await look()) - second).toBeLessThan(2e6);
    await close();
  });

  test('draw by WebGL where there is a graphics card', async () => {
    const { page, context, offences, close } = await openPage(browser, served.url);
    // The page asks who renders; a machine for tests has only software to offer.
    await context.addInitScript(pretendCard);
    await page.reload();
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    for (const name of ['Axial', 'Sagittal', '3D']) {
      const figure = page.getByRole('figure', { name, exact: true }).first();
      await expect.poll(() => brightness(page, figure), { message: name }).toBeGreaterThan(20);
    }
    await shoot(page, 'webgl-1440-dark');
    expect(offences).toEqual([]);
    await close();
  });

  test('work without WebGL, by the simple viewer', async () => {
    const plain = await startBrowser({ gl: false });
    const { page, offences, close } = await openPage(plain, served.url);
    await page.getByRole('button', { name: 'Try the demo head' }).click();
    await page.getByRole('button', { name: 'Remove faces' }).click();
    await reviewIsReady(page);
    expect(await page.locator('[data-engine]').getAttribute('data-engine')).toBe('canvas');
    await expect
      .poll(() => brightness(page, page.getByRole('figure', { name: 'Axial' }).first()))
      .toBeGreaterThan(20);
    expect(offences).toEqual([]);
    await close();
    await plain.close();
  });
});

/** Runs in the page. */
function pretendCard(): void {
  const original = Object.getOwnPropertyDescriptor(
    WebGL2RenderingContext.prototype,
    'getParameter',
  );
  const ask = original?.value as (this: WebGL2RenderingContext, name: number) => unknown;
  WebGL2RenderingContext.prototype.getParameter = function (name: number): unknown {
    const value = ask.call(this, name);
    return typeof value === 'string' && value.includes('SwiftShader') ? 'a card' : value;
  };
}
