import { expect, test } from 'vitest';
import { createMemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../../src/app/export-scans.ts';
import { openScans } from '../../../src/app/open-scans.ts';
import { BASIC, NONE } from '../../../src/core/deidentify/options.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';
import { itemOf, noDecoder, options, secrets, sure } from '../../support/export-fixture.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { memoryFile } from '../../support/shared-data.ts';

const text = (path: string, content: string): SourceFile =>
  memoryFile(`in/ds/${path}`, new TextEncoder().encode(content));
const image = (path: string): SourceFile =>
  memoryFile(
    `in/ds/${path}`,
    niftiFile({ dim: [3, 12, 10, 9], pixdim: [1, 14, 14, 12], gz: path.endsWith('gz') }),
  );

const DATASET = [
  text('dataset_description.json', '{"Name": "A study", "BIDSVersion": "1.10.0"}'),
  text('README', 'About the study.'),
  text('participants.tsv', 'participant_id\tage\nsub-01\t93\nsub-02\t40\n'),
  image('sub-01/anat/sub-01_T1w.nii.gz'),
  text('sub-01/anat/sub-01_T1w.json', '{"EchoTime": 0.003, "StationName": "MRC35131"}'),
  text('sub-01/sub-01_scans.tsv', 'filename\tacq_time\nanat/sub-01_T1w.nii.gz\t2018-09-18\n'),
  text('sub-01/func/sub-01_task-rest_events.tsv', 'onset\tduration\n1\t2\n'),
  image('sub-02/anat/sub-02_T1w.nii.gz'),
  text('sub-02/anat/sub-02_T1w.json', '{"EchoTime": 0.003}'),
  text('sourcedata/sub-01/notes.txt', 'Wernicke'),
];

async function exported(profile: 'basic' | 'none') {
  const opened = await openScans(DATASET);
  const sink = createMemorySink();
  const items = await Promise.all(opened.scans.map((scan) => itemOf(scan)));
  // Nobody approved the second one.
  items[1] = { ...sure(items[1]), approved: { by: null, note: null } };
  const report = await exportScans(
    items,
    options({
      deidentification: profile === 'basic' ? BASIC : NONE,
      needsApproval: true,
      skipped: opened.skipped,
      others: opened.others,
    }),
    { sink, secrets, decoder: noDecoder },
  );
  const read = (path: string): string => new TextDecoder().decode(sure(sink.files.get(path)));
  return { sink, report, read };
}

test('a dataset goes in and a dataset comes out, without what was withheld', async () => {
  const { sink, report, read } = await exported('basic');

  expect([...sink.files.keys()].sort()).toEqual([
    'README',
    'dataset_description.json',
    'efface-report.json',
    'participants.tsv',
    'sub-01/anat/sub-01_T1w.json',
    'sub-01/anat/sub-01_T1w.nii.gz',
    'sub-01/anat/sub-01_mod-T1w_defacemask.nii.gz',
    'sub-01/func/sub-01_task-rest_events.tsv',
    'sub-01/sub-01_scans.tsv',
  ]);
  expect(read('participants.tsv')).toBe('participant_id\tage\nsub-01\t89\nsub-02\t40\n');
  expect(read('sub-01/sub-01_scans.tsv')).toContain('anat/sub-01_T1w.nii.gz\tn/a');
  expect(read('sub-01/func/sub-01_task-rest_events.tsv')).toBe('onset\tduration\n1\t2\n');
  expect(JSON.parse(read('sub-01/anat/sub-01_T1w.json'))).toEqual({
    EchoTime: 0.003,
    DeidentificationMethod: ['Efface 1.0.0', 'Face removed (113102)'],
    DeidentificationMethodCodeSequence: [
      {
        CodeValue: '113102',
        CodeMeaning: 'Clean Recognizable Visual Features Option',
        CodingSchemeDesignator: 'DCM',
      },
    ],
  });
  expect(report.totals).toMatchObject({ filesWritten: 8, filesSkipped: 2 });
});

test('headers kept as they are keep sidecars and tables too', async () => {
  const { read } = await exported('none');

  expect(read('participants.tsv')).toContain('\t93');
  expect(read('sub-01/anat/sub-01_T1w.json')).toContain('MRC35131');
});
