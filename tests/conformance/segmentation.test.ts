/** The networks on scans of people they were never trained on, where those scans are. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import { createNodeSegmenter } from '../../src/adapters/tfjs/node.ts';
import type { FaceSegmenter } from '../../src/app/ports.ts';
import { loadNiftiScan, readNifti } from '../../src/core/nifti/read.ts';
import { judge } from '../../src/core/segmentation/sanity.ts';
import { segment } from '../../src/core/segmentation/segment.ts';
import { resampleNearest } from '../../src/core/volume/resample.ts';
import { diceOfLabels } from '../../src/core/volume/statistics.ts';
import { Label, type Volume } from '../../src/core/volume/volume.ts';

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const split = JSON.parse(
  readFileSync(new URL('../../training/split.json', import.meta.url), 'utf8'),
) as Record<string, readonly string[]>;
const people = (split['validation'] ?? []).slice(0, 3);
const here = existsSync(data) && people.length > 0;
if (!here) console.warn('skipped: ../shared/data is not here');

async function load(path: string): Promise<Volume> {
  const bytes = new Uint8Array(readFileSync(data + path));
  return loadNiftiScan(
    await readNifti(memorySource('scan.nii.gz', bytes), { id: '1', patient: 1, visit: 1 }),
  );
}

describe.skipIf(!here)('the networks on people they do not know', () => {
  let segmenter: FaceSegmenter;
  beforeAll(async () => {
    segmenter = await createNodeSegmenter();
  });
  afterAll(() => {
    segmenter.dispose();
  });

  test.each(people.map((_, n) => n))(
    'see brain, face and ears where they are (person %i)',
    async (n) => {
      const id = people[n] ?? '';
      const found = await segment(await load(`nifti/ixi_hh/${id}_T1.nii.gz`), segmenter);
      const zones = await load(`zones/${id}_T1_zones.nii.gz`);
      if (!found) throw new Error('no head');
      const wanted = resampleNearest(Uint8Array.from(zones.stored), zones.grid, found.grid);
      expect(diceOfLabels(found.labels, wanted, [Label.brain])).toBeGreaterThan(0.9);
      expect(diceOfLabels(found.labels, wanted, [Label.face, Label.eyes])).toBeGreaterThan(0.8);
      expect(diceOfLabels(found.labels, wanted, [Label.ears])).toBeGreaterThan(0.6);
      expect(judge(found).refuse).toEqual([]);
    },
  );

  test('see no face on a brain without skull', async () => {
    const scan = await load('nifti/negatives/ds002748_sub-01_T1w_skullstripped.nii.gz');
    const found = await segment(scan, segmenter);
    const face = found?.labels.filter((label) => label === Label.face).length ?? 0;
    expect((face * 27) / 1000).toBeLessThan(15);
  });
});
