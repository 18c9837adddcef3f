import type { Vec3 } from '../../core/geometry/affine.ts';
import type { Grid } from '../../core/geometry/grid.ts';
import type { Modality } from '../../core/volume/volume.ts';
import type { MaskStyle } from './mask-style.ts';
import {
  AXES,
  PLANES,
  fieldOf,
  middleOf,
  sliceAt,
  sliceMm,
  stackOf,
  type Field,
  type Plane,
  type SliceFrame,
  type SliceStack,
} from './planes.ts';
import { presetsOf, type WindowPreset } from './presets.ts';
import type { GreyWindow } from './reslice.ts';

export type Figure = Plane | 'solid';

export interface Camera {
  readonly zoom: number;
  /** Shift of the picture's middle within the field, LPS mm. */
  readonly pan: Vec3;
}

const STILL: Camera = { zoom: 1, pan: [0, 0, 0] };
const QUARTER = Math.PI / 2;
/** Where the heads may be looked at from (radians about the long axis). */
export const TURNS = { front: 0, threeQuarter: 0.62, left: QUARTER, right: -QUARTER } as const;
export type Face = keyof typeof TURNS;
/** In the order of their keys. */
export const FACES: readonly Face[] = ['front', 'threeQuarter', 'left', 'right'];
/** A little from above (radians). */
const PITCH = 0.08;

interface Start {
  readonly modality: Modality;
  readonly window: GreyWindow;
  /** Where the planes cross at first, LPS mm; in the middle where it is null. */
  readonly focus: Vec3 | null;
  /** What the pictures are fitted to; all of the grid where it is not given. */
  readonly field?: Field;
}

/** What all pictures of a scan share: Before and After, and the three planes. */
export class LinkedView {
  readonly grid: Grid;
  readonly field: Field;
  readonly stacks: Readonly<Record<Plane, SliceStack>>;
  readonly presets: readonly WindowPreset[];

  /** Where the planes cross, LPS mm. */
  cursor = $state.raw<Vec3>([0, 0, 0]);
  window = $state.raw<GreyWindow>({ lower: 0, upper: 1 });
  cameras = $state.raw<Readonly<Record<Plane, Camera>>>({
    axial: STILL,
    coronal: STILL,
    sagittal: STILL,
  });
  mask = $state<MaskStyle>('fill');
  /** Before and After in one picture, divided at this share (0–1) of its width. */
  isSwiping = $state(false);
  divider = $state(0.5);
  /** A place that was jumped to, LPS mm: marked in every picture. */
  target = $state.raw<Vec3 | null>(null);
  /** While held, After shows the original. */
  isFlickering = $state(false);
  enlarged = $state<Figure | null>(null);
  turn = $state.raw<{ readonly yaw: number; readonly pitch: number }>({
    yaw: TURNS.threeQuarter,
    pitch: PITCH,
  });
  isTurning = $state(false);

  /** How it was drawn before it was hidden. */
  #maskBefore: MaskStyle = 'fill';
  readonly #start: { readonly cursor: Vec3; readonly window: GreyWindow };

  constructor(grid: Grid, { modality, window, focus, field }: Start) {
    this.grid = grid;
    this.field = field ?? fieldOf(grid);
    this.stacks = {
      axial: stackOf(grid, 'axial'),
      coronal: stackOf(grid, 'coronal'),
      sagittal: stackOf(grid, 'sagittal'),
    };
    this.presets = presetsOf(modality, window);
    this.#start = { cursor: focus ?? middleOf(this.field), window };
    this.reset();
  }

  reset(): void {
    this.window = this.#start.window;
    this.cameras = { axial: STILL, coronal: STILL, sagittal: STILL };
    this.turnTo('threeQuarter');
    this.divider = 0.5;
    this.target = null;
    this.moveTo(this.#start.cursor);
  }

  /** Shows a place in every picture, the heads turned so that it is seen. */
  goTo(place: Vec3, turn: LinkedView['turn']): void {
    this.target = place;
    this.turn = turn;
    this.moveTo(place);
  }

  sliceOf(plane: Plane): number {
    return sliceAt(this.stacks[plane], this.cursor[AXES[plane].axis]);
  }

  scroll(plane: Plane, slices: number): void {
    this.showSlice(plane, this.sliceOf(plane) + slices);
  }

  showSlice(plane: Plane, slice: number): void {
    const stack = this.stacks[plane];
    const wanted = Math.min(stack.count - 1, Math.max(0, slice));
    this.cursor = withAxis(this.cursor, AXES[plane].axis, sliceMm(stack, wanted));
  }

  /** Moves all planes to a point, each to its nearest slice. */
  moveTo(point: Vec3): void {
    let cursor = point;
    for (const plane of PLANES) {
      const { axis } = AXES[plane];
      const stack = this.stacks[plane];
      cursor = withAxis(cursor, axis, sliceMm(stack, sliceAt(stack, point[axis])));
    }
    this.cursor = cursor;
  }

  /** Window by a drag (pixels), as in Cornerstone: to the right wider, downwards a higher level, so darker. */
  dragWindow(dx: number, dy: number): void {
    const start = this.#start.window;
    const unit = (start.upper - start.lower) / 300;
    const { lower, upper } = this.window;
    const width = Math.max(unit * 4, upper - lower + dx * unit);
    const level = (upper + lower) / 2 + dy * unit;
    this.window = { lower: level - width / 2, upper: level + width / 2 };
  }

  zoom(plane: Plane, factor: number): void {
    const camera = this.cameras[plane];
    const zoom = Math.min(16, Math.max(0.5, camera.zoom * factor));
    this.cameras = { ...this.cameras, [plane]: { ...camera, zoom } };
  }

  pan(frame: SliceFrame, dx: number, dy: number): void {
    const { right, down } = AXES[frame.plane];
    const { zoom, pan } = this.cameras[frame.plane];
    const [across, along] = [dx * frame.mmPerPixel, dy * frame.mmPerPixel];
    const moved = [0, 1, 2].map(
      (n) => (pan[n] as number) - (right[n] as number) * across - (down[n] as number) * along,
    ) as unknown as Vec3;
    this.cameras = { ...this.cameras, [frame.plane]: { zoom, pan: moved } };
  }

  /** The frame that shows the current slice in a picture of this size (pixels). */
  frameOf(plane: Plane, width: number, height: number): SliceFrame {
    const mm = this.cursor[AXES[plane].axis];
    return frameAt(this.field, this.cameras[plane], { plane, width, height, mm });
  }

  rotate(yaw: number, pitch: number): void {
    this.turn = {
      yaw: this.turn.yaw + yaw,
      pitch: Math.min(QUARTER, Math.max(-QUARTER, this.turn.pitch + pitch)),
    };
  }

  turnTo(face: Face): void {
    this.turn = { yaw: TURNS[face], pitch: PITCH };
  }

  /** The one that is in use; null where the window was dragged. */
  get preset(): WindowPreset | null {
    const { lower, upper } = this.window;
    return (
      this.presets.find(({ window }) => window.lower === lower && window.upper === upper) ?? null
    );
  }

  choosePreset(n: number): void {
    const preset = this.presets[n];
    if (preset) this.window = preset.window;
  }

  toggleMask(): void {
    [this.mask, this.#maskBefore] =
      this.mask === 'off' ? [this.#maskBefore, this.#maskBefore] : ['off', this.mask];
  }

  toggleSwipe(): void {
    this.isSwiping = !this.isSwiping;
    this.divider = 0.5;
  }

  enlarge(figure: Figure): void {
    this.enlarged = this.enlarged === figure ? null : figure;
  }
}

/**
 * The frame of a slice (mm along the plane's normal) in a picture of this size (pixels).
 * Depends on nothing else, so that a picture is drawn anew only when its own slice moves.
 */
export function frameAt(
  field: Field,
  { zoom, pan }: Camera,
  at: {
    readonly plane: Plane;
    readonly width: number;
    readonly height: number;
    readonly mm: number;
  },
): SliceFrame {
  const { plane, width, height, mm } = at;
  const { right, down, axis } = AXES[plane];
  const extent = (direction: Vec3): number =>
    direction.reduce(
      (sum, part, n) =>
        sum + Math.abs(part) * ((field.high[n] as number) - (field.low[n] as number)),
      0,
    );
  const fit = Math.max(extent(right) / width, extent(down) / height);
  const shifted = middleOf(field).map((value, n) => value + (pan[n] as number)) as unknown as Vec3;
  return { plane, center: withAxis(shifted, axis, mm), mmPerPixel: fit / zoom, width, height };
}

function withAxis(point: Vec3, axis: 0 | 1 | 2, value: number): Vec3 {
  const moved: [number, number, number] = [...point];
  moved[axis] = value;
  return moved;
}
