import { describe, expect, test } from 'vitest';
import type { Earlier, ScanResult } from '../../../workers/api.ts';
import { resultOf, workspaceWith } from '../../support/workspace.ts';

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
