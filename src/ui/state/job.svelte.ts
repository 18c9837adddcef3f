import type { JobOptions, Progress, Stage } from '../../core/progress.ts';
import { isAbort } from '../../../workers/wire.ts';
import { problemOf, type Problem } from './problem.ts';
import { StageTimes } from './stage-times.ts';

type Status = 'idle' | 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed';

/** Share of the time of a job that lies before each stage, and that it takes. */
export type Shares = Readonly<Record<Stage, readonly [before: number, takes: number]>>;

/** Measured roughly. */
const USUAL: Shares = {
  read: [0, 1],
  decode: [0, 0.2],
  find: [0.2, 0.1],
  segment: [0.3, 0.35],
  deface: [0.65, 0.1],
  check: [0.75, 0.25],
  write: [0, 0.85],
  verify: [0.85, 0.15],
};
/** Making the demo head takes most of the time before it is read like any other. */
export const OF_DEMO: Shares = { ...USUAL, read: [0, 0.15], decode: [0.15, 0.85] };

/** One thing that takes time, as a component sees it: progress, cancel, and how it ended. */
export class Job {
  status = $state<Status>('idle');
  progress = $state.raw<Progress | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Where this is in a row of equal parts (scans). */
  part = $state.raw({ index: 0, count: 1 });

  /** Share of this part; never goes back: a stage may be met again. */
  partDone = $state(0);

  readonly isBusy = $derived(this.status === 'running' || this.status === 'cancelling');
  readonly fraction = $derived((this.part.index + this.partDone) / this.part.count);

  /** How long the stages of the last run took: for diagnostics. */
  times = new StageTimes();

  #controller = new AbortController();
  #shares: Shares = USUAL;

  /** Runs `work`; gives null where it was cancelled or failed, and says so in `status`. */
  async run<Result>(
    work: (options: JobOptions) => Promise<Result>,
    shares: Shares = USUAL,
  ): Promise<Result | null> {
    this.#controller = new AbortController();
    this.#shares = shares;
    this.status = 'running';
    this.problem = null;
    this.startPart(0, 1);
    this.times = new StageTimes();
    try {
      const result = await work({
        signal: this.#controller.signal,
        onProgress: (progress) => {
          this.progress = progress;
          this.times.meet(progress.stage);
          this.partDone = Math.max(this.partDone, fractionOf(progress, this.#shares));
        },
      });
      this.status = 'done';
      return result;
    } catch (thrown) {
      if (isAbort(thrown)) {
        this.status = 'cancelled';
      } else {
        this.status = 'failed';
        this.problem = problemOf(thrown);
      }
      return null;
    } finally {
      this.times.end();
    }
  }

  startPart(index: number, count: number): void {
    this.part = { index, count };
    this.progress = null;
    this.partDone = 0;
  }

  cancel(): void {
    if (this.status !== 'running') return;
    this.status = 'cancelling';
    this.#controller.abort();
  }

  dismiss(): void {
    this.problem = null;
    if (!this.isBusy) this.status = 'idle';
  }
}

function fractionOf(progress: Progress, shares: Shares): number {
  const [before, takes] = shares[progress.stage];
  const done = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  return before + takes * done;
}
