import type { Correction } from '../correct/correction.svelte.ts';
import type { ScanItem } from './scan-item.svelte.ts';

/** What waits for the answer what becomes of strokes that are not applied. */
interface Question {
  readonly go: () => void;
  /** Whether results that were not saved are forgotten with it. */
  readonly forgets: boolean;
  /** null where it goes on to something that would not wait for it. */
  readonly apply: (() => void) | null;
}

/** The correction that is open: it outlives its view, which goes while another page is read. */
export class Correcting {
  item = $state.raw<ScanItem | null>(null);
  correction = $state.raw<Correction | null>(null);
  question = $state.raw<Question | null>(null);

  /** Whether strokes are not in the result. */
  readonly isDirty = $derived(this.correction?.editor?.isDirty ?? false);

  begin(item: ScanItem, correction: Correction): void {
    this.end();
    [this.item, this.correction] = [item, correction];
  }

  /** What is not applied by now stays, and waits. */
  end(): void {
    if (this.item) this.item.hasStrokes = this.isDirty;
    [this.item, this.correction, this.question] = [null, null, null];
  }

  /** Goes on at once where every stroke is applied; else it is asked what becomes of them. */
  leave(question: Question): void {
    this.correction?.editor?.endStroke();
    if (this.isDirty) this.question = question;
    else question.go();
  }

  keep(): void {
    this.question?.go();
    this.question = null;
  }

  async discard(): Promise<void> {
    const { question } = this;
    await this.correction?.discard();
    question?.go();
    this.question = null;
  }
}
