/**
 * A fault at every operation of a save in place, then recovery; and a second fault at every
 * operation of the recovery, then recovery again.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { BACKUP, UNDO } from '../../../../src/app/place/layout.ts';
import { finish, resume, rollBack, undoState } from '../../../../src/app/place/recover.ts';
import { MemoryDisk, memoryStore, type Fault } from '../../../support/store/memory-disk.ts';
import {
  BYSTANDER,
  hashOf,
  JOB_FILES,
  ORIGINALS,
  portsOf,
  REPORT,
  runJob,
} from '../../../support/store/place-job.ts';

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

/** What must hold after every recovery; gives how many visits are new. */
async function judge(disk: MemoryDisk, mayForget = false): Promise<number> {
  const { files } = disk;
  const backups = new Set(
    [...disk.names].flatMap(([path, bytes]) =>
      path.startsWith(`${BACKUP}/`) ? [hashOf(bytes)] : [],
    ),
  );
  const fresh = [0, 1].filter((group) => {
    const states = JOB_FILES.filter((file) => file.group === group).map((file) => {
      const isNew = file.to !== null && files[file.to] === file.fresh;
      const isOld = files[file.path] === file.old;
      if (isNew === isOld) throw new Error(`${file.path} is neither old nor new`);
      if (isNew && !mayForget && !backups.has(hashOf(file.old))) {
        throw new Error(`the original of ${file.path} is lost`);
      }
      return isNew;
    });
    if (new Set(states).size > 1) throw new Error(`visit ${group} is mixed`);
    return states[0];
  });
  // The others follow when a visit is new, and are where they were when none is.
  for (const { group, path, old, to } of JOB_FILES) {
    if (group !== 2) continue;
    const moved = to === null ? !(path in files) : files[to] === old && !(path in files);
    if (!moved && files[path] !== old) throw new Error(`${path} is lost`);
    if (moved && fresh.length === 0) throw new Error(`${path} went although nothing is new`);
    if (moved && !mayForget && !backups.has(hashOf(old))) throw new Error(`${path} has no backup`);
  }
  const ours = JOB_FILES.flatMap(({ path, to }) => [path, to]);
  for (const path of Object.keys(files)) {
    if (path.includes('.efface-tmp-')) throw new Error(`stray ${path}`);
    if (path.startsWith(`${UNDO}/`) || path === REPORT || path in BYSTANDER) continue;
    if (!ours.includes(path)) throw new Error(`stray ${path}`);
  }
  expect(files).toMatchObject(BYSTANDER);
  const state = await undoState(memoryStore(disk));
  if (state !== (fresh.length > 0 && !mayForget ? 'kept' : 'none')) {
    throw new Error(`the undo folder is ${state} with ${fresh.length} visits new`);
  }
  if (fresh.length === 0) expect(files).toEqual(ORIGINALS);
  if (files[REPORT] === 'two visits') expect(fresh).toEqual([0, 1]);
  return fresh.length;
}

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
    await runJob(memoryStore(disk));
    expect(await judge(disk)).toBe(2);
    expect(disk.files).toMatchObject({ 'folder-1/c': 'no face DOE/c', [REPORT]: 'two visits' });
    expect(disk.files).not.toHaveProperty(['DICOMDIR']);

    await finish(portsOf(memoryStore(disk)));
    expect(await judge(disk, true)).toBe(2);
    expect(Object.keys(disk.files).filter((path) => path.includes(UNDO))).toEqual([]);
  });

  test('is rolled back as if it had never been', async () => {
    const disk = new MemoryDisk(ORIGINALS);
    await runJob(memoryStore(disk));
    await rollBack(portsOf(memoryStore(disk)));
    expect(disk.files).toEqual(ORIGINALS);
  });
});

describe.each(Object.entries(FAULTS))('%s', (_, fault) => {
  test('at every operation, and again at every operation of resuming', async () => {
    const total = await operationsOf(runJob, new MemoryDisk(ORIGINALS));
    const seen = new Set<string>();
    for (let k = 0; k < total; k++) {
      const disk = new MemoryDisk(ORIGINALS);
      await runJob(memoryStore(disk, new Map([[k, fault(k)]]))).catch(() => undefined);
      faultsTried++;
      await recoverEveryWay(disk, recoverWith(resume), fault, seen);
    }
  });

  test('at every operation, then rolled back, with a fault at every operation of that', async () => {
    const total = await operationsOf(runJob, new MemoryDisk(ORIGINALS));
    const seen = new Set<string>();
    for (let k = 0; k < total; k++) {
      const disk = new MemoryDisk(ORIGINALS);
      await runJob(memoryStore(disk, new Map([[k, fault(k)]]))).catch(() => undefined);
      faultsTried++;
      await recoverEveryWay(disk, recoverWith(rollBack), fault, seen);
      await recoverWith(rollBack)(disk);
      expect(disk.files).toEqual(ORIGINALS);
    }
  });

  test('at every operation of finishing: all is new, and finishing again ends it', async () => {
    const done = new MemoryDisk(ORIGINALS);
    await runJob(memoryStore(done));
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
