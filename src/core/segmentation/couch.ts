/**
 * Where the patient is in a CT. Couch, head holder and mask are made of what tissue is
 * made of, and networks take them for head; painted slabs in training did not cure that,
 * removing them does (model-second-run.md §3).
 */
import type { Grid } from '../geometry/grid.ts';
import { largestComponent } from '../volume/components.ts';
import { dilate, erode } from '../volume/morphology.ts';

/** As in training/efface_training/normalise.py (`body_mask`). */
export const BODY_GRID_MM = 3;
const BODY_HU = -300;
const ERODE = 2;
/** More than was eroded, so that the thin auricles come back, with a rim of air. */
const DILATE = 7;

/** HU of everything that is not the patient. */
export const AIR_HU = -1000;

/**
 * The largest part of what is denser than −300 HU after two rounds of erosion, grown by
 * seven; everything when there is none.
 *
 * @param hu on a 3 mm grid, i fastest
 * @returns 1 at the patient
 */
export function bodyMask(hu: Float32Array, size: Grid['size']): Uint8Array {
  const dense = new Uint8Array(hu.length);
  for (let v = 0; v < hu.length; v++) dense[v] = (hu[v] as number) > BODY_HU ? 1 : 0;
  const core = largestComponent(erode(dense, size, ERODE), size);
  if (!core.includes(1)) return core.fill(1);
  return dilate(core, size, DILATE);
}
