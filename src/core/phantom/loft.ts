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
  /** 2 is an ellipse; higher is squarer. */
  readonly power: number;
}

type Outline = Omit<Section, 'z'>;

/** @param sections by falling z; the body ends flat at the first and the last */
export function loft(sections: readonly Section[]): Shape {
  const first = sections[0] as Section;
  const last = sections[sections.length - 1] as Section;
  const most = (pick: (s: Section) => number): number => Math.max(...sections.map(pick));
  const wide = most((s) => s.half) + 2;
  return {
    box: {
      low: [-wide, -most((s) => -s.front) - 2, last.z],
      high: [wide, most((s) => s.back) + 2, first.z],
    },
    row(out, count, x, dx, y, z) {
      const { front, back, widest, half, power } = outlineAt(sections, z);
      const depth = y < widest ? widest - front : back - widest;
      const v = Math.abs(y - widest) / depth;
      const vp = v ** power;
      const gv = v ** (power - 1) / depth;
      const cap = Math.max(z - first.z, last.z - z);
      for (let n = 0, px = x; n < count; n++, px += dx) {
        const u = Math.abs(px) / half;
        const f = (u ** power + vp) ** (1 / power);
        let d = -half;
        if (f > 1e-6) {
          const g = Math.hypot(u ** (power - 1) / half, gv) * f ** (1 - power);
          d = (f - 1) / Math.max(g, 1e-6);
        }
        out[n] = Math.max(d, cap);
      }
    },
  };
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
    power: mix('power'),
  };
}
