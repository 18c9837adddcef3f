/** Series compressed by gdcmconv: they come out in the syntax they came in, readable by others. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { exportedSeries } from '../support/exported-series.ts';
import {
  filesBelow,
  hasProgram,
  readBytes,
  sharedDicom,
  sourceFileAt,
} from '../support/shared-data.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('gdcmconv') && hasProgram('dcmdump');

async function volumeOf(files: readonly string[]) {
  const { scans } = await openScans(files.map(sourceFileAt), {});
  if (!scans[0]) throw new Error('no scan');
  return loadVolume(scans[0], createFrameDecoder());
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
      const source = path.join(data ?? '', 'mr-siemens-thick-t1post');
      const root = mkdtempSync(path.join(tmpdir(), 'efface-compressed-'));
      mkdirSync(path.join(root, 'in'));
      for (const file of filesBelow(source)) {
        execFileSync('gdcmconv', [option, file, path.join(root, 'in', path.basename(file))]);
      }
      const { before, after, region } = await exportedSeries(root, 'in');
      const syntaxes = after.map((file) => parsePart10(readBytes(file)).transferSyntaxUID);
      const [old, now] = [await volumeOf(filesBelow(source)), await volumeOf(after)];
      const perSlice = old.grid.size[0] * old.grid.size[1];
      let outside = 0;
      let inside = 0;
      const changed = new Set<number>();
      old.stored.forEach((value, v) => {
        if (region.voxels[v]) changed.add(Math.floor(v / perSlice));
        if (value === now.stored[v]) return;
        if (region.voxels[v]) inside++;
        else outside++;
      });
      for (const file of after) execFileSync('dcmdump', ['-q', file], { maxBuffer: 1 << 28 });
      // Other people's decoders give the values that ours gives.
      mkdirSync(path.join(root, 'out'));
      const decoded = after.map((file) => path.join(root, 'out', path.basename(file)));
      after.forEach((file, n) => {
        const args = [file, decoded[n] ?? ''];
        execFileSync(program, program === 'gdcmconv' ? ['-w', ...args] : args);
      });
      const theirs = await volumeOf(decoded);
      let disagree = 0;
      for (let v = 0; v < now.stored.length; v++) {
        if (theirs.stored[v] !== now.stored[v]) disagree++;
      }
      rmSync(root, { recursive: true });
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(0);
      expect(changed.size).toBeLessThan(before.length);
      expect(syntaxes).toEqual(before.map(() => transferSyntaxUID));
      expect(disagree).toBe(0);
    },
    120_000,
  );
});
