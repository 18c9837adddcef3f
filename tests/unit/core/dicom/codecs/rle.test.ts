import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRle } from '../../../../../src/core/dicom/codecs/rle.ts';
import { EffaceError } from '../../../../../src/core/errors.ts';
import { join, u32 } from '../../../../support/dicom-bytes.ts';

const frameOf = (
  segments: readonly (readonly number[])[],
  columns: number,
  bitsAllocated: number,
): Parameters<typeof decodeRle>[0] => {
  const starts: number[] = [];
  let at = 64;
  for (const segment of segments) {
    starts.push(at);
    at += segment.length;
  }
  const header = [segments.length, ...starts, ...new Array<number>(15 - starts.length).fill(0)];
  return {
    transferSyntaxUID: '1.2.840.10008.1.2.5',
    bytes: join(...header.map((n) => u32(n)), ...segments.map((s) => Uint8Array.from(s))),
    rows: 1,
    columns,
    bitsAllocated,
    bitsStored: bitsAllocated,
    signed: false,
  };
};

/** PackBits with literal runs and repeats of three or more. */
const packed = (bytes: readonly number[]): number[] => {
  const out: number[] = [];
  for (let n = 0; n < bytes.length;) {
    let repeat = 1;
    while (repeat < 128 && bytes[n + repeat] === bytes[n]) repeat++;
    if (repeat > 2) {
      out.push(257 - repeat, bytes[n] ?? 0);
      n += repeat;
    } else {
      out.push(0, bytes[n] ?? 0);
      n++;
    }
  }
  return out;
};

const isRefused = (act: () => unknown): boolean => {
  try {
    act();
  } catch (error) {
    return error instanceof EffaceError && error.code === 'dicom/bad-compressed-data';
  }
  return false;
};

describe('decoding', () => {
  test('unpacks literals, repeats and the control that means nothing', () => {
    const frame = frameOf([[2, 1, 2, 3, 128, 254, 9]], 6, 8);
    expect([...decodeRle(frame)]).toEqual([1, 2, 3, 9, 9, 9]);
  });

  test('puts byte planes together, the most significant first', () => {
    expect([
      ...decodeRle(
        frameOf(
          [
            [1, 0x12, 0x34],
            [1, 0x56, 0x78],
          ],
          2,
          16,
        ),
      ),
    ]).toEqual([0x1256, 0x3478]);
  });

  test('gives back any words that were packed', () => {
    const words = fc.array(fc.nat(65535), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(words, (values) => {
        const planes = [values.map((v) => v >> 8), values.map((v) => v & 255)];
        expect([...decodeRle(frameOf(planes.map(packed), values.length, 16))]).toEqual(values);
      }),
    );
  });
});

describe('damage', () => {
  test.each([
    [
      'a header cut off',
      (f: Parameters<typeof decodeRle>[0]) => ({ ...f, bytes: f.bytes.slice(0, 40) }),
    ],
    [
      'too few bytes',
      (f: Parameters<typeof decodeRle>[0]) => ({ ...f, bytes: f.bytes.slice(0, -1) }),
    ],
    ['a run beyond the last pixel', (f: Parameters<typeof decodeRle>[0]) => ({ ...f, columns: 1 })],
    [
      'a wrong number of segments',
      (f: Parameters<typeof decodeRle>[0]) => ({ ...f, bitsAllocated: 16 }),
    ],
  ])('%s is refused', (_, damage) => {
    expect(isRefused(() => decodeRle(damage(frameOf([[1, 7, 8]], 2, 8))))).toBe(true);
  });

  test('random bytes are decoded or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 200 }), (noise) => {
        const bytes = Uint8Array.from(noise);
        bytes.set(u32(1), 0);
        bytes.set(u32(64), 4);
        const frame = { ...frameOf([[]], 50, 8), bytes };
        try {
          expect(decodeRle(frame)).toHaveLength(50);
        } catch (error) {
          expect(error).toMatchObject({ code: 'dicom/bad-compressed-data' });
        }
      }),
    );
  });
});
