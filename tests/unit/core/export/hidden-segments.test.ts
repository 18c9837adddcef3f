import { describe, expect, test } from 'vitest';
import { hasHiddenSegments } from '../../../../src/core/export/hidden-segments.ts';

const ascii = (text: string): number[] => [...Buffer.from(text)];
const segment = (marker: number, content: number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 255,
  ...content,
];
const scan = [0xff, 0xda, 0, 2, 1, 2, 3];

describe('text in compressed pixels', () => {
  test.each<readonly [string, number[], boolean]>([
    ['a JPEG without text', [0xff, 0xd8, ...segment(0xc3, [8, 0, 1]), ...scan], false],
    ['a JPEG with a comment', [0xff, 0xd8, ...segment(0xfe, ascii('Jane')), ...scan], true],
    ['a JPEG with EXIF', [0xff, 0xd8, ...segment(0xe1, ascii('Exif')), ...scan], true],
    ['a JPEG with JFIF', [0xff, 0xd8, ...segment(0xe0, ascii('JFIF\0')), ...scan], false],
    [
      'a JPEG with a long JFIF',
      [0xff, 0xd8, ...segment(0xe0, ascii('JFIF'.repeat(9))), ...scan],
      true,
    ],
    [
      'JPEG 2000 of a known encoder',
      [0xff, 0x4f, ...segment(0x64, [0, 1, ...ascii('Kakadu-3.0')]), 0xff, 0x90, 0, 10],
      false,
    ],
    [
      'JPEG 2000 with a comment',
      [0xff, 0x4f, ...segment(0x64, [0, 1, ...ascii('Jane Doe')]), 0xff, 0x90, 0, 10],
      true,
    ],
    ['RLE', [1, 0, 0, 0, 64, 0, 0, 0], false],
  ])('%s', (_, bytes, expected) => {
    expect(hasHiddenSegments(Uint8Array.from(bytes))).toBe(expected);
  });
});
