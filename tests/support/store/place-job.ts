/** Five files of two visits, one renamed, a list that goes and a report: saved in place. */
import { createHash } from 'node:crypto';
import { createPlaceSink } from '../../../src/app/place/place-sink.ts';
import type { GroupKind, Manifest, Planned } from '../../../src/app/place/manifest.ts';
import type { SwapPorts } from '../../../src/app/place/swap.ts';
import type { Digest, OutputSink, Store } from '../../../src/app/ports.ts';

export const sha256: Digest = (bytes) => Promise.resolve(hashOf(bytes));

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

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
  file(0, 'DOE/c', 'folder-1/c'),
  file(1, 'two/d'),
  file(1, 'two/e'),
  file(2, 'DOE/notes', 'folder-1/notes'),
  file(2, 'DICOMDIR', null),
];
const GROUPS: readonly GroupKind[] = ['visit', 'visit', 'others', 'report'];
export const REPORT = 'efface-report.json';
export const BYSTANDER = { 'two/other.txt': 'not ours' };

export const ORIGINALS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(JOB_FILES.map(({ path, old }) => [path, old])),
  ...BYSTANDER,
};

export const MANIFEST: Manifest = {
  groups: GROUPS,
  files: [
    ...JOB_FILES.map(({ group, path, old, to }, n): Planned => ({
      n,
      group,
      path,
      to,
      sha256: hashOf(old),
      bytes: old.length,
    })),
    { n: JOB_FILES.length, group: 3, path: null, sha256: null, bytes: 0, to: REPORT },
  ],
};

export function portsOf(store: Store): SwapPorts {
  return { store, sha256 };
}

/** The whole job, as the export does it: whatever fails aborts it. */
export async function runJob(store: Store): Promise<void> {
  const sink = createPlaceSink({ manifest: MANIFEST, rest: new Map() }, portsOf(store));
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
  for (const { group, path, fresh } of JOB_FILES) {
    if (group > 1 || fresh === null) continue;
    const origin = { path, size: 0, read: () => Promise.resolve(new Uint8Array(0)) };
    await sink.write(`out/${path}`, encode(fresh), origin);
    const back = await sink.read(`out/${path}`);
    if (hashOf(back) !== hashOf(fresh)) throw new Error('read back otherwise');
  }
}
