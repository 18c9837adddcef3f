/** Frames encoded without loss: decoding gives back every value. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameDecoder } from '../../../../src/adapters/codecs/node.ts';
import type { FrameFormat } from '../../../../src/core/dicom/encoded-frame.ts';
import { storedArray, storedRange } from '../../../../src/core/dicom/stored-values.ts';
import type { StoredArray } from '../../../../src/core/volume/volume.ts';

const codec = createFrameDecoder();

async function roundTrip(values: StoredArray, format: FrameFormat): Promise<StoredArray | null> {
  const bytes = (await codec.encode?.(values, format)) ?? null;
  return bytes && codec.decode({ ...format, bytes });
}

/** Frames of any size, sign and depth: smooth ones, noise, and extremes. */
const framesFrom = (side: number, bits: number) =>
  fc
    .record({
      rows: fc.integer({ min: side, max: 40 }),
      columns: fc.integer({ min: side, max: 150 }),
      bitsStored: fc.integer({ min: bits, max: 16 }),
      signed: fc.boolean(),
      kind: fc.constantFrom('noise', 'smooth', 'extremes', 'flat'),
      seed: fc.integer(),
    })
    .map(({ rows, columns, bitsStored, signed, kind, seed }) => {
      const bitsAllocated = bitsStored <= 8 ? 8 : 16;
      const format = { rows, columns, bitsAllocated, bitsStored, signed };
      const [low, high] = storedRange({ ...format, samplesPerPixel: 1, highBit: bitsStored - 1 });
      const values = storedArray(format, rows * columns);
      let state = seed >>> 0;
      for (let n = 0; n < values.length; n++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const noise = state / 2 ** 32;
        const share = {
          noise,
          smooth: (n % columns) / columns,
          extremes: Math.round(noise),
          flat: 0.5,
        };
        values[n] = Math.min(high, Math.floor(low + share[kind] * (high - low + 1)));
      }
      return { format, values };
    });

test.each([
  ['plain words in fragments', '1.2.840.10008.1.2.1.98', framesFrom(1, 2), 20],
  ['RLE', '1.2.840.10008.1.2.5', framesFrom(1, 2), 60],
  ['JPEG lossless', '1.2.840.10008.1.2.4.57', framesFrom(1, 2), 40],
  ['JPEG lossless SV1', '1.2.840.10008.1.2.4.70', framesFrom(1, 2), 200],
  ['JPEG-LS', '1.2.840.10008.1.2.4.80', framesFrom(1, 2), 40],
  // OpenJPEG takes no pictures smaller than its levels of resolution, and cuts 8 bits with a sign.
  ['JPEG 2000', '1.2.840.10008.1.2.4.90', framesFrom(32, 9), 10],
  ['HTJ2K', '1.2.840.10008.1.2.4.201', framesFrom(1, 9), 40],
  ['HTJ2K RPCL', '1.2.840.10008.1.2.4.202', framesFrom(1, 9), 40],
] as const)('%s gives back every value', async (_, transferSyntaxUID, frames, numRuns) => {
  await fc.assert(
    fc.asyncProperty(frames, async ({ format, values }) => {
      const back = await roundTrip(values, { ...format, transferSyntaxUID });
      expect(back).toEqual(values);
    }),
    { numRuns },
  );
});

test('32 bits go through RLE', async () => {
  const values = Int32Array.from([0, -1, 2 ** 31 - 1, -(2 ** 31), 77, 77]);
  const format = { rows: 2, columns: 3, bitsAllocated: 32, bitsStored: 32, signed: true };
  const back = await roundTrip(values, { ...format, transferSyntaxUID: '1.2.840.10008.1.2.5' });
  expect(back).toEqual(values);
});

/** OpenJPEG, of other people than OpenJPH: it reads both kinds of JPEG 2000. */
test('OpenJPEG decodes our HTJ2K', async () => {
  await fc.assert(
    fc.asyncProperty(framesFrom(1, 9), async ({ format, values }) => {
      const bytes = await codec.encode?.(values, {
        ...format,
        transferSyntaxUID: '1.2.840.10008.1.2.4.202',
      });
      if (!bytes) throw new Error('not encoded');
      const frame = { ...format, bytes, transferSyntaxUID: '1.2.840.10008.1.2.4.90' };
      expect(await codec.decode(frame)).toEqual(values);
    }),
    { numRuns: 20 },
  );
});

test('8 bits with a sign are not written as HTJ2K, those without are', async () => {
  const format = { rows: 3, columns: 2, bitsAllocated: 8, bitsStored: 8 };
  const transferSyntaxUID = '1.2.840.10008.1.2.4.201';
  const values = Uint8Array.of(0, 255, 7, 128, 127, 1);
  const plain = { ...format, signed: false, transferSyntaxUID };
  expect(await roundTrip(values, plain)).toEqual(values);
  expect(await roundTrip(new Int8Array(6), { ...plain, signed: true })).toBeNull();
});

test('HTJ2K is ordered by resolution, with TLM markers and a small picture in it', async () => {
  const format = { rows: 1, columns: 1, bitsAllocated: 8, bitsStored: 8, signed: false };
  const transferSyntaxUID = '1.2.840.10008.1.2.4.202';
  for (const [side, levels] of [
    [16, 5],
    [2100, 6],
  ] as const) {
    const own = { ...format, rows: side, columns: side, transferSyntaxUID };
    const bytes = Buffer.from((await codec.encode?.(new Uint8Array(side * side), own)) ?? []);
    // COD (ITU-T T.800 A.6.1): Scod, progression order, layers, transformation, levels.
    const cod = bytes.indexOf(Buffer.from([0xff, 0x52]));
    expect([bytes[cod + 5], bytes[cod + 9]]).toEqual([2, levels]);
    expect(bytes.indexOf(Buffer.from([0xff, 0x55]))).toBeGreaterThan(cod);
  }
});

test.each([
  '1.2.840.10008.1.2.4.50',
  '1.2.840.10008.1.2.4.81',
  '1.2.840.10008.1.2.4.91',
  '1.2.840.10008.1.2.4.203',
  '1.2.840.10008.1.2.1',
])('there is no encoder for %s', async (transferSyntaxUID) => {
  const format = { rows: 1, columns: 2, bitsAllocated: 16, bitsStored: 12, signed: false };
  expect(await codec.encode?.(new Uint16Array(2), { ...format, transferSyntaxUID })).toBeNull();
});
