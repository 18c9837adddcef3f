/** The page's worker: one session, its jobs one at a time. */
import { createBlobTarget } from '../src/adapters/browser/blob-target.ts';
import { createHandleSink } from '../src/adapters/browser/handle-sink.ts';
import { createZipSink } from '../src/adapters/zip/zip-sink.ts';
import type { EffaceWorker } from './api.ts';
import type { LessonWorker } from './lesson-api.ts';
import { Lesson } from './lesson.ts';
import { Session } from './session.ts';
import { exposeWorker, Jobs } from './wire.ts';

const jobs = new Jobs();
const session = new Session(new URL('models/', pageUrl()).href);

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
  headerChanges: (scan, deidentification) => session.headerChanges(scan, deidentification),
  saveZip: (job, options, onProgress) =>
    jobs.run(job, onProgress, async (job) => {
      const target = createBlobTarget();
      const report = await session.save(options, createZipSink(target), job);
      return { zip: target.blob(), report };
    }),
  saveFolder: (job, options, folder, onProgress) =>
    jobs.run(job, onProgress, async (job) => ({
      report: await session.save(options, createHandleSink(folder), job),
    })),
  cancel: (job) => {
    jobs.cancel(job);
    return Promise.resolve();
  },
  clear: () => {
    session.clear();
    return Promise.resolve();
  },
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

/** The built worker lies in `assets/` beside the page; while developing it is served from its folder. */
function pageUrl(): URL {
  return new URL(import.meta.env.DEV ? '/' : '../', self.location.href);
}
