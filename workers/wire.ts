/**
 * What crosses between page and worker besides data: errors that keep their code, and jobs
 * that can be cancelled and report progress. Both sides import this module.
 *
 * comlink copies only name, message and stack of an error. The handler below sends code and
 * details instead and rebuilds the error. It takes comlink's own handler once, when the
 * module loads: wrapping it again at each worker start would make the two sides disagree.
 */
import { expose, releaseProxy, transferHandlers, type TransferHandler } from 'comlink';
import { EffaceError, errorCodes, type ErrorRecord } from '../src/core/errors.ts';
import type { JobOptions, Progress } from '../src/core/progress.ts';
import type { EffaceWorker, JobId, OnProgress } from './api.ts';
import type { LessonWorker } from './lesson-api.ts';

/** At most one progress message per this time crosses the boundary (ms). */
const PROGRESS_EVERY_MS = 100;

type Wire =
  | { readonly kind: 'efface'; readonly record: ErrorRecord }
  | { readonly kind: 'abort'; readonly message: string }
  | { readonly kind: 'other'; readonly serialized: unknown };

const THROW = 'throw';
const inherited = transferHandlers.get(THROW);
if (!inherited) throw new Error('comlink has no handler for errors');
transferHandlers.set(THROW, throwHandler(inherited));

/** Offers a worker's functions to the page, with the error transport above. */
export function exposeWorker(worker: EffaceWorker & { lesson?: LessonWorker }): void {
  expose(worker);
}

/** The running jobs of a worker: one at a time, each with its own abort controller. */
export class Jobs {
  readonly #controllers = new Map<JobId, AbortController>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs `work` when the jobs before it have ended. Its progress is throttled, and the
   * callback (a comlink proxy, which holds a message port) is released at the end.
   */
  async run<T>(
    job: JobId,
    onProgress: OnProgress | null,
    work: (options: JobOptions) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(job, controller);
    const turn = this.#last;
    const done = (async () => {
      await turn;
      controller.signal.throwIfAborted();
      return work({
        signal: controller.signal,
        onProgress: onProgress ? throttle(onProgress, PROGRESS_EVERY_MS) : undefined,
      });
    })();
    // The next job waits for this one whether it succeeds or not.
    this.#last = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      this.#controllers.delete(job);
      if (onProgress) release(onProgress);
    }
  }

  cancel(job: JobId): void {
    this.#controllers.get(job)?.abort();
  }
}

/**
 * Passes on the first progress, the first of each stage, the last of each stage, and else
 * one in `everyMs`.
 */
export function throttle(
  onProgress: (progress: Progress) => unknown,
  everyMs: number,
): (progress: Progress) => void {
  let sent = Number.NEGATIVE_INFINITY;
  let stage: Progress['stage'] | null = null;
  return (progress) => {
    const now = performance.now();
    const ends = progress.done >= progress.total;
    if (progress.stage === stage && !ends && now - sent < everyMs) return;
    sent = now;
    stage = progress.stage;
    void onProgress(progress);
  };
}

function release(onProgress: OnProgress): void {
  // A plain function (in tests, or where no boundary is crossed) has nothing to release.
  const end = (onProgress as Partial<Record<typeof releaseProxy, () => void>>)[releaseProxy];
  if (typeof end === 'function') end();
}

function throwHandler(base: TransferHandler<unknown, unknown>): TransferHandler<unknown, unknown> {
  return {
    canHandle: (value): value is unknown => base.canHandle(value),
    serialize: (thrown) => {
      // comlink wraps what was thrown as { value }.
      const { value } = thrown as { value: unknown };
      if (value instanceof EffaceError) {
        return [{ kind: 'efface', record: value.toRecord() } satisfies Wire, []];
      }
      if (isAbort(value)) {
        return [{ kind: 'abort', message: value.message } satisfies Wire, []];
      }
      const [serialized, transferables] = base.serialize(thrown);
      return [{ kind: 'other', serialized } satisfies Wire, transferables];
    },
    deserialize: (sent) => {
      const wire = sent as Wire;
      switch (wire.kind) {
        case 'efface':
          throw rebuild(wire.record);
        case 'abort':
          throw new DOMException(wire.message, 'AbortError');
        case 'other':
          return base.deserialize(wire.serialized);
      }
    },
  };
}

function rebuild({ code, details }: ErrorRecord): Error {
  return errorCodes().includes(code)
    ? new EffaceError(code, details)
    : new Error('the worker sent an error of an unknown code');
}

/** Whether something thrown is a cancel rather than an error. */
export function isAbort(thrown: unknown): thrown is Error {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
