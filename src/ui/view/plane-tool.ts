import type { Plane, SliceFrame } from './planes.ts';

/** What takes over the left button and draws over a picture while a person works in it. */
export interface PlaneTool {
  /** Called anew when anything it reads of the state changes. */
  draw(canvas: HTMLCanvasElement, frame: SliceFrame): void;
  /** Hung to the stage before the gestures: what it takes does not reach them. */
  attach(plane: Plane, frame: () => SliceFrame): (element: HTMLElement) => () => void;
}
