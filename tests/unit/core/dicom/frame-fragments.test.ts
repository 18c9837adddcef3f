/** Which fragments are which frame (case 44 of docs/dicom-cases.md). */
import { describe, expect, test } from 'vitest';
import type { Span } from '../../../../src/core/dicom/element.ts';
import { fragmentsOfFrames } from '../../../../src/core/dicom/frame-fragments.ts';
import { join, u16, u32 } from '../../../support/dicom-bytes.ts';

const EOI = [0xff, 0xd9];

/** Items one after the other: the table, then the data. */
function pixels(
  table: Uint8Array,
  ...data: readonly (readonly number[])[]
): { bytes: Uint8Array<ArrayBuffer>; fragments: Span[]; starts: number[] } {
  const fragments: Span[] = [];
  let bytes = new Uint8Array();
  for (const value of [table, ...data.map((one) => Uint8Array.from(one))]) {
    bytes = join(bytes, u16(0xfffe), u16(0xe000), u32(value.length));
    fragments.push({ start: bytes.length, end: bytes.length + value.length });
    bytes = join(bytes, value);
  }
  return { bytes, fragments, starts: fragments.slice(1).map(({ start }) => start) };
}

const counts = (frames: readonly (readonly Span[])[]): number[] =>
  frames.map(({ length }) => length);

describe('frames of fragments', () => {
  test('one frame has them all', () => {
    const { bytes, fragments } = pixels(new Uint8Array(), [1, 2], [3, 4], [5, 6]);
    expect(counts(fragmentsOfFrames(bytes, fragments, 1))).toEqual([3]);
  });

  test('as many fragments as frames are one each, whatever the table says', () => {
    const { bytes, fragments } = pixels(join(u32(9), u32(99)), [1, 2], [3, 4]);
    expect(counts(fragmentsOfFrames(bytes, fragments, 2))).toEqual([1, 1]);
  });

  test('the table says where a frame of several fragments starts', () => {
    const { bytes, fragments } = pixels(join(u32(0), u32(20)), [1, 2], [3, 4], [5, 6]);
    expect(counts(fragmentsOfFrames(bytes, fragments, 2))).toEqual([2, 1]);
  });

  test.each([
    ['no table', new Uint8Array()],
    ['a table that points nowhere', join(u32(0), u32(7))],
    ['a table that goes backwards', join(u32(20), u32(0))],
  ])('with %s the end markers tell', (_, table) => {
    const { bytes, fragments } = pixels(table, [1, 2], [3, ...EOI, 0], [5, 6], [7, 8, ...EOI]);
    expect(counts(fragmentsOfFrames(bytes, fragments, 2))).toEqual([2, 2]);
  });

  test('where nothing tells, it is refused', () => {
    const { bytes, fragments } = pixels(new Uint8Array(), [1, 2], [3, 4], [5, 6]);
    expect(() => fragmentsOfFrames(bytes, fragments, 2)).toThrow(
      expect.objectContaining({ code: 'dicom/bad-compressed-data' }),
    );
  });
});
