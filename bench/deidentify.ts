/**
 * `npm run bench:deidentify`: CPU time to de-identify and write 300 slices of 512², in one
 * thread, without the network: identifiers of the series, plan, edit (with the assertions of
 * the span writer), write; then, apart, reading back and the search for what is left.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFolderSink } from '../src/adapters/node/folder-sink.ts';
import { createSecrets } from '../src/adapters/secrets/web-crypto.ts';
import { planHeader } from '../src/core/deidentify/apply.ts';
import { collectIdentifiers } from '../src/core/deidentify/identifiers.ts';
import { DEID_OPTIONS, type DeidOption } from '../src/core/deidentify/options.ts';
import { createPseudonyms } from '../src/core/deidentify/pseudonyms.ts';
import { parsePart10 } from '../src/core/dicom/part10.ts';
import { searchFor } from '../src/core/export/leaks.ts';
import { toDicom } from '../src/core/export/to-dicom.ts';
import { writeScan } from './scan.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-bench-'));
const ALL = DEID_OPTIONS.filter((option) => option !== 'dates');
try {
  const files = await writeScan(path.join(folder, 'scan'));
  // Once unmeasured: the first run compiles.
  await run(files.slice(0, 20), [], 'warm');
  for (const [name, options] of [
    ['basic', []],
    ['all options, dates shifted', ALL],
  ] as const) {
    const { write, verify, wall } = await run(files, options, name);
    console.log(
      `${name}: ${files.length} files; de-identify and write ${write} ms CPU (${wall} ms), goal ≤ 2000; ` +
        `read back and search ${verify} ms CPU`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function run(
  files: readonly string[],
  options: readonly DeidOption[],
  name: string,
): Promise<{ write: number; verify: number; wall: number }> {
  const sink = await createFolderSink(path.join(folder, name));
  const { hmacSha256 } = await createSecrets();
  const pseudonyms = createPseudonyms(hmacSha256);
  const sources = [];
  for (const file of files) sources.push(new Uint8Array(await readFile(file)));
  const start = process.cpuUsage();
  const began = performance.now();
  const collector = collectIdentifiers(options);
  for (const bytes of sources) collector.add(parsePart10(bytes));
  const identifiers = collector.found;
  for (const [n, source] of sources.entries()) {
    const file = parsePart10(source);
    const plan = await planHeader(file, {
      version: 'bench',
      profile: 'basic',
      options,
      defaced: true,
      face: true,
      approved: true,
      pseudonyms,
      identifiers,
      exported: new Set(),
    });
    const decode = (): Promise<never> => Promise.reject(new Error('nothing is compressed'));
    const bytes = await toDicom({ file, plan, profile: 'basic', change: null, decode });
    await sink.write(`${n}.dcm`, bytes);
  }
  const [write, wall] = [milliseconds(process.cpuUsage(start)), performance.now() - began];
  const middle = process.cpuUsage();
  const leaks = searchFor(identifiers);
  for (const n of sources.keys()) leaks.find(parsePart10(await sink.read(`${n}.dcm`)));
  const verify = milliseconds(process.cpuUsage(middle));
  await sink.abort();
  return { write, verify, wall: Math.round(wall) };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return Math.round((user + system) / 1000);
}
