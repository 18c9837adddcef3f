/** The picture in the README: the review of the demo head, a person who does not exist. `npm run build` first. */
import { servePage, startBrowser } from '../tests/support/browser.ts';

const TARGET = 'docs/pictures/review.png';
const SLOW = 300_000;

const served = await servePage('dist/page');
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(served.url);
await page.getByRole('button', { name: 'Try the demo head' }).click();
await page.getByRole('button', { name: 'Remove faces' }).click({ timeout: SLOW });
await page.locator('[data-ready="true"]').waitFor({ timeout: SLOW });
// All eight pictures are drawn one after the other where there is no graphics card.
await page.waitForTimeout(5000);
await page.screenshot({ path: TARGET });
await browser.close();
await served.close();
console.log(TARGET);
