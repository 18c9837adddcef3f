/**
 * `npm run compare:headers -- [--ctp FOLDER]`: Efface, gdcmanon and RSNA CTP over the same
 * files, each with its Basic profile; prints the table of docs/deidentification.md. Tools
 * that are not here are left out. FOLDER is a checkout of github.com/johnperry/CTP.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parsePart10 } from '../src/core/dicom/part10.ts';
import { Aviary, cage, present, type Canary } from '../tests/support/aviary.ts';
import { EXPLICIT_LE } from '../tests/support/dicom-instance.ts';
import { HEAD_SERIES } from '../tests/support/exported-series.ts';
import { placeOf, plainCage, PLACES } from '../tests/support/plain-cage.ts';
import { CATEGORIES, emptyScore, type Score } from '../tests/support/retention.ts';
import { filesBelow, folderOf, readBytes, sharedDicom } from '../tests/support/shared-data.ts';
import {
  broken,
  identifiersLeft,
  identifiersOf,
  withReference,
  type Broken,
  type Left,
} from './compare/measure.ts';
import { ctp, efface, gdcmanon, type Tool } from './compare/tools.ts';

const SERIES = [...HEAD_SERIES, 'cases/enhanced/mosaic_35slices_explicit.dcm'];

const { values } = parseArgs({ options: { ctp: { type: 'string' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'efface-compare-'));
try {
  const others = [gdcmanon(folder), ...(values.ctp === undefined ? [] : ctp(values.ctp, folder))];
  const tools = [...others, efface].filter((tool) => tool !== null);
  print(['', ...tools.map(({ name, version }) => `${name} ${version}`)]);
  print(['---', ...tools.map(() => '---')]);
  await markers(tools, 'full', (aviary) => cage(aviary, EXPLICIT_LE));
  await markers(tools, 'plain', plainCage);
  await realSeries(tools);
} finally {
  rmSync(folder, { recursive: true });
}

function print(cells: readonly (string | number)[]): void {
  console.info(`| ${cells.join(' | ')} |`);
}

/** Runs a tool over a folder; gives the folder of its results. */
async function through(tool: Tool, from: string): Promise<string> {
  const to = `${from}-${tool.name.replace(/\W+/g, '-')}`;
  mkdirSync(to, { recursive: true });
  await tool.run(from, to);
  return to;
}

/** A file of markers: how many are left of each place. */
async function markers(
  tools: readonly Tool[],
  name: string,
  make: (aviary: Aviary) => Uint8Array<ArrayBuffer>,
): Promise<void> {
  const aviary = new Aviary();
  const from = path.join(folder, `markers-${name}`);
  mkdirSync(from);
  writeFileSync(path.join(from, 'a.dcm'), make(aviary));
  const { canaries } = aviary;
  const left: (readonly Canary[] | null)[] = [];
  for (const tool of tools) {
    const [file] = filesBelow(await through(tool, from));
    left.push(file === undefined ? null : present(readBytes(file), canaries));
  }
  const row = (what: string, isIn: (place: string) => boolean): void => {
    const all = canaries.filter((canary) => isIn(placeOf(canary)));
    const count = (found: readonly Canary[] | null): string | number =>
      found === null ? 'refused' : found.filter((canary) => isIn(placeOf(canary))).length;
    print([`${what} (${all.length})`, ...left.map(count)]);
  };
  row(`the ${name} file of markers, left`, () => true);
  for (const place of PLACES) row(`… ${place}`, (one) => one === place);
}

interface Result {
  readonly left: Left;
  readonly score: Score;
  readonly harm: readonly Broken[];
}

/** Real series: what is left of the person, what is kept, what breaks. */
async function realSeries(tools: readonly Tool[]): Promise<void> {
  const data = sharedDicom();
  if (data === null) return;
  const sources = SERIES.map((name, n) => prepared(path.join(data, name), `series-${n}`));
  const identifiers = sources.map((from) => identifiersOf(filesBelow(from)));
  const results: Result[] = [];
  for (const tool of tools) {
    const left = { uids: 0, phrases: 0, days: 0 };
    const score = emptyScore();
    const harm: Broken[] = [];
    for (const [n, from] of sources.entries()) {
      const to = await through(tool, from);
      const of = identifiers[n];
      if (!of) continue;
      const here = identifiersLeft(of, filesBelow(to));
      for (const key of ['uids', 'phrases', 'days'] as const) left[key] += here[key];
      harm.push(broken(from, to, score));
      rmSync(to, { recursive: true });
    }
    results.push({ left, score, harm });
  }
  const total = (of: (one: (typeof identifiers)[number]) => ReadonlySet<string>): number =>
    identifiers.reduce((sum, one) => sum + of(one).size, 0);
  const files = sources.reduce((sum, from) => sum + filesBelow(from).length, 0);
  const row = (what: string, of: (result: Result) => string | number): void => {
    print([what, ...results.map(of)]);
  };
  const sum = (harm: readonly Broken[], key: 'refused' | 'groups' | 'errors'): number =>
    harm.reduce((all, one) => all + one[key], 0);
  row(`real series (${files} files): refused`, ({ harm }) => sum(harm, 'refused'));
  row(`UIDs left (${total(({ uids }) => uids)})`, ({ left }) => left.uids);
  row('names, numbers, places left', ({ left }) => left.phrases);
  row(`days left (${total(({ dates }) => dates)})`, ({ left }) => left.days);
  for (const category of CATEGORIES) {
    // A tool that refused a file is judged by those that it wrote.
    const all = Math.max(...results.map(({ score }) => score.get(category)?.of ?? 0));
    row(`kept, %: ${category} (${all})`, ({ score }) => {
      const { of, kept } = score.get(category) ?? { of: 0, kept: 0 };
      return of === 0 ? '' : Math.round((100 * kept) / of);
    });
  }
  row('new errors of dciodvfy', ({ harm }) => sum(harm, 'errors'));
  row('studies, series, frames of reference split or joined', ({ harm }) => sum(harm, 'groups'));
  const references = (harm: readonly Broken[], key: keyof Broken['references']): number =>
    harm.reduce((all, one) => all + one.references[key], 0);
  row(
    `references between files (${references(results.at(-1)?.harm ?? [], 'all')}): gone, leading nowhere`,
    ({ harm }) => [references(harm, 'gone'), references(harm, 'wrong')].join(', '),
  );
  const volumes = (harm: readonly Broken[], n: 0 | 1): number =>
    harm.reduce((all, one) => all + one.volumes[n], 0);
  row('dcm2niix: volumes', ({ harm }) => `${volumes(harm, 0)} → ${volumes(harm, 1)}`);
  for (const key of ['affine', 'voxels'] as const) {
    row(`dcm2niix: series with the same ${key}`, ({ harm }) => {
      return `${harm.filter((one) => one[key]).length} of ${harm.length}`;
    });
  }
}

/** A copy of a series in which each file refers to the next one. */
function prepared(place: string, name: string): string {
  const into = path.join(folder, name);
  mkdirSync(into);
  const files = filesBelow(folderOf(place));
  for (const [n, file] of files.entries()) {
    const next = parsePart10(readBytes(files[(n + 1) % files.length] ?? file));
    const bytes = files.length > 1 ? withReference(readBytes(file), next) : readBytes(file);
    writeFileSync(path.join(into, `${String(n).padStart(4, '0')}.dcm`), bytes);
  }
  return into;
}
