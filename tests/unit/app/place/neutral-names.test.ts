import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameCheck, neutralPaths, tellingNames } from '../../../../src/app/place/neutral-names.ts';

const tells = nameCheck({
  uids: new Set(['1.2.276.0.7230010.3.1.4']),
  words: new Set(['wernicke', 'acc4711009']),
  phrases: new Set(['19700131']),
  dates: new Set(),
});

describe('a name', () => {
  test.each([
    ['WERNICKE^CARL', true],
    ['ct_wernicke_head.dcm', true],
    ['MR.1.2.276.0.7230010.3.1.4.dcm', true],
    ['scan-19700131', true],
    ['IM000001', false],
    ['t1_mprage.nii.gz', false],
    ['werner', false],
  ])('%s tells who the patient is: %s', (name, expected) => {
    expect(tells(name)).toBe(expected);
  });
});

describe('neutral paths', () => {
  test('keep what tells nothing, the ending, and which files lie together', () => {
    const paths = ['A/WERNICKE/1.dcm', 'A/WERNICKE/wernicke.nii.gz', 'A/x/2.dcm', 'WERNICKE.Carl'];
    const renamed = neutralPaths(paths, tellingNames(paths, tells));
    expect(Object.fromEntries(renamed)).toEqual({
      'A/WERNICKE/1.dcm': 'A/folder-1/1.dcm',
      'A/WERNICKE/wernicke.nii.gz': 'A/folder-1/file-1.nii.gz',
      'WERNICKE.Carl': 'file-1',
    });
  });

  test('tell nothing, and are never two the same or one that is there', () => {
    const name = fc.constantFrom(
      'wernicke',
      'Wernicke 2.dcm',
      'file-1.dcm',
      'FOLDER-1',
      'a',
      'b.nii',
    );
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (all) => {
        // A file is no folder of another.
        const paths = all.filter((one) => !all.some((other) => other.startsWith(`${one}/`)));
        const renamed = neutralPaths(paths, tellingNames(paths, tells));
        const after = paths.map((one) => renamed.get(one) ?? one);
        expect(after.flatMap((one) => one.split('/')).filter(tells)).toEqual([]);
        const folded = after.filter((one, n) => one !== paths[n]).map((one) => one.toLowerCase());
        expect(new Set(folded).size).toBe(folded.length);
        const there = new Set(paths.map((one) => one.toLowerCase()));
        expect(folded.filter((one) => there.has(one))).toEqual([]);
      }),
    );
  });
});
