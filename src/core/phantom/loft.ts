/**
 * A body given by its horizontal sections: how the face and the neck are laid out.
 * A section is two half superellipses that share their widest line.
 */
import type { Shape } from './shapes.ts';
import { catmullRom } from './shapes.ts';

export interface Section {
  readonly z: number;
  /** y of the foremost and the rearmost point, and of the widest line. */
  readonly front: number;
  readonly back: number;
  readonly widest: number;
  readonly half: number;
}

type Outline = Omit<Section, 'z'>;

/**
 * @param sections by falling z; the body ends flat at the first and the last
 * @param power 2 makes ellipses; higher is squarer
 */
export function loft(sections: readonly Section[], power: number): Shape {
  const first = sections[0] as Section;
  const last = sections[sections.length - 1] as Section;
  const most = (pick: (s: Section) => number): number => Math.max(...sections.map(pick));
  const wide = most((s) => s.half) + 2;
  const raised = createTable((u) => u ** power);
  const root = createTable((u) => u ** (1 / power));
  return {
    box: {
      low: [-wide, -most((s) => -s.front) - 2, last.z],
      high: [wide, most((s) => s.back) + 2, first.z],
    },
    row(out, count, x, dx, y, z) {
      const { front, back, widest, half } = outlineAt(sections, z);
      const depth = y < widest ? widest - front : back - widest;
      const v = Math.abs(y - widest) / depth + 1e-6;
      const vp = look(raised, v);
      const gv = vp / v / depth;
      const cap = Math.max(z - first.z, last.z - z);
      for (let n = 0, px = x; n < count; n++, px += dx) {
        const u = Math.abs(px) / half + 1e-6;
        const up = look(raised, u);
        const sum = up + vp;
        const f = look(root, sum);
        const gu = up / u / half;
        const g = (Math.sqrt(gu * gu + gv * gv) * f) / sum;
        const d = (f - 1) / Math.max(g, 1e-3);
        out[n] = d > cap ? d : cap;
      }
    },
  };
}

const TABLE_END = 4;
const TABLE_STEPS = 4096;

function createTable(of: (u: number) => number): Float64Array {
  return Float64Array.from({ length: TABLE_STEPS + 2 }, (_, n) =>
    of((n * TABLE_END) / TABLE_STEPS),
  );
}

/** Linear between the entries; constant beyond the table, which is far outside the body. */
function look(table: Float64Array, u: number): number {
  const at = u < TABLE_END ? (u * TABLE_STEPS) / TABLE_END : TABLE_STEPS;
  const n = at | 0;
  const low = table[n] as number;
  return low + (at - n) * ((table[n + 1] as number) - low);
}

function outlineAt(sections: readonly Section[], z: number): Outline {
  const last = sections.length - 1;
  let n = 0;
  while (n < last - 1 && z < (sections[n + 1] as Section).z) n++;
  const at = (m: number): Section => sections[Math.max(0, Math.min(last, m))] as Section;
  const [p, q, r, s] = [at(n - 1), at(n), at(n + 1), at(n + 2)];
  const t = Math.max(0, Math.min(1, (q.z - z) / (q.z - r.z)));
  const mix = (key: keyof Outline): number => catmullRom(p[key], q[key], r[key], s[key], t);
  return {
    front: mix('front'),
    back: mix('back'),
    widest: mix('widest'),
    half: mix('half'),
  };
}
