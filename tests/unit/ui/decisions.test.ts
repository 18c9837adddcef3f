import { expect, describe, test } from 'vitest';
import { Decisions } from '../../../src/ui/state/decisions.svelte.ts';
import { KeptDecisions } from '../../../src/ui/state/kept-decisions.ts';
import { ScanItem } from '../../../src/ui/state/scan-item.svelte.ts';
import type { ScanResult } from '../../../workers/api.ts';
import { uprightAffine } from './affines.ts';

function result(of: Partial<ScanResult> = {}): ScanResult {
  return {
    scan: '1',
    decision: 'deface',
    reasons: [],
    checks: null,
    millilitres: 1,
    regions: null,
    backend: '',
    ...of,
  };
}

/** A series whose result is there. */
function finished(of: Partial<ScanResult> = {}): ScanItem {
  const item = new ScanItem({
    id: '1',
    kind: 'dicom',
    modality: 'CT',
    description: '',
    patient: 1,
    visit: 1,
    grid: { size: [2, 2, 2], affine: uprightAffine([1, 1, 1], [0, 0, 0]) },
    files: 2,
    bytes: 16,
    warnings: [],
  });
  item.finish(result(of));
  return item;
}

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const all = new Map<string, string>();
  return {
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, value) => void all.set(name, value),
    removeItem: (name) => void all.delete(name),
  };
}

describe('decisions', () => {
  test('are taken back one by one, newest first', () => {
    const [one, two] = [finished(), finished()];
    const decisions = new Decisions(new KeptDecisions(() => storage()));
    decisions.make(one, 'approved');
    decisions.make(two, 'rejected');
    decisions.make(one, 'rejected');
    expect([decisions.undo(), one.status]).toEqual([one, 'approved']);
    expect([decisions.undo(), two.status]).toEqual([two, 'done']);
    decisions.revoke([one]);
    expect([decisions.undo(), one.status, decisions.last]).toEqual([null, 'approved', null]);
  });

  test('outlive a reload where the very result is found again', () => {
    const given = storage();
    const meet = (kept: string, isFound: boolean): ScanItem => {
      const item = finished({ kept, isFound });
      decisions.meet(item);
      return item;
    };
    let decisions = new Decisions(new KeptDecisions(() => given));
    decisions.make(meet('a', false), 'approved');
    decisions.make(meet('b', false), 'rejected');
    decisions.make(meet('c', false), 'approved');
    decisions.undo();
    decisions.make(meet('d', false), 'approved');

    decisions = new Decisions(new KeptDecisions(() => given));
    expect(decisions.earlier).toBe(4);
    const found = ['a', 'b', 'c', 'e'].map((name) => meet(name, true));
    expect(found.map(({ status }) => status)).toEqual(['approved', 'rejected', 'done', 'done']);
    // Made anew it is to be looked at, whatever its name.
    expect(meet('d', false).status).toBe('done');
    decisions.undo();
    expect(found[1]?.status).toBe('done');
    decisions.revoke(found);
    decisions = new Decisions(new KeptDecisions(() => given));
    expect(meet('a', true).status).toBe('done');
    decisions.clear();
    expect(new Decisions(new KeptDecisions(() => given)).earlier).toBe(0);
  });

  test('hold without storage, too', () => {
    const decisions = new Decisions(
      new KeptDecisions(() => {
        throw new DOMException('forbidden', 'SecurityError');
      }),
    );
    const item = finished({ kept: 'a' });
    decisions.meet(item);
    decisions.make(item, 'approved');
    expect([item.status, decisions.earlier, decisions.undo(), item.status]).toEqual([
      'approved',
      0,
      item,
      'done',
    ]);
  });
});
