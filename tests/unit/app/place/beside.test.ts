/** Sidecars and tables of a BIDS dataset that is saved in place. */
import { describe, expect, test } from 'vitest';
import type { ExportItem } from '../../../../src/app/export-scans.ts';
import { UNDO } from '../../../../src/app/place/layout.ts';
import { rollBack, undoState } from '../../../../src/app/place/recover.ts';
import type { SourceFile } from '../../../../src/core/source-file.ts';
import { niftiFile } from '../../../support/nifti-file.ts';
import { memoryFile } from '../../../support/shared-data.ts';
import { MemoryDisk, memoryStore } from '../../../support/store/memory-disk.ts';
import { portsOf } from '../../../support/store/node-digest.ts';
import { defaceInStore, put, type PlaceRun } from '../../../support/store/place-fixture.ts';

const text = (path: string, content: string): SourceFile =>
  memoryFile(path, new TextEncoder().encode(content));
const image = (path: string): SourceFile =>
  memoryFile(path, niftiFile({ dim: [3, 12, 10, 9], pixdim: [1, 14, 14, 12] }));

/** Two people, one of them with two sessions; the same sidecar twice; originals beside them. */
const DATASET = [
  text('dataset_description.json', '{"Name": "A study", "BIDSVersion": "1.10.0"}'),
  text('participants.tsv', 'participant_id\tage\nsub-01\t93\n'),
  text('task-rest_bold.json', '{"EchoTime": 0.03, "StationName": "MRC35131"}'),
  image('sub-01/ses-1/anat/sub-01_ses-1_T1w.nii'),
  text('sub-01/ses-1/anat/sub-01_ses-1_T1w.json', '{"EchoTime": 0.003, "StationName": "MRC35131"}'),
  text('sub-01/ses-1/sub-01_ses-1_scans.tsv', 'filename\tacq_time\nanat/x\t2018-09-18\n'),
  text('sub-01/ses-1/func/sub-01_ses-1_task-rest_events.tsv', 'onset\tduration\n1\t2\n'),
  image('sub-01/ses-2/anat/sub-01_ses-2_T1w.nii'),
  text('sub-01/ses-2/anat/sub-01_ses-2_T1w.json', '{"EchoTime": 0.003, "StationName": "MRC35131"}'),
  image('sub-02/anat/sub-02_T1w.nii'),
  text('sub-02/anat/sub-02_T1w.json', '{"EchoTime": 0.003, "StationName": "MRC35131"}'),
  text('sourcedata/sub-01/notes.txt', 'Wernicke'),
];

const BESIDE = DATASET.filter(({ path }) => !path.endsWith('.nii')).map(({ path }) => path);

async function saved(run: PlaceRun = {}, more: readonly SourceFile[] = []) {
  const disk = new MemoryDisk();
  const store = memoryStore(disk);
  await put(store, [...DATASET, ...more]);
  const before = { ...disk.files };
  const outcome = await defaceInStore(store, run);
  const changed = BESIDE.filter((path) => disk.files[path] !== before[path]);
  return { disk, store, before, changed, ...outcome };
}

const withheld = (item: ExportItem): ExportItem => ({
  ...item,
  defaced: { ...item.defaced, decision: 'refuse', result: null },
});

describe('a dataset saved in place', () => {
  test('has its sidecars and tables cleaned where they lie, and can be rolled back', async () => {
    const { disk, store, before, changed, report, planned } = await saved();

    expect(changed).toEqual([
      'participants.tsv',
      'task-rest_bold.json',
      'sub-01/ses-1/anat/sub-01_ses-1_T1w.json',
      'sub-01/ses-1/sub-01_ses-1_scans.tsv',
      'sub-01/ses-2/anat/sub-01_ses-2_T1w.json',
      'sub-02/anat/sub-02_T1w.json',
    ]);
    const everything = Object.entries(disk.files)
      .filter(([path]) => !path.startsWith(UNDO))
      .map(([, content]) => content)
      .join('\n');
    expect(everything).not.toMatch(/MRC35131|2018-09-18|\t93/);
    const sidecar = disk.files['sub-02/anat/sub-02_T1w.json'] ?? '';
    expect(JSON.parse(sidecar)).toMatchObject({
      EchoTime: 0.003,
      DeidentificationMethod: ['Efface 1.0.0', 'Face removed (113102)'],
    });
    expect(report.totals.filesWritten).toBe(9);
    expect(JSON.stringify(report)).not.toMatch(/sub-0|participants/);
    expect(planned.notes).toContainEqual({ code: 'place/beside-stays', details: { files: 1 } });

    await rollBack(portsOf(store));
    expect(disk.files).toEqual(before);
  });

  test('keeps the sidecar of an image that was withheld, with its whole visit', async () => {
    const change = (item: ExportItem, n: number): ExportItem => (n === 1 ? withheld(item) : item);
    const { changed, disk, before, report } = await saved({ change });

    expect(changed).not.toContain('sub-01/ses-2/anat/sub-01_ses-2_T1w.json');
    expect(changed).toContain('sub-01/ses-1/anat/sub-01_ses-1_T1w.json');
    expect(changed).toContain('participants.tsv');
    const left = 'sub-01/ses-2/anat/sub-01_ses-2_T1w.nii';
    expect(disk.files[left]).toBe(before[left]);
    expect(report.totals.filesWritten).toBe(7);
  });

  test('is as it was where no visit is new', async () => {
    const { disk, store, before, changed, report } = await saved({ change: withheld });

    expect(changed).toEqual([]);
    expect(await undoState(store)).toBe('none');
    expect(disk.files).toEqual(before);
    expect(report.totals.filesWritten).toBe(0);
  });

  test('keeps a visit as it is whose sidecar cannot be cleaned', async () => {
    const broken = text('sub-02/anat/sub-02_T2w.json', '{"StationName": "MRC35131"');
    const { disk, before, report } = await saved({}, [broken, image('sub-02/anat/sub-02_T2w.nii')]);

    for (const path of Object.keys(before).filter((one) => one.startsWith('sub-02/'))) {
      expect(disk.files[path], path).toBe(before[path]);
    }
    const reasons = report.series.map(({ reason }) => reason?.code);
    expect(reasons.filter((code) => code === 'place/visit-incomplete')).toHaveLength(2);
  });

  test('tells sidecars of the same bytes apart', async () => {
    const same = DATASET.find(({ path }) => path.endsWith('sub-02_T1w.json'));
    const bytes = (await same?.read()) ?? new Uint8Array();
    const more = [
      memoryFile('sub-02/anat/sub-02_T2w.json', bytes),
      image('sub-02/anat/sub-02_T2w.nii'),
    ];
    const change = (item: ExportItem): ExportItem =>
      item.scan.kind === 'nifti' && item.scan.source.path.includes('T2w') ? withheld(item) : item;
    const { disk, before } = await saved({ change, leaveRest: true }, more);

    const [one, two] = ['T1w', 'T2w'].map((kind) => `sub-02/anat/sub-02_${kind}.json`);
    expect(disk.files[one ?? '']).toContain('DeidentificationMethod');
    expect(disk.files[two ?? '']).toBe(before[two ?? '']);
  });

  test('keeps sidecars and tables with the headers', async () => {
    const { changed, report } = await saved({ headersStay: true });
    expect(changed).toEqual([]);
    expect(report.totals.filesWritten).toBe(3);
  });
});
