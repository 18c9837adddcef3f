/**
 * Writes phantom heads.
 *
 *   npm run phantom -- --out DIR [--seed N] [--kind ct|mr] [--format dicom|nifti] [--count N] [--labels]
 *   npm run phantom -- --training DIR [--count 40] [--seed 1]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import { maskNifti, phantomNifti } from '../src/core/phantom/as-nifti.ts';
import { makeHead, makePhantom, scanHead } from '../src/core/phantom/head.ts';
import type { Pose } from '../src/core/phantom/pose.ts';
import { createRandom } from '../src/core/random.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    training: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    kind: { type: 'string', default: 'ct' },
    format: { type: 'string', default: 'nifti' },
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
  mkdirSync(folder, { recursive: true });
  const kind = values.kind.toLowerCase() === 'mr' ? 'MR' : 'CT';
  for (let n = 0; n < count; n++) {
    const phantom = await makePhantom({ seed: seed + n, kind });
    const name = `phantom-${seed + n}`;
    write(folder, `${name}_${kind.toLowerCase()}.nii.gz`, phantomNifti(phantom.volume));
    if (values.labels) write(folder, `${name}_labels.nii.gz`, maskNifti(phantom.labels));
  }
}

/** CT and MR of the same head in the same place, and its labels, all on one 2 mm grid. */
async function writeTraining(folder: string, seed: number, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
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
    const ct = await scanHead(head, { seed: id, kind: 'CT', grid, pose, couch: n % 2 === 0 });
    const mr = await scanHead(head, { seed: id, kind: 'MR', grid, pose });
    write(folder, `phantom-${id}_ct.nii.gz`, phantomNifti(ct.volume));
    write(folder, `phantom-${id}_mr.nii.gz`, phantomNifti(mr.volume));
    write(folder, `phantom-${id}_labels.nii.gz`, maskNifti(ct.labels));
    console.log(`${n + 1} of ${count}`);
  }
}

function write(folder: string, name: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, name), gzipSync(bytes));
}

await main();
