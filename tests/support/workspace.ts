/** A workspace of the page whose worker only answers. */
import type { Said } from '../../src/app/kept-decisions.ts';
import type { JobOptions } from '../../src/core/progress.ts';
import type { LeftOut, ScanSummary } from '../../src/core/scan.ts';
import { Workspace } from '../../src/ui/state/workspace.svelte.ts';
import type { Earlier, OpenedFiles, ScanResult } from '../../workers/api.ts';
import type { WorkerClient } from '../../workers/client.ts';
import { uprightAffine } from '../unit/ui/affines.ts';

type Deface = (scan: string, job: JobOptions) => Promise<ScanResult>;

export function scan(id: string, visit = 1): ScanSummary {
  const grid = { size: [2, 2, 2] as const, affine: uprightAffine([1, 1, 1], [0, 0, 0]) };
  return {
    id,
    kind: 'dicom',
    modality: 'CT',
    description: id,
    patient: 1,
    visit,
    grid,
    files: 2,
    bytes: 16,
    warnings: [],
  };
}

export function resultOf(id: string, decision: ScanResult['decision'] = 'deface'): ScanResult {
  return {
    scan: id,
    decision,
    reasons: [],
    checks: null,
    millilitres: 1,
    regions: null,
    backend: '',
  };
}

const LEFT: LeftOut = {
  id: '9',
  patient: 1,
  visit: 1,
  kind: 'dicom',
  modality: 'CT',
  description: '9',
  files: 1,
  decision: 'exclude',
  reason: { code: 'dicom/localizer', details: {} },
};

/** A workspace whose worker answers at once; `deface` decides how. */
export function workspaceWith(
  ids: readonly string[],
  deface: Deface = (id) => Promise.resolve(resultOf(id)),
  earlier?: Earlier,
) {
  const opened: OpenedFiles = {
    scans: ids.map(scan),
    bestFirst: ids,
    left: [LEFT],
    skipped: [],
    ...(earlier ? { earlier } : {}),
  };
  let restart: () => void = () => undefined;
  const keys: (Uint8Array | null)[] = [];
  const said: [string, Said][] = [];
  const client = {
    open: () => Promise.resolve(opened),
    thumbnail: () =>
      Promise.resolve({ width: 1, height: 1, pixels: new Uint8Array(1), head: true }),
    deface: (id: string, _options: unknown, job: JobOptions) => deface(id, job),
    headerChanges: () => Promise.resolve([]),
    decide: (id: string, one: Said) => {
      said.push([id, one]);
      return Promise.resolve(true);
    },
    setKey: (key: Uint8Array | null) => {
      keys.push(key);
      return Promise.resolve();
    },
    undoState: () => Promise.resolve('none'),
    clear: () => Promise.resolve(),
  };
  const workspace = new Workspace((onRestart) => {
    restart = onRestart;
    return client as unknown as WorkerClient;
  });
  return {
    workspace,
    keys,
    said,
    restart: () => {
      restart();
    },
  };
}
