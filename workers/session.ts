/**
 * What is open in the worker: the scans, one decoded volume at a time, and the results.
 * Strings use cases together for the page; rules live in src/core and src/app.
 */
import { createFrameDecoder } from '../src/adapters/codecs/browser.ts';
import { fileSource } from '../src/adapters/browser/file-source.ts';
import { createKeptFiles } from '../src/adapters/browser/kept-files.ts';
import { createHandleStore } from '../src/adapters/browser/handle-store.ts';
import { createSecrets, sha256 } from '../src/adapters/secrets/web-crypto.ts';
import { zipReader } from '../src/adapters/zip/zip-reader.ts';
import { CorrectionKeeper } from '../src/app/kept-corrections.ts';
import type { Said } from '../src/app/kept-decisions.ts';
import { withVolumeNote } from '../src/app/deface-visit.ts';
import { exportScans, type ExportItem } from '../src/app/export-scans.ts';
import { headerChanges } from '../src/app/header-changes.ts';
import { loadVolume } from '../src/app/load-volume.ts';
import { openScans, type OpenedScans, type Scan } from '../src/app/open-scans.ts';
import { createPlaceSink } from '../src/app/place/place-sink.ts';
import { planPlace } from '../src/app/place/plan.ts';
import { ReadAhead } from '../src/app/read-ahead.ts';
import type { FaceSegmenter, OutputSink, Secrets } from '../src/app/ports.ts';
import { withSeed } from '../src/app/shell-seed.ts';
import type { DicomLeftOut } from '../src/core/dicom/dicom-scan.ts';
import { isIncludable } from '../src/core/export/includable.ts';
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import {
  DEFAULT_DEFACE,
  type DefaceOptions,
  type SeededOptions,
} from '../src/core/deface/options.ts';
import type { ErrorRecord } from '../src/core/errors.ts';
import type { JobOptions } from '../src/core/progress.ts';
import type { Report } from '../src/core/report/report.ts';
import type { ScanId } from '../src/core/scan.ts';
import { findHead } from '../src/core/segmentation/find-head.ts';
import { thumbnailOf } from '../src/core/volume/thumbnail.ts';
import type { Volume } from '../src/core/volume/volume.ts';
import type {
  DisplayVolume,
  HeaderChange,
  OpenedFiles,
  PlaceOptions,
  ReviewPictures,
  SaveOptions,
  ScanResult,
  SkinPair,
  Thumbnail,
} from './api.ts';
import { smallPictures } from './after-picture.ts';
import { Corrections } from './corrections.ts';
import { Decisions } from './decisions.ts';
import { demoSources } from './demo.ts';
import { networksOf } from './networks.ts';
import { displayBuffer, displayOf, picturesOf, type SkinAt } from './pictures.ts';
import { OneVolume } from './one-volume.ts';
import { openShelf, Results, type Holding } from './results.ts';
import { scanResultOf, summaryOf, type Again } from './summaries.ts';
import { VisitWork } from './visit-work.ts';

/** A browser tab cannot hold larger files (bytes). */
const MAX_FILE_BYTES = 2 * 1024 ** 3;
/** What the page may take to draw a scan; a network that starts meanwhile would slow it. */
const DRAWING_MS = 500;

export class Session {
  /** Started when first needed. */
  readonly networks: () => Promise<FaceSegmenter>;
  readonly #decoder = createFrameDecoder();
  readonly #ahead = new ReadAhead();
  #secrets: Promise<Secrets> | null = null;
  #opened: OpenedScans = { scans: [], left: [], skipped: [], others: [] };
  /** The project's key; stays until another is set or the page is closed, never stored. */
  #key: Uint8Array<ArrayBuffer> | null = null;
  readonly #volume = new OneVolume((scan, job) =>
    loadVolume(this.#scan(scan), this.#decoder, { ...job, memory: displayBuffer }),
  );
  #looking: Promise<unknown> = Promise.resolve();
  readonly results = new Results();
  readonly #decisions = new Decisions();
  readonly #visits = new VisitWork({
    networks: () => this.networks(),
    read: async (scan, job) => {
      const volume = await loadVolume(scan, this.#decoder, job);
      return { volume, options: await this.#seeded(scan, volume, this.#options) };
    },
  });
  /** Of the result looked at last. */
  #skin: { readonly scan: ScanId; readonly at: SkinAt } | null = null;
  /** Of the run of which the results are. */
  #options: DefaceOptions | null = null;

  readonly corrections = new Corrections(
    {
      load: (scan, job) => this.#volume.load(scan, job),
      networks: () => this.networks(),
      chosen: () => this.#options ?? DEFAULT_DEFACE,
      seeded: (scan, volume, options) => this.#seeded(this.#scan(scan), volume, options),
      lent: (scan) => this.#visits.headFor(this.#scan(scan)),
    },
    new CorrectionKeeper(createKeptFiles('efface-corrections'), sha256),
  );

  /** @param models URL of the folder that holds the network */
  constructor(models: string) {
    this.networks = networksOf(models);
  }

  async open(
    files: readonly { readonly path: string; readonly file: File }[],
    job: JobOptions,
  ): Promise<OpenedFiles> {
    await this.clear();
    const sources = files.map((file) => this.#ahead.of(fileSource(file)));
    const options = { ...job, archives: zipReader, maxFileBytes: MAX_FILE_BYTES };
    try {
      this.#opened = await openScans(sources, options);
    } catch (error) {
      this.#ahead.clear();
      throw error;
    }
    // Whatever comes next begins with it.
    const [first] = this.#opened.scans;
    if (first) this.#volume.ahead(first.id);
    return this.#summary();
  }

  async openDemo(kind: 'CT' | 'MR', job: JobOptions): Promise<OpenedFiles> {
    await this.clear();
    this.#opened = await openScans(await demoSources(kind, job), job);
    return this.#summary();
  }

  async thumbnail(scan: ScanId): Promise<Thumbnail> {
    const volume = await this.#volume.load(scan, {});
    // A person who waits to see the scan comes before the network.
    await this.#looking;
    const segmenter = await this.networks();
    const head = (await findHead(volume, segmenter, {})) !== null;
    const isCorrected = (await this.corrections.of(scan, volume)) !== null;
    return { ...thumbnailOf(volume), head, isCorrected };
  }

  preview(scan: ScanId): Promise<DisplayVolume> {
    const display = this.#volume.load(scan, {}).then(displayOf);
    const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, DRAWING_MS));
    this.#looking = display.then(drawn, () => undefined);
    return display;
  }

  async deface(scan: ScanId, options: DefaceOptions, job: JobOptions): Promise<ScanResult> {
    this.results.drop(scan);
    this.#ahead.clear();
    const volume = await this.#volume.load(scan, job);
    const segmenter = await this.networks();
    const seeded = await this.#seeded(this.#scan(scan), volume, options);
    this.#options = options;
    const byHand = await this.corrections.of(scan, volume);
    const name = await this.results.nameOf(volume, seeded, segmenter.model, byHand);
    const earlier = name ? await this.results.earlier(name, scan) : null;
    if (earlier) {
      this.#visits.resume(this.#scan(scan));
      this.corrections.resume(earlier, byHand);
      return this.#hold(earlier, volume, { name, isRestored: byHand !== null, isFound: true });
    }
    const defaced = await this.#visits.deface(this.#scan(scan), volume, seeded, job);
    const finished = await this.corrections.finish(volume, defaced, job);
    return this.#hold(finished.defaced, volume, {
      name,
      // Corrections that found no head to be planned on are not in it.
      isOnce: byHand !== null && !finished.restored,
      isRestored: finished.restored,
    });
  }

  async #seeded(scan: Scan, volume: Volume, options: DefaceOptions | null): Promise<SeededOptions> {
    // Without a project's key that of the tab: after a reload the same is drawn, and found again.
    const ofTab = this.#key ? null : await this.results.secrets();
    return withSeed(options ?? DEFAULT_DEFACE, scan, volume, ofTab ?? (await this.#keys()));
  }

  async applyCorrections(scan: ScanId, why: string | null, job: JobOptions): Promise<ScanResult> {
    const corrected = await this.corrections.apply(scan, job, why);
    const byHand = this.corrections.appliedTo(scan);
    const volume = await this.#volume.load(scan, job);
    const seeded = await this.#seeded(this.#scan(scan), volume, this.#options);
    const { model } = await this.networks();
    const name = await this.results.nameOf(volume, seeded, model, byHand);
    return this.#hold(corrected, volume, { name, isOnce: byHand === null });
  }

  /** Keeps what the person said of a series or of what was left out; whether a reload finds it. */
  async decide(id: ScanId, said: Said): Promise<boolean> {
    const one = [...this.#opened.scans, ...this.#opened.left].find((open) => open.id === id);
    return one !== undefined && this.#decisions.keep(one, said, this.results.markOf(id));
  }

  /**
   * The head is kept by visit, not by result: it is the larger part of one. What can fail comes
   * first: the page would go on showing, and approving, the result that was held before.
   */
  async #hold(made: DefacedScan, volume: Volume, how: Holding & Again): Promise<ScanResult> {
    const scan = this.#scan(made.scan);
    // What was corrected was made anew, and knows nothing of further volumes.
    const defaced = withVolumeNote(scan, made);
    const { backend } = await this.networks();
    const pictures = smallPictures(volume, defaced);
    await this.results.hold(defaced, how);
    const decided = await this.#decisions.about(scan, this.results.markOf(scan.id));
    return { ...scanResultOf(defaced, backend, how), decided, ...pictures };
  }

  async pictures(scan: ScanId): Promise<ReviewPictures> {
    const held = await this.results.get(scan);
    const result = held?.result ?? this.corrections.untouched(scan);
    const volume = await this.#volume.load(scan, {});
    const { pictures, skinAt } = picturesOf(volume, result, held?.places ?? null);
    this.#skin = { scan, at: skinAt };
    return pictures;
  }

  skinAt(scan: ScanId, threshold: number): SkinPair {
    if (this.#skin?.scan !== scan) throw new Error('skin is of the scan looked at last');
    return this.#skin.at(threshold);
  }

  async headerChanges(
    scan: ScanId,
    deidentification: SaveOptions['deidentification'],
  ): Promise<readonly HeaderChange[]> {
    return headerChanges(this.#scan(scan), {
      deidentification,
      face: this.results.tookFace(scan),
      version: __EFFACE_VERSION__,
      secrets: await this.#keys(),
    });
  }

  /** Puts what the person approved in the place of its files, which lie in the folder opened. */
  async savePlace(
    { names, leaveRest, ...options }: PlaceOptions,
    folder: FileSystemDirectoryHandle,
    job: JobOptions,
  ): Promise<{ report: Report; notes: readonly ErrorRecord[] }> {
    const ports = { store: createHandleStore(folder), sha256 };
    const kept = options.deidentification.profile === 'none' ? 'keep' : names;
    const planned = await planPlace(this.#opened, ports, {
      ...job,
      names: kept,
      rootName: folder.name,
      companions: options.deidentification.profile === 'basic',
    });
    const sink = createPlaceSink(planned, ports, { ...job, leaveRest });
    const report = await this.save({ ...options, mask: false }, sink, job, true);
    return { report, notes: planned.notes };
  }

  /** Writes what the person approved; everything else is only listed in the report. */
  async save(
    options: SaveOptions,
    sink: OutputSink,
    job: JobOptions,
    inPlace = false,
  ): Promise<Report> {
    const { model, backend } = await this.networks();
    return exportScans(
      this.#items(options.approved),
      {
        deidentification: options.deidentification,
        mask: options.mask,
        // Only what the person approved is written, and approval covers `review` too.
        acceptReview: true,
        needsApproval: true,
        inPlace,
        tool: { version: __EFFACE_VERSION__, model, backend },
        chosen: {
          ...this.#options,
          deidentification: options.deidentification.profile,
          deidentificationOptions: options.deidentification.options,
          ownKey: this.#key !== null,
        },
        left: this.#opened.left,
        included: this.#opened.left.filter(
          (one): one is DicomLeftOut =>
            one.kind === 'dicom' && isIncludable(one) && (options.included ?? []).includes(one.id),
        ),
        skipped: this.#opened.skipped,
        others: this.#opened.others,
      },
      { sink, secrets: await this.#keys(), decoder: this.#decoder },
      job,
    );
  }

  /** One at a time: that of a whole visit would not fit. */
  async *#items(approved: readonly ScanId[]): AsyncGenerator<ExportItem> {
    for (const scan of this.#opened.scans) {
      const defaced = await this.results.get(scan.id);
      if (!defaced) continue;
      const by = approved.includes(scan.id) ? 'person' : null;
      yield { scan, defaced, approved: { by, note: null } };
    }
  }

  /** @param key of this tab (32 bytes), with which results are put aside */
  keepResults(key: Uint8Array<ArrayBuffer>): void {
    const shelf = openShelf(key);
    this.results.use(shelf);
    this.#decisions.use(shelf);
  }

  async setKey(key: Uint8Array<ArrayBuffer> | null): Promise<void> {
    this.#key = key;
    this.#secrets = null;
    await this.results.clear();
    this.corrections.forgetPlans();
  }

  /** The person starts over: what a reload would find goes, too. */
  async forget(): Promise<void> {
    await this.clear();
    await this.#decisions.written();
    await this.results.forget();
  }

  async clear(): Promise<void> {
    this.#opened = { scans: [], left: [], skipped: [], others: [] };
    this.#ahead.clear();
    this.#volume.drop();
    this.#skin = null;
    await this.results.clear();
    this.#visits.clear();
    this.corrections.clear();
    this.#secrets = null;
  }

  async #summary(): Promise<OpenedFiles> {
    const earlier = await this.#decisions.earlier(this.#opened);
    return { ...summaryOf(this.#opened), earlier };
  }

  #scan(id: ScanId): Scan {
    const scan = this.#opened.scans.find((one) => one.id === id);
    if (!scan) throw new Error('that scan is not open');
    return scan;
  }

  /** One key for all that is saved from this session: pseudonyms and UIDs stay consistent. */
  #keys(): Promise<Secrets> {
    this.#secrets ??= createSecrets(this.#key ?? undefined);
    return this.#secrets;
  }
}
