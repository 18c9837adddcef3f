/**
 * Corrections by hand in the worker: the marks of the scan that is being corrected, and for the
 * others what their hands said, as runs. The page paints on a copy and tells what it did; what
 * it says of plan and guard is never believed, those are made here.
 */
import { correctScan, planCorrection, type Corrected } from '../src/app/correct-scan.ts';
import type { CorrectionKeeper } from '../src/app/kept-corrections.ts';
import { handHead } from '../src/app/hand-head.ts';
import { labelHead } from '../src/app/label-head.ts';
import type { FaceSegmenter } from '../src/app/ports.ts';
import type { DefacedScan, LabelledHead } from '../src/core/deface/defaced-scan.ts';
import type { DefaceOptions, SeededOptions } from '../src/core/deface/options.ts';
import { become, type MarkChange } from '../src/core/edit/change.ts';
import {
  encodeKept,
  handRuns,
  keptOf,
  putHand,
  settingsWith,
  type KeptCorrections,
} from '../src/core/edit/kept-marks.ts';
import { HAND } from '../src/core/edit/marks.ts';
import { samePlan, settingsOf, type CorrectionSettings } from '../src/core/edit/settings.ts';
import { grow } from '../src/core/edit/tools.ts';
import { assert, EffaceError } from '../src/core/errors.ts';
import type { JobOptions } from '../src/core/progress.ts';
import type { ScanId } from '../src/core/scan.ts';
import type { Volume } from '../src/core/volume/volume.ts';
import type { CorrectionStart, CutSkin, Recut, RecutDone, SkinWish } from './api.ts';
import { CutSkinMaker } from './cut-skin.ts';

/** What the session lends. */
export interface CorrectionBench {
  load(scan: ScanId, job: JobOptions): Promise<Volume>;
  networks(): Promise<FaceSegmenter>;
  /** What was chosen for the run of which the result is. */
  chosen(): DefaceOptions;
  /** With the seeds of this scan. */
  seeded(scan: ScanId, volume: Volume, options: DefaceOptions): Promise<SeededOptions>;
  /** A head that another series of its visit lends. */
  lent(scan: ScanId): LabelledHead | null;
}

/** Heads kept (12 MB each); of older ones the network is asked again. */
const KEPT_HEADS = 6;

interface Open extends Corrected {
  readonly scan: ScanId;
  readonly volume: Volume;
  /** With which the plan in the marks was made; the settings may have gone on (undo). */
  readonly planned: CorrectionSettings;
}

export class Corrections {
  readonly #bench: CorrectionBench;
  readonly #keeper: CorrectionKeeper;
  readonly #heads = new Map<ScanId, LabelledHead>();
  readonly #borrowed = new Set<ScanId>();
  /** Found again, and made by the network: never corrected as if they had been refused. */
  readonly #found = new Set<ScanId>();
  /** What is in each corrected result. */
  readonly #applied = new Map<ScanId, KeptCorrections>();
  readonly #skins = new WeakMap<Volume, CutSkinMaker>();
  /** What was painted since, also of a scan that is not open any more. */
  readonly #waiting = new Map<ScanId, KeptCorrections | null>();
  #open: Open | null = null;

  constructor(bench: CorrectionBench, keeper: CorrectionKeeper) {
    this.#bench = bench;
    this.#keeper = keeper;
  }

  /** What a hand did to this very scan, also before a reload; null: nothing. */
  async of(scan: ScanId, volume: Volume): Promise<KeptCorrections | null> {
    return this.#saidOf(scan) ?? (await this.#keeper.find(volume));
  }

  /** What of it is in the result. */
  appliedTo(scan: ScanId): KeptCorrections | null {
    return this.#applied.get(scan) ?? null;
  }

  /** A result was found again, with these in it. */
  resume({ scan, result, corrections }: DefacedScan, kept: KeptCorrections | null): void {
    this.#open = null;
    if (result && !corrections?.byHand) this.#found.add(scan);
    else this.#found.delete(scan);
    this.#waiting.delete(scan);
    if (kept) this.#applied.set(scan, kept);
    else this.#applied.delete(scan);
  }

  /** An automatic result; where corrections of this very scan are kept, with them. */
  async finish(
    volume: Volume,
    defaced: DefacedScan,
    job: JobOptions,
  ): Promise<{ readonly defaced: DefacedScan; readonly restored: boolean }> {
    const { scan, head, result, timingsMs } = defaced;
    this.#open = null;
    this.#found.delete(scan);
    if (!head || !result) {
      // A hand at a refused scan waits for its reason again.
      const said = await this.of(scan, volume);
      if (said) this.#waiting.set(scan, said);
      this.#applied.delete(scan);
      this.#heads.delete(scan);
      return { defaced, restored: false };
    }
    this.#remember(scan, head);
    const kept = await this.of(scan, volume);
    this.#waiting.delete(scan);
    if (!kept) return { defaced, restored: false };
    const open = await this.#opening(scan, volume, kept, job);
    const corrected = await correctScan(scan, volume, open, await this.#bench.networks(), job);
    this.#applied.set(scan, kept);
    return { defaced: { ...corrected, timingsMs }, restored: true };
  }

  async start(scan: ScanId, job: JobOptions): Promise<CorrectionStart> {
    if (this.#open?.scan !== scan) {
      const volume = await this.#bench.load(scan, job);
      this.#open = await this.#opening(scan, volume, this.#saidOf(scan), job);
    }
    const open = await this.#current(scan, job);
    const { marks, run, settings, plan } = open;
    const isApplied = isSame(this.#kept(open), this.#applied.get(scan) ?? null);
    const { head, guard } = plan;
    const byHand = head.byHand ? { hasGuard: guard !== null } : null;
    return { marks: marks.slice(), run, settings, isApplied, byHand };
  }

  /** Takes over what the page did to its copy, or undid; says whether it is kept. */
  async mark(scan: ScanId, change: MarkChange, settings: CorrectionSettings): Promise<boolean> {
    const open = this.#opened(scan);
    const { runs, after } = change;
    for (let r = 0; r < after.length; r++) {
      const start = runs[2 * r] as number;
      const end = start + (runs[2 * r + 1] as number);
      const hand = (after[r] as number) & HAND;
      for (let v = start; v < end; v++) {
        open.marks[v] = ((open.marks[v] as number) & ~HAND) | hand;
      }
    }
    this.#open = { ...open, settings };
    return this.#keep();
  }

  /** The head as it would be now. */
  async skin(scan: ScanId, wish: SkinWish, job: JobOptions): Promise<CutSkin> {
    const { volume, plan, marks, settings } = await this.#current(scan, job);
    const skin = this.#skins.get(volume) ?? new CutSkinMaker(volume, plan.removed.labels);
    this.#skins.set(volume, skin);
    return skin.make(marks, settings.guardReason !== null, wish);
  }

  /** What touches the whole scan; gives what it changed. */
  async recut(scan: ScanId, how: Recut, job: JobOptions): Promise<RecutDone> {
    const open = await this.#current(scan, job);
    const { volume, marks, run, settings } = open;
    if (how.kind === 'grow') {
      const change = grow(volume.grid, marks, how.mm, settings.guardReason !== null);
      return { change, settings, isKept: await this.#keep() };
    }
    const now = how.kind === 'reset' ? run : how.settings;
    const hand = how.kind === 'reset' ? null : handRuns(marks);
    const next = await this.#replanned(open, now, hand, job);
    const change = become(marks, next.marks);
    this.#open = { ...next, marks };
    return { change, settings: now, isKept: await this.#keep() };
  }

  /** The result anew, with all that was done. */
  async apply(
    scan: ScanId,
    job: JobOptions,
    handReason: string | null = null,
  ): Promise<DefacedScan> {
    const open = { ...(await this.#current(scan, job)), handReason };
    const done = await correctScan(scan, open.volume, open, await this.#bench.networks(), job);
    const now = this.#kept(open);
    if (now) this.#applied.set(scan, now);
    else this.#applied.delete(scan);
    this.#waiting.delete(scan);
    return done;
  }

  /** What there is to see of a refused scan that is opened: it as it is. */
  untouched(scan: ScanId): NonNullable<DefacedScan['result']> {
    const { volume, plan } = this.#opened(scan);
    const { labels, region } = plan.removed;
    const values = volume.stored.slice(0, 0);
    return {
      labels,
      region: { grid: region.grid, voxels: new Uint8Array(region.voxels.length) },
      delta: { grid: volume.grid, runs: new Uint32Array(), values },
      millilitres: 0,
      regions: { face: 0, ears: 0, eyes: 0, teeth: 0, scalp: 0 },
    };
  }

  /** Back to what is in the result. */
  async discard(scan: ScanId): Promise<void> {
    if (this.#open?.scan !== scan) return;
    const { volume } = this.#open;
    this.#open = null;
    this.#waiting.delete(scan);
    await this.#keeper.keep(volume, this.#applied.get(scan) ?? null);
  }

  /** Plans were made with another key. */
  forgetPlans(): void {
    this.#open = null;
  }

  /** Forgets scans that are no longer open; what is kept stays. */
  clear(): void {
    this.#open = null;
    this.#heads.clear();
    this.#borrowed.clear();
    this.#found.clear();
    this.#applied.clear();
    this.#waiting.clear();
  }

  /** By the hand so far, applied or not. */
  #saidOf(scan: ScanId): KeptCorrections | null {
    const waiting = this.#waiting.get(scan);
    return waiting === undefined ? (this.#applied.get(scan) ?? null) : waiting;
  }

  #opened(scan: ScanId): Open {
    const open = this.#open;
    assert(open?.scan === scan, 'a scan is opened for correcting before it is corrected');
    return open;
  }

  async #opening(
    scan: ScanId,
    volume: Volume,
    kept: KeptCorrections | null,
    job: JobOptions,
  ): Promise<Open> {
    const run = settingsOf(this.#bench.chosen());
    const settings = kept ? settingsWith(run, kept) : run;
    const planned = await this.#plan(scan, volume, settings, job);
    if (kept) putHand(planned.marks, kept);
    return { ...planned, scan, volume, run, settings, planned: settings };
  }

  /** What is open, its marks those of its settings; it may be painted on while it is planned. */
  async #current(scan: ScanId, job: JobOptions): Promise<Open> {
    let open = this.#opened(scan);
    while (!samePlan(open.planned, open.settings)) {
      const planned = await this.#replanned(open, open.settings, null, job);
      const { marks, settings } = this.#opened(scan);
      putHand(planned.marks, handRuns(marks));
      this.#open = open = { ...planned, settings };
    }
    return open;
  }

  /** Marks of their own: nothing is changed if this is cancelled. */
  async #replanned(
    open: Open,
    settings: CorrectionSettings,
    hand: ReturnType<typeof handRuns> | null,
    job: JobOptions,
  ): Promise<Open> {
    const { plan, marks } = samePlan(open.planned, settings)
      ? { plan: open.plan, marks: open.marks.map((mark) => mark & ~HAND) }
      : await this.#plan(open.scan, open.volume, settings, job, open);
    if (hand) putHand(marks, hand);
    return { ...open, plan, marks, settings, planned: settings };
  }

  async #plan(
    scan: ScanId,
    volume: Volume,
    { regions, depth, marginMm }: CorrectionSettings,
    job: JobOptions,
    before: Open | null = null,
  ): Promise<Pick<Open, 'plan' | 'marks'>> {
    const head = before?.plan.head ?? (await this.#head(scan, volume, job));
    const chosen = { ...this.#bench.chosen(), regions, depth };
    const options = await this.#bench.seeded(scan, volume, chosen);
    return planCorrection(volume, head, options, marginMm, job, before?.plan.fine);
  }

  async #head(scan: ScanId, volume: Volume, job: JobOptions): Promise<LabelledHead> {
    const known = this.#heads.get(scan);
    if (known) return known;
    const lent = this.#borrowed.has(scan) ? this.#bench.lent(scan) : null;
    const labelled = await labelHead(volume, await this.#bench.networks(), job, lent);
    const head = labelled.head ?? (this.#found.has(scan) ? null : handHead(volume, labelled));
    if (!head || head.borrowed !== this.#borrowed.has(scan)) throw new EffaceError('edit/no-plan');
    this.#remember(scan, head);
    return head;
  }

  #remember(scan: ScanId, head: LabelledHead): void {
    this.#heads.delete(scan);
    this.#heads.set(scan, head);
    if (head.borrowed) this.#borrowed.add(scan);
    else this.#borrowed.delete(scan);
    const [oldest] = this.#heads.keys();
    if (this.#heads.size > KEPT_HEADS && oldest !== undefined) this.#heads.delete(oldest);
  }

  async #keep(): Promise<boolean> {
    const open = this.#open;
    if (!open) return false;
    const kept = this.#kept(open);
    this.#waiting.set(open.scan, kept);
    return this.#keeper.keep(open.volume, kept);
  }

  #kept({ volume, marks, run, settings }: Open): KeptCorrections | null {
    return keptOf(volume.grid.size, marks, run, settings);
  }
}

function isSame(a: KeptCorrections | null, b: KeptCorrections | null): boolean {
  const text = (one: KeptCorrections | null): string => (one ? encodeKept(one).join() : '');
  return text(a) === text(b);
}
