import type { DefaceOptions } from '../../core/deface/options.ts';
import { voxelCount } from '../../core/geometry/grid.ts';
import type { JobOptions } from '../../core/progress.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { isAbort } from '../../../workers/wire.ts';
import { Job } from './job.svelte.ts';
import { Pace } from './pace.svelte.ts';
import { problemOf } from './problem.ts';
import type { Queue } from './queue.svelte.ts';
import type { ScanItem } from './scan-item.svelte.ts';

/** The work on the queue: one series after the other, also when nobody watches. */
export class Removal {
  readonly job = new Job();
  /** The series that is worked on. */
  current = $state.raw<ScanItem | null>(null);

  /** Time (ms) that is left; null where nothing was measured yet. */
  readonly msLeft = $derived.by(() => {
    const { current, job } = this;
    const size = ({ scan }: ScanItem): number => voxelCount(scan.grid);
    const now = current && { voxels: size(current), done: job.partDone };
    return this.#pace.left(this.#queue.waiting.map(size), now);
  });

  readonly #pace = new Pace();
  readonly #queue: Queue;
  readonly #client: () => WorkerClient;
  /** What the results that are there were made with. */
  #options: DefaceOptions | null = null;

  constructor(queue: Queue, client: () => WorkerClient) {
    this.#queue = queue;
    this.#client = client;
  }

  /**
   * Gets ready for these options: results of other ones are forgotten, those of the same stay,
   * and only what is not done is done. Where all is done, all is done anew.
   *
   * @returns whether results were forgotten
   */
  prepare(options: DefaceOptions): boolean {
    const { items } = this.#queue;
    const isFirst = this.#options === null;
    const isSame = JSON.stringify(this.#options) === JSON.stringify(options);
    for (const item of items) if (item.status === 'failed') item.reset();
    if (isSame && this.#queue.waiting.length > 0) return false;
    for (const item of items) item.reset();
    this.#options = options;
    return !isFirst;
  }

  /** Works until nothing included waits. One series that fails does not stop the others. */
  async run(): Promise<void> {
    const queue = this.#queue;
    const options = this.#options;
    if (!options) return;
    await this.job.run(async (job) => {
      // Asked anew each time: the person may change the list meanwhile.
      for (let done = 0, item = queue.next(); item; done++, item = queue.next()) {
        this.job.startPart(done, done + queue.waiting.length);
        await this.#work(item, options, job);
      }
    });
  }

  async #work(item: ScanItem, options: DefaceOptions, job: JobOptions): Promise<void> {
    const began = performance.now();
    this.current = item;
    item.status = 'running';
    try {
      item.finish(await this.#client().deface(item.scan.id, options, job));
      // What was only found again says nothing of how long the others take.
      if (!item.result?.isFound) {
        this.#pace.add(voxelCount(item.scan.grid), performance.now() - began);
      }
    } catch (thrown) {
      if (isAbort(thrown)) {
        item.reset();
        throw thrown;
      }
      item.fail(problemOf(thrown));
    } finally {
      this.current = null;
    }
  }
}
