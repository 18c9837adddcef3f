import { describe, expect, test } from 'vitest';
import { collectIdentifiers } from '../../../../src/core/deidentify/identifiers.ts';
import { createPseudonyms } from '../../../../src/core/deidentify/pseudonyms.ts';
import { planHeader } from '../../../../src/core/deidentify/apply.ts';
import { bytesOf, find, textAt } from '../../../../src/core/deidentify/element-value.ts';
import type { Part10File } from '../../../../src/core/dicom/element.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { toDicom } from '../../../../src/core/export/to-dicom.ts';
import type { SliceChange } from '../../../../src/core/export/slices.ts';
import type { StoredArray } from '../../../../src/core/volume/volume.ts';
import { storedOf } from '../../../../src/core/export/verify-dicom.ts';
import { u16, type Tree } from '../../../support/dicom-bytes.ts';
import {
  EXPLICIT_BE,
  EXPLICIT_LE,
  GE_PRIVATE,
  IMPLICIT_LE,
  instanceBytes,
  type InstanceOptions,
} from '../../../support/dicom-instance.ts';
import { hmacWith } from '../../../support/secrets.ts';

interface Written {
  readonly file: Part10File;
  readonly stored: StoredArray;
}

const never = (): Promise<never> => Promise.reject(new Error('nothing to decode'));

async function written(
  options: InstanceOptions,
  change: SliceChange | null,
  profile: 'basic' | 'none' = 'basic',
): Promise<Written> {
  const file = parsePart10(instanceBytes(options));
  const collector = collectIdentifiers();
  collector.add(file);
  const plan = await planHeader(file, {
    version: '1',
    profile,
    options: [],
    defaced: true,
    face: true,
    approved: true,
    pseudonyms: createPseudonyms(hmacWith('key')),
    identifiers: collector.found,
    exported: new Set(),
  });
  const read = parsePart10(await toDicom({ file, plan, profile, change, decode: never }));
  return { file: read, stored: await storedOf(read, never) };
}

const change = (start: number, ...values: number[]): SliceChange => ({
  runs: [start, values.length],
  values: Int16Array.from(values),
});
/** The value of an element that must be there. */
function valueOf(file: Part10File, tag: number): number[] {
  const element = find(file.dataSet, tag);
  if (!element) throw new Error('the element is missing');
  return [...bytesOf(file, element)];
}
const us = (tag: number, value: number): Tree => ({ tag, vr: 'US', value: u16(value) });

describe('a written instance', () => {
  test.each([EXPLICIT_LE, IMPLICIT_LE, EXPLICIT_BE, GE_PRIVATE])(
    'in %s has the new values in their place and the old ones elsewhere',
    async (transferSyntaxUID) => {
      const pixels = Array.from({ length: 16 }, (_, n) => 100 * n);
      const { file, stored } = await written({ transferSyntaxUID, pixels }, change(5, 7, 8));

      expect(file.transferSyntaxUID).toBe(transferSyntaxUID);
      expect([...stored]).toEqual(pixels.map((value, n) => ({ 5: 7, 6: 8 })[n] ?? value));
    },
  );

  test.each([
    ['bytes', EXPLICIT_BE, 'OB', [0, 1, 2, 3, 4, 99, 98, 7]],
    ['words', EXPLICIT_BE, 'OW', [1, 0, 3, 2, 99, 4, 7, 98]],
    ['words', GE_PRIVATE, 'OW', [1, 0, 3, 2, 99, 4, 7, 98]],
  ] as const)('of 8 bits in %s, %s', async (_, transferSyntaxUID, pixelVr, first) => {
    const pixels = Array.from({ length: 16 }, (__, n) => n);
    const format = { bitsAllocated: 8, transferSyntaxUID, pixelVr, pixels } as const;
    const { file, stored } = await written(format, change(5, 99, 98));

    expect([...stored]).toEqual(pixels.map((value, n) => ({ 5: 99, 6: 98 })[n] ?? value));
    expect(valueOf(file, 0x7fe00010).slice(0, 8)).toEqual(first);
  });

  test('has its smallest and largest value in the byte order of the header', async () => {
    const elements = [us(0x00280106, 9), us(0x00280107, 9)];
    const pixels = [300, 400, 500];
    const { file } = await written(
      { rows: 1, columns: 3, transferSyntaxUID: GE_PRIVATE, elements, pixels },
      change(0, 600),
    );
    expect(valueOf(file, 0x00280106)).toEqual([144, 1]);
    expect(valueOf(file, 0x00280107)).toEqual([88, 2]);
  });

  test('holds signed values in twelve bits', async () => {
    const { stored } = await written(
      { bitsStored: 12, signed: true, pixels: [-1, -2048, 2047] },
      change(3, -1024),
    );

    expect([...stored].slice(0, 4)).toEqual([-1, -2048, 2047, -1024]);
  });

  test('says the new smallest and largest value where the old ones stood', async () => {
    const elements = [
      us(0x00280106, 100),
      us(0x00280107, 900),
      us(0x00280108, 1),
      us(0x00280109, 9),
    ];
    const { file } = await written(
      { pixels: Array.from({ length: 16 }, (_, n) => 100 + n), elements },
      change(15, 24),
    );

    expect(valueOf(file, 0x00280106)).toEqual([24, 0]);
    expect(valueOf(file, 0x00280107)).toEqual([114, 0]);
    expect(find(file.dataSet, 0x00280108)).toBeUndefined();
    expect(find(file.dataSet, 0x00280109)).toBeUndefined();
  });

  test('loses an overlay that lay in the high bits, and keeps the values', async () => {
    const overlay = { bitsStored: 12, pixels: [0x1123, 0xf456], elements: [us(0x60000102, 12)] };
    const { file, stored } = await written(overlay, null);
    const words = valueOf(file, 0x7fe00010);

    expect(words.slice(0, 4)).toEqual([0x23, 0x01, 0x56, 0x04]);
    expect([...stored].slice(0, 2)).toEqual([0x123, 0x456]);
  });

  test('has no bytes behind its frame', async () => {
    const excess: Tree = {
      tag: 0x7fe00010,
      vr: 'OW',
      value: Buffer.from('0123456789abcdef'.repeat(2) + 'Wernicke'),
    };
    const { file } = await written({ elements: [excess] }, null);

    expect(valueOf(file, 0x7fe00010).length).toBe(32);
  });

  test('has no byte but NUL where an odd frame is padded', async () => {
    const odd: Tree = {
      tag: 0x7fe00010,
      vr: 'OB',
      value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 0x4a),
    };
    const { file } = await written(
      { rows: 3, columns: 3, bitsAllocated: 8, elements: [odd] },
      null,
    );

    expect(valueOf(file, 0x7fe00010)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
  });

  test('has an empty preamble and nothing behind its last element', async () => {
    const { file } = await written(
      {
        preamble: new Uint8Array(128).fill(0x49),
        trailing: new Uint8Array(Buffer.from('\xff\xd8tail', 'latin1')),
      },
      null,
    );

    expect(file.bytes.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
    expect(file.trailing).toBeNull();
  });
});

describe('a compressed instance', () => {
  const RLE = '1.2.840.10008.1.2.5';
  const frame = [1, 0, 0, 0, 64, 0, 0, 0];

  function compressed(own: number[]): Uint8Array<ArrayBuffer> {
    const plain = instanceBytes({ transferSyntaxUID: RLE, bitsAllocated: 8, bitsStored: 8 });
    const head = plain.subarray(0, plain.length - 16 - 12);
    const item = [0xfe, 0xff, 0x00, 0xe0];
    return Uint8Array.from([
      ...head,
      ...[0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff],
      ...[...item, 0, 0, 0, 0],
      ...[...item, own.length, 0, 0, 0, ...own],
      ...[0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0],
    ]);
  }

  async function writeCompressed(own: number[], edit: SliceChange | null): Promise<Part10File> {
    const file = parsePart10(compressed(own));
    const collector = collectIdentifiers();
    collector.add(file);
    const plan = await planHeader(file, {
      version: '1',
      profile: 'basic',
      options: [],
      defaced: true,
      face: true,
      approved: true,
      pseudonyms: createPseudonyms(hmacWith('key')),
      identifiers: collector.found,
      exported: new Set(),
    });
    const decode = (): Promise<StoredArray> =>
      Promise.resolve(Uint8Array.from({ length: 16 }, (_, n) => n));
    return parsePart10(await toDicom({ file, plan, profile: 'basic', change: edit, decode }));
  }

  test('keeps its bytes where its slice does not change', async () => {
    const file = await writeCompressed(frame, null);
    const fragment = find(file.dataSet, 0x7fe00010)?.fragments?.[1];

    expect(file.transferSyntaxUID).toBe(RLE);
    expect([...file.bytes.subarray(fragment?.start, fragment?.end)]).toEqual(frame);
  });

  test('is written as plain words where its slice changes', async () => {
    const file = await writeCompressed(frame, change(2, 200));

    expect(file.transferSyntaxUID).toBe(EXPLICIT_LE);
    expect(textAt(file, file.meta, 0x00020010)).toBe(EXPLICIT_LE);
    expect(valueOf(file, 0x7fe00010)).toEqual(
      Array.from({ length: 16 }, (_, n) => (n === 2 ? 200 : n)),
    );
  });

  test('is written as plain words where its code stream holds a comment', async () => {
    const comment = [0xff, 0xd8, 0xff, 0xfe, 0, 6, 0x4a, 0x61, 0x6e, 0x65];
    const file = await writeCompressed(comment, null);

    expect(file.transferSyntaxUID).toBe(EXPLICIT_LE);
    expect(Buffer.from(file.bytes).toString('latin1')).not.toContain('Jane');
  });
});
