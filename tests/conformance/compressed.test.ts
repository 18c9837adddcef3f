/** Series compressed by gdcmconv: slices that change come out plain, the others keep their bytes. */
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
const EXPLICIT_LE = '1.2.840.10008.1.2.1';

async function volumeOf(files: readonly string[]) {
  const { scans } = await openScans(files.map(sourceFileAt), {});
  if (!scans[0]) throw new Error('no scan');
  return loadVolume(scans[0], createFrameDecoder());
}

describe.skipIf(!ready)('compressed series', () => {
  test.each([
    ['RLE', '-R', '1.2.840.10008.1.2.5'],
    ['JPEG lossless', '-J', '1.2.840.10008.1.2.4.70'],
    ['JPEG-LS', '-L', '1.2.840.10008.1.2.4.80'],
    ['JPEG 2000', '-K', '1.2.840.10008.1.2.4.90'],
  ])(
    '%s',
    async (_, option, transferSyntaxUID) => {
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
      rmSync(root, { recursive: true });
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(outside).toBe(0);
      expect(inside).toBeGreaterThan(0);
      expect(changed.size).toBeLessThan(before.length);
      expect(syntaxes).toEqual(
        before.map((__, k) => (changed.has(k) ? EXPLICIT_LE : transferSyntaxUID)),
      );
    },
    120_000,
  );
});
