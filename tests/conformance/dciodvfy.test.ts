/** dciodvfy (dicom3tools) finds no error in what we write that it did not find in the source. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASIC, DEID_OPTIONS, NONE } from '../../src/core/deidentify/options.ts';
import { exportedSeries, HEAD_SERIES, VOLUME_FILES } from '../support/exported-series.ts';
import { hasProgram, sharedDicom } from '../support/shared-data.ts';

const ALL = DEID_OPTIONS.filter((option) => option !== 'dates');
const data = sharedDicom();
const ready = data !== null && hasProgram('dciodvfy');

/** Lines that begin with Error, values masked, each with how often it occurs. */
function errors(file: string): Map<string, number> {
  const { stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'latin1' });
  const counts = new Map<string, number>();
  for (const line of stderr.split('\n').filter((one) => one.startsWith('Error'))) {
    const masked = line.replace(/\b[0-9a-f.]{6,}\b/gi, '#');
    counts.set(masked, (counts.get(masked) ?? 0) + 1);
  }
  return counts;
}

describe.skipIf(!ready)('dciodvfy', () => {
  test.each([
    ...[...HEAD_SERIES, ...VOLUME_FILES].flatMap((name) => [
      { name, with: 'basic', ...BASIC },
      { name, with: 'all options', profile: 'basic', options: ALL } as const,
    ]),
    { name: 'mr-siemens-prone', with: 'none', ...NONE },
  ])(
    'finds nothing new in $name under $with',
    async ({ name, profile, options }) => {
      const { before, after } = await exportedSeries(data ?? '', name, { profile, options });
      const added: string[] = [];
      for (const n of [0, Math.floor(before.length / 2), before.length - 1]) {
        const old = errors(before[n] ?? '');
        for (const [line, count] of errors(after[n] ?? '')) {
          if (count > (old.get(line) ?? 0)) added.push(line);
        }
      }
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(added).toEqual([]);
    },
    120_000,
  );
});
