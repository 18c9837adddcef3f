/**
 * Stands in for the worker while views are designed and tested by themselves: it finds and
 * removes nothing, it only answers like the real one. Never part of a build for people.
 */
import { indexToLps } from '../../../src/core/geometry/affine.ts';
import { createCheckpoint, type JobOptions, type Stage } from '../../../src/core/progress.ts';
import type { Checks, Report } from '../../../src/core/report/report.ts';
import type { LeftOut, ScanSummary, SkippedFile } from '../../../src/core/scan.ts';
import type { Modality } from '../../../src/core/volume/volume.ts';
import type {
  DisplayVolume,
  EffaceWorker,
  HeaderChange,
  ScanResult,
} from '../../../workers/api.ts';
import { exposeWorker, Jobs } from '../../../workers/wire.ts';
import { GRID, isBrain, isRemoved, isSkin, skinMesh, valueAt } from './head.ts';

const jobs = new Jobs();
let open: readonly ScanSummary[] = [];
let undo: Awaited<ReturnType<EffaceWorker['undoState']>> = 'none';

const worker: EffaceWorker = {
  open: (job, files, onProgress) =>
    jobs.run(job, onProgress, async (options) => {
      await stage('read', 12, 25, options);
      if (files.length === 0) return { scans: [], bestFirst: [], left: [], skipped: [] };
      open = [
        scan('1', 'CT', 'Head 1.0 H31s', []),
        scan('2', 'MR', 't1_mprage_sag_p2_iso', ['gantry-tilt']),
        scan('3', 'MR', 't2_space_dark-fluid', []),
      ];
      return { scans: open, bestFirst: open.map(({ id }) => id), left: LEFT, skipped: SKIPPED };
    }),
  openDemo: (job, kind, onProgress) =>
    jobs.run(job, onProgress, async (options) => {
      await stage('read', 10, 30, options);
      open = [scan('1', kind, 'Demo head', [])];
      return { scans: open, bestFirst: open.map(({ id }) => id), left: [], skipped: [] };
    }),
  thumbnail: (id) => Promise.resolve(thumbnail(modalityOf(id))),
  preview: (id) => Promise.resolve(volume(modalityOf(id))),
  deface: (job, id, _options, onProgress) =>
    jobs.run(job, onProgress, async (options) => {
      await stage('decode', 10, 10, options);
      await stage('find', 4, 20, options);
      await stage('segment', 20, id === '1' ? 50 : 10, options);
      await stage('deface', 5, 10, options);
      await stage('check', 5, 10, options);
      return result(id);
    }),
  pictures: (id) => {
    const modality = modalityOf(id);
    const mask = new Uint8Array(GRID.size[0] * GRID.size[1] * GRID.size[2]);
    const labels = new Uint8Array(mask.length);
    const [before, after] = [volume(modality), volume(modality)];
    eachVoxel((n, x, y, z) => {
      const removed = isRemoved(x, y, z);
      mask[n] = removed ? 1 : 0;
      labels[n] = isBrain(x, y, z) ? 5 : isSkin(x, y, z) ? (removed ? 2 : 1) : 0;
      if (removed) after.voxels[n] = modality === 'CT' ? -1000 : 4;
    });
    return Promise.resolve({
      before,
      after,
      mask: { grid: GRID, voxels: mask },
      labels: { grid: GRID, voxels: labels },
      skinBefore: skinMesh(isSkin),
      skinAfter: skinMesh((x, y, z) => isSkin(x, y, z) && !isRemoved(x, y, z)),
    });
  },
  headerChanges: (_id, deidentification) =>
    Promise.resolve(deidentification.profile === 'none' ? HEADER.slice(-3) : HEADER),
  setKey: () => Promise.resolve(),
  saveZip: (job, options, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      await stage('write', 30, 30, job);
      await stage('verify', 10, 30, job);
      return { zip: new Blob(['PK']), report: report(options.approved.length) };
    }),
  saveFolder: (job, options, _folder, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      await stage('write', 30, 30, job);
      return { report: report(options.approved.length) };
    }),
  undoState: () => Promise.resolve(undo),
  savePlace: (job, options, _folder, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      await stage('write', 30, 30, job);
      undo = 'kept';
      return { report: report(options.approved.length), notes: [] };
    }),
  recoverPlace: (job, _step, _folder, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      await stage('write', 5, 10, job);
      undo = 'none';
      return { placed: 1, back: 0, reasons: [] };
    }),
  cancel: (job) => {
    jobs.cancel(job);
    return Promise.resolve();
  },
  clear: () => {
    open = [];
    return Promise.resolve();
  },
};
exposeWorker(worker);

async function stage(stage: Stage, total: number, ms: number, options: JobOptions): Promise<void> {
  const checkpoint = createCheckpoint(options.signal);
  for (let done = 0; done < total; done++) {
    options.onProgress?.({ stage, done, total });
    await new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
    });
    await checkpoint();
  }
  options.onProgress?.({ stage, done: total, total });
}

function scan(
  id: string,
  modality: Modality,
  description: string,
  warnings: readonly 'gantry-tilt'[],
): ScanSummary {
  return {
    id,
    kind: 'dicom',
    modality,
    description,
    patient: 1,
    visit: 1,
    grid: GRID,
    files: GRID.size[2],
    bytes: GRID.size[0] * GRID.size[1] * GRID.size[2] * 2,
    warnings: warnings.map((id) => ({ id, details: { degrees: 12 } })),
  };
}

const LEFT: readonly LeftOut[] = [
  {
    id: '4',
    kind: 'dicom',
    modality: 'CT',
    description: 'Topogram 0.6 T20s',
    files: 2,
    decision: 'exclude',
    reason: { code: 'dicom/localizer', details: {} },
  },
  {
    id: '5',
    kind: 'dicom',
    modality: 'MR',
    description: 'ep2d_diff_mddw',
    files: 1,
    decision: 'refuse',
    reason: { code: 'dicom/mosaic', details: {} },
  },
];
const SKIPPED: readonly SkippedFile[] = [
  { path: 'study/notes.txt', reason: { code: 'file/not-an-image', details: {} } },
  { path: 'study/DICOMDIR.bak', reason: { code: 'file/empty', details: {} } },
];

const CHECKS: Checks = {
  skinMovedMm: { median: 31.4, p5: 12.8 },
  shareMoved10mm: 0.991,
  guardMm: 6.1,
  brainVoxelsChanged: 0,
  outsideMaskChanged: null,
  faceFoundAgain: 0.004,
  parallelSurfaceIndex: 0.08,
  mirror: { brain: 0.982, removal: 0.934 },
  guardTookBack: 0.002,
  matcher: null,
};

function result(id: string): ScanResult {
  const doubtful = id === '2';
  return {
    scan: id,
    decision: doubtful ? 'review' : id === '3' ? 'refuse' : 'deface',
    reasons: doubtful
      ? [
          {
            code: 'segment/uncertain',
            details: { reason: 'The mirrored run agrees in only 81 %.' },
          },
        ]
      : id === '3'
        ? [{ code: 'segment/no-face', details: {} }]
        : [],
    checks: doubtful
      ? { ...CHECKS, mirror: { brain: 0.96, removal: 0.81 }, shareMoved10mm: 0.95 }
      : CHECKS,
    millilitres: 612,
    regions: { face: 571, ears: 41, eyes: 0, teeth: 0, scalp: 0 },
    backend: 'wasm',
  };
}

const HEADER: readonly HeaderChange[] = [
  change('(0008,0018)', 'SOPInstanceUID', '1.3.12.2.1107.5.1', '2.25.3068…', 'replaced'),
  change('(0008,0020)', 'StudyDate', '20210304', '', 'removed'),
  change('(0008,0050)', 'AccessionNumber', 'A-10993', '', 'removed'),
  change('(0008,0080)', 'InstitutionName', 'St. Example Hospital', '', 'removed'),
  change('(0008,0090)', 'ReferringPhysicianName', 'Doe^Jane', '', 'removed'),
  change('(0008,1030)', 'StudyDescription', 'Head routine', '', 'removed'),
  change('(0010,0010)', 'PatientName', 'Person^Nobody', 'P-6YQ2', 'replaced'),
  change('(0010,0020)', 'PatientID', '000000', 'P-6YQ2', 'replaced'),
  change('(0010,0030)', 'PatientBirthDate', '19700101', '', 'removed'),
  change('(0020,000D)', 'StudyInstanceUID', '1.3.12.2.1107.5.2', '2.25.1193…', 'replaced'),
  change('(0012,0062)', 'PatientIdentityRemoved', '', 'YES', 'added'),
  change('(0012,0063)', 'DeidentificationMethod', '', 'Efface: face and ears removed', 'added'),
  change('(0028,0302)', 'RecognizableVisualFeatures', '', 'NO', 'added'),
];

function change(
  tag: string,
  keyword: string,
  before: string,
  after: string,
  action: HeaderChange['action'],
): HeaderChange {
  return { tag, keyword, before, after, action, rule: 'PS3.15 table: X' };
}

function report(defaced: number): Report {
  return {
    schema: 'efface-report/1',
    tool: { name: 'efface', version: '0.0.0', model: null, backend: 'none' },
    options: {},
    started: '1970-01-01T00:00:00Z',
    seconds: 1,
    series: [],
    visits: [],
    totals: {
      series: open.length,
      defaced,
      review: 0,
      refused: 0,
      excluded: 0,
      filesWritten: defaced * GRID.size[2],
      filesSkipped: 0,
    },
  };
}

function modalityOf(id: string): Modality {
  return open.find((scan) => scan.id === id)?.modality ?? 'CT';
}

function volume(modality: Modality): DisplayVolume {
  const voxels = new Int16Array(GRID.size[0] * GRID.size[1] * GRID.size[2]);
  eachVoxel((n, x, y, z) => {
    voxels[n] = valueAt(modality, x, y, z);
  });
  const window = modality === 'CT' ? { lower: -160, upper: 240 } : { lower: 0, upper: 800 };
  return { grid: GRID, modality, voxels, rescale: { slope: 1, intercept: 0 }, window };
}

function thumbnail(modality: Modality): Awaited<ReturnType<EffaceWorker['thumbnail']>> {
  const [width, height] = [96, 96];
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = valueAt(modality, 0, column * 2.6 - 135, 95 - row * 2.5);
      const grey = modality === 'CT' ? (value + 160) / 400 : value / 800;
      pixels[row * width + column] = 255 * Math.min(1, Math.max(0, grey));
    }
  }
  return { width, height, pixels, head: true };
}

function eachVoxel(visit: (n: number, x: number, y: number, z: number) => void): void {
  const [ni, nj, nk] = GRID.size;
  let n = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++) {
        const [x, y, z] = indexToLps(GRID.affine, [i, j, k]);
        visit(n, x, y, z);
        n += 1;
      }
    }
  }
}
