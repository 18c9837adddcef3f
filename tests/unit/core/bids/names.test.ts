import { describe, expect, test } from 'vitest';
import { defacemaskName, isSafeBidsName, isSafeBidsStem } from '../../../../src/core/bids/names.ts';

describe('isSafeBidsName', () => {
  test.each([
    'sub-01_T1w.nii.gz',
    'sub-HC012_ses-02_acq-mprage_run-1_T1w.nii',
    'sub-pilot3_FLAIR.nii.gz',
    'sub-01_task-rest_bold.nii.gz',
  ])('%s may stay', (name) => {
    expect(isSafeBidsName(name)).toBe(true);
  });

  test.each([
    'sub-JaneDoe_T1w.nii.gz',
    'sub-19700606_T1w.nii.gz',
    'sub-01_acq-muellerprotocol_T1w.nii.gz',
    'sub-rest_T1w.nii.gz',
    'sub-01_unknown.nii.gz',
    'sub-01_T1w.json',
    'T1w.nii.gz',
  ])('%s may not', (name) => {
    expect(isSafeBidsName(name)).toBe(false);
  });
});

test('tables have the names of recordings, and of the whole dataset', () => {
  expect(isSafeBidsStem('sub-01_task-rest_events')).toBe(true);
  expect(isSafeBidsStem('task-rest_bold')).toBe(true);
  expect(isSafeBidsStem('sub-01_doe_events')).toBe(false);
});

test.each([
  ['sub-01_T1w.nii.gz', 'sub-01_mod-T1w_defacemask.nii.gz'],
  ['sub-01_ses-2_run-1_echo-2_MEGRE.nii', 'sub-01_ses-2_run-1_mod-MEGRE_echo-2_defacemask.nii.gz'],
])('the mask of %s is %s', (name, mask) => {
  expect(defacemaskName(name)).toBe(mask);
});
