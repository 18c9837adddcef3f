import { describe, expect, test } from 'vitest';
import { emptyColumns, type Columns } from '../../../../src/core/deface/columns.ts';
import { fineLabels } from '../../../../src/core/deface/fine-labels.ts';
import { parallelSurfaceIndex, skinMoved } from '../../../../src/core/report/skin-moved.ts';
import { rotation } from '../../../support/rotation.ts';
import { toyHead } from '../../../support/toy-head.ts';
import { Label } from '../../../../src/core/volume/volume.ts';

/** A relief over the face, 120 mm square. */
function relief(f: (x: number, z: number) => number): Columns {
  const columns = emptyColumns('front');
  for (let v = 0; v < columns.nv; v++) {
    for (let u = 0; u < columns.nu; u++) {
      const [x, z] = [columns.u0 + u, columns.v0 + v];
      if (Math.abs(x) < 60 && Math.abs(z) < 60) columns.inner[u + columns.nu * v] = f(x, z);
    }
  }
  return columns;
}

const face = (x: number, z: number): number => 8 * Math.cos(x / 9) + 5 * Math.sin(z / 7);

describe('parallelSurfaceIndex', () => {
  test('is one for a face moved inwards, whatever its depth and tilt', () => {
    const moved = relief((x, z) => face(x, z) + 14 + 0.2 * x + 0.01 * z * z);
    expect(parallelSurfaceIndex(relief(face), moved)).toBeCloseTo(1, 3);
  });

  test('is near zero for a surface that is not the face', () => {
    const wall = relief((x, z) => 20 + Math.sin(0.5 * x) + Math.cos(0.45 * z));
    expect(Math.abs(parallelSurfaceIndex(relief(face), wall) ?? 1)).toBeLessThan(0.15);
  });

  test('says nothing where too little is in view', () => {
    expect(parallelSurfaceIndex(emptyColumns('front'), relief(face))).toBeNull();
  });
});

describe('skinMoved', () => {
  const fine = fineLabels(toyHead(rotation(0, 0, 0, [0, 0, 0])));
  const toHead = fine.grid.affine;
  const image = (isTissue: (label: number) => boolean): Float32Array =>
    Float32Array.from(fine.labels, (label) => (isTissue(label) ? 100 : 0));

  test('finds that nothing moved when nothing was removed', () => {
    const moved = skinMoved(
      fine,
      toHead,
      image((label) => label !== Label.air),
      50,
    );
    expect(moved?.share).toBe(0);
    expect(moved?.median).toBe(0);
  });

  test('finds that the skin moved by the depth of the face when the face is gone', () => {
    const kept = (label: number): boolean => label === Label.head || label === Label.brain;
    const moved = skinMoved(fine, toHead, image(kept), 50);
    expect(moved?.share).toBeGreaterThan(0.8);
    expect(moved?.median).toBeGreaterThan(14);
  });
});
