/**
 * The pictures of the methods: a head of a person who does not exist, before and after each.
 * `npm run pictures:methods`; docs/pictures/method-NAME.png
 */
import { writeFileSync } from 'node:fs';
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
