import type { Stage } from '../../core/progress.ts';

/** How long the stages of one run took (ms), a stage that is met again added to what it had. */
export class StageTimes {
  readonly #ms = new Map<Stage, number>();
  readonly #now: () => number;
  #stage: Stage | null = null;
  #since = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  meet(stage: Stage): void {
    if (stage === this.#stage) return;
    this.end();
    this.#stage = stage;
    this.#since = this.#now();
  }

  end(): void {
    if (!this.#stage) return;
    const before = this.#ms.get(this.#stage) ?? 0;
    this.#ms.set(this.#stage, before + this.#now() - this.#since);
    this.#stage = null;
  }

  get entries(): readonly (readonly [Stage, number])[] {
    return [...this.#ms];
  }
}
