/**
 * Depth "deep": the face zone to its full depth. The zone's own rear end is the skin moved
 * inwards (the network labels a fixed depth), and would leave the face once more, 30 mm
 * deeper. So the wall is moved back until the zone lies in front of it: what is behind, the
 * airway too, is met by a smooth surface that is nobody's.
 */
import type { Affine } from '../geometry/affine.ts';
import { Label } from '../volume/volume.ts';
import type { FineLabels } from './fine-labels.ts';
import { forEachVoxel } from './label-columns.ts';
import { meanFace, obliquity } from './wall.ts';

/** A voxel of the fine labels reaches this far beyond its centre (mm). */
const HALF_VOXEL_MM = 1;
/** Zones end 42 mm behind the mean face at most; face labelled deeper is a fault of the labels. */
const DEEPEST_MM = 46;

/** How far behind the mean face (mm) a wall has all of the zone in front of it; at least `wallDepthMm`. */
export function wholeZoneDepth(fine: FineLabels, toHead: Affine, wallDepthMm: number): number {
  let deepest = wallDepthMm;
  forEachVoxel(fine, toHead, (label, x, y, z) => {
    if (label !== Label.face && label !== Label.eyes) return;
    const behind = (y - meanFace(x, z)) / obliquity(x, z) + HALF_VOXEL_MM;
    if (behind > deepest) deepest = behind;
  });
  return Math.min(deepest, Math.max(wallDepthMm, DEEPEST_MM));
}
