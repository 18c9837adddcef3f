/** Series compressed by other people's programs: they come out in the syntax they came in, readable by others. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { openScans } from '../../src/app/open-scans.ts';
import { encodeText, find, textAt } from '../../src/core/deidentify/element-value.ts';
import { NO_EDITS } from '../../src/core/dicom/edits.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { writeEdited } from '../../src/core/dicom/span-writer.ts';
import { pixelFormatOf } from '../../src/core/export/pixel-format.ts';
import { evenLength } from '../../src/core/export/reencode.ts';
import { storedOf } from '../../src/core/export/verify-dicom.ts';
import { exportedSeries } from '../support/exported-series.ts';
import {
  filesBelow,
  hasProgram,
  readBytes,
  sharedDicom,
  sourceFileAt,
} from '../support/shared-data.ts';
import { differences, volumeOf } from '../support/volumes.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('gdcmconv') && hasProgram('dcmdump');
const SERIES = 'mr-siemens-thick-t1post';
const EXPLICIT_LE = '1.2.840.10008.1.2.1';

const syntaxOf = (file: string): string => parsePart10(readBytes(file)).transferSyntaxUID;

/** The series with each file made anew, in a folder `in` of a new one. */
async function madeOf(make: (from: string, to: string) => unknown): Promise<string> {
  const root = mkdtempSync(path.join(tmpdir(), 'efface-compressed-'));
  mkdirSync(path.join(root, 'in'));
  for (const file of filesBelow(path.join(data ?? '', SERIES))) {
    await make(file, path.join(root, 'in', path.basename(file)));
  }
  return root;
}

function cleanUp(root: string, after: readonly string[]): void {
  rmSync(root, { recursive: true });
  rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });
}

describe.skipIf(!ready)('compressed series', () => {
  test.each([
    ['RLE', '-R', '1.2.840.10008.1.2.5', 'dcmdrle'],
    ['JPEG lossless', '-J', '1.2.840.10008.1.2.4.70', 'dcmdjpeg'],
    ['JPEG-LS', '-L', '1.2.840.10008.1.2.4.80', 'dcmdjpls'],
    ['JPEG 2000', '-K', '1.2.840.10008.1.2.4.90', 'gdcmconv'],
  ])(
    '%s',
    async (_, option, transferSyntaxUID, program) => {
      const root = await madeOf((from, to) => execFileSync('gdcmconv', [option, from, to]));
      const { before, after, region } = await exportedSeries(root, 'in');
      const syntaxes = after.map(syntaxOf);
      const old = await volumeOf(filesBelow(path.join(data ?? '', SERIES)));
      const now = await volumeOf(after);
      for (const file of after) execFileSync('dcmdump', ['-q', file], { maxBuffer: 1 << 28 });
      // Other people's decoders give the values that ours gives.
      mkdirSync(path.join(root, 'out'));
      const decoded = after.map((file) => path.join(root, 'out', path.basename(file)));
      after.forEach((file, n) => {
        const args = [file, decoded[n] ?? ''];
        execFileSync(program, program === 'gdcmconv' ? ['-w', ...args] : args);
      });
      const theirs = await volumeOf(decoded);
      const { inside, outside } = differences(old, now, region);
      const disagreed = differences(now, theirs, region);
      const perSlice = old.grid.size[0] * old.grid.size[1];
      const changed = new Set<number>();
      region.voxels.forEach((set, v) => {
        if (set) changed.add(Math.floor(v / perSlice));
      });
      cleanUp(root, after);

      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(0);
      expect(changed.size).toBeLessThan(before.length);
      expect(syntaxes).toEqual(before.map(() => transferSyntaxUID));
      expect(disagreed).toEqual({ inside: 0, outside: 0 });
    },
    120_000,
  );

  test.skipIf(!hasProgram('dcmcjpeg'))(
    'baseline JPEG: slices that change come out uncompressed, and all stay marked lossy',
    async () => {
      const root = await madeOf((from, to) => execFileSync('dcmcjpeg', ['+eb', from, to]));
      const { before, after, region } = await exportedSeries(root, 'in');
      mkdirSync(path.join(root, 'plain'));
      const plain = before.map((file) => path.join(root, 'plain', path.basename(file)));
      before.forEach((file, n) => execFileSync('dcmdjpeg', [file, plain[n] ?? '']));
      const [old, now] = [await volumeOf(plain), await volumeOf(after)];
      const { inside, outside } = differences(old, now, region);
      const files = after.map((file) => parsePart10(readBytes(file)));
      const said = [0x00282110, 0x00282112, 0x00282114].map((tag) => [
        files.map((file) => textAt(file, file.dataSet, tag)),
        before.map((file) => {
          const source = parsePart10(readBytes(file));
          return textAt(source, source.dataSet, tag);
        }),
      ]);
      const syntaxes = new Set(files.map(({ transferSyntaxUID }) => transferSyntaxUID));
      cleanUp(root, after);

      // dcmtk has the decoder of the Independent JPEG Group: not one value differs.
      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(0);
      expect(syntaxes).toEqual(new Set([EXPLICIT_LE, '1.2.840.10008.1.2.4.50']));
      for (const [is, was] of said) expect(is).toEqual(was);
      expect(said[0]?.[0]?.every((value) => value === '01')).toBe(true);
    },
    120_000,
  );

  test.skipIf(!hasProgram('dcmcjpeg'))(
    'JPEG of 12 bits is left out, and says why',
    async () => {
      const root = await madeOf((from, to) => execFileSync('dcmcjpeg', ['+ee', from, to]));
      const { scans, left } = await openScans(
        filesBelow(path.join(root, 'in')).map(sourceFileAt),
        {},
      );
      rmSync(root, { recursive: true });
      expect(scans).toEqual([]);
      expect(left.map(({ reason }) => reason)).toEqual([
        { code: 'dicom/jpeg-12-bits', details: { bits: 12 } },
      ]);
    },
    120_000,
  );

  test.each(['1.2.840.10008.1.2.4.201', '1.2.840.10008.1.2.4.202'])(
    'HTJ2K (%s)',
    async (transferSyntaxUID) => {
      const root = await madeOf(async (from, to) => {
        const lossless = `${to}.j2k`;
        execFileSync('gdcmconv', ['-K', from, lossless]);
        writeFileSync(to, await asHtj2k(readBytes(lossless), transferSyntaxUID));
        rmSync(lossless);
      });
      const { after, region } = await exportedSeries(root, 'in');
      const syntaxes = new Set(after.map(syntaxOf));
      const [old, now] = [
        await volumeOf(filesBelow(path.join(data ?? '', SERIES))),
        await volumeOf(after),
      ];
      const { inside, outside } = differences(old, now, region);
      for (const file of after) execFileSync('dcmdump', ['-q', file], { maxBuffer: 1 << 28 });
      cleanUp(root, after);

      expect(syntaxes).toEqual(new Set([transferSyntaxUID]));
      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(0);
    },
    120_000,
  );
});

/** No program here makes HTJ2K: a file of JPEG 2000 with our code stream in the place of its own. */
async function asHtj2k(
  bytes: Uint8Array<ArrayBuffer>,
  transferSyntaxUID: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = parsePart10(bytes);
  const codec = createFrameDecoder();
  const values = await storedOf(file, (frame) => codec.decode(frame));
  const stream = await codec.encode?.(values, { ...pixelFormatOf(file), transferSyntaxUID });
  const syntax = file.meta.find(({ tag }) => tag === 0x00020010);
  const pixels = find(file.dataSet, 0x7fe00010);
  if (!stream || !syntax || !pixels) throw new Error('not encoded');
  return writeEdited(file, {
    ...NO_EDITS,
    edits: new Map([
      [syntax, { kind: 'replace', value: encodeText(transferSyntaxUID, 'UI') }],
      [pixels, { kind: 'refragment', fragments: [new Uint8Array(0), evenLength(stream)] }],
    ]),
  });
}
