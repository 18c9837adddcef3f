/** Where tissue begins: the threshold of the skin in a volume's own values. */
import { Label, type Modality } from './volume.ts';

/** Half-way between air and the least dense tissue (HU). */
const CT_SKIN_HU = -300;

/**
 * The modality value of the skin: −300 HU in CT; in MR a little above the noise of the air,
 * half-way to a tenth of the tissue (arbitrary units differ from scan to scan). The network's
 * labels say where air and head are; without them a share of the range is taken.
 *
 * @param values modality values on the grid of `labels`
 */
export function skinThreshold(
  values: Float32Array,
  labels: Uint8Array,
  modality: Modality,
): number {
  if (modality === 'CT') return CT_SKIN_HU;
  const air: number[] = [];
  const head: number[] = [];
  // Every seventh voxel is enough for a median, and steps across rows.
  for (let v = 0; v < values.length; v += 7) {
    (labels[v] === Label.air ? air : head).push(values[v] as number);
  }
  air.sort((a, b) => a - b);
  head.sort((a, b) => a - b);
  const noise = air[Math.floor(0.9 * air.length)] ?? 0;
  const tissue = head[Math.floor(0.6 * head.length)] ?? noise;
  return noise + 0.2 * (tissue - noise);
}
