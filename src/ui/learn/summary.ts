/** What the matcher's two ranks mean, in one sentence. */
import type { Named } from '../../app/lesson.ts';
import { learnTexts } from '../texts-learn.ts';

export interface FaceRanks {
  readonly before: number;
  readonly after: number;
  /** Where the gallery was treated like the scan; null where the method leaves no likeness. */
  readonly likewise: number | null;
  /** Size of the gallery. */
  readonly of: number;
}

/** null where the face was not asked for. */
export function faceRanks(named: readonly Named[]): FaceRanks | null {
  const at = (when: Named['when']): Named | undefined =>
    named.find((one) => one.view === 'face' && one.when === when);
  const [before, after] = [at('before'), at('after')];
  if (!before || !after) return null;
  return {
    before: before.rank,
    after: after.rank,
    likewise: at('likewise')?.rank ?? null,
    of: after.of,
  };
}

export function summaryOf({ before, after, likewise, of }: FaceRanks): string {
  const isUndone = before === 1 && likewise === 1;
  return isUndone ? learnTexts.who.undone(after, of) : learnTexts.who.summary(before, after, of);
}
