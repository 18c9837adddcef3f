/**
 * A process of its own with a network of its own: takes one scan at a time and gives its result.
 * It reads and writes no file of a person, and ends with the command that started it.
 */
import { createNodeSegmenter } from '../adapters/tfjs/node.ts';
import { defaceInVisit, writesByLabels } from '../app/deface-visit.ts';
import { createVisitHeads } from '../app/visit-heads.ts';
import { encodeResult } from '../core/deface/kept-result.ts';
import { EffaceError, type ErrorRecord } from '../core/errors.ts';
import type { DefaceTask, FromChild } from './deface-wire.ts';

const say = (message: FromChild): void => {
  process.send?.(message);
};
process.on('disconnect', () => process.exit());
// The command decides when to stop: Ctrl+C reaches both.
process.on('SIGINT', () => undefined);

const heads = createVisitHeads();

try {
  const segmenter = await createNodeSegmenter();
  process.on('message', (task: DefaceTask) => {
    const { scan, volume, options } = task;
    const onProgress = throttled();
    defaceInVisit(scan, volume, options, segmenter, heads, { onProgress }).then(
      (defaced) => {
        const labels = writesByLabels(scan, options) ? 'all' : 'none';
        say({ kind: 'done', result: encodeResult(defaced, labels) });
      },
      (error: unknown) => {
        say({ kind: 'failed', record: recordOf(error) });
      },
    );
  });
  say({ kind: 'ready', model: segmenter.model, backend: segmenter.backend });
} catch (error) {
  say({ kind: 'failed', record: recordOf(error) });
}

function recordOf(error: unknown): ErrorRecord {
  return error instanceof EffaceError ? error.toRecord() : { code: 'job/fault', details: {} };
}

const EVERY_MS = 200;

function throttled(): (progress: Extract<FromChild, { kind: 'progress' }>['progress']) => void {
  let said = -Infinity;
  return (progress) => {
    if (performance.now() - said < EVERY_MS) return;
    said = performance.now();
    say({ kind: 'progress', progress });
  };
}
