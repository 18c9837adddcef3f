/**
 * What the page sees of the worker (through comlink). Everything here is cloneable;
 * functions are comlink proxies. The worker owns scans and voxels; the page gets copies
 * (or shared memory) to look at.
 */
import type { Said } from '../src/app/kept-decisions.ts';
import type { Recovered, UndoState } from '../src/app/place/recover.ts';
import type { DefaceOptions } from '../src/core/deface/options.ts';
import type { MarkChange } from '../src/core/edit/change.ts';
import type { CorrectionSettings } from '../src/core/edit/settings.ts';
import type { DeidentificationOptions } from '../src/core/deidentify/options.ts';
import type { Rule } from '../src/core/deidentify/rules.ts';
import type { Progress } from '../src/core/progress.ts';
import type {
  Checks,
  CorrectionReport,
  Decision,
  RegionVolumes,
  Report,
} from '../src/core/report/report.ts';
import type { Places } from '../src/core/report/places.ts';
import type { LeftOut, ScanId, ScanSummary, SkippedFile } from '../src/core/scan.ts';
import type { ErrorRecord } from '../src/core/errors.ts';
import type { DisplayVoxels } from '../src/core/volume/display.ts';
import type { Mask, Modality } from '../src/core/volume/volume.ts';
import type { Grid } from '../src/core/geometry/grid.ts';

/** Ours, made by the page for each job so that it can be cancelled. */
export type JobId = string;
export type OnProgress = (progress: Progress) => void;

export interface OpenedFiles {
  readonly scans: readonly ScanSummary[];
  /** The order to work in: series that can lend their head to others of their visit come first. */
  readonly bestFirst: readonly ScanId[];
  readonly left: readonly LeftOut[];
  readonly skipped: readonly SkippedFile[];
  readonly earlier?: Earlier;
}

/** What the person decided before a reload of the page, about the same files. */
export interface Earlier {
  /** About files: holds as it is. */
  readonly said: readonly { readonly scan: ScanId; readonly said: Said }[];
  /** Series of which a result was approved or rejected: that holds when the same is found again. */
  readonly decided: number;
}

/** A small grey picture for the list, made in the worker and kept in memory only. */
export interface Thumbnail {
  readonly width: number;
  readonly height: number;
  /** One grey byte a pixel. */
  readonly pixels: Uint8Array;
  /** Whether the network sees a head; null where it has not looked. */
  readonly head: boolean | null;
  /** Whether corrections of this very scan are kept from an earlier visit to the page. */
  readonly isCorrected?: boolean;
}

/** Voxels for display, on the scan's own grid; rescaled they are HU (CT) or arbitrary (MR). */
export interface DisplayVolume extends DisplayVoxels {
  readonly grid: Grid;
  readonly modality: Modality;
  /** A window that suits it: lower and upper modality value. */
  readonly window: { readonly lower: number; readonly upper: number };
}

/** A triangle mesh of the skin, LPS mm. */
export interface Surface {
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly triangles: Uint32Array;
}

/** The skin from the front and the slice in the middle, after; in the page's memory only. */
export interface AfterPicture {
  readonly front: Omit<Thumbnail, 'head' | 'isCorrected'>;
  readonly side: Omit<Thumbnail, 'head' | 'isCorrected'>;
}

export interface ScanResult {
  readonly scan: ScanId;
  readonly decision: Decision;
  /** Why it is not plainly `deface`. */
  readonly reasons: readonly ErrorRecord[];
  /** What to know of the result though nothing failed. */
  readonly notes?: readonly ErrorRecord[];
  readonly checks: Checks | null;
  /** Where to look; absent where nothing was removed. */
  readonly places?: Places;
  readonly millilitres: number;
  readonly regions: RegionVolumes | null;
  readonly backend: string;
  /** Of the scan as it was, made while its volume was there anyway. */
  readonly thumbnail?: Thumbnail;
  /** Made before a reload, and found again. */
  readonly isFound?: boolean;
  /** For the sheet of all results; absent where nothing was removed. */
  readonly after?: AfterPicture;
  /** What a person changed of the region; null or absent: nothing. */
  readonly corrections?: CorrectionReport | null;
  /** The corrections were found again from an earlier visit to the page. */
  readonly isRestored?: boolean;
  /**
   * What the person decided before a reload about this very result; `void`: something, but about
   * another result or other files. null or absent: nothing.
   */
  readonly decided?: 'approved' | 'rejected' | 'void' | null;
}

/** The marks of a scan (core/edit/marks.ts), to paint on; and the settings of it and of its run. */
export interface CorrectionStart {
  readonly marks: Uint8Array;
  readonly run: CorrectionSettings;
  readonly settings: CorrectionSettings;
  /** Whether all of it is in the result. */
  readonly isApplied: boolean;
  /** Of a refused scan: whether a brain was found to guard. */
  readonly byHand: { readonly hasGuard: boolean } | null;
}

/** What touches the whole scan and is done in the worker. */
export type Recut =
  | { readonly kind: 'grow'; readonly mm: number }
  | { readonly kind: 'settings'; readonly settings: CorrectionSettings }
  | { readonly kind: 'reset' };

export interface RecutDone {
  readonly change: MarkChange;
  readonly settings: CorrectionSettings;
  /** Whether it outlives a reload of the page. */
  readonly isKept: boolean;
}

export interface ReviewPictures {
  readonly before: DisplayVolume;
  readonly after: DisplayVolume;
  /** 1 where the result differs by intent. */
  readonly mask: Mask;
  readonly labels: Mask;
  readonly skinBefore: Surface;
  readonly skinAfter: Surface;
  /** The tissue that was removed, and the brain. */
  readonly parts: { readonly removed: Surface; readonly brain: Surface };
  /** Of the skin in modality values, and between what it makes sense to choose another. */
  readonly threshold: { readonly value: number; readonly low: number; readonly high: number };
  /** Of the result; null of what is not cut yet. */
  readonly places: Places | null;
}

/** Skin before and after at one threshold. */
export interface SkinPair {
  readonly before: Surface;
  readonly after: Surface;
}

/** How the head is to be made while someone corrects. */
export interface SkinWish {
  /** Modality value of the skin. */
  readonly threshold: number;
  /** As fine as in the review; else coarser and sooner. */
  readonly isFine: boolean;
}

/** The head as the hand has left it: what was removed shows as air, whatever the method. */
export interface CutSkin {
  readonly after: Surface;
  /** The tissue that goes. */
  readonly removed: Surface;
}

export interface HeaderChange {
  readonly tag: string;
  readonly keyword: string;
  readonly before: string;
  readonly after: string;
  readonly action: 'removed' | 'replaced' | 'added' | 'kept';
  /** Which rule decided so. */
  readonly rule: Rule;
}

export interface SaveOptions {
  /** Scans the person approved. */
  readonly approved: readonly ScanId[];
  readonly deidentification: DeidentificationOptions;
  readonly mask: boolean;
  /** What was left out and is let through, one by one. */
  readonly included?: readonly ScanId[];
}

export interface PlaceOptions extends Omit<SaveOptions, 'mask'> {
  /** Names of files and folders that identify: stop, rename, or keep them knowingly. */
  readonly names: 'refuse' | 'rename' | 'keep';
  /** Replace files of a visit although others of it stay as they are. */
  readonly leaveRest: boolean;
}

export type RecoverStep = 'resume' | 'roll-back' | 'finish';

export interface EffaceWorker {
  /** Reads headers; replaces what was open before. */
  open(
    job: JobId,
    files: readonly { path: string; file: File }[],
    onProgress: OnProgress,
  ): Promise<OpenedFiles>;
  /** Makes the demo head (a person who does not exist) and opens it like dropped files. */
  openDemo(job: JobId, kind: 'CT' | 'MR', onProgress: OnProgress): Promise<OpenedFiles>;
  thumbnail(scan: ScanId): Promise<Thumbnail>;
  /** The volume as it was found, to look at before anything is done. */
  preview(scan: ScanId): Promise<DisplayVolume>;
  deface(
    job: JobId,
    scan: ScanId,
    options: DefaceOptions,
    onProgress: OnProgress,
  ): Promise<ScanResult>;
  /** Of a result, or of a refused scan that is open for correcting. */
  pictures(scan: ScanId): Promise<ReviewPictures>;
  /** Opens a result, or a refused scan, for correcting by hand. */
  correct(job: JobId, scan: ScanId, onProgress: OnProgress): Promise<CorrectionStart>;
  /** Takes over what the page painted or undid; gives whether it outlives a reload. */
  mark(scan: ScanId, change: MarkChange, settings: CorrectionSettings): Promise<boolean>;
  /** The head as the marks are now. */
  cutSkin(scan: ScanId, wish: SkinWish): Promise<CutSkin>;
  recut(job: JobId, scan: ScanId, how: Recut, onProgress: OnProgress): Promise<RecutDone>;
  /**
   * The result anew with what was corrected, measured like any other.
   *
   * @param handReason why a refused scan is included; of any other null
   */
  applyCorrections(
    job: JobId,
    scan: ScanId,
    handReason: string | null,
    onProgress: OnProgress,
  ): Promise<ScanResult>;
  /** Forgets what was painted and not applied. */
  discardCorrections(scan: ScanId): Promise<void>;
  /** Skin at another threshold (modality value), of the scan whose pictures were made last. */
  skinAt(scan: ScanId, threshold: number): Promise<SkinPair>;
  /**
   * Keeps what the person said of a series, or of what was left out, until the tab is closed or
   * all is cleared; gives whether it outlives a reload.
   */
  decide(scan: ScanId, said: Said): Promise<boolean>;
  headerChanges(
    scan: ScanId,
    deidentification: SaveOptions['deidentification'],
  ): Promise<readonly HeaderChange[]>;
  /**
   * The project's key, from which all pseudonyms come (16 bytes or more); null: one of this
   * session. Results made before are forgotten: the random shell comes from the key, too.
   */
  setKey(key: Uint8Array<ArrayBuffer> | null): Promise<void>;
  /**
   * Where results lie from now on: packed and sealed in files of this origin, which a reload
   * finds and another key does not open. Without it they stay in memory.
   *
   * @param key 32 bytes, of this tab
   */
  keepResults(key: Uint8Array<ArrayBuffer>): Promise<void>;
  /** How many results lie there: of this tab, from before a reload. */
  keptResults(): Promise<number>;
  /** Writes approved results as one ZIP, kept off the heap where possible. */
  saveZip(
    job: JobId,
    options: SaveOptions,
    onProgress: OnProgress,
  ): Promise<{ zip: Blob; report: Report }>;
  /** Writes approved results into a folder the person picked. */
  saveFolder(
    job: JobId,
    options: SaveOptions,
    folder: FileSystemDirectoryHandle,
    onProgress: OnProgress,
  ): Promise<{ report: Report }>;
  /** Whether a save in place was begun in the folder, and how far it came. */
  undoState(folder: FileSystemDirectoryHandle): Promise<UndoState>;
  /** Puts approved results in the place of the files they were made from, in the folder opened. */
  savePlace(
    job: JobId,
    options: PlaceOptions,
    folder: FileSystemDirectoryHandle,
    onProgress: OnProgress,
  ): Promise<{ report: Report; notes: readonly ErrorRecord[] }>;
  /** Goes on with a save in place, takes it back, or deletes what it kept. */
  recoverPlace(
    job: JobId,
    step: RecoverStep,
    folder: FileSystemDirectoryHandle,
    onProgress: OnProgress,
  ): Promise<Recovered>;
  cancel(job: JobId): Promise<void>;
  /** Forgets all scans and results, also those that a reload would find. */
  clear(): Promise<void>;
}
