import { METHODS, type MethodId } from '../../core/deface/options.ts';
import type { Surface } from '../../../workers/api.ts';
import type { LessonHead, LessonMatch, LessonRemoval } from '../../../workers/lesson-api.ts';
import type { LessonClient } from '../../../workers/lesson-client.ts';
import { Job, OF_DEMO, type Shares } from './job.svelte.ts';
import { problemOf, type Problem } from './problem.ts';

export const LESSON_STEPS = [
  'slices',
  'skin',
  'header',
  'remove',
  'who',
  'left',
  'measured',
  'rules',
] as const;
export type LessonStep = (typeof LESSON_STEPS)[number];

/** HU: from bone alone to all that is denser than air. */
export const THRESHOLDS = { min: -900, max: 700, start: 500, skin: -300, step: 20 } as const;

const ALL: readonly [number, number] = [0, 1];
/** The gallery counts people; nothing else takes time there. */
const OF_GALLERY: Shares = {
  read: ALL,
  decode: ALL,
  find: ALL,
  segment: ALL,
  deface: ALL,
  check: ALL,
  write: ALL,
  verify: ALL,
};

/** Where the lesson is, and what has been made for it so far. */
export class Lesson {
  step = $state<LessonStep>('slices');
  head = $state.raw<LessonHead | null>(null);
  threshold = $state<number>(THRESHOLDS.start);
  /** What the threshold shows. */
  surface = $state.raw<Surface | null>(null);
  method = $state<MethodId>(METHODS[0]);
  removal = $state.raw<LessonRemoval | null>(null);
  match = $state.raw<LessonMatch | null>(null);
  /** Something of a step did not work. */
  problem = $state.raw<Problem | null>(null);

  readonly making = new Job();
  readonly removing = new Job();
  readonly matching = new Job();

  readonly at = $derived(LESSON_STEPS.indexOf(this.step));
  readonly isFirst = $derived(this.at === 0);
  readonly isLast = $derived(this.at === LESSON_STEPS.length - 1);

  readonly #connect: () => LessonClient;
  #client: LessonClient | null = null;
  #drawing: Promise<void> | null = null;

  constructor(connect: () => LessonClient) {
    this.#connect = connect;
  }

  /** Makes the head; everything else waits for it. */
  async start(): Promise<void> {
    const client = (this.#client ??= this.#connect());
    this.head = await this.making.run((job) => client.open(job), OF_DEMO);
    if (this.head) await this.#draw();
  }

  next(): void {
    this.#go(this.at + 1);
  }

  previous(): void {
    this.#go(this.at - 1);
  }

  /** Back to the first step, as if nobody had touched anything; the head and the gallery stay. */
  restart(): void {
    this.#go(0);
    this.removal = null;
    this.match = null;
    this.method = METHODS[0];
    this.turnTo(THRESHOLDS.start);
  }

  /** The picture follows as fast as it can; thresholds in between are passed over. */
  turnTo(threshold: number): void {
    this.threshold = threshold;
    void this.#draw();
  }

  choose(method: MethodId): void {
    this.method = method;
    this.removal = null;
    this.match = null;
  }

  async remove(): Promise<void> {
    const client = this.#client;
    if (!client || this.removing.isBusy) return;
    this.match = null;
    this.removal = await this.removing.run((job) => client.remove(this.method, job));
  }

  async ask(): Promise<void> {
    const client = this.#client;
    if (!client || !this.removal || this.matching.isBusy) return;
    this.match = await this.matching.run((job) => client.match(job), OF_GALLERY);
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }

  #go(to: number): void {
    this.step = LESSON_STEPS[Math.max(0, Math.min(LESSON_STEPS.length - 1, to))] ?? 'slices';
    this.problem = null;
  }

  #draw(): Promise<void> {
    this.#drawing ??= this.#follow().finally(() => {
      this.#drawing = null;
    });
    return this.#drawing;
  }

  async #follow(): Promise<void> {
    const client = this.#client;
    if (!client || !this.head) return;
    let shown: number | null = null;
    try {
      while (shown !== this.threshold) {
        shown = this.threshold;
        this.surface = await client.surface(shown);
      }
    } catch (thrown) {
      if (this.#client) this.problem = problemOf(thrown);
    }
  }
}
