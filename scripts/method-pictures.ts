/**
 * The pictures of the methods: a head of a person who does not exist, before and after each.
 * `npm run pictures:methods`; docs/pictures/method-NAME.png, and small ones of what is left, which
 * the page shows (src/ui/deface/method-pictures). `npm run pictures:methods -- small` makes only
 * these, from the others.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { startBrowser } from '../tests/support/browser.ts';
import { png, rowOf } from '../bench/evaluate/sheet.ts';
import { remembering } from '../bench/evaluate/cuts.ts';
import { createNodeSegmenter } from '../src/adapters/tfjs/node.ts';
import { defaceScan } from '../src/app/deface-scan.ts';
import { DEFAULT_DEFACE, METHODS } from '../src/core/deface/options.ts';
import { explain } from '../src/core/errors.ts';
import { defaultGrid, makePhantom } from '../src/core/phantom/head.ts';
import { applyDelta } from '../src/core/volume/delta.ts';

/** Not the demo head; its nose and chin are easily told. */
const SEED = 12;
const [kind = 'MR', only = ''] = process.argv.slice(2);

if (kind !== 'small') await makeAll();
await makeSmall();

async function makeAll(): Promise<void> {
  const segmenter = remembering(await createNodeSegmenter());
  const { volume } = await makePhantom({
    seed: SEED,
    kind: kind === 'CT' ? 'CT' : 'MR',
    grid: defaultGrid(1),
  });
  for (const method of METHODS.filter((name) => name.includes(only))) {
    const options = { ...DEFAULT_DEFACE, method, seed: [1, 2], methodSeed: [3, 4] };
    const started = performance.now();
    const { result, decision, reasons } = await defaceScan('1', volume, options, segmenter);
    const took = performance.now() - started;
    if (!result) throw new Error(`${method}: ${decision}`);
    const after = { ...volume, stored: applyDelta(volume.stored, result.delta) };
    writeFileSync(`docs/pictures/method-${method}.png`, png([rowOf(volume, after, 1)]));
    const why = reasons
      .map(({ code, details }) => (details['reason'] ? explain(code, details).why : code))
      .join(' ');
    console.log(`${method}: ${decision}, ${(took / 1000).toFixed(1)} s. ${why}`);
  }
  segmenter.dispose();
}

/** The half that shows the head afterwards, as wide as the page shows it on a fine screen. */
async function makeSmall(): Promise<void> {
  const browser = await startBrowser();
  const page = await browser.newPage();
  for (const method of METHODS) {
    const whole = readFileSync(`docs/pictures/method-${method}.png`).toString('base64');
    const small = await page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const [width, height] = [image.width / 2, image.height];
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [560, Math.round((560 * height) / width)];
      const context = canvas.getContext('2d');
      context?.drawImage(image, width, 0, width, height, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/webp', 0.75);
    }, whole);
    const bytes = Buffer.from(small.slice(small.indexOf(',') + 1), 'base64');
    writeFileSync(`src/ui/deface/method-pictures/${method}.webp`, bytes);
  }
  await browser.close();
}
