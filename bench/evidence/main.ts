/**
 * `npm run evidence`: what protection and brain safety were measured to be, into docs/evidence,
 * from phantoms and, where they are present, the real scans of DATA (`--data`, else EFFACE_DATA,
 * else ../shared/data). Each set is kept in .cache/evidence once it is measured.
 *
 *   npm run evidence -- FOLDER   the same tables for scans of your own, printed; nothing is kept
 *     --cuts LIST                cuts of bench/evaluate/cuts.ts (default standard)
 *   --set ID     measure this set alone and keep it (documents are made from all that is kept)
 *   --fresh      measure again what was kept
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createNodeSegmenter } from '../../src/adapters/tfjs/node.ts';
import { resultOf } from '../evaluate/cuts.ts';
import { evaluate, storedOf, type StoredEvaluation } from '../evaluate/evaluate.ts';
import { png, rowOf, type Picture } from '../evaluate/sheet.ts';
import { curvesSvg } from './curves.ts';
import {
  CUT_NAMES,
  DEPTHS,
  documentOf,
  METHODS,
  protectionTable,
  recognitionTable,
  type SetSummary,
} from './document.ts';
import { headsOfFolder } from './folder.ts';
import { setsOf, type EvidenceSet } from './sets.ts';
import { summaryOf } from './summary.ts';

const OUT = 'docs/evidence';
const CACHE = '.cache/evidence';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: process.env['EFFACE_DATA'] ?? '../shared/data' },
    cuts: { type: 'string', default: 'standard' },
    set: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (folder === undefined) await makeDocuments();
else await printTables(folder);

async function printTables(of: string): Promise<void> {
  const title = 'your scans';
  const left: string[] = [];
  const stored = await measureSet({
    id: 'own',
    title,
    what: '',
    heads: () =>
      headsOfFolder(of, (name, code) => {
        left.push(`${name}: ${code}`);
      }),
    cuts: values.cuts.split(','),
    attack: true,
    isHeldOut: null,
  });
  const all = ['CT', 'MR', 'PT'].map((modality) => ofModality(stored, modality));
  const rows = all.flatMap(({ measured, cuts }, n) => {
    const { protection } = summaryOf({ ...stored, measured, cuts }, null);
    return measured.length
      ? [{ title: `${title}, ${['CT', 'MR', 'PT'][n]}`, rows: protection }]
      : [];
  });
  console.log(protectionTable(rows));
  const { recognition } = summaryOf(stored, null);
  if (recognition.length) console.log(`\n${recognitionTable(recognition)}`);
  else console.log('\nWho is named could not be asked: it takes two people at least.');
  for (const one of left) console.log(`not measured, ${one}`);
}

async function makeDocuments(): Promise<void> {
  const sets = setsOf(values.data);
  mkdirSync(CACHE, { recursive: true });
  mkdirSync(OUT, { recursive: true });
  const summaries: SetSummary[] = [];
  for (const set of sets) {
    const file = path.join(CACHE, `${set.id}.json`);
    const isWanted = values.set === undefined || values.set === set.id;
    if (isWanted && (values.fresh || !existsSync(file))) {
      writeFileSync(file, JSON.stringify(await measureSet(set)));
    }
    if (existsSync(file)) summaries.push(...summariesOf(set, read(file)));
  }
  write(
    'evidence.json',
    `${JSON.stringify({ schema: 'efface-evidence/1', model: modelId(), sets: summaries }, null, 1)}\n`,
  );
  write('README.md', documentOf(summaries, modelId()));
  for (const { id, title, recognition, protection } of summaries) {
    if (protection.length < 2) continue;
    const face = recognition.filter(({ view }) => view === 'face');
    const rows = (cuts: readonly string[]) =>
      cuts.flatMap((cut) => face.filter((row) => row.cut === cut));
    write(`${id}-depths.svg`, curvesSvg(`${title}: by depth`, rows(DEPTHS), CUT_NAMES));
    write(`${id}-methods.svg`, curvesSvg(`${title}: by method`, rows(METHODS), CUT_NAMES));
  }
}

/** Depth maps stay in memory; what comes back may be written down. */
async function measureSet(set: EvidenceSet): Promise<StoredEvaluation> {
  const segmenter = await createNodeSegmenter();
  const rows: Picture[] = [];
  try {
    const evaluation = await evaluate(set.heads(), segmenter, {
      cuts: set.cuts,
      conditions: 0,
      attack: set.attack,
      onHead: (head, { decision, result }) => {
        if (set.picture) {
          rows.push(rowOf(head.volume, result ? resultOf(head, result.delta) : head.volume));
        }
        console.error(`${set.title}, ${head.name}: ${decision}`);
      },
    });
    if (set.picture) writeFileSync(path.join(OUT, set.picture), png(rows));
    return storedOf(evaluation);
  } finally {
    segmenter.dispose();
  }
}

/** One, or one for each modality where the set holds several. */
function summariesOf(set: EvidenceSet, stored: StoredEvaluation): SetSummary[] {
  const { id, title, what, picture } = set;
  const one = { id, title, what, ...(picture ? { picture } : {}) };
  if (set.eachScan) {
    const standard = stored.cuts['standard'] ?? [];
    const scans = stored.measured.map(({ name, decision, reasons, brainCut, brainMm }, n) => ({
      name,
      decision,
      reasons,
      skinMoved: standard[n]?.skinMoved ?? null,
      brainVoxels: brainCut,
      brainMm,
    }));
    return [{ ...one, ...summaryOf(stored, set.isHeldOut), scans }];
  }
  const modalities = [...new Set(stored.measured.map(({ modality }) => modality))];
  if (modalities.length < 2) return [{ ...one, ...summaryOf(stored, set.isHeldOut) }];
  return modalities.map((modality) => ({
    ...one,
    id: `${id}-${modality.toLowerCase()}`,
    title: `${title}, ${modality}`,
    ...summaryOf(ofModality(stored, modality), set.isHeldOut),
  }));
}

function ofModality(stored: StoredEvaluation, modality: string): StoredEvaluation {
  const isOf = (n: number): boolean => stored.measured[n]?.modality === modality;
  const cuts = Object.entries(stored.cuts).map(([cut, list]) => [
    cut,
    list.filter((_, n) => isOf(n)),
  ]);
  return {
    ...stored,
    measured: stored.measured.filter((_, n) => isOf(n)),
    // The same keys, with fewer scans.
    cuts: Object.fromEntries(cuts) as StoredEvaluation['cuts'],
    attack: [],
  };
}

function modelId(): string {
  const [id] = readdirSync('public/models');
  if (id === undefined) throw new Error('there are no weights in public/models');
  return id;
}

function read(file: string): StoredEvaluation {
  return JSON.parse(readFileSync(file, 'utf8')) as StoredEvaluation;
}

function write(name: string, text: string): void {
  writeFileSync(path.join(OUT, name), text);
}
