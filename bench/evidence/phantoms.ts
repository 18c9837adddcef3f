/** Heads of people who do not exist, with labels that are true by construction. */
import { acquisitionGrid } from '../../src/core/phantom/acquire.ts';
import {
  defaultGrid,
  makePhantom,
  type Phantom,
  type PhantomParams,
} from '../../src/core/phantom/head.ts';
import { Label } from '../../src/core/volume/volume.ts';
import type { Head } from '../evaluate/heads.ts';

/** Nobody of these was trained on, or is in the lesson. */
const FIRST_SEED = 2001;
const MM = 2;

/** `people` heads of one kind, each scanned as people lie: a little turned. */
export async function* phantomHeads(
  people: number,
  kind: Pick<PhantomParams, 'kind' | 'contrast'>,
): AsyncGenerator<Head> {
  for (let n = 0; n < people; n++) {
    const seed = FIRST_SEED + n;
    const pose = { pitchDeg: ((7 * n) % 23) - 11, yawDeg: ((5 * n) % 13) - 6 };
    const grid = defaultGrid(MM);
    const phantom = await makePhantom({ ...kind, seed, grid, pose, couch: n % 2 === 0 });
    yield headOf(`phantom ${n + 1}`, phantom);
  }
}

/** What may go wrong, one head each. */
const HARD: Readonly<Record<string, Omit<PhantomParams, 'seed'>>> = {
  'CT, head holder, chin up 25°': { kind: 'CT', pose: { pitchDeg: 25 } },
  'CT, beard': { kind: 'CT', wear: ['beard'] },
  'CT, braces with streaks': { kind: 'CT', wear: ['braces'] },
  'CT, cochlear implant': { kind: 'CT', wear: ['implant'] },
  'CT, slices of 5 mm': {
    kind: 'CT',
    grid: acquisitionGrid({ size: [208, 256, 48], spacing: [1, 1, 5] }),
  },
  'CT, a child': { kind: 'CT', age: 'child' },
  'MR T1, a child': { kind: 'MR', age: 'child' },
  'MR T1, an old person': { kind: 'MR', age: 'old' },
  'MR T1, braces': { kind: 'MR', wear: ['braces'] },
  'MR T2, cochlear implant': { kind: 'MR', contrast: 'T2', wear: ['implant'] },
  'MR PD, three times the noise': { kind: 'MR', contrast: 'PD', noise: 3 },
  'MR T1, chin out of view': {
    kind: 'MR',
    grid: acquisitionGrid({ size: [104, 128, 84], spacing: [2, 2, 2], center: [0, -8, 54] }),
  },
};

export async function* hardHeads(): AsyncGenerator<Head> {
  for (const [n, [name, params]] of Object.entries(HARD).entries()) {
    const grid = params.grid ?? defaultGrid(MM);
    yield headOf(name, await makePhantom({ ...params, seed: FIRST_SEED + 100 + n, grid }));
  }
}

function headOf(name: string, { volume, labels }: Phantom): Head {
  const brain = labels.voxels.map((label) => (label === Label.brain ? 1 : 0));
  return { name, volume, zones: labels.voxels, brain };
}
