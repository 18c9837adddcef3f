/**
 * A head of spheres and a curved face, in the very places of the mean landmarks: a
 * segmentation with answers known by construction. For structure that looks like a
 * person, use src/core/phantom.
 */
import { invert, indexToLps, type Affine, type Vec3 } from '../../src/core/geometry/affine.ts';
import { uprightGrid, voxelCount } from '../../src/core/geometry/grid.ts';
import { MEAN_LANDMARKS } from '../../src/core/deface/wall-constants.ts';
import { meanFace } from '../../src/core/deface/wall.ts';
import { LABEL_CLASSES, type Segmentation } from '../../src/core/segmentation/segmentation.ts';
import { Label } from '../../src/core/volume/volume.ts';

/**
 * @param pose takes head-frame mm to LPS mm
 */
export function toyHead(pose: Affine): Segmentation {
  const center = indexToLps(pose, [0, -25, -35]);
  const grid = uprightGrid([64, 80, 80], 3, center);
  const toHead = invert(pose);
  const labels = new Uint8Array(voxelCount(grid));
  const [ni, nj, nk] = grid.size;
  let v = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      for (let i = 0; i < ni; i++, v++) {
        labels[v] = labelAt(indexToLps(toHead, indexToLps(grid.affine, [i, j, k])));
      }
    }
  }
  const probabilities = new Float32Array(labels.length * LABEL_CLASSES);
  labels.forEach((label, n) => {
    probabilities[n * LABEL_CLASSES + label] = 1;
  });
  return { grid, labels, probabilities, plain: labels, mirrored: labels };
}

function labelAt([x, y, z]: Vec3): Label {
  const near = (name: keyof typeof MEAN_LANDMARKS, radius: number): boolean => {
    const [a, b, c] = MEAN_LANDMARKS[name];
    return Math.hypot(x - a, y - b, z - c) < radius;
  };
  if (Math.hypot(x / 68, y / 82, z / 62) < 1) return Label.brain;
  if (near('eyeLeft', 12) || near('eyeRight', 12)) return Label.eyes;
  if (near('earLeft', 18) || near('earRight', 18)) return Label.ears;
  if (near('forehead', 18)) return Label.forehead;
  const [, fy, fz] = MEAN_LANDMARKS.face;
  const inFace = Math.abs(x) < 60 && Math.abs(z - fz) < 55;
  const behind = y - meanFace(x, z);
  if (inFace && behind > 0 && behind < 30 && Math.abs(y - fy) < 70) return Label.face;
  if (Math.hypot(x / 78, y / 95, z / 85) < 1 || (behind > 0 && Math.hypot(x, y) < 80 && z < 0)) {
    return Label.head;
  }
  return Label.air;
}
