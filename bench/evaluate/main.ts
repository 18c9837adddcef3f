/**
 * `npm run evaluate -- FOLDER`: every figure of the model card over a folder of heads.
 *
 *   --only PART        scans whose path holds PART, or `@FILE#KEY`: names of a JSON list
 *   --conditions N     disturb the first N heads (default 4; 0: none)
 *   --doubt N        plant failures into the first N labelled heads, change them, show no heads (default 0)
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
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { ranksOf, tracesOf, type Traces, type Window } from './attack.ts';
import { CONDITIONS } from './conditions.ts';
import { readHead, scansIn, type Head } from './heads.ts';
import { doubtChanged, doubtNotHeads, doubtPlanted, type Doubted } from './doubt.ts';
import { diceWithin, measure, type Figures } from './measures.ts';
import { png, rowOf } from './sheet.ts';
import { printConditions, printDecisions, printDoubt, printFigures, printRanks } from './tables.ts';
import { truthOf } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    conditions: { type: 'string', default: '4' },
    doubt: { type: 'string', default: '0' },
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
const measured: Measured[] = [];
const traces: Traces[] = [];
const rows: Uint8Array[] = [];
const agreement: Record<string, (number | null)[]> = {};
for (const file of chosen(scansIn(folder), values.only)) {
  const head = await readHead(file);
  const result = await deface(head, segmenter);
  const truth = await truthOf(head);
  measured.push({
    ...measure(head, truth, result),
    name: head.name,
    labelled: head.zones !== null,
    segmentMs: result.timingsMs.segment,
  });
  const mask = result.result?.region.voxels ?? null;
  if (values.sheet) rows.push(rowOf(head.volume, mask));
  if (!values['no-attack'] && mask) {
    const trace = tracesOf(head, mask, measured.length);
    if (trace) traces.push(trace);
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
const attack = traces.length > 1 ? attacks(traces) : [];
printRanks(attack);
if (values.sheet) writeFileSync(values.sheet, png(rows));
if (values.json) {
  writeFileSync(values.json, JSON.stringify({ measured, agreement, attack, doubted }, null, 1));
}

function deface({ volume }: Head, networks: FaceSegmenter): Promise<DefacedScan> {
  return defaceScan('1', volume, { ...DEFAULT_DEFACE, seed: [] }, networks);
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

function attacks(all: readonly Traces[]): { name: string; ranks: ReturnType<typeof ranksOf> }[] {
  const of = (which: keyof Traces): Traces[keyof Traces][] => all.map((one) => one[which]);
  const row = (probe: keyof Traces, gallery: keyof Traces, window: Window, name: string) => ({
    name,
    ranks: ranksOf(of(probe), of(gallery), window),
  });
  return [
    row('probe', 'raw', 'face', 'undefaced, gallery as it is'),
    row('defaced', 'raw', 'face', 'defaced, gallery as it is'),
    row('defaced', 'peeled', 'face', 'defaced, gallery peeled 14 mm'),
    row('probe', 'raw', 'forehead', 'forehead alone, undefaced'),
    row('defaced', 'raw', 'forehead', 'forehead alone, defaced'),
  ];
}

function chosen(files: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return files;
  if (!only.startsWith('@')) return files.filter((file) => file.includes(only));
  const [list = '', key = ''] = only.slice(1).split('#');
  const names = (JSON.parse(readFileSync(list, 'utf8')) as Record<string, string[]>)[key] ?? [];
  return files.filter((file) => names.some((name) => path.basename(file).startsWith(name)));
}
