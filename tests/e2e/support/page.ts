/** One page as a person opens it, with everything recorded that must not happen. */
import { mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The built page; another build can be tried by EFFACE_PAGE. */
export const PAGE = process.env['EFFACE_PAGE'] ?? 'dist/page';

const SHOTS = 'test-results/screenshots';

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  /** What the browser is set to; English where nothing is said. */
  readonly locale?: string;
}

export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Violations of the content security policy, errors of scripts, requests to other origins. */
  readonly offences: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openPage(
  browser: Browser,
  url: string,
  { width = 1440, height = 900, theme = 'dark', locale = 'en-US' }: OpenOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width, height },
    acceptDownloads: true,
    locale,
    reducedMotion: 'reduce',
  });
  const offences: string[] = [];
  const { origin } = new URL(url);
  await context.exposeBinding('reportOffence', (_source, text: string) => {
    offences.push(text);
  });
  await context.addInitScript((chosen) => {
    // The empty page before the first has no storage.
    if (location.protocol.startsWith('http') && !localStorage.getItem('efface-theme')) {
      localStorage.setItem('efface-theme', chosen);
    }
    addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportOffence: (text: string) => void })
        .reportOffence;
      report(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  }, theme);
  context.on('weberror', (error) => offences.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') offences.push(`console: ${message.text()}`);
  });
  // From the first byte on, another origin is out of reach; asking for it is an offence.
  await context.route('**/*', async (route) => {
    const asked = route.request().url();
    if (new URL(asked).origin === origin || /^(blob|data):/.test(asked)) {
      await route.fallback();
      return;
    }
    offences.push(`request: ${asked}`);
    await route.abort();
  });
  const page = await context.newPage();
  await page.goto(url);
  return { page, context, offences, close: () => context.close() };
}

/** A picture of the view, kept in an ignored folder for eyes. */
export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage });
}

/** What axe finds, one line each. */
export async function faults(
  page: Page,
  counts: (impact: string | null | undefined) => boolean = () => true,
): Promise<readonly string[]> {
  // A colour on its way to another is none that a person reads.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations
    .filter(({ impact }) => counts(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What axe finds that is serious or critical. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  return faults(page, (impact) => impact === 'serious' || impact === 'critical');
}
