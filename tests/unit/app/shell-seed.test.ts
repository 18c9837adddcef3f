import { describe, expect, test } from 'vitest';
import type { Scan } from '../../../src/app/open-scans.ts';
import { withSeed } from '../../../src/app/shell-seed.ts';
import { DEFAULT_DEFACE } from '../../../src/core/deface/options.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { hmacWith } from '../../support/secrets.ts';

const shallow = { ...DEFAULT_DEFACE, depth: 'shallow' } as const;

function nifti(path: string): Scan {
  return { kind: 'nifti', source: { path } } as unknown as Scan;
}

function dicom(patientKey: string): Scan {
  return {
    kind: 'dicom',
    slices: [null, { instance: { header: { patientKey } } }],
  } as unknown as Scan;
}

async function seed(scan: Scan, stored = [1, 2, 3], key = 'key'): Promise<readonly number[]> {
  const volume = { stored: Int16Array.from(stored) } as unknown as Volume;
  return (await withSeed(shallow, scan, volume, { hmacSha256: hmacWith(key) })).seed;
}

describe('the seed of the shell', () => {
  test('has all the bits of the hash', async () => {
    const words = await seed(dicom('1\nDoe\n'));
    expect(words).toHaveLength(8);
    expect(new Set(words).size).toBe(8);
  });

  test('is one for all scans of a person, another for another person or key', async () => {
    const of = await seed(dicom('1\nDoe\n'));
    expect(await seed(dicom('1\nDoe\n'), [9])).toEqual(of);
    expect(await seed(dicom('2\nDoe\n'))).not.toEqual(of);
    expect(await seed(dicom('1\nDoe\n'), [1, 2, 3], 'other')).not.toEqual(of);
  });

  test('knows a person of BIDS wherever the data set lies', async () => {
    const of = await seed(nifti('a/sub-01/anat/sub-01_T1w.nii.gz'));
    expect(await seed(nifti('/b/sub-01/anat/sub-01_T2w.nii'), [9])).toEqual(of);
    expect(await seed(nifti('/b/sub-02/anat/sub-02_T2w.nii'))).not.toEqual(of);
  });

  test('goes by the voxels where nothing says who it is', async () => {
    for (const scan of [nifti('scan.nii'), dicom('\n\n')]) {
      expect(await seed(scan)).toEqual(await seed(scan));
      expect(await seed(scan, [1, 2, 4])).not.toEqual(await seed(scan));
    }
  });

  test('of a method is another, for a face that is shown must not give the shell away', async () => {
    const volume = { stored: Int16Array.of(1) } as unknown as Volume;
    const options = { ...shallow, method: 'reface' } as const;
    const made = await withSeed(options, dicom('1'), volume, { hmacSha256: hmacWith('key') });
    expect(made.seed).toEqual(await seed(dicom('1')));
    expect(made.methodSeed).toHaveLength(8);
    expect(made.methodSeed).not.toEqual(made.seed);
  });

  test('is made for shallow only', async () => {
    const { hmacSha256 } = { hmacSha256: () => Promise.reject(new Error('asked')) };
    const made = withSeed(DEFAULT_DEFACE, nifti('a.nii'), {} as Volume, { hmacSha256 });
    await expect(made).resolves.toEqual({ ...DEFAULT_DEFACE, seed: [], methodSeed: [] });
  });
});
