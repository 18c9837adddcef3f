/** The head of a refused scan, for a person who says by hand what goes. */
import type { LabelledHead } from '../core/deface/defaced-scan.ts';
import type { HeadFrame } from '../core/deface/head-frame.ts';
import { mayCorrectByHand } from '../core/edit/by-hand.ts';
import { EffaceError } from '../core/errors.ts';
import { affineFromColumns } from '../core/geometry/affine.ts';
import { boundsOf } from '../core/segmentation/conform.ts';
import { outlineOnly } from '../core/segmentation/outline-only.ts';
import type { Volume } from '../core/volume/volume.ts';
import type { Labelled } from './label-head.ts';

/**
 * As far as the network saw one: with a plan to start from where it saw a face and was not
 * believed; with brain and guard, and nothing planned, where it saw no face; else tissue and air.
 *
 * @throws EffaceError `edit/not-by-hand` where the refusal is none that a hand can answer
 */
export function handHead(volume: Volume, refused: Labelled & { head: null }): LabelledHead {
  const { reasons, found } = refused;
  if (!mayCorrectByHand(volume.modality, reasons)) throw new EffaceError('edit/not-by-hand');
  const frame = found?.frame ?? null;
  const isPlanned =
    frame !== null &&
    reasons.some(({ code }) => code === 'segment/uncertain') &&
    !reasons.some(({ code }) => code === 'segment/no-face');
  return {
    segmentation: found?.segmentation ?? outlineOnly(volume),
    frame: frame ?? middleFrame(volume),
    borrowed: false,
    doubts: reasons,
    byHand: isPlanned ? 'from-plan' : 'from-nothing',
  };
}

/** Of a head that was not found: nothing is placed in it, but places have to have some frame. */
function middleFrame({ grid }: Volume): HeadFrame {
  const { low, high } = boundsOf(grid);
  const fromLps = affineFromColumns(
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -(low[2] + high[2]) / 2],
  );
  return { fromLps, rmsMm: 0, landmarks: [] };
}
