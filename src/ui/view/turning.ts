/** Turning the heads by drag and by arrow keys; both sides share the pose. */
import { shortcutOf } from '../shortcuts.ts';
import type { LinkedView } from './linked-view.svelte.ts';

/** Radians per pixel of a drag, and per press of a key. */
const PER_PIXEL = 0.009;
const PER_KEY = Math.PI / 24;
/** How long after the last movement the coarse picture is replaced (ms). */
const REST_MS = 140;
/** A press that moved less than this (pixels) was a click. */
const STILL_PX = 4;

/** @param onclick where it was clicked, in pixels of the element */
export function attachTurning(
  view: LinkedView,
  onclick: (x: number, y: number) => void,
): (element: HTMLElement) => () => void {
  return (element) => {
    const stop = new AbortController();
    const { signal } = stop;
    let last: { x: number; y: number } | null = null;
    let way = 0;
    // platform.d.ts leaves open what setTimeout gives; in a page it is a number.
    let rest: unknown;

    element.addEventListener(
      'pointerdown',
      (event) => {
        last = { x: event.clientX, y: event.clientY };
        way = 0;
        element.setPointerCapture(event.pointerId);
      },
      { signal },
    );
    element.addEventListener(
      'pointermove',
      (event) => {
        if (!last) return;
        const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
        last = { x: event.clientX, y: event.clientY };
        way += Math.abs(dx) + Math.abs(dy);
        if (way < STILL_PX) return;
        turn(-dx * PER_PIXEL, event.pointerType === 'touch' ? 0 : dy * PER_PIXEL);
      },
      { signal },
    );
    for (const type of ['pointerup', 'pointercancel'] as const) {
      element.addEventListener(
        type,
        (event) => {
          if (last && type === 'pointerup' && way < STILL_PX && event.button === 0) {
            const box = element.getBoundingClientRect();
            onclick(event.clientX - box.left, event.clientY - box.top);
          }
          last = null;
        },
        { signal },
      );
    }
    element.addEventListener('dblclick', enlarge, { signal });
    element.addEventListener('keydown', key, { signal });
    return () => {
      stop.abort();
      clearTimeout(rest as number | undefined);
      view.isTurning = false;
    };

    function turn(yaw: number, pitch: number): void {
      view.isTurning = true;
      view.rotate(yaw, pitch);
      clearTimeout(rest as number | undefined);
      rest = setTimeout(() => {
        view.isTurning = false;
      }, REST_MS);
    }

    function enlarge(): void {
      view.enlarge('solid');
    }

    function key(event: KeyboardEvent): void {
      const pressed = shortcutOf(event, 'solid');
      const step = STEPS[pressed?.at ?? -1];
      if (pressed?.id === 'enlargeSolid') enlarge();
      else if (pressed?.id === 'turn' && step) turn(step[0] * PER_KEY, step[1] * PER_KEY);
      else return;
      event.preventDefault();
    }
  };
}

/** In the order of the keys: left, right, up, down. */
const STEPS: readonly (readonly [number, number])[] = [
  [-1, 0],
  [1, 0],
  [0, 1],
  [0, -1],
];
