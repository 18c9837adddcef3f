import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PixelFormat } from '../../../../src/core/dicom/header.ts';
import { valuesFromWords } from '../../../../src/core/dicom/stored-values.ts';
import {
  clearUnusedBits,
  patchFrame,
  wordsFromValues,
} from '../../../../src/core/dicom/patch-frame.ts';
import type { SliceChange } from '../../../../src/core/export/slices.ts';

const format = (own: Partial<PixelFormat> = {}): PixelFormat => ({
  rows: 2,
  columns: 3,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: false,
  ...own,
});

const words = (...values: number[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Uint16Array.from(values).buffer);
const unwords = (bytes: Uint8Array<ArrayBuffer>): number[] => [...new Uint16Array(bytes.buffer)];
const change = (start: number, ...values: number[]): SliceChange => ({
  runs: [start, values.length],
  values: Int32Array.from(values),
});

describe('patching native pixels', () => {
  test('changes the bits of the value and leaves those above, and the bytes given', () => {
    const bytes = words(0xf123, 0xf456, 1, 2, 3, 4);
    const patched = patchFrame(bytes, format(), true, change(1, 24));

    expect(unwords(patched)).toEqual([0xf123, 0xf018, 1, 2, 3, 4]);
    expect(unwords(bytes)[1]).toBe(0xf456);
  });

  test('follows the sign above the high bit where the file does so everywhere', () => {
    const bytes = words(0xffff, 0xf800, 0x07ff, 0, 1, 2);
    const patched = patchFrame(bytes, format({ signed: true }), true, change(3, -1024, 5));

    expect(unwords(patched)).toEqual([0xffff, 0xf800, 0x07ff, 0xfc00, 5, 2]);
  });

  test('keeps the bits below the value', () => {
    const patched = patchFrame(
      words(0xabc0, 0x1230, 0, 0, 0, 0x000f),
      format({ highBit: 15 }),
      true,
      change(5, 0x0ab),
    );

    expect(unwords(patched)[5]).toBe(0x0abf);
  });

  test.each([
    { signed: false, value: 4096 },
    { signed: false, value: -1 },
    { signed: true, value: 2048 },
    { signed: true, value: -2049 },
  ])('refuses $value where signed is $signed', ({ signed, value }) => {
    expect(() =>
      patchFrame(words(0, 0, 0, 0, 0, 0), format({ signed }), true, change(0, value)),
    ).toThrow('fits');
  });

  test('zeroes an overlay in the high bits', () => {
    const cleared = clearUnusedBits(words(0x1123, 0x0456, 0x8001, 2, 3, 0xffff), format(), true);

    expect(unwords(cleared)).toEqual([0x123, 0x456, 1, 2, 3, 0xfff]);
  });

  test('reads back what it wrote, and nothing else differs', () => {
    const cases = fc.record({
      bitsAllocated: fc.constantFrom(8, 16, 32),
      signed: fc.boolean(),
      littleEndian: fc.boolean(),
      bits: fc.integer({ min: 2, max: 32 }),
      room: fc.nat({ max: 30 }),
      bytes: fc.uint8Array({ minLength: 24, maxLength: 24 }),
      at: fc.integer({ min: 0, max: 5 }),
      value: fc.nat(),
    });
    fc.assert(
      fc.property(
        cases,
        ({ bitsAllocated, signed, littleEndian, bits, room, bytes, at, value }) => {
          const bitsStored = Math.min(bits, bitsAllocated);
          const highBit = bitsStored - 1 + (room % (bitsAllocated - bitsStored + 1));
          const own = format({ bitsAllocated, bitsStored, highBit, signed });
          const fit = (value % 2 ** bitsStored) - (signed ? 2 ** (bitsStored - 1) : 0);
          const frame = bytes.slice(0, (6 * bitsAllocated) / 8);
          const before = valuesFromWords(frame, own, littleEndian);
          const patch = { runs: [at, 1], values: Float64Array.of(fit) };
          const after = valuesFromWords(
            patchFrame(frame, own, littleEndian, patch),
            own,
            littleEndian,
          );
          before[at] = fit;

          expect([...after]).toEqual([...before]);
        },
      ),
    );
  });

  test('writes a whole frame that reads the same', () => {
    const own = format({
      signed: true,
      rows: 1,
      columns: 3,
      bitsAllocated: 8,
      bitsStored: 7,
      highBit: 6,
    });
    const bytes = wordsFromValues(Int8Array.of(-64, 63, -1), own);

    expect(bytes.length).toBe(4);
    expect([...valuesFromWords(bytes, own, true)]).toEqual([-64, 63, -1]);
    expect([...bytes]).toEqual([0xc0, 63, 0xff, 0]);
  });
});
