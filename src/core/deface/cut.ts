/**
 * Where to cut, decided in the head frame: the columns of every region a person chose, to
 * the depth he chose.
 */
import { indexToLps, type Affine } from '../geometry/affine.ts';
import { Label, type Volume } from '../volume/volume.ts';
import { widened, type Columns } from './columns.ts';
import { denseTeeth } from './dense-teeth.ts';
import { depthField } from './depth-field.ts';
import { domeOf, type Dome } from './dome.ts';
import { columnsOf, seeFace, type FaceZone } from './face-zone.ts';
import { facialSkin } from './facial-skin.ts';
import type { FineLabels } from './fine-labels.ts';
import { indexToHead, type HeadFrame } from './head-frame.ts';
import { labelColumns } from './label-columns.ts';
import type { Region, SeededOptions } from './options.ts';
import { shellColumns } from './shell.ts';
import { wholeZoneDepth } from './whole-zone.ts';
import { meanFace, obliquity, wallY } from './wall.ts';

export interface Cut {
  /** In the order they claim a voxel for the report. */
  readonly columns: readonly { readonly region: Region; readonly columns: Columns }[];
  /** Labels removed wherever they lie (eyeballs behind the wall). */
  readonly labels: readonly { readonly region: Region; readonly label: Label }[];
  /** Voxels of the fine grid removed wherever they lie (teeth by density). */
  readonly masks: readonly { readonly region: Region; readonly voxels: Uint8Array }[];
  /** Removed around the vault; null where the scalp stays. */
  readonly dome: Dome | null;
  /** null where the face stays. */
  readonly face: FaceCut | null;
}

export interface FaceCut {
  /** Also among the columns of the cut. */
  readonly columns: Columns;
  /** How far the wall lies behind the mean face (mm); null where the cut follows the skin (`shallow`). */
  readonly wallDepthMm: number | null;
  /**
   * Where tissue is face in ordinary heads, so that the guard should have little to take back
   * there. A wall moved back reaches under the brain in every head, and that is no alarm.
   */
  readonly expected: Columns;
}

/** Nothing is planned: a person says it all. */
export const NO_CUT: Cut = { columns: [], labels: [], masks: [], dome: null, face: null };

/** Tissue taken behind the skin nearly everywhere (mm); the check asks for 10. */
const TISSUE_MM = 13;
/** The wall is never nearer to, nor farther from, the mean face than this (mm). */
const WALL_RANGE_MM = [6, 26] as const;
/** Share of the facial skin that must lie TISSUE_MM in front of the wall. */
const SKIN_SHARE = 0.985;
/**
 * How much wider and deeper everything goes in PET, which is blurred, has large voxels (half
 * the diagonal of one), and was taken minutes before or after what the labels come from (2 mm).
 */
const PET_MM = 4;
/** How much further back the wall goes where teeth are to be removed (mm). */
const TEETH_MM = 16;

export function planCut(
  fine: FineLabels,
  frame: HeadFrame,
  options: SeededOptions,
  volume: Volume,
): Cut {
  const toHead = indexToHead(frame, fine.grid.affine);
  const wants = (region: Region): boolean => options.regions.includes(region);
  // Cheek behind the deepest wall would widen what is opened without being cut.
  const zone = seeFace(fine, toHead, (x, y, z) => y <= wallY(x, z, WALL_RANGE_MM[1]));
  const depth = wallDepth(fine, toHead);
  const wall = columnsOf(zone, (x, z) => wallY(x, z, depth));
  const face = wants('face') ? faceCut(fine, toHead, options, depth, wall) : null;
  const columns: Cut['columns'][number][] = [];
  const masks: Cut['masks'][number][] = [];
  if (face) columns.push({ region: 'face', columns: face.columns });
  if (wants('teeth')) {
    columns.push({ region: 'teeth', columns: lowerFace(zone, depth + TEETH_MM) });
    if (volume.modality === 'CT') {
      masks.push({ region: 'teeth', voxels: denseTeeth(volume, fine, toHead, zone.middle) });
    }
  }
  if (wants('ears')) {
    columns.push({ region: 'ears', columns: labelColumns(fine, toHead, Label.ears, 'left') });
    columns.push({ region: 'ears', columns: labelColumns(fine, toHead, Label.ears, 'right') });
  }
  if (wants('scalp')) {
    columns.push({ region: 'scalp', columns: labelColumns(fine, toHead, Label.forehead, 'front') });
  }
  const isPet = volume.modality === 'PT';
  return {
    columns: isPet
      ? columns.map((one) => ({ ...one, columns: widened(one.columns, PET_MM) }))
      : columns,
    labels: wants('eyes') ? [{ region: 'eyes', label: Label.eyes }] : [],
    masks,
    dome: wants('scalp') ? domeOf(fine, toHead) : null,
    face,
  };
}

function faceCut(
  fine: FineLabels,
  toHead: Affine,
  { depth, seed }: SeededOptions,
  wallDepthMm: number,
  wall: Columns,
): FaceCut {
  switch (depth) {
    case 'standard':
      return { columns: wall, wallDepthMm, expected: wall };
    case 'deep': {
      const deep = wholeZoneDepth(fine, toHead, wallDepthMm);
      const columns = columnsOf(seeFace(fine, toHead), (x, z) => wallY(x, z, deep));
      return { columns, wallDepthMm: deep, expected: wall };
    }
    case 'shallow': {
      const columns = shellColumns(fine, toHead, seeFace(fine, toHead), depthField(seed));
      return { columns, wallDepthMm: null, expected: columns };
    }
  }
}

/** The one free offset of the wall: far enough back that nearly all facial skin loses TISSUE_MM. */
function wallDepth(fine: FineLabels, toHead: Affine): number {
  const [ni, nj] = fine.grid.size;
  const behind = facialSkin(fine, toHead).map((v) => {
    const [i, j, k] = [v % ni, Math.floor(v / ni) % nj, Math.floor(v / (ni * nj))];
    const [x, y, z] = indexToLps(toHead, [i, j, k]);
    return (y - meanFace(x, z)) / obliquity(x, z);
  });
  behind.sort((a, b) => a - b);
  const farthest = behind[Math.floor(SKIN_SHARE * (behind.length - 1))] ?? 0;
  return Math.min(WALL_RANGE_MM[1], Math.max(WALL_RANGE_MM[0], farthest + TISSUE_MM));
}

/** The lower part of the face with the wall moved back behind the teeth, which lie below its middle. */
function lowerFace(zone: FaceZone, depth: number): Columns {
  return columnsOf(zone, (x, z) => (z > zone.middle ? NaN : wallY(x, z, depth)));
}
