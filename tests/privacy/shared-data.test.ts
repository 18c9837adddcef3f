/** Nothing that names a person, place or day in other people's real files is left in what is written. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { collectIdentifiers } from '../../src/core/deidentify/identifiers.ts';
import { isVocabularyWord } from '../../src/core/deidentify/vocabulary.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { exportedSeries, HEAD_SERIES } from '../support/exported-series.ts';
import { hasProgram, readBytes, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();

/** Text of all identifying elements as dcmdump sees them: a reader of its own, not ours. */
function seenByDcmdump(file: string): string[] {
  const tags = [
    '0008,0050',
    '0008,0080',
    '0008,0081',
    '0008,0090',
    '0008,1010',
    '0008,1040',
    '0008,1048',
    '0008,1050',
    '0008,1060',
    '0008,1070',
    '0010,0010',
    '0010,0020',
    '0010,0030',
    '0010,1040',
    '0018,1000',
    '0020,0010',
    '0032,1032',
    '0040,0006',
    '0040,0253',
    '0040,1001',
    '0008,0020',
    '0008,0021',
    '0008,0022',
    '0008,0018',
    '0020,000d',
    '0020,000e',
    '0020,0052',
  ];
  const text = execFileSync(
    'dcmdump',
    ['-q', '+L', '+s', ...tags.flatMap((tag) => ['+P', tag]), file],
    { encoding: 'latin1', maxBuffer: 1 << 26 },
  );
  return [...text.matchAll(/\[(.+?)\s*\]/g)]
    .map(([, value]) => value ?? '')
    .filter((value) => value.length >= 4);
}

describe.skipIf(data === null)('real series', () => {
  test.each(HEAD_SERIES)(
    '%s leaves no identifier in any byte',
    async (name) => {
      const { before, after } = await exportedSeries(data ?? '', name);
      const collector = collectIdentifiers();
      for (const file of before) collector.add(parsePart10(readBytes(file)));
      const { uids, phrases } = collector.found;
      const wanted = new Set([
        ...uids,
        ...[...phrases].filter((phrase) => !isVocabularyWord(phrase)),
      ]);
      if (hasProgram('dcmdump'))
        for (const value of seenByDcmdump(before[0] ?? '')) wanted.add(value.toLowerCase());
      const left = new Set<string>();
      for (const file of after) {
        const text = readFileSync(file).toString('latin1').toLowerCase();
        for (const value of wanted) {
          // Five digits in a row occur by chance in the 39 of a new UID.
          const found = /^\d{1,7}$/.test(value)
            ? new RegExp(`(?<![0-9.])${value}(?![0-9.])`).test(text)
            : text.includes(value);
          if (found) left.add(value);
        }
      }
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(wanted.size).toBeGreaterThan(3);
      // A count, not the values: they are a person's.
      expect(left.size).toBe(0);
    },
    120_000,
  );
});
