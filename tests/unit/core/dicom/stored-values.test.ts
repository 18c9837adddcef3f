import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PixelFormat } from '../../../../src/core/dicom/header.ts';
import {
  storedRange,
  valuesFromDecoded,
  valuesFromWords,
  wordsInto,
} from '../../../../src/core/dicom/stored-values.ts';

const format = (own: Partial<PixelFormat> = {}): PixelFormat => ({
  rows: 1,
  columns: 3,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  signed: false,
  ...own,
});

const words = (...values: number[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Uint16Array.from(values).buffer);

describe('words to values', () => {
  test.each([
    ['whole words', {}, [1, 40000, 65535], [1, 40000, 65535]],
    ['signed words', { signed: true }, [1, 0x8000, 0xffff], [1, -32768, -1]],
    [
      '12 bits, an overlay above',
      { bitsStored: 12, highBit: 11 },
      [0xf001, 0x1fff, 0x0800],
      [1, 4095, 2048],
    ],
    [
      '12 signed bits, not extended',
      { bitsStored: 12, highBit: 11, signed: true },
      [0x0fff, 0x0800, 0x07ff],
      [-1, -2048, 2047],
    ],
    [
      '12 signed bits, extended',
      { bitsStored: 12, highBit: 11, signed: true },
      [0xffff, 0xf800, 0x07ff],
      [-1, -2048, 2047],
    ],
    [
      '12 bits at the top of the word',
      { bitsStored: 12, highBit: 15 },
      [0x0010, 0xfff3, 0x8000],
      [1, 4095, 2048],
    ],
  ] as const)('%s', (_, own, input, expected) => {
    expect([...valuesFromWords(words(...input), format(own), true)]).toEqual(expected);
  });

  test.each([0, 1, 2, 3])('12 bits go into a slice of a volume, %i values in', (start) => {
    const volume = new Uint16Array(8);
    const target = volume.subarray(start, start + 4);
    wordsInto(
      target,
      words(0xf001, 0x1fff, 0x0800, 0xffff),
      format({ columns: 4, bitsStored: 12, highBit: 11 }),
      true,
    );
    const expected = new Uint16Array(8);
    expected.set([1, 4095, 2048, 4095], start);
    expect(volume).toEqual(expected);
  });

  test('big endian words are turned round', () => {
    expect([...valuesFromWords(Uint8Array.of(1, 2, 3, 4, 5, 6), format(), false)]).toEqual([
      0x102, 0x304, 0x506,
    ]);
  });

  test('8 and 32 bits keep their signs', () => {
    const eight = format({ bitsAllocated: 8, bitsStored: 8, highBit: 7, signed: true });
    expect([...valuesFromWords(Uint8Array.of(0, 127, 255), eight, true)]).toEqual([0, 127, -1]);
    const wide = format({ bitsAllocated: 32, bitsStored: 32, highBit: 31 });
    const bytes = new Uint8Array(Uint32Array.of(0, 2 ** 31, 2 ** 32 - 1).buffer);
    expect([...valuesFromWords(bytes, wide, true)]).toEqual([0, 2 ** 31, 2 ** 32 - 1]);
    expect([...valuesFromWords(bytes, { ...wide, signed: true }, true)]).toEqual([
      0,
      -(2 ** 31),
      -1,
    ]);
  });

  test('the array is of the type of the format', () => {
    expect(valuesFromWords(words(0, 0, 0), format({ signed: true }), true)).toBeInstanceOf(
      Int16Array,
    );
    expect(valuesFromWords(words(0, 0, 0), format(), true)).toBeInstanceOf(Uint16Array);
  });

  test('bytes at an odd place in a larger buffer are read, and left as they are', () => {
    const buffer = new Uint8Array(9);
    buffer.set([1, 0, 2, 0, 3, 0], 3);
    const part = buffer.subarray(3);
    valuesFromWords(part, format(), false);
    expect([...valuesFromWords(part, format(), true)]).toEqual([1, 2, 3]);
  });

  test('fewer bytes than pixels are refused with both numbers', () => {
    expect(() => valuesFromWords(words(1, 2), format(), true)).toThrow(
      expect.objectContaining({
        code: 'dicom/truncated-pixel-data',
        details: { bytes: 4, expected: 6 },
      }),
    );
  });
});

describe('decoded frames', () => {
  test('take the sign of the data set, not that of the code stream', () => {
    const frame = { bitsAllocated: 16, bitsStored: 13, signed: true };
    expect([...valuesFromDecoded(Uint16Array.of(0x1fff, 0x1000, 5), frame)]).toEqual([
      -1, -4096, 5,
    ]);
    expect([...valuesFromDecoded(Int16Array.of(-1, 5), { ...frame, signed: false })]).toEqual([
      0x1fff, 5,
    ]);
  });

  test('are widened to the allocated bits', () => {
    const values = valuesFromDecoded(Uint8Array.of(7, 255), {
      bitsAllocated: 16,
      bitsStored: 8,
      signed: false,
    });
    expect(values).toEqual(Uint16Array.of(7, 255));
  });
});

test('every value of a format lies in its range', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 16 }),
      fc.boolean(),
      fc.nat(65535),
      (bitsStored, signed, word) => {
        const own = format({ bitsStored, highBit: bitsStored - 1, signed, columns: 1 });
        const [low, high] = storedRange(own);
        const value = valuesFromWords(words(word), own, true)[0] ?? NaN;
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      },
    ),
  );
});
