/** Changed frames in their own compression (cases 42 to 44 of docs/dicom-cases.md). */
import { expect, test } from 'vitest';
import { find } from '../../../../src/core/deidentify/element-value.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { reencoded, type FrameCodec } from '../../../../src/core/export/reencode.ts';
import type { WholeFormat } from '../../../../src/core/export/pixel-format.ts';
import { instanceBytes } from '../../../support/dicom-instance.ts';
import { sure } from '../../../support/export-fixture.ts';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const FORMAT: WholeFormat = {
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  signed: false,
  frames: 2,
};

/** Two frames of one fragment each, at the start of a file, behind a table of so many bytes. */
function fragmentsOf(
  uid: string,
  table: number,
  codec: Partial<FrameCodec> = {},
): ReturnType<typeof reencoded> {
  const file = { ...parsePart10(instanceBytes()), transferSyntaxUID: uid };
  const pixels = {
    ...sure(find(file.dataSet, 0x7fe00010)),
    fragments: [
      { start: 0, end: table },
      { start: 0, end: 2 },
      { start: 128, end: 132 },
    ],
  };
  const stored = Uint16Array.of(1, 2, 3, 4);
  return reencoded(file, pixels, FORMAT, stored, (frame) => frame === 0, {
    decode: () => Promise.resolve(Uint16Array.of(1, 2)),
    encode: () => Promise.resolve(Uint8Array.of(7, 8, 9)),
    ...codec,
  });
}

test('a changed frame is encoded, padded to an even length; another keeps its bytes', async () => {
  const [table, ...streams] = sure(await fragmentsOf(JPEG_LS, 0));
  expect([...sure(table)]).toEqual([]);
  expect(streams.map((stream) => [...stream])).toEqual([
    [7, 8, 9, 0],
    [0x44, 0x49, 0x43, 0x4d],
  ]);
});

test('a table of offsets is made new where there was one', async () => {
  const [table] = sure(await fragmentsOf(JPEG_LS, 8));
  expect([...new Uint32Array(Uint8Array.from(sure(table)).buffer)]).toEqual([0, 12]);
});

test.each(['1.2.840.10008.1.2.4.81', '1.2.840.10008.1.2.4.91'])(
  'what may have lost something (%s) is not compressed a second time',
  async (uid) => {
    expect(await fragmentsOf(uid, 0)).toBeNull();
  },
);

test.each<[string, Partial<FrameCodec>]>([
  ['does not decode to the same values', { decode: () => Promise.resolve(Uint16Array.of(1, 3)) }],
  ['does not decode', { decode: () => Promise.reject(new Error('damaged')) }],
  ['has no encoder', { encode: () => Promise.resolve(null) }],
])('a frame that %s is left to be written uncompressed', async (_, codec) => {
  expect(await fragmentsOf(JPEG_LS, 0, codec)).toBeNull();
});
