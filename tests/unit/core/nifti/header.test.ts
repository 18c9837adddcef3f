import { describe, expect, test } from 'vitest';
import { EffaceError, type ErrorCode } from '../../../../src/core/errors.ts';
import { indexToLps, spacingOf } from '../../../../src/core/geometry/affine.ts';
import { looksLikeNifti, parseNiftiHeader } from '../../../../src/core/nifti/header.ts';
import { niftiFile, type NiftiFileOptions } from '../../../support/nifti-file.ts';

const SFORM = [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72];
/** Half a turn about the superior axis: x and y change sign. */
const QFORM = { quatern: [0, 0, 1], offset: [10, 20, 30], qfac: 1 } as const;

describe('parseNiftiHeader', () => {
  test('turns the RAS of the sform into LPS', () => {
    const { grid, orientation } = parseNiftiHeader(niftiFile({ sform: SFORM }));

    expect(orientation).toBe('sform');
    expect(indexToLps(grid.affine, [0, 0, 0])).toEqual([-90, 126, -72]);
    expect(indexToLps(grid.affine, [1, 1, 1])).toEqual([-88, 123, -68]);
  });

  test('takes the sform where the qform has a code too', () => {
    const { orientation } = parseNiftiHeader(niftiFile({ sform: SFORM, qform: QFORM }));

    expect(orientation).toBe('sform');
  });

  test('takes the qform where the sform spans no space', () => {
    const flat = SFORM.map((n, at) => (at > 7 ? 0 : n));
    const { orientation, grid } = parseNiftiHeader(niftiFile({ sform: flat, qform: QFORM }));

    expect(orientation).toBe('qform');
    expect(indexToLps(grid.affine, [1, 1, 1]).map((n) => Math.round(n * 1e4) / 1e4)).toEqual([
      -8.5, -18, 32.5,
    ]);
  });

  test('turns the third axis round where qfac is -1', () => {
    const { grid } = parseNiftiHeader(niftiFile({ qform: { ...QFORM, qfac: -1 } }));

    expect(indexToLps(grid.affine, [0, 0, 1])[2]).toBeCloseTo(27.5);
  });

  test('says that a file with neither form has no orientation', () => {
    const { grid, orientation } = parseNiftiHeader(niftiFile());

    expect(orientation).toBe('pixdim');
    expect(spacingOf(grid.affine)).toEqual([1.5, 2, 2.5]);
  });

  test('reads a slope of 0 as no scaling', () => {
    const { slope, intercept } = parseNiftiHeader(niftiFile({ slope: 0, intercept: 5 }));

    expect([slope, intercept]).toEqual([1, 0]);
  });

  test('reads metres where they make a head, and millimetres named metres', () => {
    const metres = niftiFile({ xyztUnits: 1, pixdim: [1, 0.001, 0.002, 0.003] });
    const liar = niftiFile({ xyztUnits: 1, pixdim: [1, 1, 2, 3] });
    const spacing = (file: Uint8Array): number[] =>
      spacingOf(parseNiftiHeader(file).grid.affine).map((mm) => Math.round(mm * 1e4) / 1e4);

    expect(spacing(metres)).toEqual([1, 2, 3]);
    expect(spacing(liar)).toEqual([1, 2, 3]);
  });

  test('reads big endian as it reads little endian', () => {
    const little = parseNiftiHeader(niftiFile({ sform: SFORM, slope: 2, intercept: -3 }));
    const big = parseNiftiHeader(
      niftiFile({ sform: SFORM, slope: 2, intercept: -3, littleEndian: false }),
    );

    expect(big).toEqual({ ...little, littleEndian: false });
  });

  test('takes a fourth axis of length 1 as one volume', () => {
    expect(parseNiftiHeader(niftiFile({ dim: [4, 4, 5, 6, 1] })).grid.size).toEqual([4, 5, 6]);
  });

  test('takes a plane as one slice', () => {
    expect(parseNiftiHeader(niftiFile({ dim: [2, 9, 8] })).grid.size).toEqual([9, 8, 1]);
  });

  test('tells a pair from a single file', () => {
    const pairs = [
      { magic: 'ni1\0' },
      { version: 2, magic: 'ni2\0\r\n\x1a\n' },
      {},
      { version: 2 },
    ] as const;
    expect(pairs.map((one) => parseNiftiHeader(niftiFile(one)).pair)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  const refusals: readonly [string, NiftiFileOptions, ErrorCode, RegExp][] = [
    ['colors', { datatype: 128 }, 'nifti/unsupported', /RGB/],
    ['complex numbers', { datatype: 32 }, 'nifti/unsupported', /complex/],
    ['single bits', { datatype: 1 }, 'nifti/unsupported', /one bit/],
    ['Analyze 7.5', { magic: '\0\0\0\0' }, 'nifti/unsupported', /Analyze/],
    ['bits that contradict the type', { bitpix: 12 }, 'nifti/damaged', /contradicts/],
    ['an axis of length 0', { dim: [3, 4, 0, 6] }, 'nifti/damaged', /contradicts/],
    ['voxels of size 0', { pixdim: [1, 0, 1, 1] }, 'geometry/degenerate', /./],
  ];
  test.each(refusals)('refuses %s with its reason', (_, options, code, why) => {
    const error = caught(() => parseNiftiHeader(niftiFile(options)));

    expect(error.code).toBe(code);
    expect(error.explanation.why).toMatch(why);
  });

  test.each([true, false])('reads NIfTI-2 as it reads NIfTI-1 (little endian: %s)', (little) => {
    const options = {
      littleEndian: little,
      sform: SFORM,
      qform: QFORM,
      slope: 2,
      intercept: -3,
      dim: [4, 4, 5, 6, 7],
    };
    const one = parseNiftiHeader(niftiFile(options));
    const two = parseNiftiHeader(niftiFile({ ...options, version: 2 }));

    expect(two).toEqual({ ...one, version: 2, voxOffset: one.voxOffset + 192 });
  });

  test('counts the volumes that share a grid', () => {
    const { grid, volumes, voxelBytes } = parseNiftiHeader(
      niftiFile({ dim: [5, 4, 5, 6, 2, 3], type: 'int16' }),
    );

    expect([grid.size, volumes, voxelBytes]).toEqual([[4, 5, 6], 6, 6 * 240]);
  });

  test('refuses a header that announces more than memory holds', () => {
    const bytes = niftiFile();
    const view = new DataView(bytes.buffer);
    for (const at of [42, 44, 46]) view.setInt16(at, 32767, true);

    expect(caught(() => parseNiftiHeader(bytes)).code).toBe('file/too-large-to-write');
  });
});

describe('looksLikeNifti', () => {
  test('does not take text or DICOM for NIfTI', () => {
    const dicom = new Uint8Array(400);
    dicom.set(new TextEncoder().encode('DICM'), 128);

    expect(looksLikeNifti(dicom)).toBe(false);
    expect(looksLikeNifti(new TextEncoder().encode('a'.repeat(400)))).toBe(false);
    expect(looksLikeNifti(niftiFile())).toBe(true);
  });
});

function caught(run: () => unknown): EffaceError {
  try {
    run();
  } catch (error) {
    if (error instanceof EffaceError) return error;
  }
  throw new Error('no EffaceError was thrown');
}
