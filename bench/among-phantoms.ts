/**
 * `npx tsx bench/among-phantoms.ts FOLDER [--only …] [--cuts standard,blur]`: does the rank of a
 * real scan among made-up people tell anything of the person? Beside the rank of the own scan
 * stands that of a stranger's scan in its place: where it is as good, a scan is told by being
 * real, not by whose it is. Nothing but these figures is written (decision 24).
 */
import { parseArgs } from 'node:util';
import { createNodeSegmenter } from '../src/adapters/tfjs/node.ts';
import { defaceScan } from '../src/app/deface-scan.ts';
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import { alignHead, galleryMaps, otherLook } from '../src/core/matcher/aligned-head.ts';
import { mapsOf, type HeadMaps } from '../src/core/matcher/depth-map.ts';
import { distancesTo } from '../src/core/matcher/ranks.ts';
import { makeSkin } from '../src/core/phantom/skin-only.ts';
import { createRandom } from '../src/core/random.ts';
import { CUTS, remembering, resultOf } from './evaluate/cuts.ts';
import { chosen, headsOf, scansIn, type Head } from './evaluate/heads.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, cuts: { type: 'string', default: 'standard,blur' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name a folder of scans');

/** People who do not exist and were never trained on. */
const FIRST = 1000;
const PHANTOMS = 39;

interface Person {
  readonly before: HeadMaps;
  /** What is looked for, by cut; `undefaced` is another look at the same scan. */
  readonly probes: Readonly<Record<string, HeadMaps>>;
}

const strangers = Array.from({ length: PHANTOMS }, (_, n) => mapsOf(makeSkin(FIRST + n).first));
const segmenter = await createNodeSegmenter();
const people: Person[] = [];
for await (const head of headsOf(chosen(scansIn(folder), values.only))) {
  const networks = remembering(segmenter);
  const probes: Record<string, HeadMaps> = {};
  let before: HeadMaps | null = null;
  for (const cut of values.cuts.split(',')) {
    const options = CUTS[cut];
    if (!options) throw new Error(`--cuts takes ${Object.keys(CUTS).join(', ')}`);
    const seed = [17, people.length];
    const made = await defaceScan(
      '1',
      head.volume,
      { ...options, seed, methodSeed: seed },
      networks,
    );
    const look = made.head && made.result && lookAt(head, made, people.length);
    if (!look) continue;
    before = look.before;
    probes['undefaced'] = look.again;
    probes[cut] = look.after;
  }
  if (before) people.push({ before, probes });
}
segmenter.dispose();

const raw = people.map((one) => one.before);
console.log(
  `${people.length} people; ranks of ${PHANTOMS + 1}, luck names ${percent(1 / (PHANTOMS + 1))}`,
);
for (const cut of ['undefaced', ...values.cuts.split(',')]) {
  const [own, other]: [number[], number[]] = [[], []];
  for (const [n, { probes }] of people.entries()) {
    const probe = probes[cut];
    if (!probe) continue;
    const phantoms = distancesTo(probe, strangers, 'face', { tilt: true });
    for (const [m, d] of distancesTo(probe, raw, 'face', { tilt: true }).entries()) {
      (m === n ? own : other).push(1 + phantoms.filter((one) => one < d).length);
    }
  }
  console.log(`${cut.padEnd(14)} own scan: ${say(own)}   a stranger’s scan: ${say(other)}`);
}

function lookAt(
  head: Head,
  made: DefacedScan,
  n: number,
): { before: HeadMaps; again: HeadMaps; after: HeadMaps } | null {
  if (!made.head || !made.result) return null;
  const aligned = alignHead(head.volume, made.head.frame);
  const look = otherLook(aligned, createRandom(n));
  return {
    before: galleryMaps(aligned),
    again: look.maps(),
    after: look.mapsOfResult(resultOf(head, made.result.delta)),
  };
}

function say(ranks: readonly number[]): string {
  const sorted = ranks.toSorted((a, b) => a - b);
  const first = sorted.filter((rank) => rank === 1).length / sorted.length;
  return `first ${percent(first)}, median rank ${sorted[sorted.length >> 1] ?? '–'}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
