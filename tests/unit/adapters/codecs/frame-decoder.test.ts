import { describe, expect, test } from 'vitest';
import { codeStreamSize } from '../../../../src/adapters/codecs/code-stream.ts';
import {
  frameDecoderWith,
  type Codec,
  type CodecLoaders,
} from '../../../../src/adapters/codecs/frame-decoder.ts';
import { createFrameDecoder } from '../../../../src/adapters/codecs/node.ts';
import type { EncodedFrame } from '../../../../src/core/dicom/encoded-frame.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { encodeJpeg, encoderOf } from '../../../support/encoders.ts';

const notNeeded = (): Promise<never> => Promise.reject(new Error('not needed'));
/** Loaders of which a test replaces those that it needs. */
const NONE: CodecLoaders = {
  jpegLossless: notNeeded,
  jpegLs: notNeeded,
  jpeg2000: notNeeded,
  jpeg8: notNeeded,
  htj2k: notNeeded,
  jpegLsEncoder: notNeeded,
  jpeg2000Encoder: notNeeded,
  htj2kEncoder: notNeeded,
};

const JPEG = '1.2.840.10008.1.2.4.';
const UNSIGNED = [0, 1, 2, 3, 4, 4095, 4000, 3000, 2000, 1000, 7, 7, 7, 7, 2048];
const SIGNED = [0, -1, 2, -3, 4, -32768, 32767, 3000, -2000, 1000, 7, 7, 7, 7, -1024];

/** 3 rows of 5 pixels as gdcmconv encodes them. */
const ENCODED = {
  unsigned: {
    [`${JPEG}57`]: '/9j/wwALEAADAAUBAREA/8QAGgAAAgIDAAAAAAAAAAAAAAAAAAEKDAcLEP/aAAgBAQABAADm27//AIggLwF4C9AHA3/P/9kA',
    [`${JPEG}70`]: '/9j/wwALEAADAAUBAREA/8QAGgAAAgIDAAAAAAAAAAAAAAAAAAEKDAcLEP/aAAgBAQABAADm27//AIggLwF4C9AHA3/P/9kA',
    [`${JPEG}80`]: '/9j/9wALEAADAAUBAREA//gADQH//wASAEMBFABA/9oACAEBAAAAAKAMAYAwCA/9L1818t88B/CAEAIAH8T/2Q==',
    '1.2.840.10008.1.2.5': 'AgAAAEAAAABMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPwA/w8CCwcD/QAACAQAAQIDBAT/oLjQ6P0HAAA=',
  },
  signed: {
    [`${JPEG}70`]: '/9j/wwALEAADAAUBAREA/8QAHAAAAQQDAQAAAAAAAAAAAAAAAAEDDxACCwwN/9oACAEBAAEAAKmbT9SC7jzHfruIABgNfx//2QA=',
    [`${JPEG}80`]: '/9j/9wALEAADAAUBAREA//gADQH//wASAEMBFABA/9oACAEBAAAAAKAEBYFQLAAAAAAAB/98AAAAAAAD/36Xbp80+OAAAAAAAD/+MAIACAOHkED/2Q==',
    '1.2.840.10008.1.2.5': 'AgAAAEAAAABQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQA/wD/AASAfwv4A/0AAPwEAP8C/QQEAP+4MOj9BwAA',
  },
}; // prettier-ignore

const frameOf = (transferSyntaxUID: string, base64: string, signed: boolean): EncodedFrame => ({
  transferSyntaxUID,
  bytes: Uint8Array.from(Buffer.from(base64, 'base64')),
  rows: 3,
  columns: 5,
  bitsAllocated: 16,
  bitsStored: signed ? 16 : 12,
  signed,
});

const jpegLs = (changes: Partial<EncodedFrame> = {}): EncodedFrame => ({
  ...frameOf(`${JPEG}80`, ENCODED.unsigned[`${JPEG}80`], false),
  ...changes,
});

async function encodeJpeg2000(
  values: Int16Array | Uint16Array,
  width: number,
  bits: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await encoderOf('codec-openjpeg', 'J2KEncoder');
  const info = {
    width,
    height: values.length / width,
    bitsPerSample: bits,
    componentCount: 1,
    isSigned: values instanceof Int16Array,
  };
  encoder.getDecodedBuffer(info).set(new Uint8Array(values.buffer));
  encoder.setQuality(true, 0);
  encoder.encode();
  const bytes = Uint8Array.from(encoder.getEncodedBuffer());
  encoder.delete();
  return bytes;
}

const SIXTY_FOUR = { rows: 48, columns: 64, bitsAllocated: 8, bitsStored: 8, signed: false };

async function encodeHtj2k(values: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const format = { ...SIXTY_FOUR, transferSyntaxUID: `${JPEG}201` };
  const bytes = await createFrameDecoder().encode?.(values, format);
  if (!bytes) throw new Error('not encoded');
  return bytes;
}

describe('decoding', () => {
  test.each(Object.entries(ENCODED.unsigned))('12 unsigned bits of %s', async (uid, base64) => {
    expect(await createFrameDecoder().decode(frameOf(uid, base64, false))).toEqual(
      Uint16Array.from(UNSIGNED),
    );
  });

  test.each(Object.entries(ENCODED.signed))('16 signed bits of %s', async (uid, base64) => {
    expect(await createFrameDecoder().decode(frameOf(uid, base64, true))).toEqual(
      Int16Array.from(SIGNED),
    );
  });

  test.each([
    ['signed', 16, (n: number) => Math.round(n * 60000 - 30000)],
    ['unsigned', 12, (n: number) => Math.floor(n * 4096)],
  ] as const)('JPEG 2000, %s', async (kind, bits, shape) => {
    const random = createRandom(3);
    const pixels = Array.from({ length: 64 * 48 }, () => shape(random.uniform()));
    const values = kind === 'signed' ? Int16Array.from(pixels) : Uint16Array.from(pixels);
    const bytes = await encodeJpeg2000(values, 64, bits);
    const frame = {
      transferSyntaxUID: `${JPEG}90`,
      bytes,
      rows: 48,
      columns: 64,
      bitsAllocated: 16,
      bitsStored: bits,
      signed: kind === 'signed',
    };
    expect(await createFrameDecoder().decode(frame)).toEqual(values);
  });

  test.each(['50', '51'])('JPEG of 8 bits (%s)', async (syntax) => {
    const values = Uint8Array.from(
      { length: 64 * 48 },
      (_, n) => 2 * (n % 64) + Math.floor(n / 64),
    );
    const decoded = await createFrameDecoder().decode({
      transferSyntaxUID: `${JPEG}${syntax}`,
      bytes: await encodeJpeg(values, 64),
      rows: 48,
      columns: 64,
      bitsAllocated: 16,
      bitsStored: 8,
      signed: false,
    });
    expect(decoded).toBeInstanceOf(Uint16Array);
    expect(decoded).toHaveLength(values.length);
    // Lossy, but a smooth picture comes back nearly as it was, and in its place.
    expect(Math.max(...values.map((value, n) => Math.abs(value - (decoded[n] ?? 0))))).toBeLessThan(
      4,
    );
  });

  test('of many frames one after the other does not mix them up', async () => {
    const decoder = createFrameDecoder();
    const [a, b] = [jpegLs(), frameOf(`${JPEG}80`, ENCODED.signed[`${JPEG}80`], true)];
    const decoded = await Promise.all([a, b, a, b].map((frame) => decoder.decode(frame)));
    expect(decoded.map((values) => [...values])).toEqual([UNSIGNED, SIGNED, UNSIGNED, SIGNED]);
  });
});

describe('refusing', () => {
  test('a transfer syntax without codec, by its UID', async () => {
    const frame = jpegLs({ transferSyntaxUID: `${JPEG}100` });
    await expect(createFrameDecoder().decode(frame)).rejects.toMatchObject({
      code: 'dicom/unsupported-transfer-syntax',
      details: { uid: `${JPEG}100` },
    });
  });

  test.each([
    ['another size than the header', jpegLs({ rows: 4 })],
    ['more bits than are allocated', jpegLs({ bitsAllocated: 8 })],
    ['another coding', jpegLs({ bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) })],
    ['no bytes', jpegLs({ bytes: new Uint8Array(0) })],
    ['its end missing', jpegLs({ bytes: jpegLs().bytes.slice(0, 34) })],
  ])('a code stream with %s', async (_, frame) => {
    await expect(createFrameDecoder().decode(frame)).rejects.toMatchObject({
      code: 'dicom/bad-compressed-data',
    });
  });

  test.each([
    ['claims a huge picture', (bytes: Uint8Array) => bytes.fill(0xff, 7, 11)],
    ['was cut off (CharLS works long on those)', (bytes: Uint8Array) => bytes.subarray(0, -2)],
  ])('a JPEG-LS stream that %s before the codec sees it', async (_, damage) => {
    const bytes = Uint8Array.from(damage(jpegLs().bytes.slice()));
    let runs = 0;
    const load = (): Promise<Codec> =>
      Promise.resolve(() => {
        runs++;
        return new Uint16Array(15);
      });
    const decoder = frameDecoderWith({ ...NONE, jpegLs: load });
    await expect(decoder.decode(jpegLs({ bytes }))).rejects.toMatchObject({
      code: 'dicom/bad-compressed-data',
    });
    expect(runs).toBe(0);
  });

  test.each([
    ['JPEG', '50', (values: Uint8Array) => encodeJpeg(values, 64)],
    ['HTJ2K', '201', encodeHtj2k],
  ] as const)('a %s stream that was cut off', async (_, syntax, encode) => {
    const values = Uint8Array.from({ length: 64 * 48 }, (__, n) => n % 251);
    const bytes = await encode(values);
    const frame = { ...SIXTY_FOUR, transferSyntaxUID: `${JPEG}${syntax}` };
    const decoder = createFrameDecoder();

    expect(await decoder.decode({ ...frame, bytes })).toHaveLength(values.length);
    for (const end of [-2, -100]) {
      const cut = decoder.decode({ ...frame, bytes: bytes.slice(0, end) });
      await expect(cut).rejects.toMatchObject({ code: 'dicom/bad-compressed-data' });
    }
  });

  test('JPEG of 12 bits, and says so', async () => {
    // SOF1 with a precision of 12, one component of 1 × 1.
    const head = [0xff, 0xd8, 0xff, 0xc1, 0, 11, 12, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xd9];
    const frame = { ...SIXTY_FOUR, rows: 1, columns: 1, bitsAllocated: 16, bitsStored: 8 };
    const decoding = createFrameDecoder().decode({
      ...frame,
      transferSyntaxUID: `${JPEG}51`,
      bytes: Uint8Array.from(head),
    });
    await expect(decoding).rejects.toMatchObject({
      code: 'dicom/jpeg-12-bits',
      details: { bits: 12 },
    });
  });

  test('no stream for the padding behind its end', async () => {
    const padded = Uint8Array.from([...jpegLs().bytes, 0]);
    expect([...(await createFrameDecoder().decode(jpegLs({ bytes: padded })))]).toEqual(UNSIGNED);
  });
});

test('reads the size of a JPEG 2000 code stream and of nothing else', () => {
  const siz = Uint8Array.from({ length: 43 }, () => 0);
  siz.set([0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0, 0, 0, 1, 4, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 2]);
  siz.set([0, 1, 0x8b], 40);
  expect(codeStreamSize(siz)).toEqual({ columns: 256, rows: 7, components: 1, bits: 12 });
  expect(codeStreamSize(siz.subarray(0, 42))).toBeNull();
  expect(codeStreamSize(Uint8Array.of(0xff, 0xd8, 0xff))).toBeNull();
});

test('a codec is loaded when it is first needed, once, and again after a failure', async () => {
  let loads = 0;
  const codec: Codec = ({ rows, columns }) => new Uint16Array(rows * columns);
  const decoder = frameDecoderWith({
    ...NONE,
    jpegLs: () => (++loads === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(codec)),
  });
  expect(loads).toBe(0);
  await expect(decoder.decode(jpegLs())).rejects.toThrow('offline');
  await decoder.decode(jpegLs());
  await decoder.decode(jpegLs());
  expect(loads).toBe(2);
});

test('a codec that failed on a frame is loaded anew for the next one', async () => {
  let loads = 0;
  const decoder = frameDecoderWith({
    ...NONE,
    jpegLs: () => {
      const isFirst = ++loads === 1;
      return Promise.resolve(({ rows, columns }) => {
        if (isFirst) throw new WebAssembly.RuntimeError('memory access out of bounds');
        return new Uint16Array(rows * columns);
      });
    },
  });
  await expect(decoder.decode(jpegLs())).rejects.toMatchObject({
    code: 'dicom/bad-compressed-data',
  });
  expect(await decoder.decode(jpegLs())).toHaveLength(15);
  expect(loads).toBe(2);
});
