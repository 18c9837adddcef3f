/** The simple viewer: slices sampled and drawn here, without WebGL. */
import { paintGrey } from './reslice.ts';
import type { ShownVolumes, SliceEngine, SlicePainter } from './slice-engine.ts';

export function createCanvasEngine(volumes: ShownVolumes): SliceEngine {
  return {
    kind: 'canvas',
    attach(host, side): Promise<SlicePainter> {
      const volume = volumes[side] ?? volumes.before;
      const canvas = document.createElement('canvas');
      canvas.style.width = '100%';
      canvas.style.height = '100%';
      host.replaceChildren(canvas);
      // Pictures come from the processor and are read by it: no graphics memory between.
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      return Promise.resolve({
        canvas: () => canvas,
        paint(frame, window) {
          const ratio = Math.min(2, devicePixelRatio);
          const width = Math.max(1, Math.round(frame.width * ratio));
          const height = Math.max(1, Math.round(frame.height * ratio));
          if (canvas.width !== width || canvas.height !== height) {
            canvas.width = width;
            canvas.height = height;
          }
          const image = new ImageData(width, height);
          const fine = { ...frame, width, height, mmPerPixel: frame.mmPerPixel / ratio };
          paintGrey(image.data, fine, volume, window);
          context?.putImageData(image, 0, 0);
        },
      });
    },
    destroy: () => undefined,
  };
}
