/**
 * Skin without a graphics card: triangles filled into a picture with a depth for each pixel,
 * shaded at their corners. Some 50,000 triangles take a few hundredths of a second.
 */
import {
  rotationOf,
  type Scope,
  type SkinColors,
  type SkinMesh,
  type SkinRenderer,
} from './skin-mesh.ts';

const KEY = unitVector(-0.45, 0.62, 0.64);
const FILL = unitVector(0.8, -0.1, 0.45);

export function createRasterSkin(
  canvas: HTMLCanvasElement,
  mesh: SkinMesh,
  { center, reach }: Scope,
  colors: SkinColors,
): SkinRenderer {
  const count = mesh.marks.length;
  /** x, y (pixels), depth (towards the viewer) and light of each vertex. */
  const seen = new Float32Array(4 * count);
  const context = canvas.getContext('2d', { alpha: false });
  let depth = new Float32Array(0);
  let image: ImageData | null = null;

  return {
    draw(pose, width, height, showMarks) {
      if (!image || image.width !== width || image.height !== height) {
        canvas.width = width;
        canvas.height = height;
        image = new ImageData(width, height);
        depth = new Float32Array(width * height);
      }
      project(rotationOf(pose), Math.min(width, height) / 2 / reach, width / 2, height / 2);
      new Uint32Array(image.data.buffer).fill(0xff000000);
      depth.fill(-Infinity);
      fillTriangles(image, showMarks);
      context?.putImageData(image, 0, 0);
    },
    destroy: () => undefined,
  };

  function project(turn: readonly number[], perMm: number, midX: number, midY: number): void {
    const { positions, normals } = mesh;
    const at = (n: number): number => turn[n] as number;
    const [a, b, c, d, e, f, g, h, i] = [
      at(0),
      at(1),
      at(2),
      at(3),
      at(4),
      at(5),
      at(6),
      at(7),
      at(8),
    ];
    for (let v = 0, p = 0, s = 0; v < count; v++, p += 3, s += 4) {
      const x = (positions[p] as number) - center[0];
      const y = (positions[p + 1] as number) - center[1];
      const z = (positions[p + 2] as number) - center[2];
      seen[s] = midX + perMm * (a * x + b * y + c * z);
      seen[s + 1] = midY - perMm * (d * x + e * y + f * z);
      seen[s + 2] = g * x + h * y + i * z;
      const nx = normals[p] as number;
      const ny = normals[p + 1] as number;
      const nz = normals[p + 2] as number;
      const [u, w, t] = [
        a * nx + b * ny + c * nz,
        d * nx + e * ny + f * nz,
        g * nx + h * ny + i * nz,
      ];
      const key = Math.max(0, u * KEY[0] + w * KEY[1] + t * KEY[2]);
      const fill = Math.max(0, u * FILL[0] + w * FILL[1] + t * FILL[2]);
      seen[s + 3] = 0.1 + 0.78 * key + 0.2 * fill;
    }
  }

  function fillTriangles({ data, width, height }: ImageData, showMarks: boolean): void {
    const { triangles, marks } = mesh;
    const { skin, marked } = colors;
    for (let t = 0; t < triangles.length; t += 3) {
      const [va, vb, vc] = [
        triangles[t] as number,
        triangles[t + 1] as number,
        triangles[t + 2] as number,
      ];
      const [a, b, c] = [4 * va, 4 * vb, 4 * vc];
      const ax = seen[a] as number;
      const ay = seen[a + 1] as number;
      const bx = seen[b] as number;
      const by = seen[b + 1] as number;
      const cx = seen[c] as number;
      const cy = seen[c + 1] as number;
      const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      if (area === 0) continue;
      const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
      const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
      const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
      const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
      const isMarked =
        showMarks && (marks[va] as number) + (marks[vb] as number) + (marks[vc] as number) > 255;
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          const [px, py] = [x + 0.5, y + 0.5];
          const wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
          const wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
          const wa = 1 - wb - wc;
          if (wa < 0 || wb < 0 || wc < 0) continue;
          const near =
            wa * (seen[a + 2] as number) +
            wb * (seen[b + 2] as number) +
            wc * (seen[c + 2] as number);
          const at = y * width + x;
          if (near <= (depth[at] as number)) continue;
          depth[at] = near;
          const light =
            wa * (seen[a + 3] as number) +
            wb * (seen[b + 3] as number) +
            wc * (seen[c + 3] as number);
          const mix = isMarked ? 0.62 : 0;
          data[4 * at] = light * (skin[0] + (marked[0] - skin[0]) * mix);
          data[4 * at + 1] = light * (skin[1] + (marked[1] - skin[1]) * mix);
          data[4 * at + 2] = light * (skin[2] + (marked[2] - skin[2]) * mix);
        }
      }
    }
  }
}

function unitVector(x: number, y: number, z: number): readonly [number, number, number] {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}
