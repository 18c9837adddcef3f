/** The result of defacing one scan, before a person has approved it. */
import type { ErrorRecord } from '../errors.ts';
import type { Places } from '../report/places.ts';
import type { Checks, CorrectionReport, Decision, RegionVolumes } from '../report/report.ts';
import type { ScanId } from '../scan.ts';
import type { Segmentation } from '../segmentation/segmentation.ts';
import type { Delta } from '../volume/delta.ts';
import type { Mask } from '../volume/volume.ts';
import type { HeadFrame } from './head-frame.ts';
import type { Filled } from './repeat.ts';

/** Where the network saw the head of a scan, in LPS mm: other series of its frame of reference can use it. */
export interface LabelledHead {
  readonly segmentation: Segmentation;
  readonly frame: HeadFrame;
  /** Whether it came from another series itself. */
  readonly borrowed: boolean;
  /** Whether its own series is one to look at. */
  readonly doubtful?: boolean;
  /** What speaks for a look, wherever the cut is placed. */
  readonly doubts: readonly ErrorRecord[];
  /** Of a refused scan that is corrected by hand: whether there is a plan to start from. */
  readonly byHand?: 'from-plan' | 'from-nothing';
}

export interface DefacedScan {
  readonly scan: ScanId;
  readonly decision: Decision;
  /** Why the decision is not plainly `deface`; the first is the main one. */
  readonly reasons: readonly ErrorRecord[];
  /** What a person should know of the result though nothing failed. */
  readonly notes?: readonly ErrorRecord[];
  readonly checks: Checks | null;
  /** Where a person should look; absent where nothing was removed. */
  readonly places?: Places;
  /** What a person changed of the region; absent or null: nothing. */
  readonly corrections?: CorrectionReport | null;
  /** null where nothing is to be changed (decision `refuse` or `exclude`). */
  readonly result: {
    /** Labels (design.md §3) on the scan's own grid. */
    readonly labels: Mask;
    /** 1 where the result differs by intent; runs through the air to the edge of the volume. */
    readonly region: Mask;
    readonly delta: Delta;
    /** How, so that further volumes of the scan get the same (repeat.ts). */
    readonly filled?: Filled;
    readonly millilitres: number;
    readonly regions: RegionVolumes;
  } | null;
  /** null or absent where no head was labelled. */
  readonly head?: LabelledHead | null;
  readonly timingsMs: {
    readonly segment: number;
    readonly deface: number;
    readonly verify: number;
  };
}
