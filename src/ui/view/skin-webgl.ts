/** Skin by WebGL 2: one program, lit from above so that relief shows. */
import {
  rotationOf,
  type Rgb,
  type Scope,
  type SkinLayer,
  type SkinRenderer,
} from './skin-mesh.ts';

const VERTEX = `#version 300 es
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in float mark;
uniform mat3 turn;
uniform vec3 center;
uniform vec2 scale;
out vec3 lit;
out float marked;
invariant gl_Position;
void main() {
  vec3 seen = turn * (position - center);
  gl_Position = vec4(seen.xy * scale, -seen.z * 0.002, 1.0);
  lit = turn * normal;
  marked = mark;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 lit;
in float marked;
uniform vec3 skin;
uniform vec3 highlight;
uniform float showMarks;
uniform float opacity;
out vec4 color;
void main() {
  vec3 n = normalize(lit);
  float key = max(dot(n, normalize(vec3(-0.45, 0.62, 0.64))), 0.0);
  float fill = max(dot(n, normalize(vec3(0.8, -0.1, 0.45))), 0.0);
  float shine = pow(max(dot(n, normalize(vec3(-0.25, 0.36, 0.9))), 0.0), 24.0);
  float light = 0.1 + 0.78 * key + 0.2 * fill;
  vec3 base = mix(skin, highlight, marked * showMarks * 0.62);
  color = vec4(base * light + 0.07 * shine, opacity);
}`;

/** A renderer into one canvas; null where WebGL 2 is missing. */
export function createWebglSkin(
  canvas: HTMLCanvasElement,
  { center, reach }: Scope,
): SkinRenderer | null {
  const gl = canvas.getContext('webgl2', { antialias: true, alpha: false });
  if (!gl) return null;
  const program = link(gl);
  if (!program) return null;
  gl.useProgram(program);
  gl.enable(gl.DEPTH_TEST);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  gl.clearColor(0, 0, 0, 1);
  const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  gl.uniform3f(at('center'), ...center);
  const [turn, scale, showMarks] = [at('turn'), at('scale'), at('showMarks')];
  const [skin, highlight, opacity] = [at('skin'), at('highlight'), at('opacity')];
  // Larger canvases than the card can hold are drawn coarser, not black.
  const largest = gl.getParameter(gl.MAX_RENDERBUFFER_SIZE) as number;
  let loaded: readonly Loaded[] = [];
  return {
    show(layers) {
      for (const one of loaded) unload(gl, one);
      loaded = layers.toSorted((a, b) => b.opacity - a.opacity).map((layer) => load(gl, layer));
    },
    draw(pose, wantedWidth, wantedHeight) {
      const fit = Math.min(1, largest / Math.max(wantedWidth, wantedHeight));
      const [width, height] = [Math.floor(wantedWidth * fit), Math.floor(wantedHeight * fit)];
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      const perMm = Math.min(width, height) / 2 / reach;
      gl.viewport(0, 0, width, height);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      // Our matrices are row-major, GL's are not.
      gl.uniformMatrix3fv(turn, true, rotationOf(pose));
      gl.uniform2f(scale, (2 * perMm) / width, (2 * perMm) / height);
      for (const { layer, vertices } of loaded) {
        gl.bindVertexArray(vertices);
        gl.uniform3f(skin, ...unit(layer.color));
        gl.uniform3f(highlight, ...unit(layer.marked ?? layer.color));
        gl.uniform1f(showMarks, layer.marked ? 1 : 0);
        gl.uniform1f(opacity, layer.opacity);
        const paint = (): void => {
          gl.drawElements(gl.TRIANGLES, layer.mesh.triangles.length, gl.UNSIGNED_INT, 0);
        };
        if (layer.opacity === 1) paint();
        else paintThin(gl, paint);
      }
    },
    destroy() {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

/** First only how deep, then only what is nearest: the far side does not shine through. */
function paintThin(gl: WebGL2RenderingContext, paint: () => void): void {
  gl.colorMask(false, false, false, false);
  paint();
  gl.colorMask(true, true, true, true);
  gl.depthFunc(gl.EQUAL);
  gl.enable(gl.BLEND);
  paint();
  gl.disable(gl.BLEND);
  gl.depthFunc(gl.LESS);
}

interface Loaded {
  readonly layer: SkinLayer;
  readonly vertices: WebGLVertexArrayObject;
  readonly buffers: readonly WebGLBuffer[];
}

function load(gl: WebGL2RenderingContext, layer: SkinLayer): Loaded {
  const vertices = gl.createVertexArray();
  gl.bindVertexArray(vertices);
  const { positions, normals, marks, triangles } = layer.mesh;
  const indices = gl.createBuffer();
  const buffers = [
    fill(gl, 0, positions, 3, gl.FLOAT),
    fill(gl, 1, normals, 3, gl.FLOAT),
    fill(gl, 2, marks, 1, gl.UNSIGNED_BYTE),
    indices,
  ];
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, triangles, gl.STATIC_DRAW);
  return { layer, vertices, buffers };
}

function unload(gl: WebGL2RenderingContext, { vertices, buffers }: Loaded): void {
  gl.deleteVertexArray(vertices);
  for (const buffer of buffers) gl.deleteBuffer(buffer);
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

function fill(
  gl: WebGL2RenderingContext,
  location: number,
  values: Float32Array | Uint8Array,
  size: number,
  type: number,
): WebGLBuffer {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, size, type, type === gl.UNSIGNED_BYTE, 0, 0);
  return buffer;
}

function unit([r, g, b]: Rgb): [number, number, number] {
  return [r / 255, g / 255, b / 255];
}
