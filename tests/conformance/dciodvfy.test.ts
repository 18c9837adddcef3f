/** dciodvfy (dicom3tools) finds no error in what we write that it did not find in the source. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASIC, DEID_OPTIONS, NONE } from '../../src/core/deidentify/options.ts';
import { exportedSeries, HEAD_SERIES, VOLUME_FILES } from '../support/exported-series.ts';
import { newErrors } from '../support/programs.ts';
import { hasProgram, sharedDicom } from '../support/shared-data.ts';

const ALL = DEID_OPTIONS.filter((option) => option !== 'dates');
const data = sharedDicom();
const ready = data !== null && hasProgram('dciodvfy');

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
        added.push(...newErrors(before[n] ?? '', after[n] ?? ''));
      }
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(added).toEqual([]);
    },
    120_000,
  );
});
