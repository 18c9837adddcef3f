/**
 * Networks on a graphics card that may go away: a lost device throws, or worse, answers with
 * nothing. The run is then repeated on the backend that always works.
 */
import type { FaceSegmenter, NetworkInput } from '../../app/ports.ts';

/**
 * @param first used as long as it answers
 * @param start makes the segmenter that takes over for good; called at most once
 */
export function withFallback(
  first: FaceSegmenter,
  start: () => Promise<FaceSegmenter>,
): FaceSegmenter {
  let current = first;
  let started: Promise<FaceSegmenter> | null = null;
  const run = async (name: 'find' | 'label', input: NetworkInput): Promise<Float32Array> => {
    if (current === first) {
      try {
        const said = await first[name](input);
        if (saysSomething(said)) return said;
      } catch {
        // The card's fault or the driver's: the other backend will tell whether it is ours.
      }
    }
    current = await (started ??= start());
    return current[name](input);
  };
  return {
    get model() {
      return current.model;
    },
    get backend() {
      return current.backend;
    },
    find: (input) => run('find', input),
    label: (input) => run('label', input),
    dispose: () => {
      current.dispose();
    },
  };
}

/** A lost device gives zeros, so all classes alike, or NaN: no network says that of any scan. */
function saysSomething(probabilities: Float32Array): boolean {
  const [one] = probabilities;
  return (
    one !== undefined &&
    probabilities.some((value) => value !== one) &&
    probabilities.every((value) => value >= 0 && value <= 1)
  );
}
