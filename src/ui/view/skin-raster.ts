/**
 * Skin without a graphics card: triangles filled into a picture with a depth for each pixel,
 * shaded at their corners. Some 50,000 triangles take a few hundredths of a second.
 */
import {
  rotationOf,
  type Pose,
  type Scope,
  type SkinLayer,
  type SkinMesh,
  type SkinRenderer,
} from './skin-mesh.ts';

const KEY = unitVector(-0.45, 0.62, 0.64);
const FILL = unitVector(0.8, -0.1, 0.45);
/** How much of the colour of what is marked is mixed in. */
const MARK = 0.62;
/** Corners of the triangles that are filled at a time. */
const STEP = 3 * 20_000;

export function createRasterSkin(
  canvas: HTMLCanvasElement,
  { center, reach }: Scope,
): SkinRenderer {
  const context = canvas.getContext('2d', { alpha: false });
  let layers: readonly SkinLayer[] = [];
  let picture = new Picture(1, 1);

  /** Yields after every few triangles. */
  function* drawing(pose: Pose, width: number, height: number): Generator<void, void> {
    if (picture.width !== width || picture.height !== height) {
      picture = new Picture(width, height);
    }
    picture.clear();
    for (const layer of layers) {
      const seen = project(layer.mesh, center, rotationOf(pose), {
        perMm: Math.min(width, height) / 2 / reach,
        midX: width / 2,
        midY: height / 2,
      });
      for (let at = 0; at < layer.mesh.triangles.length; at += STEP) {
        yield;
        fillTriangles(picture, layer.mesh, seen, at);
      }
      yield;
      picture.paint(layer);
    }
    // Only now: what was drawn before is seen until then.
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context?.putImageData(picture.image, 0, 0);
  }

  return {
    show(wanted) {
      layers = wanted.toSorted((a, b) => b.opacity - a.opacity);
    },
    drawing,
    draw(pose, width, height) {
      const steps = drawing(pose, width, height);
      while (!steps.next().done);
    },
    destroy: () => undefined,
  };
}

/** Pixels with their depth; of the layer being filled also its light, and whether it is marked. */
class Picture {
  readonly width: number;
  readonly height: number;
  readonly image: ImageData;
  readonly depth: Float32Array;
  readonly light: Float32Array;
  readonly marked: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.image = new ImageData(width, height);
    this.depth = new Float32Array(width * height);
    this.light = new Float32Array(width * height);
    this.marked = new Uint8Array(width * height);
  }

  clear(): void {
    new Uint32Array(this.image.data.buffer).fill(0xff000000);
    this.depth.fill(-Infinity);
    // Of a drawing that was not ended.
    this.light.fill(-1);
  }

  /** Mixes the filled layer into the picture, and is ready for the next. */
  paint({ color, marked, opacity }: SkinLayer): void {
    const { data } = this.image;
    for (let at = 0; at < this.light.length; at++) {
      const light = this.light[at] as number;
      if (light < 0) continue;
      this.light[at] = -1;
      const mix = marked && this.marked[at] ? MARK : 0;
      for (let n = 0; n < 3; n++) {
        const own = color[n] as number;
        const shade = light * (own + ((marked?.[n] ?? own) - own) * mix);
        const below = data[4 * at + n] as number;
        data[4 * at + n] = below + (shade - below) * opacity;
      }
    }
  }
}

interface Onto {
  readonly perMm: number;
  readonly midX: number;
  readonly midY: number;
}

/** x, y (pixels), depth (towards the viewer) and light of each vertex. */
function project(
  { positions, normals }: SkinMesh,
  center: Scope['center'],
  turn: readonly number[],
  { perMm, midX, midY }: Onto,
): Float32Array {
  const [a, b, c, d, e, f, g, h, i] = turn as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const seen = new Float32Array((4 * positions.length) / 3);
  for (let p = 0, s = 0; p < positions.length; p += 3, s += 4) {
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
  return seen;
}

/** Some of a mesh's triangles, from a place in its list on. */
function fillTriangles(
  picture: Picture,
  { triangles, marks }: SkinMesh,
  seen: Float32Array,
  from: number,
): void {
  const end = Math.min(triangles.length, from + STEP);
  const { width, height, depth, light, marked } = picture;
  for (let t = from; t < end; t += 3) {
    const va = triangles[t] as number;
    const vb = triangles[t + 1] as number;
    const vc = triangles[t + 2] as number;
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
      (marks[va] as number) + (marks[vb] as number) + (marks[vc] as number) > 255 ? 1 : 0;
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
        light[at] =
          wa * (seen[a + 3] as number) +
          wb * (seen[b + 3] as number) +
          wc * (seen[c + 3] as number);
        marked[at] = isMarked;
      }
    }
  }
}

function unitVector(x: number, y: number, z: number): readonly [number, number, number] {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}
