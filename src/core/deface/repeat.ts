/** Further volumes of a scan (time points, echoes, b-values): the region of the first, their own values. */
import type { JobOptions } from '../progress.ts';
import type { Seed } from '../random.ts';
import type { Delta } from '../volume/delta.ts';
import type { Mask, Volume } from '../volume/volume.ts';
import { blank } from './blank.ts';
import type { HeadFrame } from './head-frame.ts';
import { METHOD, withoutFace } from './methods.ts';
import type { MethodId } from './options.ts';

/** How the region of a result was filled. */
export interface Filled {
  readonly method: MethodId;
  readonly frame: HeadFrame;
  readonly seed: Seed;
}

export interface RepeatOf {
  readonly labels: Mask;
  readonly region: Mask;
  /** Absent: with air. */
  readonly filled?: Filled;
}

/**
 * The same method on another volume of the grid, from that volume's own air and tissue. A made
 * face stands in the first volume only: in images of strong diffusion or of phase nothing of it
 * could be measured, so that the others get noise (`deface/new-face-first`).
 *
 * @param n of the volume, counted from 0, the first: noise is drawn anew in each
 * @throws AbortSignal's reason when cancelled; EffaceError `job/memory`
 */
export function repeatOn(
  volume: Volume,
  { labels, region, filled }: RepeatOf,
  n: number,
  job: JobOptions = {},
): Promise<Delta> {
  if (!filled) return blank(volume, region, job);
  const { method, frame, seed } = filled;
  const opening = { volume, removed: { region, labels }, frame };
  return n === 0
    ? METHOD[method]({ ...opening, seed }, job)
    : METHOD[withoutFace(method)]({ ...opening, seed: [...seed, n] }, job);
}
