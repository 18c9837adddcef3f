/** The Learn page's side of its own worker: it is started for the lesson and ends with it. */
import { proxy, wrap, type Remote } from 'comlink';
import type { MethodId } from '../src/core/deface/options.ts';
import type { JobOptions } from '../src/core/progress.ts';
import type { JobId, OnProgress, Surface } from './api.ts';
import type { LessonHead, LessonMatch, LessonRemoval, LessonWorker } from './lesson-api.ts';
// Also registers the transport of errors.
import './wire.ts';

export class LessonClient {
  readonly #worker: Worker;
  readonly #remote: Remote<LessonWorker>;
  /** Rejects when the worker is stopped or dies. */
  readonly #death: Promise<never>;
  #kill: (reason: Error) => void = () => undefined;

  constructor() {
    this.#worker = new Worker(new URL('./efface.worker.ts', import.meta.url), { type: 'module' });
    this.#remote = (
      wrap<{ lesson: LessonWorker }>(this.#worker) as Remote<{ lesson: LessonWorker }>
    ).lesson as unknown as Remote<LessonWorker>;
    this.#death = new Promise<never>((_, reject) => {
      this.#kill = reject;
    });
    this.#death.catch(() => undefined);
    this.#worker.addEventListener('error', () => {
      this.#kill(new Error('the worker stopped'));
    });
  }

  open(job: JobOptions): Promise<LessonHead> {
    return this.#job(job, (id, onProgress) => this.#remote.open(id, onProgress));
  }

  surface(threshold: number): Promise<Surface> {
    return Promise.race([this.#remote.surface(threshold), this.#death]);
  }

  remove(method: MethodId, job: JobOptions): Promise<LessonRemoval> {
    return this.#job(job, (id, onProgress) => this.#remote.remove(id, method, onProgress));
  }

  match(job: JobOptions): Promise<LessonMatch> {
    return this.#job(job, (id, onProgress) => this.#remote.match(id, onProgress));
  }

  /** What still runs ends as cancelled. */
  close(): void {
    this.#worker.terminate();
    this.#kill(new DOMException('the lesson was left', 'AbortError'));
  }

  #job<T>(
    { onProgress }: JobOptions,
    call: (id: JobId, onProgress: OnProgress) => Promise<T>,
  ): Promise<T> {
    const report = proxy<OnProgress>((progress) => onProgress?.(progress));
    return Promise.race([call(crypto.randomUUID(), report), this.#death]);
  }
}
