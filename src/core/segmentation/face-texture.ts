/**
 * Whether the face was spoilt before: blurred, or filled with noise. Such a face is still
 * found, and what is left of it looks like skin to the network.
 */
import type { Size } from '../geometry/grid.ts';
import { Label } from '../volume/volume.ts';
import type { Outline } from './outline.ts';

export interface FaceTexture {
  /** Steepest step at the skin of the face, as a share of that at the scalp; null where too little is in view. */
  readonly sharpness: number | null;
  /** Correlation of places 6 mm apart in the face; null where there is too little. */
  readonly likeness: number | null;
}

/** Voxels before and behind the skin among which the steepest step is looked for. */
const REACH = 2;
const LAG = 2;
const LEAST = 200;

/** @param image the scan on the 3 mm box of the network, linear in its own values */
export function faceTexture(
  image: Float32Array,
  inView: Uint8Array,
  labels: Uint8Array,
  { head }: Outline,
  size: Size,
): FaceTexture {
  const [ni, nj, nk] = size;
  const slice = ni * nj;
  const face: number[] = [];
  const scalp: number[] = [];
  const steepest = (v: number, stride: number): number => {
    let most = 0;
    for (let n = -REACH; n < REACH; n++) {
      const at = v + n * stride;
      const step = (image[at + stride] ?? 0) - (image[at] ?? 0);
      if (step > most) most = step;
    }
    return most;
  };
  for (let k = 0; k < nk; k++) {
    for (let i = 0; i < ni; i++) {
      let j = 0;
      while (j < nj && !head[i + ni * j + slice * k]) j++;
      const v = i + ni * j + slice * k;
      if (j < REACH || j >= nj - REACH || !inView[v - REACH * ni]) continue;
      const label = labels[v + ni];
      if (label === Label.face || label === Label.eyes) face.push(steepest(v, ni));
      else if (label === Label.head || label === Label.forehead) scalp.push(steepest(v, ni));
    }
  }
  return {
    sharpness: face.length >= LEAST && scalp.length >= LEAST ? middle(face) / middle(scalp) : null,
    likeness: alike(image, labels, [1, ni, slice]),
  };
}

function alike(image: Float32Array, labels: Uint8Array, strides: readonly number[]): number | null {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (const stride of strides) {
    for (let v = LAG * stride; v < image.length; v++) {
      if (labels[v] !== Label.face || labels[v - LAG * stride] !== Label.face) continue;
      const [x, y] = [image[v] as number, image[v - LAG * stride] as number];
      n++;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  }
  if (n < LEAST) return null;
  const spread = Math.sqrt((aa - (a * a) / n) * (bb - (b * b) / n));
  return spread > 1e-9 * n ? (ab - (a * b) / n) / spread : 0;
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] as number;
}
