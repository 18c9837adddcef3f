/**
 * An attacker with a gallery of undefaced heads (model.md §6, src/core/matcher). Naive: the
 * gallery as it is. Informed: he knows that tissue is missing and peels as much off his gallery
 * first. He is granted the true head frame but for two degrees and two millimetres, and the
 * same scan of the same person, so the figures flatter him; differences between cuts count.
 */
import { headFrame, type HeadFrame } from '../../src/core/deface/head-frame.ts';
import { spacingOf } from '../../src/core/geometry/affine.ts';
import type { Grid } from '../../src/core/geometry/grid.ts';
import { alignHead, mapsOfTissue, otherLook, skinOf } from '../../src/core/matcher/aligned-head.ts';
import type { HeadMaps } from '../../src/core/matcher/depth-map.ts';
import { createRandom } from '../../src/core/random.ts';
import { distanceMm } from '../../src/core/volume/distance.ts';
import type { Head } from './heads.ts';
import type { Volume } from '../../src/core/volume/volume.ts';

/** What an informed attacker peels off: about what goes with the scalp, and with the face. */
export const PEELS_MM = [6, 14] as const;
const DEEPEST_MM = Math.max(...PEELS_MM);

export interface Traces {
  readonly raw: HeadMaps;
  /** By what was peeled off, in the order of PEELS_MM. */
  readonly peeled: readonly HeadMaps[];
  readonly probe: HeadMaps;
  /** What is seen of the probe in a result: its own voxels, not a mask alone. */
  readonly defaced: (result: Volume) => HeadMaps;
}

/**
 * Depth maps of a head for gallery and probe; null where nothing can align it.
 *
 * @param found the frame that the network found: taken where nobody labelled zones
 */
export function tracesOf(
  { zones, volume }: Head,
  seed: number,
  found: HeadFrame | null,
): Traces | null {
  const { grid } = volume;
  const frame = zones ? frameOf(zones, grid) : found;
  if (!frame) return null;
  const head = alignHead(volume, frame);
  const look = otherLook(head, createRandom(seed));
  const skin = skinOf(head);
  const air = skin.map((on) => 1 - on);
  const depth = distanceMm(air, grid.size, spacingOf(grid.affine), DEEPEST_MM + 2);
  const peel = (mm: number): Uint8Array =>
    skin.map((on, v) => (on && (depth[v] as number) > mm ? 1 : 0));
  return {
    raw: mapsOfTissue(head, skin),
    peeled: PEELS_MM.map((mm) => mapsOfTissue(head, peel(mm))),
    probe: look.maps(),
    defaced: look.mapsOfResult,
  };
}

function frameOf(zones: Uint8Array, grid: Grid): HeadFrame | null {
  const labels = { labels: zones, plain: zones, mirrored: zones };
  return headFrame({ grid, ...labels, probabilities: new Float32Array(0) });
}
