/** Correcting by hand: strokes of a real mouse on the crude head, and what they change. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { buildFakePage, FAKE_PAGE } from './support/fake-page.ts';
import { seriousFaults, shoot } from './support/page.ts';
import { brightness, reviewIsReady, toReview } from './support/review.ts';
import { dabAt, figureFor, ml, stroke, toCorrect } from './support/correct.ts';

describe('correcting by hand', () => {
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
  const button = (page: Page, name: string): Locator =>
    page.getByRole('button', { name, exact: true });

  test('opens by button and by key, names its tools, and is readable by all', async () => {
    const { page, offences, close } = await toReview(browser, served.url);
    await page.keyboard.press('e');
    const bar = page.getByRole('toolbar', { name: 'Correction tools' });
    await bar.waitFor();
    for (const name of ['Brush', 'Eraser', 'Scissors', 'Protect', 'Undo', 'Redo', 'Reset']) {
      expect(await bar.getByRole('button', { name, exact: true }).count(), name).toBe(1);
    }
    expect(await button(page, 'Undo').isDisabled()).toBe(true);
    expect(await button(page, 'Apply').isDisabled()).toBe(true);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await button(page, 'Approve').waitFor();
    await button(page, 'Correct').click();
    await bar.waitFor();
    expect(offences).toEqual([]);
    await close();
  });

  test('the brush adds, the eraser takes out, and both are undone and redone', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    await stroke(page, 'Coronal', [0.5, 0.75], [0.55, 0.75]);
    const added = await ml(page, 'Added by hand');
    expect(added).toBeGreaterThan(0);
    await page.keyboard.press('Control+z');
    expect(await ml(page, 'Added by hand')).toBe(0);
    await page.keyboard.press('Control+Shift+Z');
    expect(await ml(page, 'Added by hand')).toBe(added);

    await button(page, 'Eraser').click();
    await stroke(page, 'Coronal', [0.5, 0.75], [0.55, 0.75]);
    expect(await ml(page, 'Added by hand')).toBe(0);
    await close();
  });

  test('the size of the brush is shown by a ring, set by keys, and a sphere takes more', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    const axial = figureFor(page, 'Axial');
    await axial.hover();
    const ring = axial.locator('.brush-ring');
    const width = async (): Promise<number> => (await ring.boundingBox())?.width ?? 0;
    const before = await width();
    expect(before).toBeGreaterThan(5);
    for (let n = 0; n < 6; n++) await page.keyboard.press(']');
    await expect.poll(width).toBeCloseTo(2 * before, -1);

    await dabAt(page, 'Coronal', [0.5, 0.75]);
    const flat = await ml(page, 'Added by hand');
    await page.keyboard.press('Control+z');
    await page.getByRole('radio', { name: 'Sphere' }).check();
    await dabAt(page, 'Coronal', [0.5, 0.75]);
    expect(await ml(page, 'Added by hand')).toBeGreaterThan(3 * flat);
    await close();
  });

  test('the guard holds against the brush until it is overridden with a reason', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    await dabAt(page, 'Sagittal', [0.57, 0.34]);
    expect(await ml(page, 'Added by hand')).toBe(0);
    const held = await ml(page, 'Held by the guard');
    expect(held).toBeGreaterThan(0);
    await shoot(page, 'correct-held-1440-dark');

    await button(page, 'Override the guard…').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Override', exact: true }).isDisabled()).toBe(
      true,
    );
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('a metal clip');
    await dialog.getByRole('button', { name: 'Override', exact: true }).click();
    await expect.poll(() => ml(page, 'Held by the guard')).toBe(0);
    expect(await ml(page, 'Added by hand')).toBe(held);
    await button(page, 'Undo').click();
    expect(await ml(page, 'Held by the guard')).toBe(held);
    await close();
  });

  test('what is protected stays under the brush; scissors, growing and reset do theirs', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    await button(page, 'Protect').click();
    await dabAt(page, 'Coronal', [0.5, 0.75]);
    expect(await ml(page, 'Protected')).toBeGreaterThan(0);
    await button(page, 'Brush').click();
    await dabAt(page, 'Coronal', [0.5, 0.75]);
    expect(await ml(page, 'Added by hand')).toBe(0);
    await page.keyboard.press('Control+z');

    await page.keyboard.press('s');
    await stroke(page, 'Sagittal', [0.05, 0.5], [0.2, 0.5], [0.2, 0.9], [0.05, 0.9]);
    const cut = await ml(page, 'Kept by hand');
    expect(cut).toBeGreaterThan(50);
    await button(page, 'Grow 3 mm').click();
    await expect.poll(() => ml(page, 'Added by hand')).toBeGreaterThan(20);
    await button(page, 'Reset').click();
    await expect.poll(() => ml(page, 'Kept by hand')).toBe(0);
    expect(await ml(page, 'Protected')).toBe(0);
    await button(page, 'Undo').click();
    await expect.poll(() => ml(page, 'Protected')).toBeGreaterThan(0);
    await close();
  });

  test('the head is seen as it will be, turns by key, and leads the slices to a click', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    const figures = page.getByRole('region', { name: 'Correct', exact: true });
    const head = figures.getByRole('figure', { name: '3D' });
    const is = (how: string): Promise<void> =>
      expect.poll(() => figures.getAttribute('data-skin'), { timeout: 20_000 }).toBe(how);
    await is('fine');
    const turn = head.getByRole('slider');
    await page.keyboard.press('8');
    expect(await turn.getAttribute('aria-valuenow')).toBe('90');
    await page.keyboard.press('6');
    expect(await turn.getAttribute('aria-valuenow')).toBe('0');
    const asWhole = await brightness(page, head);
    // The crown: what goes there is seen from the front.
    await page.getByRole('radio', { name: 'Sphere' }).check();
    for (let n = 0; n < 24; n++) await page.keyboard.press(']');
    await dabAt(page, 'Sagittal', [0.5, 0.97]);
    await is('fine');
    expect(await brightness(page, head)).not.toBeCloseTo(asWhole, 1);
    await page.keyboard.press('Control+z');
    await is('fine');
    await expect.poll(() => brightness(page, head)).toBeCloseTo(asWhole, 1);
    await page.getByRole('button', { name: 'Removed part' }).click();
    await expect.poll(() => brightness(page, head)).not.toBeCloseTo(asWhole, 1);
    await shoot(page, 'correct-head-1440-dark');

    const sagittal = page.getByRole('slider', { name: 'Sagittal slice' });
    const before = Number(await sagittal.getAttribute('aria-valuenow'));
    const box = await turn.boundingBox();
    if (!box) throw new Error('no head');
    await page.mouse.click(box.x + 0.6 * box.width, box.y + 0.3 * box.height);
    // Seen from the front the patient's left is on the right.
    expect(Number(await sagittal.getAttribute('aria-valuenow'))).toBeGreaterThan(before + 10);
    await close();
  });

  test('by keyboard alone: the cross is moved, and painted at', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    const slice = page.getByRole('slider', { name: 'Sagittal slice' });
    const coronal = page.getByRole('slider', { name: 'Coronal slice' });
    await slice.focus();
    const at = Number(await coronal.getAttribute('aria-valuenow'));
    for (let n = 0; n < 5; n++) await page.keyboard.press('Shift+ArrowRight');
    expect(Number(await coronal.getAttribute('aria-valuenow'))).toBe(at + 5);
    for (let n = 0; n < 40; n++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Space');
    expect(await ml(page, 'Added by hand')).toBeGreaterThan(0);
    await close();
  });

  test('leaving asks while something is not applied; applying brings new pictures', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    await dabAt(page, 'Coronal', [0.5, 0.75]);
    await page.keyboard.press('Escape');
    const dialog = page.getByRole('dialog', { name: 'What becomes of your strokes?' });
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await button(page, 'Correct').click();
    await expect.poll(() => ml(page, 'Added by hand')).toBe(0);

    await dabAt(page, 'Coronal', [0.5, 0.75]);
    await button(page, 'Apply').click();
    await reviewIsReady(page);
    await page.getByText('Corrected and measured anew').waitFor();
    await button(page, 'Approve').click();
    // The next series is shown; what was decided can be taken back.
    await button(page, 'Undo the last decision').waitFor();
    await close();
  });

  test('the browser’s Back asks too, and what is kept is told and found again', async () => {
    const { page, close } = await toCorrect(browser, served.url);
    await dabAt(page, 'Coronal', [0.5, 0.75]);
    const added = await ml(page, 'Added by hand');
    const dialog = page.getByRole('dialog', { name: 'What becomes of your strokes?' });
    await page.goBack();
    await dialog.waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await shoot(page, 'correct-leave-1440-dark');
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    expect(await ml(page, 'Added by hand')).toBe(added);
    await page.goBack();
    await dialog.getByRole('button', { name: 'Keep for later' }).click();
    await page.getByText('Strokes of yours wait').waitFor();
    await button(page, 'Correct').click();
    expect(await ml(page, 'Added by hand')).toBe(added);

    // Another page, and another language, are no leaving: one comes back to the strokes.
    await page.getByRole('link', { name: 'Privacy' }).click();
    await page.getByRole('link', { name: 'Back to your scans' }).click();
    await page.getByRole('toolbar', { name: 'Correction tools' }).waitFor();
    expect(await ml(page, 'Added by hand')).toBe(added);

    await button(page, 'Start over').click();
    await dialog.getByText('Results that were not saved are forgotten').waitFor();
    await dialog.getByRole('button', { name: 'Keep for later' }).click();
    await page.getByRole('button', { name: 'Try the demo head' }).waitFor();
    expect(await page.locator('dialog').count()).toBe(0);
    await close();
  });

  test('a refused scan is painted by hand, for reasons, and is one to look at', async () => {
    const { page, offences, close } = await toReview(browser, served.url);
    // Two results are decided on; the third series was refused.
    await button(page, 'Approve').click();
    await reviewIsReady(page);
    await button(page, 'Approve').click();
    await page.getByRole('button', { name: 'Look at the list' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 't2_space_dark-fluid' });
    await row.getByRole('button', { name: 'Correct by hand' }).click();
    await page.getByRole('toolbar', { name: 'Correction tools' }).waitFor();
    await page.getByText('No brain was found in this scan').waitFor();
    expect(await button(page, 'Apply').isDisabled()).toBe(true);
    await stroke(page, 'Sagittal', [0.25, 0.6], [0.3, 0.7]);
    expect(await ml(page, 'Added by hand')).toBeGreaterThan(0);
    expect(await button(page, 'Apply').isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'Why is it included?' }).fill('the nose is in view');
    await page.getByText('say why you go on without a guard').waitFor();
    await shoot(page, 'correct-refused-1440-dark');
    await button(page, 'Go on without a guard…').click();
    const dialog = page.getByRole('dialog', { name: 'Go on without a guard?' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('no brain in view');
    await dialog.getByRole('button', { name: 'Go on without', exact: true }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await button(page, 'Apply').click();
    await reviewIsReady(page);
    await page.getByText('a person decided by hand what is removed').first().waitFor();
    await shoot(page, 'correct-refused-applied-1440-dark');
    await button(page, 'Approve').click();
    await page.getByRole('button', { name: 'Save as ZIP' }).waitFor();
    expect(offences).toEqual([]);
    await close();
  });

  test.each([
    [1440, 900, 'dark'],
    [1440, 900, 'light'],
    [1024, 768, 'dark'],
  ] as const)('is seen whole at %i × %i (%s)', async (width, height, theme) => {
    const { page, close } = await toCorrect(browser, served.url, { width, height, theme });
    await stroke(page, 'Coronal', [0.45, 0.75], [0.55, 0.8]);
    await button(page, 'Protect').click();
    await dabAt(page, 'Axial', [0.5, 0.15]);
    await figureFor(page, 'Axial').hover();
    await shoot(page, `correct-${width}-${theme}`);
    for (const name of ['Apply', 'Undo']) {
      const box = await button(page, name).boundingBox();
      expect((box?.y ?? height) + (box?.height ?? 0), name).toBeLessThanOrEqual(height);
    }
    expect(await seriousFaults(page)).toEqual([]);
    await close();
  });
});
