/**
 * Mouse, touch and keys of one picture: wheel scrolls, left drag changes the window, a click
 * sets the cross, middle drag moves, right drag zooms, a double click enlarges.
 */
import { shortcutOf, type ShortcutId } from '../shortcuts.ts';
import type { LinkedView } from './linked-view.svelte.ts';
import { pixelToLps, type Plane, type SliceFrame } from './planes.ts';

/** Movement (pixels) below which a press is a click. */
const CLICK_REACH = 4;
/** Wheel movement of one notch (pixels). */
const NOTCH = 50;

export function attachGestures(
  view: LinkedView,
  plane: Plane,
): (element: HTMLElement) => () => void {
  return (element) => {
    // Of the picture as large as it is now: a second double click may come before it is drawn so.
    const frame = (): SliceFrame => view.frameOf(plane, element.clientWidth, element.clientHeight);
    const stop = new AbortController();
    const on = <Type extends keyof HTMLElementEventMap>(
      type: Type,
      handle: (event: HTMLElementEventMap[Type]) => void,
      passive = true,
    ): void => {
      element.addEventListener(type, handle, { signal: stop.signal, passive });
    };
    let press: { button: number; x: number; y: number; moved: boolean; touch: boolean } | null =
      null;
    let wheeled = 0;
    let dragged = 0;

    on('wheel', wheel, false);
    on('pointerdown', (event) => {
      press = {
        button: event.button,
        x: event.clientX,
        y: event.clientY,
        moved: false,
        touch: event.pointerType === 'touch',
      };
      dragged = 0;
      element.setPointerCapture(event.pointerId);
    });
    on('pointermove', move);
    on('pointerup', (event) => {
      if (press && !press.moved && press.button === 0) {
        const box = element.getBoundingClientRect();
        view.moveTo(pixelToLps(frame(), event.clientX - box.left, event.clientY - box.top));
      }
      press = null;
    });
    on('pointercancel', () => {
      press = null;
    });
    on('dblclick', () => {
      view.enlarge(plane);
    });
    on(
      'contextmenu',
      (event) => {
        event.preventDefault();
      },
      false,
    );
    on('keydown', key, false);
    return () => {
      stop.abort();
    };

    function wheel(event: WheelEvent): void {
      event.preventDefault();
      if (event.ctrlKey) {
        view.zoom(plane, Math.exp(-event.deltaY / 200));
        return;
      }
      wheeled += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 17 : event.deltaY;
      const slices = Math.trunc(wheeled / NOTCH);
      if (slices === 0) return;
      wheeled -= slices * NOTCH;
      view.scroll(plane, slices);
    }

    function move(event: PointerEvent): void {
      if (!press) return;
      const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
      if (!press.moved && Math.hypot(dx, dy) < CLICK_REACH) return;
      press = { ...press, x: event.clientX, y: event.clientY, moved: true };
      if (press.touch) {
        // A finger scrolls the page up and down, and slices from side to side.
        dragged += dx;
        const slices = Math.trunc(dragged / 6);
        dragged -= slices * 6;
        view.scroll(plane, slices);
      } else if (press.button === 1) view.pan(frame(), dx, dy);
      else if (press.button === 2) view.zoom(plane, Math.exp(-dy / 150));
      else view.dragWindow(dx, dy);
    }

    function key(event: KeyboardEvent): void {
      const pressed = shortcutOf(event, 'slice');
      const act = pressed && ACTS[pressed.id];
      if (!pressed || !act) return;
      event.preventDefault();
      act(view, plane, pressed.at);
    }
  };
}

const ACTS: Readonly<
  Partial<Record<ShortcutId, (view: LinkedView, plane: Plane, at: number) => void>>
> = {
  up: (view, plane) => {
    view.scroll(plane, 1);
  },
  down: (view, plane) => {
    view.scroll(plane, -1);
  },
  tenUp: (view, plane) => {
    view.scroll(plane, 10);
  },
  tenDown: (view, plane) => {
    view.scroll(plane, -10);
  },
  ends: (view, plane, at) => {
    view.showSlice(plane, at === 0 ? 0 : view.stacks[plane].count - 1);
  },
  zoomIn: (view, plane) => {
    view.zoom(plane, 1.25);
  },
  zoomOut: (view, plane) => {
    view.zoom(plane, 0.8);
  },
  enlarge: (view, plane) => {
    view.enlarge(plane);
  },
};
