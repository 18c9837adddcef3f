import { add, scale, type Vec3 } from '../../core/geometry/affine.ts';
import type { Brush } from '../../core/edit/brush.ts';
import type { Stroke } from '../../core/edit/marks.ts';
import { RADIUS_MM } from '../../core/edit/settings.ts';
import type { LinkedView } from '../view/linked-view.svelte.ts';
import { AXES, PLANES, type Plane } from '../view/planes.ts';
import type { MaskEditor } from './mask-editor.svelte.ts';

export const TOOLS = ['brush', 'eraser', 'scissors', 'protect'] as const;
export type Tool = (typeof TOOLS)[number];

/** What the hand holds, and what it is doing. */
export class Tools {
  tool = $state<Tool>('brush');
  shape = $state<'disc' | 'sphere'>('disc');
  /** mm */
  radius = $state<number>(RADIUS_MM.start);
  snips = $state<'cut' | 'fill'>('cut');
  /** Cutting goes through all slices, as in the viewers people know; filling stays on its slice. */
  reach = $state.raw<Readonly<Record<'cut' | 'fill', 'all' | 'slice'>>>({
    cut: 'all',
    fill: 'slice',
  });
  /** Protect takes its own marks off again. */
  unprotects = $state(false);
  /** Whether marks are drawn at all. */
  isShown = $state(true);
  /** The plane in which something is drawn just now. */
  active = $state<Plane | null>(null);
  /** Of the scissors, so far (LPS mm). */
  outline = $state.raw<readonly Vec3[]>([]);

  readonly editor: MaskEditor;
  readonly #view: LinkedView;
  #last: Vec3 | null = null;
  #stroke: Stroke = 'take';

  constructor(editor: MaskEditor, view: LinkedView) {
    this.editor = editor;
    this.#view = view;
  }

  resize(by: number): void {
    const wanted = Math.round(this.radius + by);
    this.radius = Math.min(RADIUS_MM.max, Math.max(RADIUS_MM.min, wanted));
  }

  /** @param isTurned does the opposite (Shift held) */
  begin(plane: Plane, at: Vec3, isTurned: boolean): void {
    this.active = plane;
    this.#stroke = strokeOf(this.tool, this.unprotects !== isTurned, isTurned);
    if (this.tool === 'scissors') this.outline = [at];
    else this.#paint(at, at);
  }

  move(at: Vec3): void {
    if (!this.active) return;
    if (this.tool === 'scissors') this.outline = [...this.outline, at];
    else this.#paint(this.#last ?? at, at);
  }

  end(): void {
    const plane = this.active;
    if (!plane) return;
    const points = this.outline;
    const last = this.#last;
    this.drop();
    if (this.tool !== 'scissors') {
      this.editor.endStroke();
      // The other planes show what was changed.
      if (last) this.#view.moveTo(last);
    } else if (points.length > 2) {
      const { right, down, normal } = AXES[plane];
      const thickness = this.reach[this.snips] === 'all' ? null : this.#view.stacks[plane].step;
      this.editor.snip(this.snips, { points, right, down, normal, thickness });
    }
  }

  /** Lets go of what is being drawn; what was painted stays, to be undone. */
  drop(): void {
    this.active = null;
    this.outline = [];
    this.#last = null;
  }

  /** Paints once where the planes cross, for hands that hold no mouse. */
  dab(plane: Plane, isTurned: boolean): void {
    if (this.tool === 'scissors') return;
    this.begin(plane, this.#view.cursor, isTurned);
    this.end();
  }

  /** Moves the cross in a plane by a slice of the others. */
  step(plane: Plane, across: number, along: number): void {
    const { right, down } = AXES[plane];
    const by = (direction: Vec3, slices: number): Vec3 => {
      const axis = direction.findIndex((part) => part !== 0);
      const other = PLANES.find((one) => AXES[one].axis === axis) ?? plane;
      return scale(direction, slices * this.#view.stacks[other].step);
    };
    this.#view.moveTo(add(add(this.#view.cursor, by(right, across)), by(down, along)));
  }

  #paint(from: Vec3, to: Vec3): void {
    const plane = this.active;
    if (!plane) return;
    const { step } = this.#view.stacks[plane];
    const brush: Brush = {
      radius: this.radius,
      disc: this.shape === 'disc' ? { normal: AXES[plane].normal, thickness: step } : null,
    };
    this.editor.paint(this.#stroke, brush, [from, to]);
    this.#last = to;
  }
}

function strokeOf(tool: Tool, unprotects: boolean, isTurned: boolean): Stroke {
  if (tool === 'protect') return unprotects ? 'unprotect' : 'protect';
  return (tool === 'eraser') === isTurned ? 'take' : 'leave';
}
