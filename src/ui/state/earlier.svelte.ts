import type { LeftOut, ScanId } from '../../core/scan.ts';
import type { Said } from '../../app/kept-decisions.ts';
import type { Earlier } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import type { Queue } from './queue.svelte.ts';
import { ScanItem } from './scan-item.svelte.ts';
import type { VisitQuestions } from './visit-questions.svelte.ts';

/** Where decisions are made, and shown again. */
interface Desk {
  readonly client: Pick<WorkerClient, 'decide'>;
  readonly queue: Queue;
  readonly questions: VisitQuestions;
  letThrough: readonly ScanId[];
}

/**
 * What the person decided outlives a reload: each decision is told to the worker when it is made,
 * and those of an earlier visit to the page are taken over when the same files are opened.
 */
export class EarlierDecisions {
  /** Series of which a result was decided on before, as files were opened. */
  #decided = $state(0);
  /** What was said of files, and not of results. */
  files = $state(0);

  /** Given for the very results that are here. */
  readonly holding = $derived.by(() => this.#count('holds'));
  /** Given for other results: they have to be made again. */
  readonly voided = $derived.by(() => this.#count('void'));
  /** Of which the results are not here yet. */
  readonly waiting = $derived.by(() =>
    this.#desk.queue.items.some(({ status }) => status !== 'waiting') ? 0 : this.#decided,
  );

  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Takes over what was said of the files that were just opened. */
  take({ said, decided }: Earlier = { said: [], decided: 0 }): void {
    const { queue, questions } = this.#desk;
    const rows = [...queue.items, ...queue.left];
    this.files = 0;
    for (const { scan, said: one } of said) {
      const row = rows.find((open) => idOf(open) === scan);
      if (!row) continue;
      this.files++;
      if (row instanceof ScanItem) row.included = one.included ?? true;
      else if (one.included) this.#desk.letThrough = [...this.#desk.letThrough, scan];
      if (one.leftOut) questions.answer([scan]);
      if (one.removed) queue.remove(row, false);
    }
    this.#decided = decided;
  }

  /** Tells what is said of a series, or of what was left out, as it is now. */
  keep(row: ScanItem | LeftOut): void {
    // Where nothing can be kept, work goes on without.
    this.#desk.client.decide(idOf(row), this.#saidOf(row)).catch(() => undefined);
  }

  #saidOf(row: ScanItem | LeftOut): Said {
    const { queue, questions, letThrough } = this.#desk;
    const id = idOf(row);
    const about: Said = {
      ...(queue.removed.includes(row) ? { removed: true } : {}),
      ...(questions.isAnswered(id) ? { leftOut: true } : {}),
    };
    if (!(row instanceof ScanItem)) {
      return letThrough.includes(id) ? { ...about, included: true } : about;
    }
    const { status, included } = row;
    return {
      ...about,
      ...(status === 'approved' || status === 'rejected' ? { decision: status } : {}),
      ...(included ? {} : { included: false }),
    };
  }

  #count(which: ScanItem['earlier']): number {
    return this.#desk.queue.items.filter(({ earlier }) => earlier === which).length;
  }
}

function idOf(row: ScanItem | LeftOut): ScanId {
  return row instanceof ScanItem ? row.scan.id : row.id;
}
