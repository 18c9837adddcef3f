/**
 * Input that is damaged, odd or not meant for us, all the way from the file: each ends with
 * a reason, none as a confident mask on nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaceScan } from '../../src/app/deface-scan.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import { errorCodes } from '../../src/core/errors.ts';
import { createRandom } from '../../src/core/random.ts';
import { madeHead, rememberingSegmenter } from '../support/heads.ts';
import { niftiFile, type NiftiFileOptions } from '../support/nifti-file.ts';
import { memoryFile } from '../support/shared-data.ts';

let network: FaceSegmenter;
/** A head of 3 mm, its stored values, and its size. */
let stored: ArrayLike<number>;
let size: readonly [number, number, number];
let sform: readonly number[];

beforeAll(async () => {
  network = await rememberingSegmenter();
  const { volume } = await madeHead(5, 'MR', 'T2', 3);
  stored = volume.stored;
  size = volume.grid.size;
  // LPS to RAS.
  sform = volume.grid.affine.slice(0, 12).map((value, n) => (n < 8 ? -value : value));
}, 300_000);
afterAll(() => {
  network.dispose();
});

interface End {
  readonly decision: string;
  readonly codes: readonly string[];
  readonly millilitres: number;
}

/** From the bytes of a file to a decision. */
async function end(bytes: Uint8Array<ArrayBuffer>): Promise<End> {
  const opened = await openScans([memoryFile('scan.nii', bytes)]);
  const [skipped] = opened.skipped;
  if (skipped) return { decision: 'skipped', codes: [skipped.reason.code], millilitres: 0 };
  const [left] = opened.left;
  if (left) return { decision: left.decision, codes: [left.reason.code], millilitres: 0 };
  const [scan] = opened.scans;
  if (!scan) throw new Error('nothing was opened');
  const volume = await loadVolume(scan, { decode: () => Promise.reject(new Error('no frames')) });
  const done = await defaceScan('1', volume, { ...DEFAULT_DEFACE, seed: [] }, network);
  return {
    decision: done.decision,
    codes: done.reasons.map(({ code }) => code),
    millilitres: done.result?.millilitres ?? 0,
  };
}

/** The head as a file, its values changed. */
function head(
  change: (value: number, v: number) => number = (value) => value,
  options: NiftiFileOptions = {},
): Uint8Array<ArrayBuffer> {
  return niftiFile({ type: 'float32', dim: [3, ...size], sform, ...options }, (v) =>
    change(stored[v] as number, v),
  );
}

/** A file of any size, its values noise. */
function noise(dim: readonly number[], mm: readonly number[]): Uint8Array<ArrayBuffer> {
  const random = createRandom(1);
  return niftiFile({ type: 'uint8', dim, pixdim: [1, ...mm] }, () => 255 * random.uniform());
}

const isKnown = ({ codes }: End): boolean =>
  codes.length > 0 && codes.every((code) => (errorCodes() as readonly string[]).includes(code));

describe('what is no volume of a head', () => {
  test.each<readonly [string, () => Uint8Array<ArrayBuffer>, string]>([
    ['one slice', () => noise([3, 64, 64, 1], [4, 4, 5]), 'geometry/too-few-slices'],
    ['3 mm of coverage', () => noise([3, 64, 64, 60], [4, 4, 0.05]), 'geometry/too-little-covered'],
    [
      'complex numbers',
      () => niftiFile({ datatype: 32, bitpix: 64, dim: [3, 12, 12, 12] }),
      'nifti/unsupported',
    ],
    [
      'colors',
      () => niftiFile({ datatype: 128, bitpix: 24, dim: [3, 12, 12, 12] }),
      'nifti/unsupported',
    ],
    [
      'more voxels than fit',
      () => {
        // A head at 0.2 mm: the header alone announces it, and nothing is allocated.
        const bytes = niftiFile({ type: 'int16', dim: [3, 2, 2, 2], pixdim: [1, 0.2, 0.2, 0.2] });
        const view = new DataView(bytes.buffer);
        [1000, 1100, 1100].forEach((n, axis) => {
          view.setInt16(42 + 2 * axis, n, true);
        });
        return bytes;
      },
      'file/too-large-to-write',
    ],
    [
      'an affine that spans no space',
      () =>
        niftiFile({
          dim: [3, 20, 20, 20],
          pixdim: [1, 0, 2, 2],
          sform: [1, 2, 0, 0, 2, 4, 0, 0, 0, 0, 1, 0],
        }),
      'geometry/degenerate',
    ],
    [
      'sheared axes',
      () => niftiFile({ dim: [3, 40, 40, 40], sform: [4, 9, 0, 0, 0, 4, 0, 0, 0, 0, 4, 0] }),
      'geometry/implausible',
    ],
    ['a scan of 30 m', () => noise([3, 20, 20, 2000], [15, 15, 15]), 'geometry/implausible'],
    ['2,000 thin slices', () => noise([3, 26, 26, 2000], [1, 1, 1]), 'segment/no-head'],
    ['a piece at 0.2 mm', () => noise([3, 110, 110, 110], [0.2, 0.2, 0.2]), 'segment/no-head'],
  ])(
    '%s',
    async (_, make, code) => {
      const seen = await end(make());
      expect(seen.codes).toEqual([code]);
      expect(['refuse', 'exclude', 'skipped']).toContain(seen.decision);
    },
    120_000,
  );
});

describe('voxels that say nothing', () => {
  test.each<readonly [string, (value: number, v: number) => number]>([
    ['all zero', () => 0],
    ['constant', () => 120],
    ['all NaN', () => NaN],
    ['all infinite', () => Infinity],
    ['nearly all NaN', (value, v) => (v % 50 ? NaN : value)],
    ['all infinite but a corner', (value, v) => (v < 4000 ? value : -Infinity)],
  ])(
    '%s',
    async (_, change) => {
      const seen = await end(head(change));
      expect(isKnown(seen)).toBe(true);
      expect(seen.millilitres).toBe(0);
    },
    120_000,
  );

  test('some NaN, and a head in 10 mm voxels, end with a reason or as the head does', async () => {
    const [ni, nj] = size;
    const some = await end(head((value, v) => (v % 11 ? value : NaN)));
    expect(some.decision === 'deface' || isKnown(some)).toBe(true);
    const step = 3;
    const coarse = size.map((n) => Math.floor(n / step)) as [number, number, number];
    const scaled = sform.map((value, n) => (n % 4 === 3 ? value : value * step));
    const seen = await end(
      niftiFile({ type: 'float32', dim: [3, ...coarse], sform: scaled }, (v) => {
        const [i, j] = [v % coarse[0], Math.floor(v / coarse[0]) % coarse[1]];
        const k = Math.floor(v / (coarse[0] * coarse[1]));
        return stored[step * (i + ni * (j + nj * k))] as number;
      }),
    );
    expect(isKnown(seen)).toBe(true);
  }, 240_000);
});

describe('a head that is stored oddly', () => {
  let plain: End;
  beforeAll(async () => {
    plain = await end(head());
  }, 120_000);

  test.each<readonly [string, () => Uint8Array<ArrayBuffer>]>([
    ['below zero throughout', () => head((value) => value - 20_000)],
    ['with one voxel of 1e30', () => head((value, v) => (v === 9_000 ? 1e30 : value))],
    ['with one voxel of -3e38', () => head((value, v) => (v === 99_000 ? -3e38 : value))],
    [
      'in int16 with one wrong voxel',
      () => head((value, v) => (v === 9_000 ? -32_768 : value), { type: 'int16' }),
    ],
    [
      'as three time points of NIfTI-2',
      () =>
        niftiFile(
          { version: 2, type: 'float32', dim: [4, ...size, 3], sform },
          (v) => stored[v % stored.length] as number,
        ),
    ],
    [
      'with negative steps',
      () => {
        const [ni, nj, nk] = size;
        const turned = sform.map((value, n) => (n % 4 === 3 ? value : -value));
        const last = [ni - 1, nj - 1, nk - 1];
        const moved = turned.map((value, n) =>
          n % 4 === 3
            ? value + last.reduce((sum, at, c) => sum + at * (sform[n - 3 + c] as number), 0)
            : value,
        );
        const end = ni * nj * nk - 1;
        return niftiFile(
          { type: 'float32', dim: [3, ...size], sform: moved },
          (v) => stored[end - v] as number,
        );
      },
    ],
  ])(
    '%s ends as it would otherwise',
    async (_, make) => {
      const seen = await end(make());
      expect(seen.decision).toBe(plain.decision);
      expect(Math.abs(seen.millilitres - plain.millilitres)).toBeLessThan(
        0.05 * plain.millilitres + 1,
      );
    },
    120_000,
  );

  test('as PET would show it is not cut unseen', async () => {
    // The brain glows, all else is dim and smooth.
    const most = Math.max(...Array.from({ length: 2000 }, (_, n) => stored[97 * n] as number));
    const seen = await end(head((value) => (value > 0.45 * most ? 4 * value : 0.15 * value)));
    expect(seen.decision).not.toBe('deface');
    expect(isKnown(seen)).toBe(true);
  }, 120_000);
});
