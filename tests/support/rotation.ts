/** Poses for tests. */
import { affineFromColumns, type Affine, type Vec3 } from '../../src/core/geometry/affine.ts';

/** Rotation about x (pitch), then z (yaw), then y (roll), in degrees; then the shift (mm). */
export function rotation(pitch: number, yaw: number, roll: number, shift: Vec3): Affine {
  const turn = (v: Vec3): Vec3 => {
    const [p, w, r] = [pitch, yaw, roll].map((d) => (d * Math.PI) / 180) as [
      number,
      number,
      number,
    ];
    let [x, y, z] = v;
    [y, z] = [y * Math.cos(p) - z * Math.sin(p), y * Math.sin(p) + z * Math.cos(p)];
    [x, y] = [x * Math.cos(w) - y * Math.sin(w), x * Math.sin(w) + y * Math.cos(w)];
    [x, z] = [x * Math.cos(r) + z * Math.sin(r), -x * Math.sin(r) + z * Math.cos(r)];
    return [x, y, z];
  };
  return affineFromColumns(turn([1, 0, 0]), turn([0, 1, 0]), turn([0, 0, 1]), shift);
}
