/** Hand and eye of the tools in one plane: the left button and keys draw, a ring shows the size. */
import type { ReviewPictures } from '../../../workers/api.ts';
import type { Vec3 } from '../../core/geometry/affine.ts';
import type { PlaneTool } from '../view/plane-tool.ts';
import { lpsToPixel, pixelToLps, type Plane, type SliceFrame } from '../view/planes.ts';
import { tokenColor } from '../view/tokens.ts';
import { looksOf, paintMarks } from './paint-marks.ts';
import type { Tools } from './tools.svelte.ts';

export function handOf(tools: Tools, { labels }: Pick<ReviewPictures, 'labels'>): PlaneTool {
  const { editor } = tools;
  const looks = { held: looksOf(false), overridden: looksOf(true) };
  const colors = {
    removed: tokenColor('--removed'),
    protected: tokenColor('--protected'),
    held: tokenColor('--held'),
    guarded: tokenColor('--guarded'),
  };
  /** While a stroke is drawn the other planes wait: the one under the hand comes at once. */
  const waits = (plane: Plane): boolean => tools.active !== null && tools.active !== plane;

  return {
    draw(canvas, frame) {
      if (waits(frame.plane)) return;
      const { marks } = editor.shown;
      const ratio = Math.min(2, devicePixelRatio);
      const width = Math.max(1, Math.round(frame.width * ratio));
      const height = Math.max(1, Math.round(frame.height * ratio));
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) return;
      const image = new ImageData(width, height);
      if (tools.isShown) {
        const fine = { ...frame, width, height, mmPerPixel: frame.mmPerPixel / ratio };
        const look = editor.overridesGuard ? looks.overridden : looks.held;
        paintMarks(image.data, fine, editor.grid, { marks, labels: labels.voxels }, look, colors);
      }
      context.putImageData(image, 0, 0);
      if (tools.active === frame.plane) drawOutline(context, frame, tools.outline, ratio);
    },
    attach: (plane, frame) => (element) => {
      const stop = new AbortController();
      const on = <Type extends keyof HTMLElementEventMap>(
        type: Type,
        handle: (event: HTMLElementEventMap[Type]) => void,
      ): void => {
        element.addEventListener(type, handle, { signal: stop.signal, capture: true });
      };
      const pointAt = (event: PointerEvent): Vec3 => {
        const box = element.getBoundingClientRect();
        return pixelToLps(frame(), event.clientX - box.left, event.clientY - box.top);
      };
      const take = (event: Event): void => {
        event.stopImmediatePropagation();
        event.preventDefault();
      };
      const ring = ringIn(element);
      element.style.touchAction = 'none';

      on('pointerdown', (event) => {
        if (event.button !== 0) return;
        take(event);
        element.focus({ preventScroll: true });
        element.setPointerCapture(event.pointerId);
        tools.begin(plane, pointAt(event), event.shiftKey);
      });
      on('pointermove', (event) => {
        ring.moveTo(event.clientX, event.clientY);
        if (tools.active !== plane) return;
        take(event);
        for (const one of event.getCoalescedEvents()) tools.move(pointAt(one));
        tools.move(pointAt(event));
      });
      for (const type of ['pointerup', 'pointercancel'] as const) {
        on(type, (event) => {
          if (tools.active !== plane) return;
          take(event);
          tools.end();
        });
      }
      on('pointerleave', () => {
        ring.hide();
      });
      // Two quick dabs are two dabs.
      on('dblclick', take);
      on('keydown', (event) => {
        const step = ARROWS[event.key];
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === ' ') tools.dab(plane, event.shiftKey);
        else if (step && event.shiftKey) tools.step(plane, ...step);
        else return;
        take(event);
      });
      $effect(() => {
        const isRound = tools.tool !== 'scissors';
        ring.size(isRound ? (2 * tools.radius) / frame().mmPerPixel : 0);
      });
      return () => {
        stop.abort();
        ring.remove();
        element.style.touchAction = '';
      };
    },
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function drawOutline(
  context: CanvasRenderingContext2D,
  frame: SliceFrame,
  points: readonly Vec3[],
  ratio: number,
): void {
  if (points.length < 2) return;
  context.beginPath();
  for (const point of points) {
    const [x, y] = lpsToPixel(frame, point);
    context.lineTo(x * ratio, y * ratio);
  }
  context.closePath();
  for (const [color, width] of [
    ['black', 4],
    ['white', 1.5],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width * ratio;
    context.stroke();
  }
}

interface Ring {
  moveTo(clientX: number, clientY: number): void;
  /** Across, in pixels; 0 where there is none. */
  size(pixels: number): void;
  hide(): void;
  remove(): void;
}

function ringIn(element: HTMLElement): Ring {
  const ring = document.createElement('div');
  ring.className = 'brush-ring';
  ring.hidden = true;
  element.append(ring);
  let across = 0;
  return {
    moveTo(clientX, clientY) {
      const box = element.getBoundingClientRect();
      ring.hidden = across === 0;
      ring.style.left = `${clientX - box.left}px`;
      ring.style.top = `${clientY - box.top}px`;
    },
    size(pixels) {
      across = pixels;
      ring.style.width = `${pixels}px`;
      ring.style.height = `${pixels}px`;
      if (pixels === 0) ring.hidden = true;
    },
    hide() {
      ring.hidden = true;
    },
    remove() {
      ring.remove();
    },
  };
}
