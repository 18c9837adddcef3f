import type { ScanResult } from '../../../workers/api.ts';
import { isRemoved, isSkin, valueAt } from './head.ts';

/** Of the crude head, drawn once. */
export const AFTER = afterOf();

function afterOf(): NonNullable<ScanResult['after']> {
  const size = 96;
  const [front, side] = [new Uint8Array(size * size), new Uint8Array(size * size)];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [across, z] = [column * 2.6 - 125, 95 - row * 2.5];
      let y = -140;
      const isTissue = (): boolean => isSkin(across, y, z) && !isRemoved(across, y, z);
      while (y < 120 && !isTissue()) y += 2;
      front[row * size + column] = y < 120 ? 230 - (y + 140) : 0;
      const isLeft = isRemoved(0, across, z);
      side[row * size + column] = isLeft ? 0 : (valueAt('CT', 0, across, z) + 160) / 1.6;
    }
  }
  const picture = (pixels: Uint8Array) => ({ width: size, height: size, pixels });
  return { front: picture(front), side: picture(side) };
}
