/**
 * Writes phantom heads.
 *
 *   npm run phantom -- --out DIR [--seed N] [--kind ct|mr] [--contrast T1|T2|PD]
 *                      [--format dicom|nifti] [--plane axial|sagittal|coronal] [--mm 1]
 *                      [--count N] [--labels] [--marker TEXT]
 *                      [--age child|adult|old] [--wear beard,braces,implant]
 *   npm run phantom -- --training DIR [--count 40] [--seed 1]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { uprightGrid, type Grid, type Size } from '../src/core/geometry/grid.ts';
import { acquisitionGrid, type Plane } from '../src/core/phantom/acquire.ts';
import { phantomDicom } from '../src/core/phantom/as-dicom.ts';
import { maskNifti, phantomNifti } from '../src/core/phantom/as-nifti.ts';
import { defaultGrid, makeHead, makePhantom, scanHead } from '../src/core/phantom/head.ts';
import { AGES } from '../src/core/phantom/identity.ts';
import type { Pose } from '../src/core/phantom/pose.ts';
import { WEAR } from '../src/core/phantom/wear.ts';
import { createRandom } from '../src/core/random.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    training: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    kind: { type: 'string', default: 'ct' },
    format: { type: 'string', default: 'nifti' },
    contrast: { type: 'string', default: 'T1' },
    plane: { type: 'string', default: 'axial' },
    mm: { type: 'string', default: '1' },
    marker: { type: 'string', default: '' },
    age: { type: 'string', default: 'adult' },
    wear: { type: 'string', default: '' },
    labels: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const seed = Number(values.seed);
  if (values.training !== undefined) {
    await writeTraining(values.training, seed, Number(values.count ?? 40));
  } else if (values.out !== undefined) {
    await writePhantoms(values.out, seed, Number(values.count ?? 1));
  } else {
    console.error('Say where to write: --out DIR, or --training DIR.');
    process.exitCode = 2;
  }
}

async function writePhantoms(folder: string, seed: number, count: number): Promise<void> {
  const kind = values.kind.toLowerCase() === 'mr' ? 'MR' : 'CT';
  const contrast = oneOf(['T1', 'T2', 'PD'], values.contrast.toUpperCase());
  const plane = oneOf(['axial', 'sagittal', 'coronal'], values.plane);
  const age = oneOf(AGES, values.age);
  const wear = values.wear
    .split(',')
    .filter(Boolean)
    .map((one) => oneOf(WEAR, one));
  const grid = planeGrid(plane, Number(values.mm));
  for (let n = 0; n < count; n++) {
    const id = seed + n;
    const phantom = await makePhantom({ seed: id, kind, contrast, grid, age, wear });
    const name = `phantom-${id}`;
    if (values.format === 'dicom') {
      const options = { patient: id, marker: values.marker };
      for (const { path, bytes } of phantomDicom(phantom, options))
        write(join(folder, path), bytes);
    } else {
      const volume = phantomNifti(phantom.volume);
      write(join(folder, `${name}_${kind.toLowerCase()}.nii.gz`), gzipSync(volume));
    }
    if (values.labels)
      write(join(folder, `${name}_labels.nii.gz`), gzipSync(maskNifti(phantom.labels)));
  }
}

/** The default box, as this plane's columns, rows and slices. */
function planeGrid(plane: Plane, mm: number): Grid {
  const [x, y, z] = defaultGrid(mm).size;
  const sizes: Record<Plane, Size> = {
    axial: [x, y, z],
    sagittal: [y, z, x],
    coronal: [x, z, y],
  };
  return acquisitionGrid({ plane, size: sizes[plane], spacing: [mm, mm, mm] });
}

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((value) => value === text);
  if (found === undefined) throw new Error(`not one of ${known.join(', ')}: ${text}`);
  return found;
}

/** CT and MR of the same head in the same place, and its labels, all on one 2 mm grid. */
async function writeTraining(folder: string, seed: number, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const id = seed + n;
    const head = await makeHead(id);
    const random = createRandom(id + 404);
    const turn = (deg: number): number => deg * (2 * random.uniform() - 1);
    const pose: Pose = {
      pitchDeg: turn(14),
      yawDeg: turn(7),
      rollDeg: turn(5),
      shift: [turn(6), turn(6), turn(8)],
    };
    const grid = uprightGrid([104, 128, 128], 2, [0, -8, 8]);
    const noise = 0.5 + 1.3 * random.uniform();
    const ct = await scanHead(head, {
      seed: id,
      kind: 'CT',
      grid,
      pose,
      noise,
      couch: id % 2 === 0,
    });
    const mr = await scanHead(head, { seed: id, kind: 'MR', grid, pose, noise });
    write(join(folder, `phantom-${id}_ct.nii.gz`), gzipSync(phantomNifti(ct.volume)));
    write(join(folder, `phantom-${id}_mr.nii.gz`), gzipSync(phantomNifti(mr.volume)));
    write(join(folder, `phantom-${id}_labels.nii.gz`), gzipSync(maskNifti(ct.labels)));
    console.log(`${n + 1} of ${count}`);
  }
}

function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

await main();
