import type { Brush } from '../../core/edit/brush.ts';
import {
  applyChange,
  ChangeRecorder,
  isNothing,
  reversed,
  type MarkChange,
} from '../../core/edit/change.ts';
import { History, type Edit } from '../../core/edit/history.ts';
import type { Stroke } from '../../core/edit/marks.ts';
import type { Outline } from '../../core/edit/scissors.ts';
import { sameSettings, type CorrectionSettings } from '../../core/edit/settings.ts';
import { paint, snip } from '../../core/edit/tools.ts';
import type { Vec3 } from '../../core/geometry/affine.ts';
import type { Grid } from '../../core/geometry/grid.ts';
import type { CorrectionStart, RecutDone, Recut } from '../../../workers/api.ts';
import { Tally, type Counts } from './tally.ts';

/** What the editor tells: of the worker, what it needs for that. */
export interface MarkTeller {
  mark(change: MarkChange, settings: CorrectionSettings): Promise<boolean>;
  recut(how: Recut): Promise<RecutDone | null>;
}

/**
 * The page's copy of the marks of a scan: painted on at once, undone and redone here; the worker
 * is told of every change.
 */
export class MaskEditor {
  readonly grid: Grid;
  readonly marks: Uint8Array;
  settings = $state.raw<CorrectionSettings>() as CorrectionSettings;
  /** The marks again: another object whenever they were written to. */
  shown = $state.raw<{ readonly marks: Uint8Array }>() as { readonly marks: Uint8Array };
  counts = $state.raw<Counts>() as Counts;
  canUndo = $state(false);
  canRedo = $state(false);
  /** Whether something differs from the result. */
  isDirty = $state(false);
  /** Whether it outlives a reload; a browser may not let it. */
  isKept = $state(true);

  readonly run: CorrectionSettings;
  readonly overridesGuard = $derived(this.settings.guardReason !== null);

  readonly #tally: Tally;
  readonly #history: History;
  readonly #teller: MarkTeller;
  #stroke: ChangeRecorder | null = null;
  /** Edits done, and how many of them are in the result; NaN where those were undone and lost. */
  #done = 0;
  #applied = 0;

  constructor(
    grid: Grid,
    { marks, run, settings, isApplied }: CorrectionStart,
    teller: MarkTeller,
    history = new History(),
  ) {
    this.grid = grid;
    this.marks = marks;
    this.shown = { marks };
    this.run = run;
    this.settings = settings;
    this.#tally = new Tally(marks);
    this.counts = this.#tally.counts(settings.guardReason !== null);
    this.#history = history;
    this.#applied = isApplied ? 0 : NaN;
    this.isDirty = !isApplied;
    this.#teller = teller;
  }

  /** One way of the brush; seen at once, told when the stroke ends. */
  paint(stroke: Stroke, brush: Brush, way: readonly [Vec3, Vec3]): void {
    this.#stroke ??= new ChangeRecorder(this.marks);
    // Whoever leaves before it ends is asked, too.
    this.isDirty = true;
    paint(this.grid, this.marks, this.#stroke, stroke, brush, way);
    this.shown = { marks: this.marks };
  }

  endStroke(): void {
    const change = this.#stroke?.change();
    this.#stroke = null;
    if (change && !isNothing(change)) this.#did(change, this.settings);
    else this.isDirty = this.#done !== this.#applied;
  }

  snip(how: 'cut' | 'fill', outline: Outline): void {
    const change = snip(this.grid, this.marks, how, outline, this.overridesGuard);
    if (!isNothing(change)) this.#did(change, this.settings);
  }

  setGuardReason(guardReason: string | null): void {
    const settings = { ...this.settings, guardReason };
    if (!sameSettings(settings, this.settings)) this.#did(NOTHING, settings);
  }

  /** Grow, shrink, other settings, reset: done by the worker. */
  async recut(how: Recut): Promise<void> {
    this.endStroke();
    const done = await this.#teller.recut(how);
    if (!done) return;
    applyChange(this.marks, done.change, 'after');
    this.isKept = done.isKept;
    if (!isNothing(done.change) || !sameSettings(done.settings, this.settings)) {
      this.#note(done.change, done.settings);
    }
  }

  undo(): void {
    this.endStroke();
    const edit = this.#history.undo();
    if (edit) this.#go(edit, 'before');
  }

  redo(): void {
    this.endStroke();
    const edit = this.#history.redo();
    if (edit) this.#go(edit, 'after');
  }

  /** What was done is in the result now. */
  applied(): void {
    this.#applied = this.#done;
    this.isDirty = false;
  }

  #go({ change, settings }: Edit, to: 'before' | 'after'): void {
    applyChange(this.marks, change, to);
    this.#tally.take(change, to);
    this.settings = settings[to];
    this.#done += to === 'after' ? 1 : -1;
    this.#tell(to === 'after' ? change : reversed(change));
    this.#changed();
  }

  #did(change: MarkChange, settings: CorrectionSettings): void {
    this.#note(change, settings);
    this.#tell(change);
  }

  #note(change: MarkChange, after: CorrectionSettings): void {
    this.#tally.take(change, 'after');
    this.#history.push({ change, settings: { before: this.settings, after } });
    this.settings = after;
    if (this.#done < this.#applied) this.#applied = NaN;
    this.#done++;
    this.#changed();
  }

  #changed(): void {
    this.shown = { marks: this.marks };
    this.counts = this.#tally.counts(this.overridesGuard);
    this.canUndo = this.#history.canUndo;
    this.canRedo = this.#history.canRedo;
    this.isDirty = this.#done !== this.#applied;
  }

  #tell(change: MarkChange): void {
    void this.#teller.mark(change, this.settings).then(
      (isKept) => {
        this.isKept = isKept;
      },
      // A worker that died takes the whole result with it, and says so itself.
      () => undefined,
    );
  }
}

const NOTHING: MarkChange = {
  runs: new Uint32Array(),
  before: new Uint8Array(),
  after: new Uint8Array(),
};
