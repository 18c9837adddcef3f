import { describe, expect, test } from 'vitest';
import type { Said } from '../../../src/app/kept-decisions.ts';
import { EffaceError } from '../../../src/core/errors.ts';
import type { JobOptions } from '../../../src/core/progress.ts';
import type { ScanSummary } from '../../../src/core/scan.ts';
import { Workspace } from '../../../src/ui/state/workspace.svelte.ts';
import type { LeftOut } from '../../../src/core/scan.ts';
import type { Earlier, OpenedFiles, ScanResult } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { uprightAffine } from './affines.ts';

type Deface = (scan: string, job: JobOptions) => Promise<ScanResult>;

function scan(id: string): ScanSummary {
  const grid = { size: [2, 2, 2] as const, affine: uprightAffine([1, 1, 1], [0, 0, 0]) };
  return {
    id,
    kind: 'dicom',
    modality: 'CT',
    description: id,
    patient: 1,
    visit: 1,
    grid,
    files: 2,
    bytes: 16,
    warnings: [],
  };
}

function resultOf(id: string, decision: ScanResult['decision'] = 'deface'): ScanResult {
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
function workspaceWith(
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

describe('the workspace', () => {
  test('goes from files to the list', async () => {
    const { workspace } = workspaceWith(['1', '2']);
    await workspace.open([]);
    expect(workspace.step).toBe('look');
    expect(workspace.items.map((item) => item.scan.id)).toEqual(['1', '2']);
  });

  test('says why files could not be opened, and stays at the start', async () => {
    const { workspace } = workspaceWith([]);
    Object.assign(workspace.client, {
      open: () => Promise.reject(new EffaceError('job/memory', { needed: 100 })),
    });
    await workspace.open([]);
    expect(workspace.step).toBe('open');
    expect(workspace.opening.problem?.what).toMatch(/memory/);
  });

  test('goes on to the other series when one fails', async () => {
    const { workspace } = workspaceWith(['1', '2'], (id) =>
      id === '1'
        ? Promise.reject(new EffaceError('segment/no-head'))
        : Promise.resolve(resultOf(id)),
    );
    await workspace.open([]);
    await workspace.removeFaces();
    expect(workspace.items.map(({ status }) => status)).toEqual(['failed', 'done']);
    expect(workspace.current?.scan.id).toBe('2');
    expect(workspace.step).toBe('check');
  });

  test('leaves alone what is not included', async () => {
    const asked: string[] = [];
    const { workspace } = workspaceWith(['1', '2'], (id) => {
      asked.push(id);
      return Promise.resolve(resultOf(id));
    });
    await workspace.open([]);
    const [first] = workspace.items;
    if (first) first.included = false;
    await workspace.removeFaces();
    expect(asked).toEqual(['2']);
  });

  test('returns to the list when every series was refused', async () => {
    const { workspace } = workspaceWith(['1'], (id) => Promise.resolve(resultOf(id, 'refuse')));
    await workspace.open([]);
    await workspace.removeFaces();
    expect(workspace.step).toBe('look');
    expect(workspace.items[0]?.status).toBe('refused');
  });

  test('keeps finished results when it is cancelled, and says that nothing was written', async () => {
    const { workspace } = workspaceWith(['1', '2'], (id, { signal }) =>
      id === '1'
        ? Promise.resolve(resultOf(id))
        : new Promise((_, reject) => {
            (signal as globalThis.AbortSignal).addEventListener('abort', () => {
              reject(new DOMException('', 'AbortError'));
            });
            workspace.removing.cancel();
          }),
    );
    await workspace.open([]);
    await workspace.removeFaces();
    expect(workspace.items.map(({ status }) => status)).toEqual(['done', 'waiting']);
    expect(workspace.step).toBe('look');
    expect(workspace.note?.what).toMatch(/Nothing was written/);
  });

  test('asks for each decision once, then goes to saving', async () => {
    const { workspace } = workspaceWith(['1', '2']);
    await workspace.open([]);
    await workspace.removeFaces();
    workspace.decide('approved');
    expect(workspace.current?.scan.id).toBe('2');
    workspace.decide('rejected');
    expect(workspace.step).toBe('save');
    expect(workspace.approved.map((item) => item.scan.id)).toEqual(['1']);
  });

  test('forgets results that a stopped worker held', async () => {
    const { workspace, restart } = workspaceWith(['1']);
    await workspace.open([]);
    await workspace.removeFaces();
    workspace.decide('approved');
    restart();
    expect(workspace.step).toBe('look');
    expect(workspace.approved).toEqual([]);
    expect(workspace.note?.what).toMatch(/restarted/);
  });

  test('keeps one of the two options of dates, and none under "none"', () => {
    const { workspace } = workspaceWith([]);
    const options = () => workspace.choices.deidentification.options;
    workspace.setDeidOption('dates', true);
    workspace.setDeidOption('patient', true);
    workspace.setDeidOption('shifted-dates', true);
    expect(options()).toEqual(['shifted-dates', 'patient']);
    workspace.setDeidOption('patient', false);
    expect(options()).toEqual(['shifted-dates']);
    workspace.setDeidProfile('none');
    workspace.setDeidOption('uids', true);
    expect(workspace.choices.deidentification).toEqual({ profile: 'none', options: [] });
  });

  test('takes a key, forgets results that another one made, and refuses a short one', async () => {
    const { workspace, keys } = workspaceWith(['1']);
    await workspace.open([]);
    await workspace.removeFaces();
    expect(workspace.reviewable).toHaveLength(1);
    await workspace.chooseKey(new Uint8Array(15));
    expect([workspace.key.isSet, workspace.note?.what]).toEqual([false, 'The key is too short.']);
    await workspace.chooseKey(new TextEncoder().encode('00ff'.repeat(8)));
    expect(workspace.key.isSet).toBe(true);
    expect(keys).toEqual([Uint8Array.from({ length: 16 }, (_, n) => (n % 2 ? 255 : 0))]);
    expect(workspace.reviewable).toHaveLength(0);
    await workspace.key.forget();
    expect([workspace.key.isSet, keys.at(-1)]).toEqual([false, null]);
  });

  test('cannot start without a region or a series', async () => {
    const { workspace } = workspaceWith(['1']);
    await workspace.open([]);
    expect(workspace.canRemove).toBe(true);
    workspace.choices.setRegion('face', false);
    workspace.choices.setRegion('ears', false);
    expect(workspace.canRemove).toBe(false);
  });

  /** A folder of a page with one file in it. */
  function folder(): FileSystemDirectoryHandle {
    const file = { kind: 'file', getFile: () => Promise.resolve(new File(['x'], '1.dcm')) };
    return {
      kind: 'directory',
      name: 'study',
      // eslint-disable-next-line @typescript-eslint/require-await -- as the browser has it
      async *entries() {
        yield ['1.dcm', file];
      },
    } as unknown as FileSystemDirectoryHandle;
  }

  test('can save in place only what came from a folder by its handle', async () => {
    const { workspace } = workspaceWith(['1']);
    const opened: string[] = [];
    const { client } = workspace;
    Object.assign(client, {
      open: (files: readonly { path: string }[]) => {
        opened.push(...files.map(({ path }) => path));
        return Promise.resolve({ scans: [scan('1')], left: [], skipped: [] });
      },
    });
    await workspace.openFolder(folder());
    // As they are within the folder: that is where results go.
    expect(opened).toEqual(['1.dcm']);
    expect(workspace.place.canSave).toBe(true);
    await workspace.open([]);
    expect(workspace.place.canSave).toBe(false);
  });

  test('does not open a folder that is half new, until it was resumed or rolled back', async () => {
    const { workspace } = workspaceWith(['1']);
    let state = 'unfinished';
    Object.assign(workspace.client, {
      undoState: () => Promise.resolve(state),
      recoverPlace: () => {
        state = 'kept';
        return Promise.resolve({ placed: 1, back: 0, reasons: [] });
      },
    });
    await workspace.openFolder(folder());
    expect([workspace.step, workspace.items.length]).toEqual(['open', 0]);
    expect(workspace.place.undo).toBe('unfinished');
    await workspace.recover('resume');
    expect([workspace.step, workspace.items.length]).toEqual(['look', 1]);
    expect([workspace.place.undo, workspace.place.canSave]).toEqual(['kept', false]);
  });
});

describe('decisions and a reload', () => {
  test('each is told to the worker as it stands then', async () => {
    const { workspace, said } = workspaceWith(['1', '2', '3']);
    await workspace.open([]);
    const [one, two] = workspace.items;
    if (!one || !two) throw new Error('no items');
    workspace.queue.include(two, false);
    workspace.queue.remove(two);
    workspace.queue.bringBack();
    workspace.letThroughLeftOut('9', true);
    workspace.letThroughLeftOut('9', false);
    expect(said.splice(0)).toEqual([
      ['2', { included: false }],
      ['2', { included: false, removed: true }],
      ['2', { included: false }],
      ['9', { included: true }],
      ['9', {}],
    ]);
    await workspace.removeFaces();
    workspace.decide('approved');
    workspace.undoDecision();
    workspace.decide('rejected');
    workspace.corrected(one, { ...resultOf('1'), decided: 'void' });
    expect([one.status, one.earlier]).toEqual(['done', null]);
    expect(said).toEqual([
      ['1', { decision: 'approved' }],
      ['1', {}],
      ['1', { decision: 'rejected' }],
      ['1', {}],
    ]);
  });

  test('what was said of files is taken over when they are opened, and not told again', async () => {
    const earlier: Earlier = {
      said: [
        { scan: '2', said: { included: false } },
        { scan: '3', said: { removed: true } },
        { scan: '9', said: { included: true } },
        { scan: '7', said: { included: false } },
      ],
      decided: 1,
    };
    const { workspace, said } = workspaceWith(['1', '2', '3'], undefined, earlier);
    await workspace.open([]);
    expect(workspace.items.map(({ scan, included }) => [scan.id, included])).toEqual([
      ['1', true],
      ['2', false],
    ]);
    expect(workspace.queue.removed).toHaveLength(1);
    expect(workspace.letThrough).toEqual(['9']);
    expect([workspace.earlier.files, workspace.earlier.waiting]).toEqual([3, 1]);
    expect(said).toEqual([]);
  });

  test('what was decided of a result holds where the worker found the same, and is asked anew else', async () => {
    const decided: Record<string, ScanResult['decided']> = { '1': 'approved', '2': 'void' };
    const { workspace, said } = workspaceWith(
      ['1', '2', '3', '4'],
      (id) =>
        Promise.resolve({
          ...resultOf(id, id === '4' ? 'refuse' : 'deface'),
          decided: id === '4' ? 'approved' : (decided[id] ?? null),
        }),
      { said: [], decided: 3 },
    );
    await workspace.open([]);
    await workspace.removeFaces();
    const { earlier } = workspace;
    expect(workspace.items.map(({ status }) => status)).toEqual([
      'approved',
      'done',
      'done',
      'refused',
    ]);
    expect([earlier.waiting, earlier.holding, earlier.voided]).toEqual([0, 1, 2]);
    expect(workspace.current?.scan.id).toBe('2');
    expect(said).toEqual([]);
    workspace.decide('approved');
    expect(earlier.voided).toBe(1);
    expect(workspace.decisions.last?.scan.id).toBe('2');
  });
});
