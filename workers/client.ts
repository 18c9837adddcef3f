/**
 * The page's side of the worker: starts it when it is first needed, gives each job an id so
 * that an AbortSignal on the page cancels it there, and starts a new worker after a crash or
 * when a job does not end in time after a cancel. A new worker is empty, so what was open is
 * opened again from the same File handles, which the page keeps.
 */
import { proxy, wrap, type Endpoint, type Remote } from 'comlink';
import type { Said } from '../src/app/kept-decisions.ts';
import type { Recovered, UndoState } from '../src/app/place/recover.ts';
import type { DefaceOptions } from '../src/core/deface/options.ts';
import type { MarkChange } from '../src/core/edit/change.ts';
import type { CorrectionSettings } from '../src/core/edit/settings.ts';
import { EffaceError, type ErrorRecord } from '../src/core/errors.ts';
import type { JobOptions } from '../src/core/progress.ts';
import type { Report } from '../src/core/report/report.ts';
import type { ScanId } from '../src/core/scan.ts';
import type {
  CorrectionStart,
  CutSkin,
  DisplayVolume,
  EffaceWorker,
  HeaderChange,
  JobId,
  OnProgress,
  OpenedFiles,
  PlaceOptions,
  RecoverStep,
  Recut,
  RecutDone,
  ReviewPictures,
  SaveOptions,
  ScanResult,
  SkinPair,
  SkinWish,
  Thumbnail,
} from './api.ts';
// Also registers the transport of errors.
import { isAbort } from './wire.ts';

/** How long a cancelled job may take to end by itself before its worker is stopped (ms). */
const HARD_CANCEL_MS = 2_000;

export interface NamedFile {
  readonly path: string;
  readonly file: File;
}

/** A worker, or in tests anything that speaks like one. */
export interface WorkerEndpoint extends Endpoint {
  terminate(): void;
}

export interface ClientOptions {
  /** Key of this tab, with which results are put aside (32 bytes); without it they stay in memory. */
  readonly shelfKey?: Uint8Array<ArrayBuffer> | null;
  /** Starts a worker. */
  readonly start?: () => WorkerEndpoint;
  /** Called when a worker was stopped and its results are lost. */
  readonly onRestart?: () => void;
  readonly hardCancelMs?: number;
}

type Remotely = Remote<EffaceWorker>;

interface Connection {
  readonly worker: WorkerEndpoint;
  readonly remote: Remotely;
  /** Told when the worker dies: of each call that waits for an answer. */
  readonly waiting: Set<Tell>;
}

type Tell = (reason: Error) => void;

export class WorkerClient {
  readonly #newWorker: () => WorkerEndpoint;
  readonly #onRestart: () => void;
  readonly #hardCancelMs: number;
  readonly #shelfKey: Uint8Array<ArrayBuffer> | null;
  #connection: Connection | null = null;
  /** Opens again, in a new worker, what is open now. */
  #reopen: ((remote: Remotely, job: JobId) => Promise<OpenedFiles>) | null = null;
  #key: Uint8Array<ArrayBuffer> | null = null;
  #ready: Promise<unknown> = Promise.resolve();

  constructor({ start, onRestart, hardCancelMs, shelfKey = null }: ClientOptions = {}) {
    this.#shelfKey = shelfKey;
    this.#newWorker = start ?? startWorker;
    this.#onRestart = onRestart ?? (() => undefined);
    this.#hardCancelMs = hardCancelMs ?? HARD_CANCEL_MS;
  }

  /** Starts the worker before there is anything for it to do. */
  start(): void {
    this.#connect();
  }

  async open(files: readonly NamedFile[], job: JobOptions): Promise<OpenedFiles> {
    return this.#opening(job, (remote, id, onProgress) => remote.open(id, files, onProgress));
  }

  async openDemo(kind: 'CT' | 'MR', job: JobOptions): Promise<OpenedFiles> {
    return this.#opening(job, (remote, id, onProgress) => remote.openDemo(id, kind, onProgress));
  }

  async thumbnail(scan: ScanId): Promise<Thumbnail> {
    return this.#call((remote) => remote.thumbnail(scan));
  }

  async preview(scan: ScanId): Promise<DisplayVolume> {
    return this.#call((remote) => remote.preview(scan));
  }

  async deface(scan: ScanId, options: DefaceOptions, job: JobOptions): Promise<ScanResult> {
    return this.#job(job, (remote, id, onProgress) => remote.deface(id, scan, options, onProgress));
  }

  async pictures(scan: ScanId): Promise<ReviewPictures> {
    return this.#call((remote) => remote.pictures(scan));
  }

  async skinAt(scan: ScanId, threshold: number): Promise<SkinPair> {
    return this.#call((remote) => remote.skinAt(scan, threshold));
  }

  async correct(scan: ScanId, job: JobOptions): Promise<CorrectionStart> {
    return this.#job(job, (remote, id, onProgress) => remote.correct(id, scan, onProgress));
  }

  async mark(scan: ScanId, change: MarkChange, settings: CorrectionSettings): Promise<boolean> {
    return this.#call((remote) => remote.mark(scan, change, settings));
  }

  async cutSkin(scan: ScanId, wish: SkinWish): Promise<CutSkin> {
    return this.#call((remote) => remote.cutSkin(scan, wish));
  }

  async recut(scan: ScanId, how: Recut, job: JobOptions): Promise<RecutDone> {
    return this.#job(job, (remote, id, onProgress) => remote.recut(id, scan, how, onProgress));
  }

  async applyCorrections(
    scan: ScanId,
    handReason: string | null,
    job: JobOptions,
  ): Promise<ScanResult> {
    return this.#job(job, (remote, id, onProgress) =>
      remote.applyCorrections(id, scan, handReason, onProgress),
    );
  }

  async discardCorrections(scan: ScanId): Promise<void> {
    return this.#call((remote) => remote.discardCorrections(scan));
  }

  async decide(scan: ScanId, said: Said): Promise<boolean> {
    return this.#call((remote) => remote.decide(scan, said));
  }

  async headerChanges(
    scan: ScanId,
    deidentification: SaveOptions['deidentification'],
  ): Promise<readonly HeaderChange[]> {
    return this.#call((remote) => remote.headerChanges(scan, deidentification));
  }

  async saveZip(
    options: SaveOptions,
    job: JobOptions,
  ): Promise<{ readonly zip: Blob; readonly report: Report }> {
    return this.#job(job, (remote, id, onProgress) => remote.saveZip(id, options, onProgress));
  }

  async saveFolder(
    options: SaveOptions,
    folder: FileSystemDirectoryHandle,
    job: JobOptions,
  ): Promise<{ readonly report: Report }> {
    return this.#job(job, (remote, id, onProgress) =>
      remote.saveFolder(id, options, folder, onProgress),
    );
  }

  async undoState(folder: FileSystemDirectoryHandle): Promise<UndoState> {
    return this.#call((remote) => remote.undoState(folder));
  }

  async savePlace(
    options: PlaceOptions,
    folder: FileSystemDirectoryHandle,
    job: JobOptions,
  ): Promise<{ readonly report: Report; readonly notes: readonly ErrorRecord[] }> {
    return this.#job(
      job,
      (remote, id, onProgress) => remote.savePlace(id, options, folder, onProgress),
      Infinity,
    );
  }

  async recoverPlace(
    step: RecoverStep,
    folder: FileSystemDirectoryHandle,
    job: JobOptions,
  ): Promise<Recovered> {
    return this.#job(
      job,
      (remote, id, onProgress) => remote.recoverPlace(id, step, folder, onProgress),
      Infinity,
    );
  }

  /** The project's key, also for a worker that has to be started again. */
  async setKey(key: Uint8Array<ArrayBuffer> | null): Promise<void> {
    this.#key = key;
    await this.#call((remote) => remote.setKey(key));
  }

  /** Results of this tab from before a reload; the same files find them again. */
  keptResults(): Promise<number> {
    return this.#call((remote) => remote.keptResults());
  }

  /** Forgets what is open, here and in the worker. */
  async clear(): Promise<void> {
    this.#reopen = null;
    if (this.#connection) await this.#call((remote) => remote.clear());
  }

  async #opening(
    options: JobOptions,
    open: (remote: Remotely, id: JobId, onProgress: OnProgress) => Promise<OpenedFiles>,
  ): Promise<OpenedFiles> {
    this.#reopen = null;
    const opened = await this.#job(options, open);
    this.#reopen = (remote, id) =>
      open(
        remote,
        id,
        proxy(() => undefined),
      );
    return opened;
  }

  async #call<T>(call: (remote: Remotely) => Promise<T>): Promise<T> {
    await this.#ready;
    const connection = this.#connect();
    return orDeath(connection, call(connection.remote));
  }

  /** @param patienceMs how long a cancel may take: what puts originals back is never stopped */
  async #job<T>(
    { signal, onProgress }: JobOptions,
    call: (remote: Remotely, id: JobId, onProgress: OnProgress) => Promise<T>,
    patienceMs = this.#hardCancelMs,
  ): Promise<T> {
    await this.#ready;
    signal?.throwIfAborted();
    const connection = this.#connect();
    const id: JobId = crypto.randomUUID();
    // platform.d.ts leaves open what setTimeout gives; in a page it is a number.
    let timer: unknown;
    const cancel = (): void => {
      void connection.remote.cancel(id);
      if (patienceMs === Infinity) return;
      timer = setTimeout(() => {
        this.#restart(connection);
      }, patienceMs);
    };
    signal?.addEventListener('abort', cancel);
    try {
      const report = proxy<OnProgress>((progress) => onProgress?.(progress));
      return await orDeath(connection, call(connection.remote, id, report));
    } catch (thrown) {
      // A job that fails because it is being torn down was cancelled, whatever it says.
      const mustBeTold = thrown instanceof EffaceError && thrown.code === 'place/unfinished';
      if (signal?.aborted && !isAbort(thrown) && !mustBeTold)
        throw new DOMException('cancelled', 'AbortError');
      throw thrown;
    } finally {
      clearTimeout(timer as number | undefined);
      signal?.removeEventListener('abort', cancel);
    }
  }

  #connect(): Connection {
    if (this.#connection) return this.#connection;
    const worker = this.#newWorker();
    const connection = { worker, remote: wrap<EffaceWorker>(worker), waiting: new Set<Tell>() };
    worker.addEventListener('error', () => {
      this.#restart(connection);
    });
    this.#connection = connection;
    if (this.#shelfKey) void connection.remote.keepResults(this.#shelfKey);
    // Messages keep their order: the key is there before anything is asked for.
    if (this.#key) void connection.remote.setKey(this.#key);
    return connection;
  }

  #restart(dead: Connection): void {
    if (this.#connection !== dead) return;
    dead.worker.terminate();
    this.#connection = null;
    const reopen = this.#reopen;
    if (reopen) {
      this.#ready = reopen(this.#connect().remote, crypto.randomUUID()).catch(() => undefined);
    }
    for (const tell of dead.waiting) tell(new Error('the worker stopped'));
    this.#onRestart();
  }
}

/** Forgets what ended: in a race with a promise that never ends each result would stay. */
function orDeath<T>({ waiting }: Connection, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    waiting.add(reject);
    const forget = (): boolean => waiting.delete(reject);
    work.then(resolve, reject).then(forget, forget);
  });
}

function startWorker(): WorkerEndpoint {
  return new Worker(new URL('./efface.worker.ts', import.meta.url), { type: 'module' });
}
