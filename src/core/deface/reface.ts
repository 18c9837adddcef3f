/**
 * Method "reface": another face in the place of the removed one, laid on the wall and joined
 * to the head at the rim, in the contrast and noise of the scan, so that tools which expect a
 * face find one. Whose it is: person.ts.
 */
import { compose, indexToLps, spacingOf } from '../geometry/affine.ts';
import { matterAt, Mixer, skinAt } from '../phantom/matter.ts';
import { Tissue } from '../phantom/tissue.ts';
import type { JobOptions } from '../progress.ts';
import { wordOf } from '../random.ts';
import { averageBlocks } from '../volume/block-average.ts';
import { applyDelta, type Delta } from '../volume/delta.ts';
import { resampleLinear, resampleNearest } from '../volume/resample.ts';
import { skinThreshold } from '../volume/skin.ts';
import { rescaleOf } from '../volume/volume.ts';
import { airTexture, drawAir, noiseField, type AirTexture } from './air-texture.ts';
import { blank } from './blank.ts';
import type { Opening } from './opening.ts';
import { depthIn, personOf } from './person.ts';
import { joinTo } from './join.ts';
import { tissueValues } from './tissue-values.ts';
import { sliceGrid, storing, writeRegion } from './write-region.ts';

/** Softness of the made edges, in voxels: about that of a scanner. */
const SOFT = 2.2;
/** Blocks in which air and tissue are told apart (mm). */
const LOOK_MM = 3;

/** @param number draws a person of the population; null for the average */
export async function reface(
  opening: Opening,
  number: number | null,
  job: JobOptions = {},
): Promise<Delta> {
  const { volume, removed, frame, seed } = opening;
  const person = await personOf(number, job);
  // All that is measured is measured on what stays.
  const bare = await withoutRegion(opening, job);
  const air = await airTexture(bare.volume, removed, job);
  const join = joinTo(bare, person, skinOf(bare));
  job.signal?.throwIfAborted();
  const airMean = meanAir(bare, air);
  const { table, noise } = tissueValues(bare, join, airMean);
  const spacing = spacingOf(volume.grid.affine);
  const mixer = new Mixer(table, SOFT * Math.cbrt(spacing[0] * spacing[1] * spacing[2]));
  const field = noiseField(wordOf(seed), air.correlation);
  const draw = drawAir(air, field);
  const store = storing(volume);
  const toPerson = compose(person.fromHead, compose(frame.fromLps, volume.grid.affine));
  const perSlice = volume.grid.size[0] * volume.grid.size[1];
  return writeRegion(
    volume,
    removed.region,
    (k) => {
      const offsets = resampleLinear(join.offset, join.blocks.grid, sliceGrid(volume.grid, k), 0);
      const { slope, intercept } = rescaleOf(volume, k);
      const [stored, drawn] = [store(k), draw(k)];
      return (v, i, j) => {
        const [x, y, z] = indexToLps(toPerson, [i, j, k]);
        const offset = offsets[v - k * perSlice] as number;
        const skin = skinAt(person.anatomy, x, y, z) + offset;
        if (skin > mixer.blur) return drawn(i, j);
        const depth = Math.max(depthIn(person, x, y, z) - offset, -skin);
        matterAt(person.anatomy, mixer, x, y, z, skin, depth);
        if (mixer.tissue === Tissue.air || mixer.tissue === Tissue.innerAir) {
          return stored(drawn(i, j) * slope + intercept + mixer.value - airMean);
        }
        return stored(Math.max(airMean, mixer.value) + noise * field(i, j, k));
      };
    },
    job,
  );
}

async function withoutRegion(opening: Opening, job: JobOptions): Promise<Opening> {
  const { volume, removed } = opening;
  const delta = await blank(volume, removed.region, job);
  return { ...opening, volume: { ...volume, stored: applyDelta(volume.stored, delta) } };
}

function skinOf({ volume, removed }: Opening): number {
  const { values, grid } = averageBlocks(volume, LOOK_MM);
  const stay = removed.labels.voxels.map((label, v) => (removed.region.voxels[v] ? 0 : label));
  const labels = resampleNearest(stay, volume.grid, grid);
  return skinThreshold(values, labels, volume.modality);
}

function meanAir({ volume }: Opening, { samples }: AirTexture): number {
  const k = volume.grid.size[2] >> 1;
  const { slope, intercept } = rescaleOf(volume, k);
  const own = samples(k);
  return (own.reduce((sum, value) => sum + value, 0) / own.length) * slope + intercept;
}
