/**
 * A fault at every operation of a save in place, then recovery; and a second fault at every
 * operation of the recovery, then recovery again.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { UNDO } from '../../../../src/app/place/layout.ts';
import { finish, resume, rollBack, undoState } from '../../../../src/app/place/recover.ts';
import { MemoryDisk, memoryStore, type Fault } from '../../../support/store/memory-disk.ts';
import { judgeFiles } from '../../../support/store/judge.ts';
import { portsOf } from '../../../support/store/node-digest.ts';
import { ORIGINALS, REPORT, runJob } from '../../../support/store/place-job.ts';

const FAULTS: Readonly<Record<string, (k: number) => Fault>> = {
  EIO: () => ({ kind: 'error', code: 'EIO' }),
  ENOSPC: () => ({ kind: 'error', code: 'ENOSPC' }),
  EBUSY: () => ({ kind: 'error', code: 'EBUSY' }),
  EACCES: () => ({ kind: 'error', code: 'EACCES' }),
  AbortError: () => ({ kind: 'error', code: 'AbortError' }),
  'torn write': (k) => ({ kind: 'torn', bytes: k % 11 }),
  killed: () => ({ kind: 'killed' }),
  'unsynced writes lost': (k) => ({ kind: 'unsynced', seed: k }),
};

type Recover = (disk: MemoryDisk, faults?: ReadonlyMap<number, Fault>) => Promise<number>;

const recoverWith =
  (how: typeof resume): Recover =>
  async (disk, faults) => {
    const store = memoryStore(disk, faults);
    await how(portsOf(store));
    return store.operations;
  };

let [faultsTried, recoveries, secondFaults] = [0, 0, 0];
afterAll(() => {
  console.log(
    `in place: ${faultsTried} faults, ${recoveries} recoveries, ${secondFaults} faults in recovery`,
  );
});

async function judge(disk: MemoryDisk, mayForget = false): Promise<number> {
  return judgeFiles(disk.files, await undoState(memoryStore(disk)), mayForget);
}

const runJobIn = (store: ReturnType<typeof memoryStore>) => runJob(portsOf(store));

async function operationsOf(
  work: (store: ReturnType<typeof memoryStore>) => Promise<unknown>,
  disk: MemoryDisk,
) {
  const store = memoryStore(disk);
  await work(store).catch(() => undefined);
  return store.operations;
}

/**
 * Recovers twice, and with a fault at every operation of the recovery; once for every
 * state of the disk, because most faults end in one of a few.
 */
async function recoverEveryWay(
  disk: MemoryDisk,
  recover: Recover,
  fault: (k: number) => Fault,
  seen: Set<string>,
) {
  const state = JSON.stringify(disk.files);
  if (seen.has(state)) return;
  seen.add(state);
  const first = disk.fork();
  const operations = await recover(first);
  recoveries++;
  await judge(first);
  const again = first.fork();
  await recover(again);
  expect(again.files, 'recovered twice').toEqual(first.files);
  for (let k = 0; k < operations; k++) {
    const second = disk.fork();
    await recover(second, new Map([[k, fault(k)]])).catch(() => undefined);
    secondFaults++;
    await recover(second);
    recoveries++;
    await judge(second);
  }
}

describe('a save in place without a fault', () => {
  test('replaces, renames, takes away, and keeps every original until it is finished', async () => {
    const disk = new MemoryDisk(ORIGINALS);
    await runJob(portsOf(memoryStore(disk)));
    expect(await judge(disk)).toBe(2);
    expect(disk.files).toMatchObject({ 'folder-1/c': 'no face DOE/c', [REPORT]: 'two visits' });
    expect(disk.files).not.toHaveProperty(['DICOMDIR']);

    await finish(portsOf(memoryStore(disk)));
    expect(await judge(disk, true)).toBe(2);
    expect(Object.keys(disk.files).filter((path) => path.includes(UNDO))).toEqual([]);
  });

  test('is rolled back as if it had never been', async () => {
    const disk = new MemoryDisk(ORIGINALS);
    await runJob(portsOf(memoryStore(disk)));
    await rollBack(portsOf(memoryStore(disk)));
    expect(disk.files).toEqual(ORIGINALS);
  });
});

describe.each(Object.entries(FAULTS))('%s', (_, fault) => {
  test('at every operation, and again at every operation of resuming', async () => {
    const total = await operationsOf(runJobIn, new MemoryDisk(ORIGINALS));
    const seen = new Set<string>();
    for (let k = 0; k < total; k++) {
      const disk = new MemoryDisk(ORIGINALS);
      await runJob(portsOf(memoryStore(disk, new Map([[k, fault(k)]])))).catch(() => undefined);
      faultsTried++;
      await recoverEveryWay(disk, recoverWith(resume), fault, seen);
    }
  });

  test('at every operation, then rolled back, with a fault at every operation of that', async () => {
    const total = await operationsOf(runJobIn, new MemoryDisk(ORIGINALS));
    const seen = new Set<string>();
    for (let k = 0; k < total; k++) {
      const disk = new MemoryDisk(ORIGINALS);
      await runJob(portsOf(memoryStore(disk, new Map([[k, fault(k)]])))).catch(() => undefined);
      faultsTried++;
      await recoverEveryWay(disk, recoverWith(rollBack), fault, seen);
      await recoverWith(rollBack)(disk);
      expect(disk.files).toEqual(ORIGINALS);
    }
  });

  test('at every operation of finishing: all is new, and finishing again ends it', async () => {
    const done = new MemoryDisk(ORIGINALS);
    await runJob(portsOf(memoryStore(done)));
    const total = await operationsOf((store) => finish(portsOf(store)), done.fork());
    for (let k = 0; k < total; k++) {
      const disk = done.fork();
      await finish(portsOf(memoryStore(disk, new Map([[k, fault(k)]])))).catch(() => undefined);
      faultsTried++;
      for (let j = 0; j < total; j++) {
        const second = disk.fork();
        await finish(portsOf(memoryStore(second, new Map([[j, fault(j)]])))).catch(() => undefined);
        secondFaults++;
        await finish(portsOf(memoryStore(second)));
        recoveries++;
        expect(await judge(second, true)).toBe(2);
      }
    }
  });
});
