/** dcmdump (dcmtk) reads what we write, whole, and without a word of complaint that is new. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportedSeries, SMALL_SERIES } from '../support/exported-series.ts';
import { hasProgram, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('dcmdump');

function dump(files: readonly string[]): {
  status: number | null;
  complaints: number;
  text: string;
} {
  const run = spawnSync('dcmdump', ['-Un', ...files], { encoding: 'latin1', maxBuffer: 1 << 28 });
  return {
    status: run.status,
    complaints: run.stderr.split('\n').filter((line) => /^[EWF]:/.test(line)).length,
    text: run.stdout,
  };
}

describe.skipIf(!ready)('dcmdump', () => {
  test.each(SMALL_SERIES)(
    'reads every file of %s',
    async (name) => {
      const { before, after } = await exportedSeries(data ?? '', name);
      const [old, now] = [dump(before), dump(after)];
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });
      const marks = now.text.match(/\(0028,0302\) CS \[NO\]/g) ?? [];
      const odd = now.text.match(/^ *\([0-9a-f]{3}[13579bdf],/gm) ?? [];

      expect(now.status).toBe(0);
      expect(now.complaints).toBeLessThanOrEqual(old.complaints);
      expect(marks).toHaveLength(after.length);
      expect(odd).toEqual([]);
    },
    120_000,
  );
});
