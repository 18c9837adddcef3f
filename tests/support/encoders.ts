/** Encoders of the codec packages as they are; that of libjpeg-turbo is not part of the product. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  setQuality(first: boolean | number, rate?: number): void;
  setProgressive?(progressive: boolean): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

export async function encoderOf(name: string, kind: string): Promise<Encoder> {
  const require = createRequire(import.meta.url);
  const factory = require(`@cornerstonejs/${name}/wasmjs`) as (
    options: object,
  ) => Promise<Record<string, new () => Encoder>>;
  const silent = { print: () => undefined, printErr: () => undefined };
  const wasmBinary = readFileSync(require.resolve(`@cornerstonejs/${name}/wasm`));
  const Class = (await factory({ ...silent, wasmBinary }))[kind];
  if (!Class) throw new Error(`no ${kind}`);
  return new Class();
}

/** Baseline JPEG of one component, of a smooth picture: noise is more than the buffer it takes. */
export async function encodeJpeg(
  values: Uint8Array,
  width: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await encoderOf('codec-libjpeg-turbo-8bit', 'JPEGEncoder');
  const height = values.length / width;
  const info = { width, height, bitsPerSample: 8, componentCount: 1, isSigned: false };
  encoder.getDecodedBuffer(info).set(values);
  encoder.setProgressive?.(false);
  encoder.setQuality(95);
  encoder.encode();
  const bytes = Uint8Array.from(encoder.getEncodedBuffer());
  encoder.delete();
  return bytes;
}
