import { describe, expect, test } from 'vitest';
import { companionKind, datasetsOf, inDataset } from '../../../../src/core/bids/dataset.ts';

describe('datasetsOf', () => {
  test('a derivative is part of the dataset it lies in', () => {
    const datasets = datasetsOf([
      'in/ds/dataset_description.json',
      'in/ds/derivatives/prep/dataset_description.json',
      'in/ds/sub-01/anat/sub-01_T1w.json',
    ]);

    expect(datasets).toEqual([{ root: 'in/ds/', folder: '' }]);
    expect(inDataset(datasets, 'in/ds/sub-01/a.json')?.path).toBe('sub-01/a.json');
    expect(inDataset(datasets, 'in/dsx/a.json')).toBeNull();
  });

  test('several have folders of their own', () => {
    const datasets = datasetsOf(['a/dataset_description.json', 'b/dataset_description.json']);

    expect(datasets.map(({ folder }) => folder)).toEqual(['dataset-1/', 'dataset-2/']);
  });
});

test.each([
  ['dataset_description.json', 'copy'],
  ['README', 'copy'],
  ['CHANGES.md', 'copy'],
  ['participants.tsv', 'participants'],
  ['participants.json', 'copy'],
  ['task-rest_bold.json', 'sidecar'],
  ['sub-01/ses-1/sub-01_ses-1_scans.tsv', 'scans'],
  ['sub-01/ses-1/anat/sub-01_ses-1_T1w.json', 'sidecar'],
  ['sub-01/func/sub-01_task-rest_events.tsv', 'copy'],
  ['sub-01/func/sub-01_task-rest_physio.tsv.gz', 'copy'],
  ['sub-01/dwi/sub-01_dwi.bval', 'copy'],
  ['derivatives/fmriprep/sub-01/anat/sub-01_desc-preproc_T1w.json', 'sidecar'],
  ['sourcedata/sub-01/anat/sub-01_T1w.json', 'leave'],
  ['.heudiconv/01/info/auto.json', 'leave'],
  ['sub-JaneDoe/anat/sub-JaneDoe_T1w.json', 'leave'],
  ['sub-01/anat/notes.tsv', 'leave'],
  ['sub-01/anat/photo.jpg', 'leave'],
  ['sub-01/Doe/sub-01_T1w.json', 'leave'],
] as const)('%s: %s', (path, kind) => {
  expect(companionKind(path)).toBe(kind);
});
