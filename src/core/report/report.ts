/** `efface-report/1` (design.md §7; JSON Schema in public/). Nothing identifying is in it. */
import type { Explanation } from '../errors.ts';

export type Decision = 'deface' | 'review' | 'refuse' | 'exclude';

/**
 * What is measured on a result before a person is asked (design.md §8). null: could not be
 * measured, and why is in the warnings; of the face also where it was not to be removed.
 */
export interface Checks {
  readonly skinMovedMm: { readonly median: number; readonly p5: number } | null;
  /** Share (0–1) of the facial skin area, 10 mm inside the zone's rim, that moved by more than 10 mm. */
  readonly shareMoved10mm: number | null;
  /**
   * `labels`: the image shows no skin (PET). What is said of the skin is that of the labels, which
   * came from another series, as the removed region leaves it on this image's grid.
   */
  readonly skinOf?: 'labels';
  /** Smallest distance between a changed voxel and the brain label (mm). */
  readonly guardMm: number | null;
  readonly brainVoxelsChanged: number;
  /** Voxels outside the mask that differ after reading the written files back; null before writing. */
  readonly outsideMaskChanged: number | null;
  /** Face found by the network in the result, as a share (0–1) of the face found before. */
  readonly faceFoundAgain: number | null;
  /** −1 … 1; above 0.3 the cut follows the skin (model.md §7). */
  readonly parallelSurfaceIndex: number | null;
  /**
   * Where another face was put: median distance (mm) of the new surface from that face. How far
   * the old skin moved and whether a face is found again are then not measured (null), and the
   * parallel-surface index is that of the departures from that face.
   */
  readonly newFaceMm?: number | null;
  /** Agreement (Dice) of the run with the mirrored run. */
  readonly mirror: { readonly brain: number; readonly removal: number } | null;
  /** Share (0–1) of the removal that the brain guard took back. */
  readonly guardTookBack: number;
  /**
   * Ranks among people who do not exist. null: not asked. Among them a real scan is told by being
   * real, whoever it shows, so the rank would always look like an alarm (decision 24).
   */
  readonly matcher: {
    readonly rankBefore: number;
    readonly rankAfter: number;
    readonly of: number;
  } | null;
}

export interface RegionVolumes {
  readonly face: number;
  readonly ears: number;
  readonly eyes: number;
  readonly teeth: number;
  readonly scalp: number;
}

/** Whether a face is gone: nothing may be said of it, to people or in a header, where only other regions went. */
export function tookFace(regions: RegionVolumes): boolean {
  return regions.face > 0;
}

/** What a person changed of the region that was planned, voxel by voxel and by other settings. */
export interface CorrectionReport {
  readonly voxels: {
    /** Go although the plan leaves them, and stay although it removes them. */
    readonly added: number;
    readonly left: number;
    readonly protected: number;
    /** Wanted by the hand and kept by the brain guard. */
    readonly heldByGuard: number;
  };
  /** Of this series, where the plan was made with others than the run's. */
  readonly regions: readonly string[];
  readonly depth: string;
  readonly marginMm: number;
  /** Why the brain guard was overridden, in the words of the person; null: it held. */
  readonly guardOverridden: string | null;
  /** Of a scan that was refused: why it is included with a region drawn by hand, in the words of the person. */
  readonly byHand?: string;
}

export interface SeriesReport {
  readonly n: number;
  readonly kind: 'dicom' | 'nifti';
  readonly modality: string;
  readonly dims: readonly number[] | null;
  readonly spacing: readonly number[] | null;
  readonly decision: Decision;
  readonly reason: ReportReason | null;
  readonly confidence: number | null;
  readonly mask: {
    readonly voxels: number;
    readonly millilitres: number;
    /** Millilitres of each region. */
    readonly regions: RegionVolumes;
  } | null;
  readonly check: Checks | null;
  /** null: the region is as it was planned. */
  readonly corrections: CorrectionReport | null;
  readonly deid: {
    readonly profile: string;
    readonly options: readonly string[];
    readonly elements: {
      readonly removed: number;
      readonly replaced: number;
      readonly kept: number;
    };
  } | null;
  readonly approved: { readonly by: 'person' | 'policy' | null; readonly note: string | null };
  /** Relative paths of what was written. */
  readonly output: readonly string[];
  readonly warnings: readonly {
    readonly code: string;
    readonly what: string;
    readonly do: string;
  }[];
  readonly timingsMs: {
    readonly read: number;
    readonly segment: number;
    readonly deface: number;
    readonly verify: number;
    readonly write: number;
  };
}

/**
 * A visit as a whole: it is defaced only where the face went from everything that was
 * written of it; what was not written is left out (dicom.md §3.3).
 */
export interface VisitReport {
  readonly patient: number;
  readonly visit: number;
  /** Numbers of the series that were written, and of those that were not. */
  readonly written: readonly number[];
  readonly left: readonly number[];
  readonly defaced: boolean;
}

export interface ReportReason {
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly do: string;
}

export interface Report {
  readonly schema: 'efface-report/1';
  readonly tool: {
    readonly name: 'efface';
    readonly version: string;
    readonly model: { readonly id: string; readonly sha256: string } | null;
    readonly backend: string | null;
  };
  readonly options: Readonly<Record<string, unknown>>;
  /** Day of the run is information too: only the duration is kept. ISO time of the start. */
  readonly started: string;
  readonly seconds: number;
  readonly series: readonly SeriesReport[];
  /** Visits of the run, by our own numbers. */
  readonly visits: readonly VisitReport[];
  readonly totals: {
    readonly series: number;
    readonly defaced: number;
    readonly review: number;
    readonly refused: number;
    readonly excluded: number;
    readonly filesWritten: number;
    readonly filesSkipped: number;
  };
}

/** An explanation in the words of the report (`do` for what to do). */
export function reportReason({ code, what, why, todo }: Explanation): ReportReason {
  return { code, what, why, do: todo };
}
