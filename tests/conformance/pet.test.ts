/**
 * A PET series and its MR, from files to files: the face goes from both, and other people's
 * tools see the same PET outside the region, with the quantities that the profile lets stay.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemorySink } from '../../src/adapters/memory/memory-sink.ts';
import { defaceInVisit } from '../../src/app/deface-visit.ts';
import { exportScans, type ExportItem } from '../../src/app/export-scans.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import { bestFirst, createVisitHeads } from '../../src/app/visit-heads.ts';
import { DEFAULT_DEFACE } from '../../src/core/deface/options.ts';
import type { DeidOption } from '../../src/core/deidentify/options.ts';
import { acquisitionGrid } from '../../src/core/phantom/acquire.ts';
import { phantomDicom } from '../../src/core/phantom/as-dicom.ts';
import { defaultGrid, makeHead, scanHead } from '../../src/core/phantom/head.ts';
import type { SourceFile } from '../../src/core/source-file.ts';
import { noDecoder } from '../support/export-fixture.ts';
import { rememberingSegmenter } from '../support/heads.ts';
import { hmacWith } from '../support/secrets.ts';
import { hasProgram, memoryFile } from '../support/shared-data.ts';

const PYTHON = '/usr/bin/python3';
const hasPydicom = spawnSync(PYTHON, ['-c', 'import pydicom, numpy']).status === 0;
if (!hasPydicom) console.warn('skipped: pydicom is not installed');
const SERIES = [
  ['MR', defaultGrid(2)],
  ['PT', acquisitionGrid({ size: [90, 90, 74], spacing: [3.1, 3.1, 3] })],
] as const;

let folder: string;
const items: ExportItem[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'efface-pet-'));
  const head = await makeHead(5);
  const files: SourceFile[] = [];
  for (const [n, [kind, grid]] of SERIES.entries()) {
    const phantom = await scanHead(head, { seed: 5, kind, grid });
    for (const { path: place, bytes } of phantomDicom(phantom, { series: n + 1 })) {
      files.push(memoryFile(place, bytes));
      put(`before/${kind}/${path.basename(place)}`, bytes);
    }
  }
  const { scans, left } = await openScans(files);
  expect(left).toEqual([]);
  const network = await rememberingSegmenter();
  const heads = createVisitHeads();
  for (const scan of bestFirst(scans)) {
    const volume = await loadVolume(scan, noDecoder);
    const options = { ...DEFAULT_DEFACE, seed: [] };
    const defaced = await defaceInVisit(scan, volume, options, network, heads);
    items.push({ scan, defaced, approved: { by: 'person', note: null } });
  }
  network.dispose();
}, 400_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function put(place: string, bytes: Uint8Array): void {
  mkdirSync(path.dirname(path.join(folder, place)), { recursive: true });
  writeFileSync(path.join(folder, place), bytes);
}

/** Writes the visit below a folder of its own; that of the PET. */
async function written(name: string, options: readonly DeidOption[]): Promise<string> {
  const sink = createMemorySink();
  const report = await exportScans(
    items,
    {
      deidentification: { profile: 'basic', options },
      mask: false,
      acceptReview: false,
      tool: { version: '1.0.0', model: null, backend: null },
      chosen: {},
      left: [],
      skipped: [],
    },
    { sink, secrets: { hmacSha256: hmacWith('key') }, decoder: noDecoder },
  );
  const pet = report.series.find(({ modality }) => modality === 'PT');
  expect(pet?.output.length).toBe(SERIES[1][1].size[2]);
  expect(report.visits.map(({ defaced }) => defaced)).toEqual([true]);
  for (const [file, bytes] of sink.files) put(`${name}/${file}`, bytes);
  return path.join(folder, name, path.dirname(pet?.output[0] ?? ''));
}

test('the MR needs no look and lends its head; the PET is always one to look at', () => {
  expect(items.map(({ scan, defaced }) => [scan.modality, defaced.decision])).toEqual([
    ['MR', 'deface'],
    ['PT', 'review'],
  ]);
  expect(items[1]?.defaced.reasons.map(({ code }) => code)).toEqual(['segment/pet']);
});

test('air is stored as each slice of the PET stores no activity', async () => {
  const [, pet] = items;
  if (!pet?.defaced.result) throw new Error('no result');
  expect(new Set(pet.defaced.result.delta.values)).toEqual(new Set([0]));
  const volume = await loadVolume(pet.scan, noDecoder);
  expect(new Set(volume.rescale.map(({ slope }) => slope)).size).toBeGreaterThan(50);
});

describe.skipIf(!hasProgram('dciodvfy'))('dciodvfy', () => {
  test.each([
    ['basic', []],
    ['patient-dates', ['patient', 'shifted-dates', 'device', 'descriptors'] as const],
  ])('finds nothing new under %s', async (name, options) => {
    const after = await written(name, options);
    const [old, now] = [path.join(folder, 'before/PT'), after].map((place) =>
      errors(path.join(place, readdirSync(place).sort()[20] ?? '')),
    );
    expect(now?.filter((line) => !old?.includes(line))).toEqual([]);
  });
});

function errors(file: string): string[] {
  const { stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'latin1' });
  const lines = stderr.split('\n').filter((line) => line.startsWith('Error'));
  // The made person is called DEMO^HEAD: a body part of that name goes, and Laterality is missed.
  return lines.filter((line) => !line.includes('/Laterality(0020,0060)'));
}

test.skipIf(!hasProgram('dcm2niix'))(
  'dcm2niix makes the same volume but for the region',
  async () => {
    const after = await written('nifti', []);
    const [old, now] = [path.join(folder, 'before/PT'), after].map((place, n) => {
      const out = path.join(folder, `nii-${n}`);
      mkdirSync(out);
      spawnSync('dcm2niix', ['-b', 'n', '-z', 'n', '-f', 'pet', '-o', out, place]);
      expect(readdirSync(out)).toEqual(['pet.nii']);
      return readFileSync(path.join(out, 'pet.nii'));
    });
    // Dimensions, number type, scaling, qform and sform.
    for (const [from, to] of [
      [40, 58],
      [70, 124],
      [252, 328],
    ]) {
      expect(now?.subarray(from, to)).toEqual(old?.subarray(from, to));
    }
    const [one, two] = [old, now].map((bytes) =>
      bytes ? new Float32Array(Uint8Array.from(bytes.subarray(352)).buffer) : new Float32Array(),
    );
    let changed = 0;
    one?.forEach((value, v) => (changed += value === two?.[v] ? 0 : 1));
    const removed = items[1]?.defaced.result?.region.voxels.reduce((sum, on) => sum + on, 0) ?? 0;
    expect(changed).toBeGreaterThan(1000);
    expect(changed).toBeLessThanOrEqual(removed);
  },
);

const SCRIPT = `
import sys, json, os, pydicom
seen = []
for name in sorted(os.listdir(sys.argv[1])):
    d = pydicom.dcmread(os.path.join(sys.argv[1], name))
    drug = d.RadiopharmaceuticalInformationSequence[0]
    def seconds(text): return int(text[0:2]) * 3600 + int(text[2:4]) * 60 + int(text[4:6]) if text else None
    start, series = drug.get('RadiopharmaceuticalStartTime'), d.get('SeriesTime')
    moment = drug.get('RadiopharmaceuticalStartDateTime')
    suv = None
    if start and series and d.get('PatientWeight'):
        left = drug.RadionuclideTotalDose * 2 ** (-(seconds(series) - seconds(start)) / drug.RadionuclideHalfLife)
        k = d.pixel_array[40:60, 40:60]
        suv = round(float(k.mean() * d.RescaleSlope) * float(d.PatientWeight) * 1000 / left, 6)
    seen.append(dict(suv=suv, z=float(d.ImagePositionPatient[2]), slope=float(d.RescaleSlope), same=None if not moment else moment[:8] == d.SeriesDate,
        kept=[str(d.get(n)) for n in ('Units', 'DecayCorrection', 'CountsSource', 'SeriesType', 'CorrectedImage', 'FrameReferenceTime', 'DecayFactor', 'ActualFrameDuration', 'NumberOfSlices', 'ReconstructionMethod', 'AttenuationCorrectionMethod', 'ScatterCorrectionMethod', 'RandomsCorrectionMethod')],
        drug=[str(drug.get(n)) for n in ('RadionuclideTotalDose', 'RadionuclideHalfLife', 'RadionuclidePositronFraction')],
        codes=[drug.RadionuclideCodeSequence[0].CodeValue, d.PatientOrientationCodeSequence[0].CodeValue, d.PatientGantryRelationshipCodeSequence[0].CodeValue]))
seen.sort(key=lambda one: one['z'])
print(json.dumps(seen))
`;

interface Seen {
  readonly suv: number | null;
  readonly same: boolean | null;
  readonly slope: number;
  readonly kept: readonly string[];
  readonly drug: readonly string[];
  readonly codes: readonly string[];
}

function seenBy(place: string): readonly Seen[] {
  const run = spawnSync(PYTHON, ['-W', 'ignore', '-c', SCRIPT, place], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return JSON.parse(run.stdout) as readonly Seen[];
}

describe.skipIf(!hasPydicom)('pydicom', () => {
  test('sees all that makes an activity of a pixel under the Basic profile, and no SUV', async () => {
    const [before, after] = [
      seenBy(path.join(folder, 'before/PT')),
      seenBy(await written('one', [])),
    ];
    for (const [n, one] of after.entries()) {
      const old = before[n];
      expect([one.slope, one.kept, one.drug, one.codes]).toEqual([
        old?.slope,
        old?.kept,
        old?.drug,
        old?.codes,
      ]);
      // Its time of injection and the weight are gone: no tool can make a wrong one.
      expect(one.suv).toBeNull();
    }
  });

  test('computes the same SUV where dates are moved and the weight stays', async () => {
    const place = await written('two', ['patient', 'shifted-dates']);
    const [before, after] = [seenBy(path.join(folder, 'before/PT')), seenBy(place)];
    const middle = before.length >> 1;
    expect(before[middle]?.suv).toBeGreaterThan(0.5);
    expect(after.slice(middle).map(({ suv }) => suv)).toEqual(
      before.slice(middle).map(({ suv }) => suv),
    );
    expect(after.every(({ same }) => same === true)).toBe(true);
  });
});
