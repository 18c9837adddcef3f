import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { codeStreamSize } from '../../../../src/adapters/codecs/code-stream.ts';
import { frameDecoderWith, type Codec } from '../../../../src/adapters/codecs/frame-decoder.ts';
import { createFrameDecoder } from '../../../../src/adapters/codecs/node.ts';
import type { EncodedFrame } from '../../../../src/core/dicom/encoded-frame.ts';
import { createRandom } from '../../../../src/core/random.ts';

const NO_ENCODERS = {
  jpegLsEncoder: () => Promise.reject(new Error('not needed')),
  jpeg2000Encoder: () => Promise.reject(new Error('not needed')),
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

/** The encoder build of openjpeg, which the product does not carry. */
interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  setQuality(lossless: boolean, rate: number): void;
  setDecompositions(count: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

async function encodeJpeg2000(
  values: Int16Array | Uint16Array,
  width: number,
  bits: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const require = createRequire(import.meta.url);
  const factory = require('@cornerstonejs/codec-openjpeg/wasmjs') as (
    options: object,
  ) => Promise<{ J2KEncoder: new () => Encoder }>;
  const wasmBinary = readFileSync(require.resolve('@cornerstonejs/codec-openjpeg/wasm'));
  const { J2KEncoder } = await factory({
    wasmBinary,
    print: () => undefined,
    printErr: () => undefined,
  });
  const encoder = new J2KEncoder();
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

  test('of many frames one after the other does not mix them up', async () => {
    const decoder = createFrameDecoder();
    const [a, b] = [jpegLs(), frameOf(`${JPEG}80`, ENCODED.signed[`${JPEG}80`], true)];
    const decoded = await Promise.all([a, b, a, b].map((frame) => decoder.decode(frame)));
    expect(decoded.map((values) => [...values])).toEqual([UNSIGNED, SIGNED, UNSIGNED, SIGNED]);
  });
});

describe('refusing', () => {
  test('a transfer syntax without codec, by its UID', async () => {
    const frame = jpegLs({ transferSyntaxUID: `${JPEG}50` });
    await expect(createFrameDecoder().decode(frame)).rejects.toMatchObject({
      code: 'dicom/unsupported-transfer-syntax',
      details: { uid: `${JPEG}50` },
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
    const decoder = frameDecoderWith({
      ...NO_ENCODERS,
      jpegLossless: load,
      jpegLs: load,
      jpeg2000: load,
    });
    await expect(decoder.decode(jpegLs({ bytes }))).rejects.toMatchObject({
      code: 'dicom/bad-compressed-data',
    });
    expect(runs).toBe(0);
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
  const unused = (): Promise<Codec> => Promise.reject(new Error('not needed'));
  const decoder = frameDecoderWith({
    ...NO_ENCODERS,
    jpegLossless: unused,
    jpeg2000: unused,
    jpegLs: () => (++loads === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(codec)),
  });
  expect(loads).toBe(0);
  await expect(decoder.decode(jpegLs())).rejects.toThrow('offline');
  await decoder.decode(jpegLs());
  await decoder.decode(jpegLs());
  expect(loads).toBe(2);
});
