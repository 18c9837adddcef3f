/**
 * Time of each step of segmentation, in Node: `npx tsx bench/segmentation.ts [runs]`.
 * The scan is made up (300 slices of 512²); times do not depend on what it shows. Besides
 * the clock it gives CPU time, which other work on the machine disturbs less.
 */
import { createNodeSegmenter } from '../src/adapters/tfjs/node.ts';
import { uprightGrid } from '../src/core/geometry/grid.ts';
import { conformTo, createConformer } from '../src/core/segmentation/conform.ts';
import { headPart, searchWindows } from '../src/core/segmentation/find-head.ts';
import { segment, LABEL_SIZE, LABEL_SPACING_MM } from '../src/core/segmentation/segment.ts';
import type { Modality, Volume } from '../src/core/volume/volume.ts';

const runs = Number(process.argv[2] ?? 3);
const size = [512, 512, 300] as const;
const box = uprightGrid(LABEL_SIZE, LABEL_SPACING_MM, [0, 0, 0]);

/** A ball with waves in it. */
function madeUp(modality: Modality): Volume {
  const stored = new Int16Array(size[0] * size[1] * size[2]);
  let v = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, v++) {
        const inside = (i - 256) ** 2 + (j - 256) ** 2 + 4 * (k - 150) ** 2 < 200 ** 2;
        stored[v] = inside ? 1024 + ((i * 3 + j * 5 + k * 7) % 200) : 0;
      }
    }
  }
  return {
    grid: { ...uprightGrid(size, 0.5, [0, 0, 0]), size },
    modality,
    stored,
    rescale: [{ slope: 1, intercept: -1024 }],
    padding: null,
    air: [0],
  };
}

async function time(name: string, run: () => unknown): Promise<void> {
  const wall: number[] = [];
  const cpu: number[] = [];
  for (let n = 0; n < runs; n++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await run();
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - start);
    cpu.push((user + system) / 1000);
  }
  const least = (list: number[]): string =>
    Math.min(...list)
      .toFixed(0)
      .padStart(6);
  console.log(
    `${name.padEnd(34)} ${least(wall)} ms  ${least(cpu)} ms CPU  (first ${(wall[0] ?? 0).toFixed(0)} ms)`,
  );
}

const segmenter = await createNodeSegmenter();
const ct = madeUp('CT');
const mr = madeUp('MR');
const [window] = searchWindows(ct.grid);
if (!window) throw new Error('no window');
const coarse = conformTo(ct, window);
const fine = conformTo(ct, box);
await time('start: weights, self-test', async () => {
  (await createNodeSegmenter()).dispose();
});
await time('512×512×300 CT to both grids', () => {
  const conformer = createConformer(ct);
  conformer.on(window);
  conformer.on(box);
});
await time('512×512×300 MR to both grids', () => {
  const conformer = createConformer(mr);
  conformer.on(window);
  conformer.on(box);
});
await time('find', () => segmenter.find(coarse));
await time('head part', async () => headPart(await segmenter.find(coarse), window));
await time('label, one run', () => segmenter.label(fine));
await time('segment, all of it (CT)', () => segment(ct, segmenter));
await time('segment, all of it (MR)', () => segment(mr, segmenter));
console.log(`memory of the process ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
