/** Who is named by what is left: every cut against every gallery. */
import type { HeadMaps } from '../../src/core/matcher/depth-map.ts';
import { ranksOf, type Ranks } from '../../src/core/matcher/ranks.ts';
import { VIEWS } from '../../src/core/matcher/views.ts';
import { PEELS_MM, type Traces } from './attack.ts';
import type { CutResult } from './cuts.ts';

export interface Attack {
  readonly name: string;
  readonly ranks: Ranks;
}

/** Where a cut refused a head there is nothing to compare. */
export function attacks(
  all: readonly Traces[],
  cuts: Readonly<Record<string, readonly CutResult[]>>,
): Attack[] {
  const probes = all.map((one) => one.probe);
  const raw = all.map((one) => one.raw);
  const galleries: (readonly [string, HeadMaps[]])[] = [
    ['gallery as it is', raw],
    ...PEELS_MM.map((mm, n): [string, HeadMaps[]] => [
      `gallery peeled ${mm} mm`,
      all.map((one) => one.peeled[n] as HeadMaps),
    ]),
  ];
  const out: Attack[] = [];
  for (const view of VIEWS) {
    out.push({ name: `${view}, undefaced`, ranks: ranksOf(probes, raw, view) });
    for (const [cut, list] of Object.entries(cuts)) {
      const left = list.filter((one) => one.inGallery).map(({ trace }) => trace);
      for (const [name, gallery] of galleries) {
        out.push({ name: `${view}, ${cut}, ${name}`, ranks: ranksOf(left, gallery, view) });
      }
    }
  }
  return out;
}
