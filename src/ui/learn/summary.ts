/** What the matcher's two ranks mean, in one sentence. */
import { LIKENESS, type MethodId } from '../../core/deface/options.ts';
import { learnTexts } from '../texts-learn.ts';

export interface FaceRanks {
  readonly before: number;
  readonly after: number;
  /** Size of the gallery. */
  readonly of: number;
}

/** A likeness that is named again is no bad luck: it is what the method leaves. */
export function summaryOf(method: MethodId, { before, after, of }: FaceRanks): string {
  const isUndone = LIKENESS.includes(method) && before === 1 && after === 1;
  return isUndone ? learnTexts.who.undone(of) : learnTexts.who.summary(before, after, of);
}
