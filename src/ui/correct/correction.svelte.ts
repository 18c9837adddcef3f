import type { Grid } from '../../core/geometry/grid.ts';
import { reasonOf } from '../../core/edit/settings.ts';
import type { ScanId } from '../../core/scan.ts';
import type { CorrectionStart, CutSkin, ScanResult, SkinWish } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { Job, type Shares } from '../state/job.svelte.ts';
import { MaskEditor } from './mask-editor.svelte.ts';

const ALL: readonly [number, number] = [0, 1];
/** What takes time here is planning (deface) and, where it is applied, measuring (check). */
const OF_PLAN: Shares = {
  read: ALL,
  decode: [0, 0.2],
  find: [0.2, 0.1],
  segment: [0.3, 0.3],
  deface: [0.6, 0.4],
  check: ALL,
  write: ALL,
  verify: ALL,
};
const OF_APPLY: Shares = { ...OF_PLAN, deface: [0, 0.4], check: [0.4, 0.6] };

/** Correcting one result by hand: opened, painted, applied as often as one likes, left. */
export class Correction {
  readonly job = new Job();
  /** What the job is about. */
  doing = $state<'open' | 'recut' | 'apply'>('open');
  editor = $state.raw<MaskEditor | null>(null);
  /** Of a refused scan: whether a brain was found to guard; null: it was not refused. */
  byHand = $state.raw<CorrectionStart['byHand']>(null);
  /** Why a refused scan is included, as it is being written. */
  handText = $state('');
  /** What must be said before it can be applied. */
  readonly missing: 'reason' | 'guard' | null = $derived.by(() => {
    if (!this.byHand) return null;
    if (reasonOf(this.handText) === null) return 'reason';
    return this.byHand.hasGuard || this.editor?.overridesGuard ? null : 'guard';
  });
  /** A plan for a refused scan can be applied as it is. */
  readonly canApply = $derived(
    this.missing === null && (this.byHand !== null || (this.editor?.isDirty ?? false)),
  );

  readonly #client: WorkerClient;
  readonly #scan: ScanId;
  readonly #grid: Grid;

  constructor(client: WorkerClient, scan: ScanId, grid: Grid) {
    this.#client = client;
    this.#scan = scan;
    this.#grid = grid;
  }

  async open(): Promise<void> {
    if (this.editor || this.job.isBusy) return;
    this.doing = 'open';
    const start = await this.job.run((job) => this.#client.correct(this.#scan, job), OF_PLAN);
    if (!start) return;
    this.byHand = start.byHand;
    this.editor = new MaskEditor(this.#grid, start, {
      mark: (change, settings) => this.#client.mark(this.#scan, change, settings),
      recut: async (how) => {
        if (this.job.isBusy) return null;
        this.doing = 'recut';
        return this.job.run((job) => this.#client.recut(this.#scan, how, job), OF_PLAN);
      },
    });
  }

  /** The head as the marks are now. */
  skin(wish: SkinWish): Promise<CutSkin> {
    return this.#client.cutSkin(this.#scan, wish);
  }

  /** The result with the corrections; null where it was cancelled or failed. */
  async apply(): Promise<ScanResult | null> {
    if (!this.editor || this.job.isBusy) return null;
    this.editor.endStroke();
    this.doing = 'apply';
    const result = await this.job.run(
      (job) =>
        this.#client.applyCorrections(
          this.#scan,
          this.byHand ? reasonOf(this.handText) : null,
          job,
        ),
      OF_APPLY,
    );
    if (result) this.editor.applied();
    return result;
  }

  /** Forgets what is not in the result. */
  async discard(): Promise<void> {
    if (!this.editor?.isDirty) return;
    this.editor = null;
    await this.#client.discardCorrections(this.#scan);
  }
}
