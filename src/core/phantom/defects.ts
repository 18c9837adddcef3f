/** What goes wrong with real series, made on purpose: the answer is known. */
import { createRandom } from '../random.ts';
import { rescaleOf, type Rescale, type Volume } from '../volume/volume.ts';

export interface DicomDefects {
  /** Slices (k) that are not written. */
  readonly missing?: readonly number[];
  /** How file names and InstanceNumber run along k. Default forward. */
  readonly order?: 'forward' | 'reversed' | 'shuffled';
  /** The file of slice `k` ends after this share of its bytes. */
  readonly truncated?: { readonly k: number; readonly share: number };
  /** The file of slice `k` is written twice, under the same UID. */
  readonly twice?: number;
}

/** The slices in the order in which their files are numbered. */
export function fileOrder(slices: number, defects: DicomDefects): readonly number[] {
  const missing = new Set(defects.missing ?? []);
  const order = Array.from({ length: slices }, (_, k) => k).filter((k) => !missing.has(k));
  if (defects.order === 'reversed') order.reverse();
  if (defects.order === 'shuffled') {
    const random = createRandom(slices);
    for (let n = order.length - 1; n > 0; n--) {
      const m = Math.floor(random.uniform() * (n + 1));
      const kept = order[n] as number;
      order[n] = order[m] as number;
      order[m] = kept;
    }
  }
  if (defects.twice !== undefined) order.push(defects.twice);
  return order;
}

export function withSliceDefects(
  bytes: Uint8Array<ArrayBuffer>,
  k: number,
  { truncated }: DicomDefects,
): Uint8Array<ArrayBuffer> {
  if (truncated?.k !== k) return bytes;
  return bytes.slice(0, Math.floor(bytes.length * truncated.share));
}

/** The same modality values with another slope in every slice, as some MR and PET scanners store. */
export function withSliceRescale(volume: Volume): Volume {
  const [ni, nj, nk] = volume.grid.size;
  const stored = new Uint16Array(volume.stored.length);
  const rescale: Rescale[] = [];
  const air: number[] = [];
  const intercept = volume.modality === 'CT' ? -1024 : 0;
  for (let k = 0; k < nk; k++) {
    const slope = (50 + (k % 7)) / 1000;
    const old = rescaleOf(volume, k);
    const at = (value: number): number => {
      const modality = value * old.slope + old.intercept;
      return Math.max(0, Math.min(65535, Math.round((modality - intercept) / slope)));
    };
    for (let n = ni * nj * k, end = n + ni * nj; n < end; n++) {
      stored[n] = at(volume.stored[n] as number);
    }
    rescale.push({ slope, intercept });
    air.push(at(volume.air[volume.air.length === 1 ? 0 : k] as number));
  }
  return { ...volume, stored, rescale, air };
}

/** A CT whose corners outside the scan circle hold a padding value, as some makers write. */
export function withPaddedCorners(volume: Volume, padding = 0): Volume {
  const [ni, nj, nk] = volume.grid.size;
  const stored = Uint16Array.from(volume.stored);
  const radius = Math.min(ni, nj) / 2;
  for (let j = 0; j < nj; j++) {
    for (let i = 0; i < ni; i++) {
      if (Math.hypot(i - (ni - 1) / 2, j - (nj - 1) / 2) <= radius) continue;
      for (let k = 0; k < nk; k++) stored[i + ni * (j + nj * k)] = padding;
    }
  }
  return { ...volume, stored, padding: { low: padding, high: padding } };
}
