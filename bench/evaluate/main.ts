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
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createNodeSegmenter } from '../../src/adapters/tfjs/node.ts';
import { printCuts, resultOf } from './cuts.ts';
import { doubtChanged, doubtNotHeads, doubtPlanted, type Doubted } from './doubt.ts';
import { evaluate, storedOf } from './evaluate.ts';
import { chosen, headsOf, readHead, scansIn } from './heads.ts';
import { png, rowOf, type Picture } from './sheet.ts';
import { printConditions, printDecisions, printDoubt, printFigures, printRanks } from './tables.ts';

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

const { cuts: named } = values;
const segmenter = await createNodeSegmenter(values.model);
const rows: Picture[] = [];
const files = chosen(scansIn(folder), values.only);
const evaluation = await evaluate(headsOf(files), segmenter, {
  cuts: named.split(','),
  conditions: Number(values.conditions),
  attack: !values['no-attack'],
  onHead: (head, { decision, result }, brainCut) => {
    if (values.sheet)
      rows.push(rowOf(head.volume, result ? resultOf(head, result.delta) : head.volume));
    console.error(`${head.name}: ${decision}${brainCut ? `, ${brainCut} brain voxels` : ''}`);
  },
});
const { measured, agreement, cuts, attack } = evaluation;
const doubted = await doubt(Number(values.doubt));
segmenter.dispose();

printDecisions(measured);
printFigures(measured.filter(({ labelled }) => labelled));
printConditions(agreement);
for (const [name, list] of Object.entries(doubted)) printDoubt(name, list);
printCuts(cuts);
printRanks(attack);
if (values.sheet) writeFileSync(values.sheet, png(rows));
if (values.json) {
  writeFileSync(values.json, JSON.stringify({ ...storedOf(evaluation), doubted }, null, 1));
}

async function doubt(most: number): Promise<Record<string, Doubted[]>> {
  const all = { 'no heads': [], 'changed before': [], 'planted failures': [] } as Record<
    'no heads' | 'changed before' | 'planted failures',
    Doubted[]
  >;
  if (most === 0 || folder === undefined) return {};
  all['no heads'] = await doubtNotHeads(segmenter);
  const some = files.slice(0, most);
  for (const [n, file] of some.entries()) {
    const head = await readHead(file);
    all['changed before'].push(...(await doubtChanged(head, segmenter)));
    const other = some[(n + 1) % some.length];
    if (other === undefined || other === file) continue;
    const planted = await doubtPlanted(head, await readHead(other), segmenter);
    all['planted failures'].push(...planted);
    console.error(`${head.name}: ${planted.length} failures planted`);
  }
  return all;
}
