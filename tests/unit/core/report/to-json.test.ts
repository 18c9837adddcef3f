import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { affineFromColumns } from '../../../../src/core/geometry/affine.ts';
import type { Grid } from '../../../../src/core/geometry/grid.ts';
import { NONE_NEAR } from '../../../../src/core/report/near-brain.ts';
import {
  maskOf,
  reportJson,
  reportOf,
  type ReportInput,
  type SeriesOutcome,
} from '../../../../src/core/report/to-json.ts';
import { boxed } from '../../../support/defaced.ts';
import { violations } from '../../../support/json-schema.ts';

const grid = (): Grid => ({
  size: [4, 3, 2],
  affine: affineFromColumns([1, 0, 0], [0, 2, 0], [0, 0, 2.5], [0, 0, 0]),
});

const outcome = (own: Partial<SeriesOutcome> = {}): SeriesOutcome => ({
  scan: {
    id: '2',
    kind: 'dicom',
    modality: 'MR',
    patient: 1,
    visit: 2,
    grid: grid(),
    warnings: [{ id: 'gantry-tilt', details: { degrees: 14 } }],
  },
  defaced: boxed(grid(), { value: 0, like: new Int16Array() }),
  mask: maskOf(boxed(grid(), { value: 0, like: new Int16Array() }).result),
  approved: { by: 'person', note: null },
  output: ['EFF-1/visit-1/1-MR/001.dcm'],
  withheld: null,
  failed: false,
  deid: { profile: 'Basic', options: ['113100'], elements: { removed: 1, replaced: 2, kept: 3 } },
  outsideMaskChanged: 0,
  readMs: 1.2,
  writeMs: 2.6,
  verifyMs: 3.1,
  ...own,
});

const input = (own: Partial<ReportInput> = {}): ReportInput => ({
  tool: { version: '1.0.0', model: { id: 'head-3', sha256: 'ab' }, backend: 'wasm' },
  options: { method: 'blank' },
  started: '2026-01-02T03:04:05.000Z',
  seconds: 1.234,
  outcomes: [outcome()],
  left: [
    {
      id: '1',
      kind: 'dicom',
      modality: 'SC by Dr Jane',
      description: 'Dose report Jane Doe',
      files: 1,
      decision: 'exclude',
      reason: { code: 'dicom/not-ct-or-mr', details: { modality: 'SC' } },
    },
  ],
  filesWritten: 1,
  filesSkipped: 3,
  ...own,
});

const schema: unknown = JSON.parse(readFileSync('public/efface-report.schema.json', 'utf8'));

describe('a visit', () => {
  const series = (id: string, own: Partial<SeriesOutcome> = {}): SeriesOutcome =>
    outcome({ ...own, scan: { ...outcome().scan, id } });
  const place = { patient: 1, visit: 2 };
  const left = input().left.map((one) => ({ ...one, ...place, id: '9' }));

  test('is defaced where the face went from all that was written of it', () => {
    const { visits } = reportOf(
      input({ outcomes: [series('2'), series('3', { output: [] })], left }),
    );

    expect(visits).toEqual([{ ...place, written: [1], left: [2, 3], defaced: true }]);
  });

  test.each(['2', '4'])('is not where series %s kept its face', (id) => {
    const regions = { face: 0, ears: 9, eyes: 0, teeth: 0, scalp: 0 };
    const kept = series(id, { mask: { voxels: 1, millilitres: 9, regions } });
    const { visits } = reportOf(input({ outcomes: [kept, series('3')], left: [] }));

    expect(visits).toEqual([{ ...place, written: [1, 2], left: [], defaced: false }]);
  });

  test('is not where something was let through as it is, nor where nothing was written', () => {
    const through = { output: ['x.dcm'], deid: null, problem: null };
    const included = new Map([['9', through]]);
    const [one] = reportOf(input({ outcomes: [series('2')], left, included })).visits;
    const [none] = reportOf(input({ outcomes: [series('2', { output: [] })], left })).visits;

    expect(one).toMatchObject({ written: [1, 2], defaced: false });
    expect(none).toMatchObject({ written: [], defaced: false });
  });
});

describe('the report', () => {
  test('warns of an ear that was left, of which no check says anything', () => {
    const defaced = boxed(grid(), { value: 0, like: new Int16Array() });
    const skinLeft = [
      { of: 'ears', at: [-70, 0, 0], cm2: 34.6 },
      { of: 'face', at: [0, -90, 0], cm2: 2 },
    ] as const;
    const places = { nearBrain: NONE_NEAR, skinLeft };
    const { series } = reportOf(
      input({ outcomes: [outcome({ defaced: { ...defaced, places } })] }),
    );
    const looks = series.flatMap(({ warnings }) =>
      warnings.filter(({ code }) => code === 'check/place'),
    );
    expect(looks.map(({ what }) => what)).toEqual([
      expect.stringMatching(/right ear stayed \(35 cm²\)/),
    ]);
  });

  test('conforms to its schema', () => {
    const failed = outcome({
      failed: true,
      withheld: { code: 'output/identifier-left', details: { where: '(0010,0010)' } },
      output: [],
      deid: null,
    });
    const text = new TextDecoder().decode(
      reportJson(reportOf(input({ outcomes: [outcome(), failed] }))),
    );

    expect(violations(JSON.parse(text), schema)).toEqual([]);
  });

  test('is not accepted by the schema with a field more or a field less', () => {
    const report = reportOf(input());

    expect(violations({ ...report, path: '/home/jane' }, schema)).not.toEqual([]);
    expect(violations({ ...report, totals: undefined }, schema)).not.toEqual([]);
  });

  test('lists series in the order found, counted from 1', () => {
    const { series } = reportOf(input());

    expect(series.map(({ n, decision }) => [n, decision])).toEqual([
      [1, 'exclude'],
      [2, 'deface'],
    ]);
  });

  test('holds no description of a series, and no modality that is no term', () => {
    const text = JSON.stringify(reportOf(input()));

    expect(text).not.toMatch(/Jane|Dose report/);
  });

  test('counts the mask, its confidence, and the voxels outside it', () => {
    const [, series] = reportOf(input()).series;

    expect(series?.mask?.voxels).toBe(1);
    expect(series?.confidence).toBe(0.93);
    expect(series?.check?.outsideMaskChanged).toBe(0);
    expect(series?.spacing).toEqual([1, 2, 2.5]);
    expect(series?.timingsMs).toEqual({ read: 1, segment: 10, deface: 5, verify: 6, write: 3 });
  });

  test('says why a series that failed is not there', () => {
    const { series, totals } = reportOf(
      input({
        outcomes: [
          outcome({ failed: true, withheld: { code: 'output/write', details: {} }, output: [] }),
        ],
      }),
    );

    expect(series[1]).toMatchObject({
      decision: 'refuse',
      reason: { code: 'output/write' },
      output: [],
    });
    expect(totals).toMatchObject({ refused: 1, defaced: 0, excluded: 1, filesSkipped: 3 });
  });
});
