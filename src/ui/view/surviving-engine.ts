/** A slice engine on a graphics card, replaced by the simple one when the card goes. */
import type { GreyWindow } from './reslice.ts';
import type { Plane, SliceFrame } from './planes.ts';
import type { Side, SliceEngine, SlicePainter } from './slice-engine.ts';

interface Attached {
  readonly host: HTMLDivElement;
  readonly side: Side;
  readonly plane: Plane;
  painter: SlicePainter;
  last: readonly [SliceFrame, GreyWindow] | null;
}

/**
 * @param simple makes the engine that needs no card
 * @param watch calls back when the card goes, and gives what ends the watch
 */
export function survivingEngine(
  first: SliceEngine,
  simple: () => SliceEngine,
  watch: (onlost: () => void) => () => void,
): SliceEngine {
  let engine = first;
  const attached = new Map<string, Attached>();
  const stop = watch(() => void goOnWithout());

  return {
    get kind() {
      return engine.kind;
    },
    async attach(host, side, plane) {
      const painter = await engine.attach(host, side, plane);
      const one: Attached = { host, side, plane, painter, last: null };
      attached.set(`${side} ${plane}`, one);
      return {
        canvas: () => one.painter.canvas(),
        paint(frame, window) {
          one.last = [frame, window];
          one.painter.paint(frame, window);
        },
      };
    },
    destroy() {
      stop();
      attached.clear();
      engine.destroy();
    },
  };

  async function goOnWithout(): Promise<void> {
    const gone = engine;
    engine = simple();
    for (const one of attached.values()) {
      one.painter = await engine.attach(one.host, one.side, one.plane);
      if (one.last) one.painter.paint(...one.last);
    }
    try {
      gone.destroy();
    } catch {
      // It may trip over what it has lost; nothing of it is used any more.
    }
  }
}
