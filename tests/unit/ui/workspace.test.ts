import { describe, expect, test } from 'vitest';
import { EffaceError } from '../../../src/core/errors.ts';
import { resultOf, scan, workspaceWith } from '../../support/workspace.ts';

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

  test('decides nothing on a refused series that is corrected by hand', async () => {
    const { workspace, said } = workspaceWith(['1'], (id) =>
      Promise.resolve(resultOf(id, 'refuse')),
    );
    await workspace.open([]);
    await workspace.removeFaces();
    const [item] = workspace.items;
    if (!item) throw new Error('one is open');
    workspace.review(item);
    workspace.decide('approved');
    expect(item.status).toBe('refused');
    expect(workspace.approved).toEqual([]);
    expect(said).toEqual([]);
    expect(workspace.step).toBe('check');
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
        return Promise.resolve({ scans: [scan('1')], bestFirst: ['1'], left: [], skipped: [] });
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
