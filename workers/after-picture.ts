/** Small pictures of a scan and of its result. They live in the page and are never saved. */
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import { sampleModality } from '../src/core/segmentation/conform.ts';
import { applyDelta } from '../src/core/volume/delta.ts';
import { displayWindow } from '../src/core/volume/display.ts';
import { resampleNearest } from '../src/core/volume/resample.ts';
import { skinThreshold } from '../src/core/volume/skin.ts';
import { thumbnailOf } from '../src/core/volume/thumbnail.ts';
import type { Volume } from '../src/core/volume/volume.ts';
import type { AfterPicture, ScanResult } from './api.ts';
import { middleOfHead } from './pictures.ts';

const MM = 2.2;
const SIZE = [96, 112, 120] as const;

/** For the list, and where something was removed for the sheet of all results. */
export function smallPictures(
  volume: Volume,
  { result, reasons }: DefacedScan,
): Pick<ScanResult, 'thumbnail' | 'after'> {
  const isEmpty = reasons.some(({ code }) => code === 'segment/no-head');
  const head = result ? true : isEmpty ? false : null;
  const thumbnail = { ...thumbnailOf(volume), head };
  return result ? { thumbnail, after: afterPicture(volume, result) } : { thumbnail };
}

/**
 * The skin from the front, as anyone could render it, and a slice through the middle. Made from
 * the result only: they show no face that went.
 */
function afterPicture(
  volume: Volume,
  { labels, delta }: NonNullable<DefacedScan['result']>,
): AfterPicture {
  const grid = uprightGrid(SIZE, MM, middleOfHead(labels.grid, labels.voxels));
  const stored = applyDelta(volume.stored, delta);
  const values = sampleModality({ ...volume, stored }, grid);
  const coarse = resampleNearest(labels.voxels, labels.grid, grid);
  const threshold = skinThreshold(values, coarse, volume.modality);
  const window = displayWindow(volume.modality, {
    voxels: values,
    rescale: { slope: 1, intercept: 0 },
  });
  return {
    front: { width: SIZE[0], height: SIZE[2], pixels: shaded(depths(values, threshold)) },
    side: { width: SIZE[1], height: SIZE[2], pixels: slice(values, window) },
  };
}

const FAR = SIZE[1];

/** How many voxels (with fractions) lie before the skin, seen from the front; rows from the crown down. */
function depths(values: Float32Array, threshold: number): Float32Array {
  const [ni, nj, nk] = SIZE;
  const depth = new Float32Array(ni * nk).fill(FAR);
  for (let k = 0; k < nk; k++) {
    for (let i = 0; i < ni; i++) {
      const at = (j: number): number => values[i + ni * (j + nj * k)] as number;
      let j = 0;
      while (j < nj && at(j) <= threshold) j++;
      if (j === nj) continue;
      const [before, here] = [j > 0 ? at(j - 1) : threshold, at(j)];
      const part = here > before ? (here - threshold) / (here - before) : 0;
      depth[(nk - 1 - k) * ni + i] = j - Math.min(1, Math.max(0, part));
    }
  }
  return depth;
}

/** Lit from above the viewer's left, so that relief shows. */
function shaded(depth: Float32Array): Uint8Array {
  const [width, , height] = SIZE;
  const pixels = new Uint8Array(depth.length);
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const p = row * width + column;
      if ((depth[p] as number) >= FAR) continue;
      const dx = slope(depth, p - 1, p, p + 1);
      const dy = slope(depth, p - width, p, p + width);
      const length = Math.hypot(dx, dy, 1);
      const light = (0.42 * dx + 0.5 * dy + 0.76) / length;
      pixels[p] = 30 + 210 * Math.max(0, Math.min(1, light));
    }
  }
  return pixels;
}

/** Mean slope over what is skin on both sides: an edge is no slope. */
function slope(depth: Float32Array, a: number, p: number, b: number): number {
  const [before, here, after] = [depth[a], depth[p], depth[b]] as [number, number, number];
  const steps = [here - before, after - here].filter((step) => Math.abs(step) < 6);
  return steps.length === 0 ? 0 : steps.reduce((sum, step) => sum + step, 0) / steps.length;
}

/** Through the middle, the face to the left, rows from the crown down. */
function slice(
  values: Float32Array,
  { lower, upper }: { readonly lower: number; readonly upper: number },
): Uint8Array {
  const [ni, nj, nk] = SIZE;
  const pixels = new Uint8Array(nj * nk);
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const value = values[(ni >> 1) + ni * (j + nj * k)] as number;
      const grey = (value - lower) / (upper - lower);
      pixels[(nk - 1 - k) * nj + j] = 255 * Math.max(0, Math.min(1, grey));
    }
  }
  return pixels;
}
