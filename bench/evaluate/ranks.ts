/** Who is named by what is left: depth maps of probes ranked among those of a gallery. */
import { percentile } from '../../src/core/volume/statistics.ts';
import { cells, PEELS_MM, WINDOWS, type DepthMaps, type Traces, type Window } from './attack.ts';
import type { CutResult } from './cuts.ts';

/** The two maps may be shifted against each other by so many cells. */
const SHIFT = 2;

export interface Ranks {
  readonly first: number;
  readonly five: number;
  readonly ten: number;
  readonly median: number;
  readonly of: number;
}

export interface Attack {
  readonly name: string;
  readonly ranks: Ranks;
}

/** Every cut against every gallery; a cut that refused a head has nothing to compare. */
export function attacks(
  all: readonly Traces[],
  cuts: Readonly<Record<string, readonly CutResult[]>>,
): Attack[] {
  const probes = all.map((one) => one.probe);
  const galleries: (readonly [string, DepthMaps[]])[] = [
    ['gallery as it is', all.map((one) => one.raw)],
    ...PEELS_MM.map((mm, n): [string, DepthMaps[]] => [
      `gallery peeled ${mm} mm`,
      all.map((one) => one.peeled[n] as DepthMaps),
    ]),
  ];
  const [[, raw]] = galleries as [(typeof galleries)[0]];
  const out: Attack[] = [];
  for (const window of ['face', 'forehead'] as const) {
    out.push({ name: `${window}, undefaced`, ranks: ranksOf(probes, raw, window) });
    for (const [cut, list] of Object.entries(cuts)) {
      const left = list.flatMap(({ trace }) => trace ?? []);
      if (left.length !== all.length) continue;
      for (const [name, gallery] of galleries) {
        out.push({ name: `${window}, ${cut}, ${name}`, ranks: ranksOf(left, gallery, window) });
      }
    }
  }
  return out;
}

/** How well the probes name their own among the gallery. */
export function ranksOf(
  probes: readonly DepthMaps[],
  gallery: readonly DepthMaps[],
  window: Window,
): Ranks {
  const nx = cells(WINDOWS[window].x);
  const ranks = probes.map((probe, own) => {
    const distances = gallery.map((one) => distance(probe[window], one[window], nx));
    return 1 + distances.filter((d) => d < (distances[own] as number)).length;
  });
  const within = (n: number): number => ranks.filter((rank) => rank <= n).length / ranks.length;
  ranks.sort((a, b) => a - b);
  return {
    first: within(1),
    five: within(5),
    ten: within(10),
    median: ranks[Math.floor(ranks.length / 2)] ?? 0,
    of: gallery.length,
  };
}

/** Mean absolute difference without its median, the worst tenth left out, at the best shift. */
function distance(a: Float32Array, b: Float32Array, nx: number): number {
  const nz = a.length / nx;
  let best = Infinity;
  const differences = new Float32Array(a.length);
  for (let dz = -SHIFT; dz <= SHIFT; dz++) {
    for (let dx = -SHIFT; dx <= SHIFT; dx++) {
      let n = 0;
      for (let z = Math.max(0, -dz); z < Math.min(nz, nz - dz); z++) {
        for (let x = Math.max(0, -dx); x < Math.min(nx, nx - dx); x++) {
          differences[n++] = (a[x + nx * z] as number) - (b[x + dx + nx * (z + dz)] as number);
        }
      }
      const some = differences.slice(0, n);
      const middle = percentile(some, 0.5);
      const off = some.map((value) => Math.abs(value - middle)).sort();
      const kept = off.subarray(0, Math.floor(0.9 * n));
      best = Math.min(best, kept.reduce((sum, value) => sum + value, 0) / kept.length);
    }
  }
  return best;
}
