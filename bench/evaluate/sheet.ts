/** A contact sheet: each head's skin before and after, from the front, the side and between. */
import { zlibSync } from 'fflate';
import type { Grid } from '../../src/core/geometry/grid.ts';
import { affineFromColumns, indexToLps, type Vec3 } from '../../src/core/geometry/affine.ts';
import { resampleLinear } from '../../src/core/volume/resample.ts';
import { largestComponent } from '../../src/core/volume/components.ts';
import { smooth, valuesAboveAir } from '../../src/core/matcher/tissue.ts';
import { percentile } from '../../src/core/volume/statistics.ts';
import type { Volume } from '../../src/core/volume/volume.ts';

const EXTENT_MM = 240;
const YAWS = [0, 0.7, Math.PI / 2];

/** Grey pixels, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Three views before, three after. @param mm of a pixel */
export function rowOf(before: Volume, after: Volume, mm = 2): Picture {
  const size = Math.round(EXTENT_MM / mm);
  const width = size * YAWS.length * 2;
  const row: Picture = { width, height: size, pixels: new Uint8Array(width * size) };
  // What is skin is said by the scan before, as an onlooker would set it.
  const was = smooth(valuesAboveAir(before), before.grid.size);
  const limit = before.modality === 'CT' ? 700 : 0.12 * percentile(was.slice(), 0.99);
  const { grid } = before;
  const middle = indexToLps(grid.affine, grid.size.map((n) => (n - 1) / 2) as never);
  [was, smooth(valuesAboveAir(after), grid.size)].forEach((values, side) => {
    const head = largestComponent(
      Uint8Array.from(values, (value) => (value > limit ? 1 : 0)),
      grid.size,
    );
    // Specks of noise go; what lies just outside the skin stays, so that it lies between voxels.
    const seen = values.map((value, v) => (head[v] || value <= limit ? value : 0));
    YAWS.forEach((yaw, n) => {
      const box = turnedBox(size, mm, middle, yaw);
      const view = resampleLinear(seen, grid, box, 0);
      draw(view, limit, size, row, (side * YAWS.length + n) * size);
    });
  });
  return row;
}

/** A cube of `size` voxels whose j axis is the line of sight. */
function turnedBox(size: number, mm: number, middle: Vec3, yaw: number): Grid {
  const [c, s] = [mm * Math.cos(yaw), mm * Math.sin(yaw)];
  const [u, d, up]: Vec3[] = [
    [c, s, 0],
    [-s, c, 0],
    [0, 0, mm],
  ];
  const half = (size - 1) / 2;
  const origin = [0, 1, 2].map(
    (n) => (middle[n] as number) - half * ((u?.[n] ?? 0) + (d?.[n] ?? 0) + (up?.[n] ?? 0)),
  );
  return {
    size: [size, size, size],
    affine: affineFromColumns(u as Vec3, d as Vec3, up as Vec3, origin as never),
  };
}

/** Depth of the skin along parallel rays, between voxels, lit from the upper left. */
function draw(
  values: Float32Array,
  limit: number,
  size: number,
  { width, pixels }: Picture,
  left: number,
): void {
  const depth = new Float32Array(size * size).fill(NaN);
  for (let z = 0; z < size; z++) {
    for (let u = 0; u < size; u++) {
      let before = 0;
      for (let d = 0; d < size; d++) {
        const value = values[u + size * (d + size * z)] as number;
        if (value > limit) {
          depth[u + size * (size - 1 - z)] = d - (value - limit) / (value - before);
          break;
        }
        before = value;
      }
    }
  }
  for (let v = 1; v < size - 1; v++) {
    for (let u = 1; u < size - 1; u++) {
      const at = u + size * v;
      const here = depth[at] as number;
      if (Number.isNaN(here)) continue;
      const slope = (step: number): number => {
        const [a, b] = [depth[at - step] as number, depth[at + step] as number];
        return Number.isNaN(a + b) ? 3 : Math.max(-3, Math.min(3, (b - a) / 2));
      };
      const [gx, gy] = [slope(1), slope(size)];
      const light = (0.45 * gx + 0.5 * gy + 0.8) / Math.hypot(gx, gy, 1);
      pixels[left + u + width * v] = Math.max(20, Math.min(255, 40 + 215 * light));
    }
  }
}

/** A grey PNG (ISO/IEC 15948) of rows of one width, one under the other. */
export function png(rows: readonly Picture[]): Uint8Array {
  const width = rows[0]?.width ?? 0;
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const lines = new Uint8Array(height * (width + 1));
  let line = 0;
  for (const { height: lower, pixels } of rows) {
    for (let y = 0; y < lower; y++, line++) {
      lines.set(pixels.subarray(y * width, (y + 1) * width), line * (width + 1) + 1);
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 0, 0, 0, 0], 8);
  const parts = [
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(lines)),
    chunk('IEND', new Uint8Array(0)),
  ];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let n = 0; n < 4; n++) out[4 + n] = type.charCodeAt(n);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc(out.subarray(4, 8 + data.length)));
  return out;
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let n = 0; n < 8; n++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}
