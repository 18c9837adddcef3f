/** Skin by WebGL 2: one mesh, one program, lit from above so that relief shows. */
import {
  rotationOf,
  type Scope,
  type SkinColors,
  type SkinMesh,
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
out vec4 color;
void main() {
  vec3 n = normalize(lit);
  float key = max(dot(n, normalize(vec3(-0.45, 0.62, 0.64))), 0.0);
  float fill = max(dot(n, normalize(vec3(0.8, -0.1, 0.45))), 0.0);
  float shine = pow(max(dot(n, normalize(vec3(-0.25, 0.36, 0.9))), 0.0), 24.0);
  float light = 0.1 + 0.78 * key + 0.2 * fill;
  vec3 base = mix(skin, highlight, marked * showMarks * 0.62);
  color = vec4(base * light + 0.07 * shine, 1.0);
}`;

/** A renderer for one mesh into one canvas; null where WebGL 2 is missing. */
export function createWebglSkin(
  canvas: HTMLCanvasElement,
  mesh: SkinMesh,
  { center, reach }: Scope,
  colors: SkinColors,
): SkinRenderer | null {
  const gl = canvas.getContext('webgl2', { antialias: true, alpha: false });
  if (!gl) return null;
  const program = link(gl);
  if (!program) return null;
  gl.useProgram(program);
  fill(gl, 0, mesh.positions, 3, gl.FLOAT);
  fill(gl, 1, mesh.normals, 3, gl.FLOAT);
  fill(gl, 2, mesh.marks, 1, gl.UNSIGNED_BYTE);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.triangles, gl.STATIC_DRAW);
  gl.enable(gl.DEPTH_TEST);
  gl.clearColor(0, 0, 0, 1);
  const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  gl.uniform3f(at('center'), ...center);
  gl.uniform3f(at('skin'), ...unit(colors.skin));
  gl.uniform3f(at('highlight'), ...unit(colors.marked));
  const [turn, scale, showMarks] = [at('turn'), at('scale'), at('showMarks')];
  return {
    draw(pose, width, height, marks) {
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
      gl.uniform1f(showMarks, marks ? 1 : 0);
      gl.drawElements(gl.TRIANGLES, mesh.triangles.length, gl.UNSIGNED_INT, 0);
    },
    destroy() {
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
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
): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, size, type, type === gl.UNSIGNED_BYTE, 0, 0);
}

function unit([r, g, b]: readonly [number, number, number]): [number, number, number] {
  return [r / 255, g / 255, b / 255];
}
