/** The page's worker: one session, its jobs one at a time. */
import { transfer } from 'comlink';
import { createBlobTarget } from '../src/adapters/browser/blob-target.ts';
import { createHandleSink } from '../src/adapters/browser/handle-sink.ts';
import { createHandleStore } from '../src/adapters/browser/handle-store.ts';
import { sha256 } from '../src/adapters/secrets/web-crypto.ts';
import { clearArchives, createOpfsTarget } from '../src/adapters/browser/opfs-target.ts';
import { createZipSink } from '../src/adapters/zip/zip-sink.ts';
import { finish, resume, rollBack, undoState } from '../src/app/place/recover.ts';
import type { EffaceWorker } from './api.ts';
import type { LessonWorker } from './lesson-api.ts';
import { Lesson } from './lesson.ts';
import { Session } from './session.ts';
import { exposeWorker, Jobs } from './wire.ts';

const jobs = new Jobs();
const session = new Session(new URL('models/', pageUrl()).href);

const RECOVERY = { resume, 'roll-back': rollBack, finish };

const worker: EffaceWorker = {
  open: (job, files, onProgress) =>
    jobs.run(job, onProgress, (options) => session.open(files, options)),
  openDemo: (job, kind, onProgress) =>
    jobs.run(job, onProgress, (options) => session.openDemo(kind, options)),
  thumbnail: (scan) => jobs.run(`thumbnail ${scan}`, null, () => session.thumbnail(scan)),
  // Not in the queue: a person waits for it, and whatever runs is for later.
  preview: (scan) => session.preview(scan),
  deface: (job, scan, options, onProgress) =>
    jobs.run(job, onProgress, (job) => session.deface(scan, options, job)),
  pictures: (scan) => session.pictures(scan),
  correct: (job, scan, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      const start = await session.corrections.start(scan, job);
      return transfer(start, [start.marks.buffer]);
    }),
  // Not in the queue: what was painted is told before anything else is asked for.
  mark: (scan, change, settings) => session.corrections.mark(scan, change, settings),
  cutSkin: (scan, wish) =>
    jobs.run(`skin ${scan}`, null, (job) => session.corrections.skin(scan, wish, job)),
  recut: (job, scan, how, onProgress) =>
    jobs.run(job, onProgress, (job) => session.corrections.recut(scan, how, job)),
  applyCorrections: (job, scan, handReason, onProgress) =>
    jobs.run(job, onProgress, (job) => session.applyCorrections(scan, handReason, job)),
  discardCorrections: (scan) => session.corrections.discard(scan),
  skinAt: (scan, threshold) => Promise.resolve(session.skinAt(scan, threshold)),
  // Not in the queue: it is kept when it is said.
  decide: (scan, said) => session.decide(scan, said),
  headerChanges: (scan, deidentification) => session.headerChanges(scan, deidentification),
  setKey: (key) => session.setKey(key),
  keepResults: (key) => {
    session.keepResults(key);
    return Promise.resolve();
  },
  keptResults: () => session.results.lying(),
  saveZip: (job, options, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      const target = await createOpfsTarget().catch(() => createBlobTarget());
      const report = await session.save(options, createZipSink(target), job);
      return { zip: target.blob(), report };
    }),
  saveFolder: (job, options, folder, onProgress) =>
    jobs.run(job, onProgress, async (job) => ({
      report: await session.save(options, createHandleSink(folder), job),
    })),
  undoState: (folder) => undoState(createHandleStore(folder)),
  savePlace: (job, options, folder, onProgress) =>
    jobs.run(job, onProgress, (job) => session.savePlace(options, folder, job)),
  recoverPlace: (job, step, folder, onProgress) =>
    jobs.run(job, onProgress, () => RECOVERY[step]({ store: createHandleStore(folder), sha256 })),
  cancel: (job) => {
    jobs.cancel(job);
    return Promise.resolve();
  },
  clear: () => session.forget(),
};

/** Of the Learn page, which has a worker of its own: its head never meets a scan. */
const lesson = new Lesson(() => session.networks());
const lessonWorker: LessonWorker = {
  open: (job, onProgress) => jobs.run(job, onProgress, (options) => lesson.open(options)),
  surface: (threshold) => Promise.resolve(lesson.surface(threshold)),
  remove: (job, method, onProgress) =>
    jobs.run(job, onProgress, (options) => lesson.remove(method, options)),
  match: (job, onProgress) => jobs.run(job, onProgress, (options) => lesson.match(options)),
};

exposeWorker({ ...worker, lesson: lessonWorker });
// What an earlier visit to the page left, now that its download is over.
void clearArchives().catch(() => undefined);

/** The built worker lies in `assets/` beside the page; while developing it is served from its folder. */
function pageUrl(): URL {
  return new URL(import.meta.env.DEV ? '/' : '../', self.location.href);
}
