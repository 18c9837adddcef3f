/**
 * How long scans take here, from those that are done. Part of the time is the same for each
 * (the network sees every head on one grid), part grows with the voxels: a line is fitted, and
 * before two sizes were met half of the time is taken to be of each kind.
 */
export class Pace {
  #measured = $state.raw<readonly Measured[]>([]);

  add(voxels: number, ms: number): void {
    this.#measured = [...this.#measured, { voxels, ms }];
  }

  /**
   * Time (ms) for what is still to come; null before the first scan was measured.
   *
   * @param voxels of each scan that waits
   * @param current the one that is worked on, and the share (0–1) of it that is done
   */
  left(voxels: readonly number[], current: Current | null = null): number | null {
    const line = lineThrough(this.#measured);
    if (!line) return null;
    const of = (size: number): number => line.each + line.perVoxel * size;
    const now = current ? of(current.voxels) * (1 - current.done) : 0;
    return voxels.reduce((sum, size) => sum + of(size), now);
  }
}

export interface Current {
  readonly voxels: number;
  readonly done: number;
}

interface Measured {
  readonly voxels: number;
  readonly ms: number;
}

interface Line {
  /** ms of each scan, and of each voxel of it; neither below 0. */
  readonly each: number;
  readonly perVoxel: number;
}

function lineThrough(measured: readonly Measured[]): Line | null {
  if (measured.length === 0) return null;
  const mean = (of: (one: Measured) => number): number =>
    measured.reduce((sum, one) => sum + of(one), 0) / measured.length;
  const [size, ms] = [mean(({ voxels }) => voxels), mean((one) => one.ms)];
  const spread = mean(({ voxels }) => (voxels - size) ** 2);
  if (spread === 0) return { each: ms / 2, perVoxel: ms / 2 / Math.max(1, size) };
  const slope = mean((one) => (one.voxels - size) * (one.ms - ms)) / spread;
  // The best line of which no part is negative.
  const perVoxel = Math.min(Math.max(0, slope), ms / size);
  return { each: ms - perVoxel * size, perVoxel };
}
