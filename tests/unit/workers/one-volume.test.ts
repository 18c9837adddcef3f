import { expect, test } from 'vitest';
import type { JobOptions } from '../../../src/core/progress.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { OneVolume } from '../../../workers/one-volume.ts';

interface Reading {
  readonly scan: string;
  readonly job: JobOptions;
  done(): Volume;
}

/** What is read ends when the test says so, or when it is stopped. */
function bench(): { volumes: OneVolume; reading: Reading[] } {
  const reading: Reading[] = [];
  const volumes = new OneVolume(
    (scan, job) =>
      new Promise((resolve, reject) => {
        const volume = { of: scan } as unknown as Volume;
        const done = (): Volume => {
          resolve(volume);
          return volume;
        };
        reading.push({ scan, job, done });
        job.signal?.addEventListener('abort', () => {
          reject(job.signal?.reason as Error);
        });
      }),
  );
  return { volumes, reading };
}

const stoppedOf = (reading: readonly Reading[]): readonly (boolean | undefined)[] =>
  reading.map(({ job }) => job.signal?.aborted);

test('who asks while it loads, or after, gets the same and is told how far it is', async () => {
  const { volumes, reading } = bench();
  volumes.ahead('1');
  const told: number[] = [];
  const asked = volumes.load('1', { onProgress: ({ done }) => told.push(done) });
  reading[0]?.job.onProgress?.({ stage: 'decode', done: 3, total: 8 });
  const volume = reading[0]?.done();
  expect(await asked).toBe(volume);
  expect(await volumes.load('1', {})).toBe(volume);
  expect(told).toEqual([3]);
  expect(reading).toHaveLength(1);
});

test('who cancels does so for himself; reading ends with the last, and begins anew', async () => {
  const { volumes, reading } = bench();
  const [first, second] = [new AbortController(), new AbortController()];
  const one = volumes.load('1', first);
  const other = volumes.load('1', second);
  first.abort();
  await expect(one).rejects.toThrow('abort');
  expect(stoppedOf(reading)).toEqual([false]);
  second.abort();
  await expect(other).rejects.toThrow('abort');
  expect(stoppedOf(reading)).toEqual([true]);

  const again = volumes.load('1', {});
  expect(reading).toHaveLength(2);
  const volume = reading[1]?.done();
  expect(await again).toBe(volume);
});

test('what was begun ahead is given up for another scan, what someone waits for is not', async () => {
  const { volumes, reading } = bench();
  volumes.ahead('1');
  const two = volumes.load('2', {});
  expect(stoppedOf(reading)).toEqual([true, false]);
  void volumes.load('3', {}).catch(() => undefined);
  expect(stoppedOf(reading)).toEqual([true, false, false]);
  expect(reading[1]?.done()).toBe(await two);
  volumes.drop();
  expect(stoppedOf(reading)).toEqual([true, false, true]);
});

test('a cancel ends the wait at once, also for what was begun ahead', async () => {
  const { volumes, reading } = bench();
  volumes.ahead('1');
  const cancel = new AbortController();
  const asked = volumes.load('1', cancel);
  cancel.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
  expect(stoppedOf(reading)).toEqual([true]);
});
