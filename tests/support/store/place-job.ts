/**
 * Six files of two visits, one renamed, a sidecar among them; a table of both, a list that goes
 * and a report: saved in place.
 */
import { createPlaceSink } from '../../../src/app/place/place-sink.ts';
import type { GroupKind, Manifest, Planned } from '../../../src/app/place/manifest.ts';
import type { SwapPorts } from '../../../src/app/place/swap.ts';
import type { Digest, OutputSink } from '../../../src/app/ports.ts';

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Where each file lies, its text, the text that replaces it, and where that goes. */
interface JobFile {
  readonly group: number;
  readonly path: string;
  readonly old: string;
  readonly fresh: string | null;
  readonly to: string | null;
}

const file = (group: number, path: string, to: string | null = path): JobFile => ({
  group,
  path,
  old: `face of ${path}`,
  fresh: to === null ? null : group === 2 ? `face of ${path}` : `no face ${path}`,
  to,
});

export const JOB_FILES: readonly JobFile[] = [
  file(0, 'one/a'),
  file(0, 'one/b'),
  file(0, 'one/a.json'),
  file(0, 'DOE/c', 'folder-1/c'),
  file(1, 'two/d'),
  file(1, 'two/e'),
  file(2, 'DOE/notes', 'folder-1/notes'),
  file(2, 'DICOMDIR', null),
  { ...file(2, 'participants.tsv'), old: 'face and age', fresh: 'age pooled' },
];
const GROUPS: readonly GroupKind[] = ['visit', 'visit', 'others', 'report'];
export const REPORT = 'efface-report.json';
export const BYSTANDER = { 'two/other.txt': 'not ours' };

export const ORIGINALS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(JOB_FILES.map(({ path, old }) => [path, old])),
  ...BYSTANDER,
};

export async function jobManifest(sha256: Digest): Promise<Manifest> {
  const files: Planned[] = [];
  for (const [n, { group, path, old, to }] of JOB_FILES.entries()) {
    files.push({ n, group, path, to, sha256: await sha256(encode(old)), bytes: old.length });
  }
  files.push({ n: files.length, group: 3, path: null, sha256: null, bytes: 0, to: REPORT });
  return { groups: GROUPS, files };
}

/** The whole job, as the export does it: whatever fails aborts it. */
export async function runJob(ports: SwapPorts): Promise<void> {
  const manifest = await jobManifest(ports.sha256);
  const sink = createPlaceSink({ manifest, rest: new Map() }, ports);
  try {
    await stageAll(sink);
    await sink.write(REPORT, encode('two visits'));
    const settled = await sink.settle?.();
    if (settled?.size) {
      await sink.remove(REPORT);
      await sink.write(REPORT, encode(`all but ${settled.size} files`));
    }
    await sink.commit();
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** Staged and read back, without being placed. */
export async function stageAll(sink: OutputSink): Promise<void> {
  for (const { path, old, fresh } of JOB_FILES) {
    // What only moves is not written by a series.
    if (fresh === null || fresh === old) continue;
    const origin = { path, size: 0, read: () => Promise.resolve(new Uint8Array(0)) };
    await sink.write(`out/${path}`, encode(fresh), origin);
    const back = new TextDecoder().decode(await sink.read(`out/${path}`));
    if (back !== fresh) throw new Error('read back otherwise');
  }
}
