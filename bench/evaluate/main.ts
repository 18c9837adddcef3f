/**
 * `npm run evaluate -- FOLDER`: every figure of the model card over a folder of heads.
 *
 *   --only PART        scans whose path holds PART, or `@FILE#KEY`: names of a JSON list
 *   --conditions N     disturb the first N heads (default 4; 0: none)
 *   --doubt N        plant failures into the first N labelled heads, change them, show no heads (default 0)
 *   --cuts LIST        cuts of cuts.ts measured beside each other (default standard)
 *   --no-attack        leave out who can be named by what is left
 *   --model DIR        other weights than those of the package
 *   --sheet FILE.png   skin before and after; shows faces, so it must lie outside the project
 *   --json FILE        everything measured
 *
 * Every scan goes through the whole way of the command line but for the writing. Labels are
 * those of heads.ts; a scan without labels is decided, drawn and timed only.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createNodeSegmenter } from '../../src/adapters/tfjs/node.ts';
import { defaceScan } from '../../src/app/deface-scan.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import type { DefacedScan } from '../../src/core/deface/defaced-scan.ts';
import type { DefaceOptions } from '../../src/core/deface/options.ts';
import { tracesOf, type Traces } from './attack.ts';
import { CONDITIONS } from './conditions.ts';
import { CUTS, cutResult, printCuts, resultOf, remembering, type CutResult } from './cuts.ts';
import { readHead, scansIn, type Head } from './heads.ts';
import { doubtChanged, doubtNotHeads, doubtPlanted, type Doubted } from './doubt.ts';
import { diceWithin, measure, type Figures } from './measures.ts';
import { attacks } from './ranks.ts';
import { png, rowOf, type Picture } from './sheet.ts';
import { printConditions, printDecisions, printDoubt, printFigures, printRanks } from './tables.ts';
import { truthOf } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    conditions: { type: 'string', default: '4' },
    doubt: { type: 'string', default: '0' },
    cuts: { type: 'string', default: 'standard' },
    'no-attack': { type: 'boolean', default: false },
    model: { type: 'string' },
    sheet: { type: 'string' },
    json: { type: 'string' },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name a folder of scans');
if (values.sheet && !path.relative(process.cwd(), path.resolve(values.sheet)).startsWith('..')) {
  throw new Error('the sheet shows faces: write it outside the project');
}

export interface Measured extends Figures {
  readonly name: string;
  readonly labelled: boolean;
  readonly segmentMs: number;
}
/** Dice with the mask of the clean scan, by condition; null: no mask was made. */
export type Agreement = Readonly<Record<string, readonly (number | null)[]>>;

const segmenter = await createNodeSegmenter(values.model);
const otherCuts = values.cuts.split(',').filter((name) => name !== 'standard');
const measured: Measured[] = [];
const gallery: Traces[] = [];
const cuts: Record<string, CutResult[]> = {};
const rows: Picture[] = [];
const agreement: Record<string, (number | null)[]> = {};
for (const file of chosen(scansIn(folder), values.only)) {
  const head = await readHead(file);
  const networks = otherCuts.length ? remembering(segmenter) : segmenter;
  const result = await deface(head, networks);
  const truth = await truthOf(head);
  measured.push({
    ...measure(head, truth, result),
    name: head.name,
    labelled: head.zones !== null,
    segmentMs: result.timingsMs.segment,
  });
  const mask = result.result?.region.voxels ?? null;
  if (values.sheet) {
    const delta = result.result?.delta;
    rows.push(rowOf(head.volume, delta ? resultOf(head, delta) : head.volume));
  }
  const traces = values['no-attack'] || !mask ? null : tracesOf(head, measured.length);
  if (traces) gallery.push(traces);
  (cuts['standard'] ??= []).push(cutResult(head, result, traces));
  for (const name of otherCuts) {
    const made = await deface(head, networks, optionsOf(name));
    (cuts[name] ??= []).push(cutResult(head, made, traces));
  }
  if (mask && measured.length <= Number(values.conditions)) {
    await disturb(head, mask, truth?.head ?? null);
  }
  const brain = measured.at(-1)?.brainCut;
  console.error(`${head.name}: ${result.decision}${brain ? `, ${brain} brain voxels` : ''}`);
}
const doubted = await doubt(Number(values.doubt));
segmenter.dispose();

printDecisions(measured);
printFigures(measured.filter(({ labelled }) => labelled));
printConditions(agreement);
for (const [name, list] of Object.entries(doubted)) printDoubt(name, list);
printCuts(cuts);
const attack = gallery.length > 1 ? attacks(gallery, cuts) : [];
printRanks(attack);
if (values.sheet) writeFileSync(values.sheet, png(rows));
if (values.json) {
  writeFileSync(
    values.json,
    JSON.stringify({ measured, agreement, cuts: withoutTraces(), attack, doubted }, null, 1),
  );
}

function deface(
  { volume }: Head,
  networks: FaceSegmenter,
  options: DefaceOptions = optionsOf('standard'),
): Promise<DefacedScan> {
  // Each head has a shell of its own, as it would have from a key nobody knows.
  return defaceScan(
    '1',
    volume,
    { ...options, seed: [20, measured.length], methodSeed: [17, measured.length] },
    networks,
  );
}

/** Depth maps are faces: they are never written. */
function withoutTraces(): Record<string, object[]> {
  return Object.fromEntries(
    Object.entries(cuts).map(([name, list]) => [
      name,
      list.map((one) => ({ ...one, trace: undefined })),
    ]),
  );
}

function optionsOf(cut: string): DefaceOptions {
  const options = CUTS[cut];
  if (!options) throw new Error(`--cuts takes ${Object.keys(CUTS).join(', ')}`);
  return options;
}

async function doubt(most: number): Promise<Record<string, Doubted[]>> {
  const all = { 'no heads': [], 'changed before': [], 'planted failures': [] } as Record<
    'no heads' | 'changed before' | 'planted failures',
    Doubted[]
  >;
  if (most === 0 || folder === undefined) return {};
  all['no heads'] = await doubtNotHeads(segmenter);
  const files = chosen(scansIn(folder), values.only).slice(0, most);
  for (const [n, file] of files.entries()) {
    const head = await readHead(file);
    all['changed before'].push(...(await doubtChanged(head, segmenter)));
    const other = files[(n + 1) % files.length];
    if (other === undefined || other === file) continue;
    const planted = await doubtPlanted(head, await readHead(other), segmenter);
    all['planted failures'].push(...planted);
    console.error(`${head.name}: ${planted.length} failures planted`);
  }
  return all;
}

async function disturb(head: Head, clean: Uint8Array, closed: Uint8Array | null): Promise<void> {
  for (const [name, change] of Object.entries(CONDITIONS)) {
    const { volume, from } = change(head.volume, closed);
    const { result } = await deface({ ...head, volume }, segmenter);
    const list = (agreement[name] ??= []);
    if (!result) {
      list.push(null);
      continue;
    }
    const at = (mask: Uint8Array): Uint8Array =>
      from ? Uint8Array.from(from, (v) => mask[v] as number) : mask;
    const within = closed ?? new Uint8Array(head.volume.stored.length).fill(1);
    list.push(diceWithin(at(within), at(clean), result.region.voxels));
  }
}

function chosen(files: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return files;
  if (!only.startsWith('@')) return files.filter((file) => file.includes(only));
  const [list = '', key = ''] = only.slice(1).split('#');
  const names = (JSON.parse(readFileSync(list, 'utf8')) as Record<string, string[]>)[key] ?? [];
  return files.filter((file) => names.some((name) => path.basename(file).startsWith(name)));
}
