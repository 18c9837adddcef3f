import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SkinMesh, SkinRenderer } from '../../../src/ui/view/skin-mesh.ts';
import { createRasterSkin } from '../../../src/ui/view/skin-raster.ts';

const SIZE = 40;

beforeAll(() => {
  vi.stubGlobal(
    'ImageData',
    class {
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(4 * width * height);
      }
    },
  );
});
afterAll(() => {
  vi.unstubAllGlobals();
});

/** A renderer, and the pictures that it has put into its canvas. */
function rendererOf(): { renderer: SkinRenderer; pictures: Uint8ClampedArray[] } {
  const pictures: Uint8ClampedArray[] = [];
  const putImageData = ({ data }: ImageData): void => {
    pictures.push(data.slice());
  };
  const canvas = { width: 1, height: 1, getContext: () => ({ putImageData }) };
  const scope = { center: [0, 0, 0], reach: 10 } as const;
  return { renderer: createRasterSkin(canvas as unknown as HTMLCanvasElement, scope), pictures };
}

/** So many triangles on a slope, more than are filled in one step. */
function slope(count: number): SkinMesh {
  const corners = Array.from({ length: 3 * count }, (_, n) => {
    const [t, corner] = [Math.floor(n / 3), n % 3];
    return [-8 + ((t * 0.37) % 15) + corner, corner === 1 ? -3 : 2, -8 + ((t * 0.11) % 14)];
  });
  return {
    positions: Float32Array.from(corners.flat()),
    normals: Float32Array.from(corners.flatMap((_, n) => [0, n % 2 ? -1 : -0.6, 0.3])),
    triangles: Uint32Array.from(corners, (_, n) => n),
    marks: Uint8Array.from(corners, (_, n) => (n % 30 < 3 ? 255 : 0)),
  };
}

const layers = [
  { mesh: slope(50_000), color: [200, 180, 160], marked: [255, 0, 0], opacity: 0.5 },
  { mesh: slope(300), color: [90, 90, 250], marked: null, opacity: 1 },
] as const;

test('drawn in steps it is the same picture, put into the canvas at the end', () => {
  const [whole, stepped] = [rendererOf(), rendererOf()];
  for (const { renderer } of [whole, stepped]) renderer.show(layers);
  whole.renderer.draw({ yaw: 0.3, pitch: 0.1 }, SIZE, SIZE);
  const steps = stepped.renderer.drawing?.({ yaw: 0.3, pitch: 0.1 }, SIZE, SIZE);
  let count = 0;
  while (steps && !steps.next().done) {
    count++;
    expect(stepped.pictures).toHaveLength(0);
  }
  expect(count).toBeGreaterThan(4);
  expect(stepped.pictures).toEqual(whole.pictures);
  expect(new Set(whole.pictures[0]).size).toBeGreaterThan(10);
});

test('a drawing that was left leaves nothing in the next', () => {
  const [fresh, used] = [rendererOf(), rendererOf()];
  for (const { renderer } of [fresh, used]) renderer.show(layers);
  const left = used.renderer.drawing?.({ yaw: -1.2, pitch: 0.5 }, SIZE, SIZE);
  // Within the layer of which only the nearest is seen, which comes last.
  for (let n = 0; n < 5; n++) left?.next();
  for (const { renderer } of [fresh, used]) renderer.draw({ yaw: 0.3, pitch: 0.1 }, SIZE, SIZE);
  expect(used.pictures).toEqual(fresh.pictures);
});
