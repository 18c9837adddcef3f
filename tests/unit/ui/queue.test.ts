import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NONE_NEAR } from '../../../src/core/report/near-brain.ts';
import type { Places } from '../../../src/core/report/places.ts';
import type { Checks } from '../../../src/core/report/report.ts';
import type { LeftOut, ScanSummary } from '../../../src/core/scan.ts';
import { timeLeft } from '../../../src/ui/deface/time-left.ts';
import { Decisions } from '../../../src/ui/state/decisions.svelte.ts';
import { Pace } from '../../../src/ui/state/pace.svelte.ts';
import { Queue } from '../../../src/ui/state/queue.svelte.ts';
import { riskOf } from '../../../src/ui/state/risk.ts';
import { Sheet } from '../../../src/ui/state/sheet.svelte.ts';
import { VisitQuestions } from '../../../src/ui/state/visit-questions.svelte.ts';
import type { ScanResult } from '../../../workers/api.ts';
import { scan } from '../../support/workspace.ts';

const GOOD: Checks = {
  skinMovedMm: { median: 30, p5: 12 },
  shareMoved10mm: 0.999,
  guardMm: 20,
  brainVoxelsChanged: 0,
  outsideMaskChanged: null,
  faceFoundAgain: 0,
  parallelSurfaceIndex: 0,
  mirror: { brain: 0.99, removal: 0.97 },
  guardTookBack: 0,
  matcher: null,
};

function result(checks: Partial<Checks> = {}, decision: ScanResult['decision'] = 'deface') {
  return {
    scan: '',
    decision,
    reasons: [],
    checks: { ...GOOD, ...checks },
    millilitres: 1,
    regions: null,
    backend: '',
  };
}

const EAR = { of: 'ears', at: [70, 0, 0], cm2: 35 } as const;
const EAR_LEFT: Places = { nearBrain: NONE_NEAR, skinLeft: [EAR] };

function queueOf(scans: readonly ScanSummary[], left: readonly LeftOut[] = []): Queue {
  const queue = new Queue();
  // As the worker says it: the last of a visit is its best.
  const bestFirst = scans.map(({ id }) => id).toReversed();
  queue.show({ scans, bestFirst, left, skipped: [] });
  return queue;
}

const ids = (queue: Queue): string => queue.items.map((item) => item.scan.id).join('');

function refused(id: string, visit: number): LeftOut {
  return {
    id,
    patient: 1,
    visit,
    kind: 'dicom',
    modality: 'MR',
    description: '',
    files: 1,
    decision: 'refuse',
    reason: { code: 'dicom/mosaic', details: {} },
  };
}

describe('the risk of a result', () => {
  test('grows with each figure as it nears its limit', () => {
    const worse: readonly Partial<Checks>[] = [
      { shareMoved10mm: 0.985 },
      { guardMm: 5.1 },
      { faceFoundAgain: 0.14 },
      { parallelSurfaceIndex: 0.45 },
      { mirror: { brain: 0.955, removal: 0.97 } },
      { mirror: { brain: 0.99, removal: 0.86 } },
      { guardTookBack: 0.11 },
      { newFaceMm: 1.4 },
    ];
    for (const checks of worse) {
      expect(riskOf(result(checks)), JSON.stringify(checks)).toBeGreaterThan(riskOf(result()));
      expect(riskOf(result(checks))).toBeLessThan(1);
    }
  });

  test('puts what a person should look at before all else, and a touched brain before that', () => {
    const doubtful = riskOf(result({}, 'review'));
    expect(doubtful).toBeGreaterThan(riskOf(result({ shareMoved10mm: 0 })));
    expect(riskOf(result({ brainVoxelsChanged: 1 }, 'review'))).toBeGreaterThan(doubtful);
    const left = riskOf({ ...result(), places: EAR_LEFT });
    expect(left).toBeGreaterThan(riskOf(result({ shareMoved10mm: 0 })));
  });
});

describe('the queue', () => {
  test('gives turns visit by visit, within one the best first until a person puts it in order', () => {
    const queue = queueOf([scan('1'), scan('2'), scan('3', 2), scan('4', 2)]);
    const turns: string[] = [];
    for (let item = queue.next(); item; item = queue.next()) {
      turns.push(item.scan.id);
      item.status = 'failed';
    }
    expect(turns.join('')).toBe('2143');

    for (const item of queue.items) item.reset();
    const [first, second] = queue.items;
    if (!first || !second) throw new Error('no items');
    queue.move(second, -1);
    expect([ids(queue), queue.next()?.scan.id]).toEqual(['2134', '2']);
    queue.move(second, 1);
    expect(queue.next()?.scan.id).toBe('1');
  });

  test('moves visits as a whole, and no series out of its visit', () => {
    const queue = queueOf([scan('1'), scan('2'), scan('3', 2), scan('4', 3)]);
    const [one, , third] = queue.visits;
    if (!one || !third) throw new Error('no visits');
    queue.moveVisit(one, 1);
    expect(ids(queue)).toBe('3124');
    queue.moveVisitTo(third.key, one.key);
    expect(ids(queue)).toBe('3412');
    const [first, second] = queue.items;
    if (first && second) queue.moveTo(first, second);
    expect(ids(queue)).toBe('3412');
  });

  test('loses nothing, whatever is moved, removed and brought back', () => {
    const act = fc.tuple(fc.constantFrom('up', 'down', 'visit', 'remove', 'back'), fc.nat(20));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const queue = queueOf(['1', '2', '3', '4', '5', '6'].map((id, n) => scan(id, n % 3)));
        for (const [what, n] of acts) {
          const item = queue.items[n % Math.max(1, queue.items.length)];
          const visit = queue.visits[n % Math.max(1, queue.visits.length)];
          if (what === 'back') queue.bringBack();
          else if (!item || !visit) continue;
          else if (what === 'remove') queue.remove(item);
          else if (what === 'visit') queue.moveVisit(visit, n % 2 ? 1 : -1);
          else queue.move(item, what === 'up' ? -1 : 1);
        }
        queue.bringBack();
        expect(
          queue.items
            .map((item) => item.scan.id)
            .sort()
            .join(''),
        ).toBe('123456');
      }),
    );
  });

  test('is reviewed riskiest first, and what is no longer included not at all', () => {
    const queue = queueOf([scan('1'), scan('2'), scan('3')]);
    const [one, two, three] = queue.items;
    one?.finish(result());
    two?.finish(result({ guardMm: 5.2 }));
    three?.finish(result({}, 'review'));
    expect(queue.reviewable.map((item) => item.scan.id)).toEqual(['3', '2', '1']);
    if (two) two.included = false;
    expect(queue.reviewable.map((item) => item.scan.id)).toEqual(['3', '1']);
  });
});

describe('time left', () => {
  test('is not known before anything was measured', () => {
    expect(new Pace().left([100])).toBeNull();
    expect(timeLeft(null)).toMatch(/not known/);
  });

  test('is found from what each scan and each voxel takes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (each, per) => {
          const pace = new Pace();
          for (const voxels of [10, 40, 25]) pace.add(voxels, each + per * voxels);
          expect(pace.left([30, 60])).toBeCloseTo(2 * each + 90 * per, 5);
        },
      ),
    );
  });

  test('falls as the present scan goes on, and never below 0', () => {
    const pace = new Pace();
    pace.add(10, 8);
    pace.add(20, 5);
    const left = [0, 0.5, 1].map((done) => pace.left([], { voxels: 10, done }) ?? NaN);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(left[2]).toBe(0);
    expect(pace.left([1])).toBeGreaterThanOrEqual(0);
  });

  test.each([
    [20_000, 'less than a minute'],
    [60_000, 'about 1 minute'],
    [44 * 60_000, 'about 45 minutes'],
    [59.6 * 60_000, 'about 1 h'],
    [200 * 60_000, 'about 3 h 15 min'],
  ])('of %i ms is said as "%s"', (ms, said) => {
    expect(timeLeft(ms)).toBe(said);
  });
});

describe('decisions', () => {
  test('are taken back one by one, newest first', () => {
    const [one, two] = queueOf([scan('1'), scan('2')]).items;
    if (!one || !two) throw new Error('no items');
    one.finish(result());
    two.finish(result());
    const decisions = new Decisions();
    decisions.make(one, 'approved');
    decisions.make(two, 'rejected');
    decisions.make(one, 'rejected');
    expect([decisions.undo(), one.status]).toEqual([one, 'approved']);
    expect([decisions.undo(), two.status]).toEqual([two, 'done']);
    decisions.retract(one);
    expect([decisions.undo(), one.status, decisions.last]).toEqual([null, 'approved', null]);
  });
});

describe('the sheet', () => {
  test('goes to the next that waits, round the end, and shows what is taken back', () => {
    const queue = queueOf(['1', '2', '3'].map((id) => scan(id)));
    const [one, two, three] = queue.items;
    one?.finish(result());
    two?.finish(result({}, 'review'));
    three?.finish(result({ guardMm: 6 }));
    let changes = 0;
    const sheet = new Sheet(queue, new Decisions(), () => changes++);
    sheet.open();
    const chosen = (): string | undefined => sheet.chosen?.scan.id;
    expect([sheet.shown.map((item) => item.scan.id), chosen()]).toEqual([['2', '3', '1'], '2']);
    sheet.move(2);
    sheet.move(1);
    expect(chosen()).toBe('1');
    sheet.decide('approved');
    expect(chosen()).toBe('2');
    sheet.decide('rejected');
    expect(chosen()).toBe('3');
    sheet.filter(true);
    expect([sheet.shown.length, chosen()]).toEqual([1, '2']);
    one?.finish({ ...result(), places: EAR_LEFT });
    expect(sheet.shown.map((item) => item.scan.id)).toEqual(['1', '2']);
    one?.finish(result());
    sheet.undo();
    sheet.undo();
    expect([chosen(), one?.status, sheet.onlyLook, changes]).toEqual(['1', 'done', false, 4]);
  });
});

describe('the question before saving', () => {
  function asked(queue: Queue, through: readonly string[] = []) {
    return new VisitQuestions(queue, () => through);
  }
  const openIds = ({ open }: VisitQuestions): string =>
    open
      .flatMap(({ items, left }) => [
        ...items.map(({ scan }) => scan.id),
        ...left.map(({ id }) => id),
      ])
      .join('');

  test('is of all that is neither defaced, nor without a head, nor left out', () => {
    const queue = queueOf(
      ['1', '2', '3', '4', '5', '6', '7'].map((id) => scan(id)),
      [refused('8', 1)],
    );
    const [approved, rejected, undecided, noHead, failed, unchecked] = queue.items;
    approved?.finish(result());
    rejected?.finish(result());
    undecided?.finish(result());
    noHead?.finish(result({}, 'exclude'));
    failed?.fail({ what: '', why: '', todo: '' });
    if (unchecked) unchecked.included = false;
    if (approved) approved.status = 'approved';
    if (rejected) rejected.status = 'rejected';
    const questions = asked(queue);
    expect(openIds(questions)).toBe('3578');
    expect(openIds(asked(queue, ['8']))).toBe('357');
    const [question] = questions.open;
    if (question) questions.leaveOut(question);
    expect(openIds(questions)).toBe('');
    questions.forget();
    expect(openIds(questions)).toBe('3578');
  });

  test('is not asked of visits of which nothing is written', () => {
    const queue = queueOf([scan('1'), scan('2', 2)], [refused('3', 2)]);
    const [first] = queue.items;
    first?.finish(result());
    if (first) first.status = 'approved';
    expect(openIds(asked(queue))).toBe('');
  });
});
