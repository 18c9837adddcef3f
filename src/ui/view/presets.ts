/** Grey windows under the keys 1 to 5. */
import type { Modality } from '../../core/volume/volume.ts';
import type { GreyWindow } from './reslice.ts';

export type PresetId =
  | 'brain'
  | 'subdural'
  | 'bone'
  | 'softTissue'
  | 'skin'
  | 'automatic'
  | 'contrast'
  | 'bright'
  | 'soft'
  | 'air';

export interface WindowPreset {
  readonly id: PresetId;
  readonly window: GreyWindow;
}

/**
 * Those of a radiologist for CT, and one that shows the skin against the air; for MR shares of
 * the range between two percentiles of the scan.
 *
 * @param range of an MR, lower and upper percentile (core/volume/display.ts)
 */
export function presetsOf(modality: Modality, range: GreyWindow): readonly WindowPreset[] {
  if (modality === 'CT') {
    const of = (id: PresetId, width: number, level: number): WindowPreset => ({
      id,
      window: { lower: level - width / 2, upper: level + width / 2 },
    });
    return [
      of('brain', 80, 40),
      of('subdural', 200, 75),
      of('bone', 2500, 480),
      of('softTissue', 400, 40),
      of('skin', 1000, -500),
    ];
  }
  const width = range.upper - range.lower;
  const share = (id: PresetId, from: number, to: number): WindowPreset => ({
    id,
    window: { lower: range.lower + from * width, upper: range.lower + to * width },
  });
  return [
    share('automatic', 0, 1),
    share('contrast', 0.15, 0.7),
    share('bright', 0, 0.5),
    share('soft', 0, 1.5),
    share('air', 0, 0.125),
  ];
}
