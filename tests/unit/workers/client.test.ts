import { expose } from 'comlink';
import { afterEach, describe, expect, test } from 'vitest';
import type { EffaceWorker } from '../../../workers/api.ts';
import { WorkerClient, type WorkerEndpoint } from '../../../workers/client.ts';
import { Jobs, throttle } from '../../../workers/wire.ts';
import { EffaceError } from '../../../src/core/errors.ts';
import type { JobOptions, Progress } from '../../../src/core/progress.ts';

const OPENED = { scans: [], bestFirst: [], left: [], skipped: [] };
const RESULT = {
  scan: '1',
  decision: 'deface',
  reasons: [],
  checks: null,
  millilitres: 0,
  regions: null,
  backend: 'none',
} as const;

describe('the worker client', () => {
  const open: MessagePort[] = [];
  afterEach(() => {
    for (const port of open.splice(0)) port.close();
  });

  /** A worker in the same thread, behind a message channel. */
  function inThread(
    deface: (options: JobOptions) => Promise<typeof RESULT>,
    count: { started: number; opened: number; keys?: (Uint8Array | null)[] },
  ): () => WorkerEndpoint {
    return () => {
      count.started += 1;
      const jobs = new Jobs();
      const { port1, port2 } = new MessageChannel();
      open.push(port1, port2);
      const worker: Partial<EffaceWorker> = {
        open: (job, _files, onProgress) =>
          jobs.run(job, onProgress, async () => {
            count.opened += 1;
            return Promise.resolve(OPENED);
          }),
        deface: (job, _scan, _options, onProgress) => jobs.run(job, onProgress, deface),
        cancel: (job) => {
          jobs.cancel(job);
          return Promise.resolve();
        },
        setKey: (key) => {
          count.keys?.push(key);
          return Promise.resolve();
        },
      };
      expose(worker, port2);
      port2.start();
      port1.start();
      return Object.assign(port1, {
        terminate: () => {
          port1.close();
        },
      });
    };
  }

  const options = { regions: ['face'], depth: 'standard', method: 'blank' } as const;

  test('can start the worker before it is needed, and only once', async () => {
    const count = { started: 0, opened: 0 };
    const client = new WorkerClient({ start: inThread(() => Promise.resolve(RESULT), count) });
    client.start();
    expect(count.started).toBe(1);
    await client.open([], {});
    expect(count).toEqual({ started: 1, opened: 1 });
  });

  test('gives an error of the worker back with its code and details', async () => {
    const count = { started: 0, opened: 0 };
    const start = inThread(
      () => Promise.reject(new EffaceError('geometry/too-few-slices', { slices: 3 })),
      count,
    );
    const client = new WorkerClient({ start });

    const thrown: unknown = await client.deface('1', options, {}).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(EffaceError);
    expect((thrown as EffaceError).toRecord()).toEqual({
      code: 'geometry/too-few-slices',
      details: { slices: 3 },
    });
  });

  test('cancels a job that listens, and keeps the worker', async () => {
    const count = { started: 0, opened: 0 };
    const start = inThread(
      ({ signal }) =>
        new Promise((_, reject) => {
          (signal as globalThis.AbortSignal).addEventListener('abort', () => {
            reject(signal?.reason as Error);
          });
        }),
      count,
    );
    const client = new WorkerClient({ start, hardCancelMs: 500 });
    const controller = new AbortController();
    const job = client.deface('1', options, { signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 20);

    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    expect(count.started).toBe(1);
  });

  test('stops a worker whose job does not end after a cancel, and opens the files again', async () => {
    const count = { started: 0, opened: 0 };
    let lost = 0;
    const start = inThread(() => new Promise(() => undefined), count);
    const client = new WorkerClient({ start, hardCancelMs: 30, onRestart: () => (lost += 1) });
    await client.open([], {});
    const controller = new AbortController();
    const job = client.deface('1', options, { signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 20);

    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => count).toEqual({ started: 2, opened: 2 });
    expect(lost).toBe(1);
  });

  test('gives the key to a worker that is started again, before anything is asked of it', async () => {
    const count = { started: 0, opened: 0, keys: [] as (Uint8Array | null)[] };
    const start = inThread(() => new Promise(() => undefined), count);
    const client = new WorkerClient({ start, hardCancelMs: 20 });
    const key = Uint8Array.from({ length: 16 }, (_, n) => n);
    await client.open([], {});
    await client.setKey(key);
    const before = count.keys.length;
    const controller = new AbortController();
    const job = client.deface('1', options, { signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 20);
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });

    await expect.poll(() => count.started).toBe(2);
    await client.setKey(null);
    expect(count.keys.slice(before)).toEqual([key, null]);
  });

  test('passes progress from the worker to the page', async () => {
    const count = { started: 0, opened: 0 };
    const start = inThread(({ onProgress }) => {
      onProgress?.({ stage: 'find', done: 0, total: 1 });
      onProgress?.({ stage: 'find', done: 1, total: 1 });
      return Promise.resolve(RESULT);
    }, count);
    const seen: Progress[] = [];

    await new WorkerClient({ start }).deface('1', options, { onProgress: (p) => seen.push(p) });

    await expect.poll(() => seen.map((p) => p.done)).toEqual([0, 1]);
  });
});

describe('the jobs of a worker', () => {
  test('run one after the other', async () => {
    const jobs = new Jobs();
    const order: string[] = [];
    const slow = jobs.run('a', null, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('a');
    });
    const quick = jobs.run('b', null, async () => {
      order.push('b');
      return Promise.resolve();
    });

    await Promise.all([slow, quick]);

    expect(order).toEqual(['a', 'b']);
  });

  test('that fail do not hold up the next', async () => {
    const jobs = new Jobs();
    const failing = jobs.run('a', null, () => Promise.reject(new Error('no')));
    const next = jobs.run('b', null, () => Promise.resolve(2));

    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe(2);
  });

  test('that are cancelled while they wait never start', async () => {
    const jobs = new Jobs();
    let started = false;
    const first = jobs.run('a', null, () => new Promise((resolve) => setTimeout(resolve, 20)));
    const second = jobs.run('b', null, () => {
      started = true;
      return Promise.resolve();
    });
    jobs.cancel('b');

    await first;
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(started).toBe(false);
  });
});

describe('throttled progress', () => {
  test('keeps the first and the last of each stage and drops the rest', () => {
    const seen: string[] = [];
    const report = throttle((p) => seen.push(`${p.stage} ${p.done}`), 60_000);

    for (let done = 0; done <= 5; done++) report({ stage: 'read', done, total: 5 });
    for (let done = 0; done <= 3; done++) report({ stage: 'find', done, total: 3 });

    expect(seen).toEqual(['read 0', 'read 5', 'find 0', 'find 3']);
  });
});
