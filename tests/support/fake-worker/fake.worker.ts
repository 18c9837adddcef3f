/**
 * Stands in for the worker while views are designed and tested by themselves: it finds and
 * removes nothing, it only answers like the real one. Never part of a build for people.
 */
import { createCheckpoint, type JobOptions, type Stage } from '../../../src/core/progress.ts';
import type { Checks, Report } from '../../../src/core/report/report.ts';
import type { ScanSummary } from '../../../src/core/scan.ts';
import type { Modality } from '../../../src/core/volume/volume.ts';
import type { EffaceWorker, ScanResult } from '../../../workers/api.ts';
import { exposeWorker, Jobs } from '../../../workers/wire.ts';
import { AFTER } from './after.ts';
import { HEADER } from './header.ts';
import { GRID, isRemoved, isSkin, skinMesh, valueAt } from './head.ts';
import { corrections, forgetCorrections, regionNow } from './corrections.ts';
import { LEFT, SKIPPED } from './left-out.ts';
import { pictures, places, volume, type Planted } from './pictures.ts';

const jobs = new Jobs();
let open: readonly ScanSummary[] = [];
/** Files named so show a result that went wrong; of an ear left no check says anything. */
let planted: Planted = null;
let undo: Awaited<ReturnType<EffaceWorker['undoState']>> = 'none';

const worker: EffaceWorker = {
  open: (job, files, onProgress) =>
    jobs.run(job, onProgress, async (options) => {
      await stage('read', 12, 25, options);
      const isNamed = (word: string): boolean => files.some(({ path }) => path.includes(word));
      planted = isNamed('planted') ? 'brain' : isNamed('ear-left') ? 'ear' : null;
      if (files.length === 0) return { scans: [], bestFirst: [], left: [], skipped: [] };
      const many = Number(/^(\d+)-series/.exec(files[0]?.path ?? '')?.[1] ?? 0);
      if (many > 0) {
        open = manyScans(many);
        return { scans: open, bestFirst: open.map(({ id }) => id), left: [], skipped: [] };
      }
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
      planted = null;
      open = [scan('1', kind, 'Demo head', [])];
      return { scans: open, bestFirst: open.map(({ id }) => id), left: [], skipped: [] };
    }),
  thumbnail: (id) => Promise.resolve(thumbnail(modalityOf(id))),
  preview: (id) => Promise.resolve(volume(modalityOf(id))),
  deface: (job, id, _options, onProgress) =>
    jobs.run(job, onProgress, async (options) => {
      await stage('decode', open.length > 3 ? 1 : 10, 10, options);
      await stage('find', open.length > 3 ? 1 : 4, 20, options);
      // Hundreds are gone through quickly.
      if (open.length > 3) return resultOfMany(id);
      await stage('segment', 20, id === '1' ? 50 : 10, options);
      await stage('deface', 5, 10, options);
      await stage('check', 5, 10, options);
      forgetCorrections();
      if (!planted || id !== '1') return result(id);
      return { ...(planted === 'brain' ? PLANTED : result(id)), places: places(planted) };
    }),
  pictures: (id) =>
    Promise.resolve(
      pictures(modalityOf(id), planted, regionNow() ?? (id === '3' ? NOTHING_REMOVED : null)),
    ),
  correct: (job, id, onProgress) =>
    jobs.run(job, onProgress, () => Promise.resolve(corrections.correct(id === '3'))),
  cutSkin: () => Promise.resolve(corrections.cutSkin()),
  mark: (...args) => corrections.mark(...args),
  recut: (job, _id, how, onProgress) =>
    jobs.run(job, onProgress, () => Promise.resolve(corrections.recut(how))),
  applyCorrections: (job, id, handReason, onProgress) =>
    jobs.run(job, onProgress, async (options) => {
      await stage('check', 5, 10, options);
      corrections.apply();
      return handReason === null ? result(id) : byHand(handReason);
    }),
  discardCorrections: (id) => corrections.discardCorrections(id),
  // The crude head has one skin, whatever is asked for; a wide threshold swells it.
  skinAt: (_id, threshold) => {
    const swell = 1 + (threshold + 300) / 6000;
    const isIn = (x: number, y: number, z: number): boolean => isSkin(x * swell, y * swell, z);
    return Promise.resolve({
      before: skinMesh(isIn),
      after: skinMesh((x, y, z) => isIn(x, y, z) && !isRemoved(x, y, z)),
    });
  },
  decide: () => Promise.resolve(true),
  headerChanges: (_id, deidentification) =>
    Promise.resolve(deidentification.profile === 'none' ? HEADER.slice(-3) : HEADER),
  setKey: () => Promise.resolve(),
  keepResults: () => Promise.resolve(),
  keptResults: () => Promise.resolve(0),
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

/** Visits of four series each, every third patient with two of them. */
function manyScans(count: number): readonly ScanSummary[] {
  return Array.from({ length: count }, (_, n) => {
    const visit = Math.floor(n / 4);
    const modality = n % 4 === 0 ? 'CT' : 'MR';
    const name = ['Head 1.0 H31s', 't1_mprage_sag', 't2_space', 'flair_3d'][n % 4] ?? '';
    return {
      ...scan(String(n + 1), modality, name, []),
      patient: visit - Math.floor(visit / 3) + 1 - (visit % 3 === 2 ? 1 : 0),
      visit: visit % 3 === 2 ? 2 : 1,
    };
  });
}

/** One in nine is doubtful, by different figures; one in fifty is refused, one in seventy fails. */
function resultOfMany(id: string): ScanResult {
  const n = Number(id);
  if (n % 70 === 0) throw new Error('planted');
  if (n % 50 === 0) return { ...result('3'), scan: id };
  const share = n % 9 === 0 ? 0.9 + (n % 7) / 100 : 0.985 + (n % 13) / 1000;
  const isDoubtful = share < 0.98;
  return {
    ...result(isDoubtful ? '2' : '1'),
    scan: id,
    checks: { ...CHECKS, shareMoved10mm: share },
    ...(planted && n === 7 ? { places: places(planted) } : {}),
  };
}

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
            details: { reason: 'head/mirrored' },
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
    ...(id === '3' ? {} : { after: AFTER }),
  };
}

/** What becomes of the refused one. */
function byHand(reason: string): ScanResult {
  const voxels = { added: 900, left: 0, protected: 0, heldByGuard: 0 };
  const settings = { regions: ['face', 'ears'], depth: 'standard', marginMm: 0 };
  return {
    ...result('2'),
    scan: '3',
    reasons: [{ code: 'edit/mask-by-hand', details: {} }],
    corrections: { voxels, ...settings, guardOverridden: 'no brain in view', byHand: reason },
  };
}

const NOTHING_REMOVED = new Uint8Array(GRID.size[0] * GRID.size[1] * GRID.size[2]);

/** What the checks say of pictures.ts where it went wrong. */
const PLANTED: ScanResult = {
  ...result('1'),
  decision: 'review',
  reasons: [
    { code: 'check/failed', details: { reason: 'check/brain-changed', voxels: 1204 } },
    {
      code: 'segment/uncertain',
      details: { reason: 'ears/one' },
    },
  ],
  checks: { ...CHECKS, brainVoxelsChanged: 1204, guardMm: 0 },
};

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
