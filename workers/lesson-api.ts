/** What the Learn page sees of its worker: a head that does not exist, and nothing of any scan. */
import type { MethodId } from '../src/core/deface/options.ts';
import type { ErrorRecord } from '../src/core/errors.ts';
import type { Decision } from '../src/core/report/report.ts';
import type { Named } from '../src/app/lesson.ts';
import type { DisplayVolume, HeaderChange, JobId, OnProgress, Surface } from './api.ts';

export interface LessonHead {
  readonly display: DisplayVolume;
  /** What the header of such a scan holds, and what becomes of it. */
  readonly header: readonly HeaderChange[];
}

export interface LessonRemoval {
  readonly decision: Decision;
  readonly reasons: readonly ErrorRecord[];
  readonly millilitres: number;
  readonly brainVoxelsChanged: number | null;
  readonly before: Surface;
  readonly after: Surface;
}

export interface LessonMatch {
  readonly named: readonly Named[];
  /** Place of the right person (from 0). */
  readonly own: number;
  /** Depth maps of the faces of people who do not exist, as grey bytes, row 0 on top. */
  readonly width: number;
  readonly gallery: readonly Uint8Array[];
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export interface LessonWorker {
  open(job: JobId, onProgress: OnProgress): Promise<LessonHead>;
  /** All that is denser than a threshold (HU), as a surface. */
  surface(threshold: number): Promise<Surface>;
  remove(job: JobId, method: MethodId, onProgress: OnProgress): Promise<LessonRemoval>;
  match(job: JobId, onProgress: OnProgress): Promise<LessonMatch>;
}
