/** A contact sheet: each head's skin before and after, from the front, the side and between. */
import { zlibSync } from 'fflate';
import { uprightGrid } from '../../src/core/geometry/grid.ts';
import { indexToLps } from '../../src/core/geometry/affine.ts';
import { smooth, valuesAboveAir } from '../../src/core/matcher/tissue.ts';
import { resampleNearest } from '../../src/core/volume/resample.ts';
import { percentile } from '../../src/core/volume/statistics.ts';
import type { Volume } from '../../src/core/volume/volume.ts';

const MM = 2;
const SIZE = 120;
const YAWS = [0, 0.7, Math.PI / 2];
/** Pixels of one view, and of a row: three views before, three after. */
export const ROW = { width: SIZE * YAWS.length * 2, height: SIZE } as const;

/** Grey pixels of one row. */
export function rowOf(volume: Volume, mask: Uint8Array | null): Uint8Array {
  const values = smooth(valuesAboveAir(volume), volume.grid.size);
  const limit = volume.modality === 'CT' ? 700 : 0.12 * percentile(values.slice(), 0.99);
  const { size, affine } = volume.grid;
  const middle = indexToLps(affine, [(size[0] - 1) / 2, (size[1] - 1) / 2, (size[2] - 1) / 2]);
  const box = uprightGrid([SIZE, SIZE, SIZE], MM, middle);
  const skin = (on: (v: number) => boolean): Uint8Array =>
    resampleNearest(
      Uint8Array.from(values, (value, v) => (value > limit && on(v) ? 1 : 0)),
      volume.grid,
      box,
    );
  const row = new Uint8Array(ROW.width * ROW.height);
  const both = [skin(() => true), skin((v) => !mask?.[v])];
  both.forEach((tissue, side) => {
    YAWS.forEach((yaw, n) => {
      draw(tissue, yaw, row, (side * YAWS.length + n) * SIZE);
    });
  });
  return row;
}

/** Depth of the first voxel along parallel rays, lit from the upper left. */
function draw(tissue: Uint8Array, yaw: number, row: Uint8Array, left: number): void {
  const depth = new Float32Array(SIZE * SIZE).fill(NaN);
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  const half = (SIZE - 1) / 2;
  for (let z = 0; z < SIZE; z++) {
    for (let u = 0; u < SIZE; u++) {
      for (let d = -SIZE * 0.7; d < SIZE * 0.7; d++) {
        const [x, y] = [u - half, d];
        const i = Math.round(x * c - y * s + half);
        const j = Math.round(x * s + y * c + half);
        if (i < 0 || j < 0 || i >= SIZE || j >= SIZE) continue;
        if (!tissue[i + SIZE * (j + SIZE * z)]) continue;
        depth[u + SIZE * (SIZE - 1 - z)] = d;
        break;
      }
    }
  }
  for (let v = 1; v < SIZE - 1; v++) {
    for (let u = 1; u < SIZE - 1; u++) {
      const at = u + SIZE * v;
      const here = depth[at] as number;
      if (Number.isNaN(here)) continue;
      const slope = (step: number): number => {
        const [a, b] = [depth[at - step] as number, depth[at + step] as number];
        return Number.isNaN(a + b) ? 3 : Math.max(-3, Math.min(3, (b - a) / 2));
      };
      const [gx, gy] = [slope(1), slope(SIZE)];
      const light = (0.45 * gx + 0.5 * gy + 0.8) / Math.hypot(gx, gy, 1);
      row[left + u + ROW.width * v] = Math.max(20, Math.min(255, 40 + 215 * light));
    }
  }
}

/** A grey PNG (ISO/IEC 15948) of rows one under the other. */
export function png(rows: readonly Uint8Array[]): Uint8Array {
  const height = rows.length * ROW.height;
  const lines = new Uint8Array(height * (ROW.width + 1));
  rows.forEach((row, n) => {
    for (let y = 0; y < ROW.height; y++) {
      lines.set(
        row.subarray(y * ROW.width, (y + 1) * ROW.width),
        (n * ROW.height + y) * (ROW.width + 1) + 1,
      );
    }
  });
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, ROW.width);
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
