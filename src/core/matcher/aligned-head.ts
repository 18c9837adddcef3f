/**
 * A scan in its own head frame, and what the matcher makes of it: the map that stands in a
 * gallery, and maps as another look at the same person would give them.
 */
import type { HeadFrame } from '../deface/head-frame.ts';
import { affineOf, compose, invert, type Affine } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import type { Random } from '../random.ts';
import { percentile } from '../volume/statistics.ts';
import type { Volume } from '../volume/volume.ts';
import { mapsOf, raysThrough, type HeadMaps } from './depth-map.ts';
import { tissueAbove, valuesAboveAir } from './tissue.ts';

export interface AlignedHead {
  readonly grid: Grid;
  readonly frame: HeadFrame;
  /** Modality values from air upwards. */
  readonly values: Float32Array;
  /** Their 99th percentile: thresholds are shares of it. */
  readonly top: number;
}

/** Tissue of a gallery begins at this share of the 99th percentile. */
const GALLERY_SHARE = 0.12;
const NO_TURN = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

export function alignHead(volume: Volume, frame: HeadFrame): AlignedHead {
  const values = valuesAboveAir(volume);
  return { grid: volume.grid, frame, values, top: percentile(values.slice(), 0.99) };
}

/** The head as it stands in a gallery. */
export function galleryMaps(head: AlignedHead): HeadMaps {
  return mapsOfTissue(head, skinOf(head));
}

export function skinOf({ values, grid, top }: AlignedHead): Uint8Array {
  return tissueAbove(values, grid.size, GALLERY_SHARE * top);
}

/** @param off a turn and shift of the head frame: as if the head had been aligned less well */
export function mapsOfTissue(
  { grid, frame }: AlignedHead,
  tissue: Uint8Array,
  off: Affine = affineOf(NO_TURN),
): HeadMaps {
  const toIndex = compose(invert(compose(frame.fromLps, grid.affine)), off);
  return mapsOf(raysThrough(tissue, grid.size, toIndex));
}

/** Another look at the same scan: as it was, with a mask taken away, or as a result shows it. */
export interface OtherLook {
  readonly maps: (mask?: Uint8Array) => HeadMaps;
  /** @param result on the grid of the head */
  readonly mapsOfResult: (result: Volume) => HeadMaps;
}

/**
 * The same scan with 2 % noise and another threshold, aligned two degrees and two millimetres
 * worse: kinder to the matcher than a second scan of the person would be.
 */
export function otherLook(head: AlignedHead, random: Random): OtherLook {
  const { values, top, grid } = head;
  const share = 0.09 + 0.07 * random.uniform();
  const noise = values.map(() => 0.02 * top * random.normal());
  const noisy = (of: Float32Array): Float32Array =>
    of.map((value, v) => Math.abs(value + (noise[v] as number)));
  const off = jitter(random);
  const mapsOfValues = (left: Float32Array): HeadMaps =>
    mapsOfTissue(head, tissueAbove(left, grid.size, share * top), off);
  return {
    maps: (mask) => {
      const all = noisy(values);
      return mapsOfValues(mask ? all.map((value, v) => (mask[v] ? 0 : value)) : all);
    },
    mapsOfResult: (result) => mapsOfValues(noisy(valuesAboveAir(result))),
  };
}

/** Up to two degrees about each axis, and two millimetres. */
function jitter(random: Random): Affine {
  const part = (): number => 2 * random.uniform() - 1;
  let all = affineOf(NO_TURN);
  for (const axis of [0, 1, 2]) {
    const a = (part() * 2 * Math.PI) / 180;
    const m = [...NO_TURN];
    const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
    m[5 * p] = m[5 * q] = Math.cos(a);
    m[4 * p + q] = -Math.sin(a);
    m[4 * q + p] = Math.sin(a);
    all = compose(affineOf(m), all);
  }
  const [x, y, z] = [2 * part(), 2 * part(), 2 * part()];
  return compose(affineOf([1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1]), all);
}
