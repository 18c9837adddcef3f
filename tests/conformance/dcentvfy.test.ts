/** dcentvfy (dicom3tools) finds what belongs to one patient, study and series as consistent as before; gdcminfo reads it. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportedSeries, HEAD_SERIES, VOLUME_FILES } from '../support/exported-series.ts';
import { hasProgram, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('dcentvfy') && hasProgram('gdcminfo');

function complaints(files: readonly string[]): number {
  const { stderr } = spawnSync('dcentvfy', [...files], { encoding: 'latin1', maxBuffer: 1 << 28 });
  return stderr.split('\n').filter((line) => line.trim() !== '').length;
}

describe.skipIf(!ready)('dcentvfy and gdcminfo', () => {
  test.each([...HEAD_SERIES, ...VOLUME_FILES])(
    'find nothing new in %s',
    async (name) => {
      const { before, after } = await exportedSeries(data ?? '', name);
      const [old, now] = [complaints(before), complaints(after)];
      const unread = after.filter((file) => spawnSync('gdcminfo', [file]).status !== 0);
      const wereUnread = before.filter((file) => spawnSync('gdcminfo', [file]).status !== 0);
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(now).toBeLessThanOrEqual(old);
      expect(unread.length).toBeLessThanOrEqual(wereUnread.length);
    },
    180_000,
  );
});
