/** Progress and cancellation of long work: the same in a page's worker and in Node. */

export type Stage =
  'read' | 'decode' | 'find' | 'segment' | 'deface' | 'check' | 'write' | 'verify';

/** One step of a job. `done` grows to `total` in units of the stage (files, slices, tiles). */
export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
}

export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Longest a job may hold its thread before messages, such as a cancel, are let in (ms). */
const MAX_HOLD_MS = 50;

/**
 * A function for the inside of a long loop: it throws once the job is cancelled,
 * and from time to time lets the event loop run so that a cancel can arrive.
 */
export function createCheckpoint(signal: AbortSignal | undefined): () => Promise<void> {
  let resumed = performance.now();
  return async () => {
    if (performance.now() - resumed > MAX_HOLD_MS) {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, 0);
      });
      resumed = performance.now();
    }
    signal?.throwIfAborted();
  };
}
