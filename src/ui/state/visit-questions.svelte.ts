import type { LeftOut, ScanId } from '../../core/scan.ts';
import type { Queue } from './queue.svelte.ts';
import type { ScanItem } from './scan-item.svelte.ts';
import type { Visit } from './visits.ts';

/** What of a visit that is to be written was neither defaced nor left out by the person. */
export interface Question {
  readonly visit: Visit;
  readonly items: readonly ScanItem[];
  readonly left: readonly LeftOut[];
}

/**
 * A visit is called defaced only where each of its objects was defaced, shown to hold no face,
 * or left out. What is none of these is asked before anything is saved.
 */
export class VisitQuestions {
  /** What the person said is left out, by id. */
  #answered = $state.raw<readonly ScanId[]>([]);
  readonly #queue: Queue;
  readonly #letThrough: () => readonly ScanId[];

  readonly open: readonly Question[] = $derived.by(() => {
    const answered = this.#answered;
    const through = this.#letThrough();
    return this.#queue.visits
      .filter(({ items }) => items.some((one) => one.included && one.status === 'approved'))
      .map((visit) => ({
        visit,
        items: visit.items.filter((item) => isOpen(item) && !answered.includes(item.scan.id)),
        left: visit.left.filter(
          ({ id, decision }) =>
            decision === 'refuse' && !through.includes(id) && !answered.includes(id),
        ),
      }))
      .filter(({ items, left }) => items.length + left.length > 0);
  });

  readonly #onAnswer: (row: ScanItem | LeftOut) => void;

  constructor(
    queue: Queue,
    letThrough: () => readonly ScanId[],
    onAnswer: (row: ScanItem | LeftOut) => void = () => undefined,
  ) {
    this.#onAnswer = onAnswer;
    this.#queue = queue;
    this.#letThrough = letThrough;
  }

  /** It is not written, and the person knows. */
  leaveOut({ items, left }: Question): void {
    this.answer([...items.map(({ scan }) => scan.id), ...left.map(({ id }) => id)]);
    for (const row of [...items, ...left]) this.#onAnswer(row);
  }

  /** The person said so, also before a reload. */
  answer(ids: readonly ScanId[]): void {
    this.#answered = [...this.#answered, ...ids];
  }

  isAnswered(id: ScanId): boolean {
    return this.#answered.includes(id);
  }

  forget(): void {
    this.#answered = [];
  }
}

/** Rejected is left out, and so is what the network saw no head in. */
function isOpen({ included, status, result }: ScanItem): boolean {
  if (!included) return false;
  return !['approved', 'rejected'].includes(status) && result?.decision !== 'exclude';
}
