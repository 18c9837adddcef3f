/** Work under way. */
import type { Stage } from '../../../core/progress.ts';

export const work = {
  title: 'Removing faces',
  removing: (n: number) => (n === 1 ? 'Working on 1 series' : `Working on ${n} series`),
  progress: 'Progress',
  cancel: 'Cancel',
  cancelling: 'Stopping',
  cancelled: 'Cancelled. Nothing was written.',
  of: (n: number, count: number) => `Series ${n} of ${count}`,
  stages: {
    read: 'Reading files',
    decode: 'Decoding slices',
    find: 'Finding the head',
    segment: 'Finding face, ears and brain',
    deface: 'Removing the face',
    check: 'Checking the result',
    write: 'Writing files',
    verify: 'Reading back what was written',
  } satisfies Record<Stage, string>,
  starting: 'Starting',
  percent: (fraction: number) => `${Math.round(fraction * 100)} %`,
  lost: 'The job did not stop by itself, so the worker was restarted. Remove faces once more: results that were put aside are found again, others are made again.',
} as const;
