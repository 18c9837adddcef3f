/** Uncompressed pixels of one byte in words: pairs that are swapped, and lie in two frames. */
import { expect, test } from 'vitest';
import { framesOfFile, readSlices } from '../../../../src/core/dicom/pixel-data.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { readHeader } from '../../../../src/core/dicom/read-header.ts';
import { EXPLICIT_BE, GE_PRIVATE, instanceBytes } from '../../../support/dicom-instance.ts';
import { memoryFile } from '../../../support/shared-data.ts';

const never = (): Promise<never> => Promise.reject(new Error('nothing to decode'));

test.each([EXPLICIT_BE, GE_PRIVATE])('frames of 3 bytes in %s', async (transferSyntaxUID) => {
  const bytes = instanceBytes({
    rows: 2,
    columns: 3,
    bitsAllocated: 8,
    transferSyntaxUID,
    pixels: [1, 2, 3, 4, 5, 6],
  });
  const file = parsePart10(bytes);
  const format = { rows: 1, columns: 3, samplesPerPixel: 1, frames: 2, signed: false } as const;
  const read = framesOfFile(
    file,
    { ...format, bitsAllocated: 8, bitsStored: 8, highBit: 7 },
    never,
  );
  expect([[...(await read(0))], [...(await read(1))]]).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test.each([
  [EXPLICIT_BE, 'OB'],
  [EXPLICIT_BE, 'OW'],
  [GE_PRIVATE, 'OW'],
] as const)('a slice of 5 bytes, by range, in %s %s', async (transferSyntaxUID, pixelVr) => {
  const pixels = [1, 2, 3, 4, 5, 0];
  const own = { rows: 1, columns: 6, bitsAllocated: 8, pixelVr, transferSyntaxUID } as const;
  const source = memoryFile('a.dcm', instanceBytes({ ...own, pixels }));
  const header = { ...(await readHeader(source)), columns: 5 };
  const target = new Uint8Array(5);
  await readSlices([{ instance: { source, header }, target }], never);
  expect([...target]).toEqual([1, 2, 3, 4, 5]);
});
