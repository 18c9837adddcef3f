/** A phantom as NIfTI-1 bytes (.nii): stored values, affine as sform and qform. */
import { originOf, spacingOf } from '../geometry/affine.ts';
import type { Grid } from '../geometry/grid.ts';
import { assert } from '../errors.ts';
import type { Mask, Volume } from '../volume/volume.ts';

const HEADER = 352;

/** One rescale for all slices is needed: NIfTI has a single slope. */
export function phantomNifti(volume: Volume): Uint8Array<ArrayBuffer> {
  const { stored } = volume;
  assert(stored instanceof Uint16Array, 'phantoms are stored as Uint16');
  const [rescale = { slope: 1, intercept: 0 }] = volume.rescale;
  // 512 is NIFTI_TYPE_UINT16.
  const bytes = header(volume.grid, 512, 16, rescale.slope, rescale.intercept, stored.length * 2);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < stored.length; n++) view.setUint16(HEADER + 2 * n, stored[n] as number, true);
  return bytes;
}

export function maskNifti(mask: Mask): Uint8Array<ArrayBuffer> {
  // 2 is NIFTI_TYPE_UINT8.
  const bytes = header(mask.grid, 2, 8, 1, 0, mask.voxels.length);
  bytes.set(mask.voxels, HEADER);
  return bytes;
}

/** The header and room for the voxels; LPS becomes RAS by turning the signs of x and y. */
function header(
  grid: Grid,
  type: number,
  bits: number,
  slope: number,
  intercept: number,
  length: number,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER + length);
  const view = new DataView(bytes.buffer);
  const short = (at: number, value: number): void => {
    view.setInt16(at, value, true);
  };
  const float = (at: number, value: number): void => {
    view.setFloat32(at, value, true);
  };
  const spacing = spacingOf(grid.affine);
  view.setInt32(0, 348, true);
  short(40, 3);
  grid.size.forEach((n, axis) => {
    short(42 + 2 * axis, n);
  });
  for (let n = 4; n < 8; n++) short(40 + 2 * n, 1);
  short(70, type);
  short(72, bits);
  float(76, 1);
  spacing.forEach((mm, axis) => {
    float(80 + 4 * axis, mm);
  });
  float(108, HEADER);
  float(112, slope);
  float(116, intercept);
  // Millimetres and seconds.
  bytes[123] = 10;
  // sform alone, "scanner anatomical": it holds tilted grids too.
  short(254, 1);
  const origin = originOf(grid.affine);
  for (let row = 0; row < 3; row++) {
    const sign = row < 2 ? -1 : 1;
    for (let column = 0; column < 3; column++) {
      float(280 + 16 * row + 4 * column, sign * (grid.affine[4 * row + column] as number));
    }
    float(280 + 16 * row + 12, sign * (origin[row] as number));
  }
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  return bytes;
}
