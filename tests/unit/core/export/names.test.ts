import { describe, expect, test } from 'vitest';
import { createNames, maskPath } from '../../../../src/core/export/names.ts';

describe('names of DICOM', () => {
  test('count the series of a visit and the instances of a series', () => {
    const names = createNames();
    const series = { patient: 'EFF-0000000000', visit: 1, modality: 'MR' };
    const first = names.dicomSeries(series);
    const second = names.dicomSeries({ ...series, modality: 'CT' });

    expect(first).toBe('EFF-0000000000/visit-1/1-MR');
    expect(second).toBe('EFF-0000000000/visit-1/2-CT');
    expect(names.dicomInstance(first, 7, 1200)).toBe('EFF-0000000000/visit-1/1-MR/0007.dcm');
    expect(maskPath(first)).toBe('EFF-0000000000/visit-1/1-MR_defacemask.nii.gz');
  });
});

describe('names of NIfTI', () => {
  test.each([
    'sub-01_T1w.nii.gz',
    'sub-HC012_ses-02_acq-mprage_run-1_T1w.nii',
    'sub-pilot3_FLAIR.nii.gz',
  ])('%s stays', (name) => {
    expect(createNames().nifti(`some/where/${name}`)).toBe(name);
  });

  test.each([
    'sub-JaneDoe_T1w.nii.gz',
    'sub-19700606_T1w.nii.gz',
    'sub-01_acq-muellerprotocol_T1w.nii.gz',
    'sub-01_unknown.nii.gz',
    'head.nii.gz',
    'doe_jane.nii.gz',
  ])('%s is replaced', (name) => {
    expect(createNames().nifti(name)).toBe('scan-1.nii.gz');
  });

  test('keep the extension, and never come twice', () => {
    const names = createNames();

    expect(names.nifti('a/sub-01_T1w.nii')).toBe('sub-01_T1w.nii');
    expect(names.nifti('b/sub-01_T1w.nii')).toBe('scan-2.nii');
    expect(names.nifti('c/SCAN-3.nii')).toBe('scan-3.nii');
  });

  test('put the mask beside the image', () => {
    expect(maskPath('sub-01_T1w.nii.gz')).toBe('sub-01_T1w_defacemask.nii.gz');
  });
});
