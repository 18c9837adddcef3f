/** The correction mode, driven by a mouse. Places are shares of a picture's width and height. */
import type { Browser, Locator, Page } from 'playwright-core';
import type { OpenOptions, Watched } from './page.ts';
import { toReview } from './review.ts';

type Place = readonly [number, number];
type PlaneName = 'Axial' | 'Coronal' | 'Sagittal';

export async function toCorrect(
  browser: Browser,
  url: string,
  options: OpenOptions = {},
): Promise<Watched> {
  const watched = await toReview(browser, url, options);
  await openCorrect(watched.page);
  return watched;
}

export async function openCorrect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  await page.getByRole('toolbar', { name: 'Correction tools' }).waitFor({ timeout: 120_000 });
}

export function figureFor(page: Page, plane: PlaneName): Locator {
  return page
    .getByRole('region', { name: 'Correct', exact: true })
    .getByRole('figure', { name: plane });
}

/** Presses at the first place, draws through the others, and lets go. */
export async function stroke(
  page: Page,
  plane: PlaneName,
  ...way: readonly Place[]
): Promise<void> {
  const box = await figureFor(page, plane).boundingBox();
  if (!box) throw new Error('nothing to draw on');
  const at = ([x, y]: Place): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  const [first = [0.5, 0.5], ...rest] = way;
  await page.mouse.move(...at(first));
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...at(place), { steps: 6 });
  await page.mouse.up();
}

export const dabAt = (page: Page, plane: PlaneName, place: Place): Promise<void> =>
  stroke(page, plane, place);

/** A figure of the panel, in millilitres. */
export async function ml(page: Page, name: string): Promise<number> {
  const row = page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
  return parseFloat((await row.locator('dd').textContent()) ?? '');
}
