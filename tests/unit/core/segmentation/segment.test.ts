import { describe, expect, test } from 'vitest';
import { indexToLps } from '../../../../src/core/geometry/affine.ts';
import { uprightGrid } from '../../../../src/core/geometry/grid.ts';
import type { Progress } from '../../../../src/core/progress.ts';
import { createRandom } from '../../../../src/core/random.ts';
import type { NetworkGridInput } from '../../../../src/core/segmentation/conform.ts';
import type { HeadNetworks } from '../../../../src/core/segmentation/networks.ts';
import { segment } from '../../../../src/core/segmentation/segment.ts';
import { Label, type Volume } from '../../../../src/core/volume/volume.ts';

/** A bright ball of 70 mm, its left half brighter, at [20, -15, 600]; the scan is 400 × 400 × 1400 mm. */
const CENTER = [20, -15, 600] as const;
const grid = uprightGrid([50, 50, 175], 8, [0, 0, 0]);

function ballScan(): Volume {
  const stored = new Int16Array(50 * 50 * 175);
  let v = 0;
  for (let k = 0; k < 175; k++) {
    for (let j = 0; j < 50; j++) {
      for (let i = 0; i < 50; i++, v++) {
        const [x, y, z] = indexToLps(grid.affine, [i, j, k]);
        const r = Math.hypot(x - CENTER[0], y - CENTER[1], z - CENTER[2]);
        if (r < 70) stored[v] = Math.round((x > CENTER[0] ? 900 : 600) - 2 * r);
      }
    }
  }
  return {
    grid,
    modality: 'MR',
    stored,
    rescale: [{ slope: 1, intercept: 0 }],
    padding: null,
    air: [0],
  };
}

/** Networks that call everything bright brain, and everything very bright face (in `label`). */
function networks(calls: string[], shift = 0): HeadNetworks {
  const answer = (
    input: NetworkGridInput,
    classes: number,
    pick: (value: number) => number,
  ): Promise<Float32Array> => {
    const out = new Float32Array(input.values.length * classes);
    for (let v = 0; v < input.values.length; v++) {
      out[v * classes + pick(input.values[Math.max(0, v - shift)] ?? 0)] = 1;
    }
    return Promise.resolve(out);
  };
  return {
    find: (input) => {
      calls.push('find');
      return answer(input, 3, (value) => (value > 0.3 ? 1 : 0));
    },
    label: (input) => {
      calls.push('label');
      return answer(input, 7, (value) =>
        value > 0.8 ? Label.face : value > 0.3 ? Label.brain : 0,
      );
    },
  };
}

/** Like toEqual, but fast. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((value, v) => value === b[v]);
}

describe('segment', () => {
  test('finds the head in a long scan and labels it in the middle of the box', async () => {
    const calls: string[] = [];
    const seen: Progress[] = [];
    const result = await segment(ballScan(), networks(calls), {
      onProgress: (step) => seen.push(step),
    });
    if (!result) throw new Error('no head');
    expect(calls).toEqual(['find', 'find', 'find', 'find', 'label', 'label']);
    const middle = indexToLps(result.grid.affine, [31.5, 39.5, 39.5]);
    middle.forEach((value, axis) => {
      expect(Math.abs(value - (CENTER[axis] ?? NaN))).toBeLessThan(8);
    });
    expect(seen.map(({ stage, done, total }) => `${stage} ${done}/${total}`)).toEqual([
      'find 0/4',
      'find 1/4',
      'find 2/4',
      'find 3/4',
      'find 4/4',
      'segment 0/2',
      'segment 1/2',
      'segment 2/2',
    ]);
  });

  test('turns the mirrored answer back: networks that look at values agree with themselves', async () => {
    const result = await segment(ballScan(), networks([]));
    if (!result) throw new Error('no head');
    expect(same(result.mirrored, result.plain)).toBe(true);
    expect(same(result.labels, result.plain)).toBe(true);
    let left = 0;
    result.labels.forEach((label, v) => {
      if (label === Label.face) left += v % 64 > 31 ? 1 : -1;
    });
    expect(left).toBeGreaterThan(1000);
  });

  test('shows a network that leans to one side as disagreement', async () => {
    const result = await segment(ballScan(), networks([], 2));
    if (!result) throw new Error('no head');
    expect(same(result.mirrored, result.plain)).toBe(false);
    const at = result.probabilities.findIndex((p) => p === 0.5);
    expect(at).toBeGreaterThanOrEqual(0);
  });

  test('places the box again, once, when the search saw only a part', async () => {
    const calls: string[] = [];
    const whole = networks(calls);
    const half: HeadNetworks = {
      ...whole,
      // Only what is very bright: the left half of the ball.
      find: async (input) => {
        const out = await whole.find(input);
        for (let v = 0; v < input.values.length; v++) {
          if ((input.values[v] ?? 0) < 0.8) out.set([1, 0, 0], 3 * v);
        }
        return out;
      },
    };
    const result = await segment(ballScan(), half);
    if (!result) throw new Error('no head');
    expect(calls.filter((call) => call === 'label')).toHaveLength(3);
    expect(Math.abs(indexToLps(result.grid.affine, [31.5, 0, 0])[0] - CENTER[0])).toBeLessThan(5);
  });

  test('sees no head in nothing, in a speck, and in noise', async () => {
    const scan = ballScan();
    const speck = scan.stored.map((value) => (value > 895 ? value : 0));
    const random = createRandom(1);
    const small = uprightGrid([60, 60, 60], 4, [0, 0, 0]);
    const noise: Volume = {
      ...scan,
      grid: small,
      stored: Int16Array.from({ length: 60 ** 3 }, () => 1000 * random.uniform()),
    };
    expect(await segment({ ...scan, stored: scan.stored.map(() => 0) }, networks([]))).toBeNull();
    expect(await segment({ ...scan, stored: speck }, networks([]))).toBeNull();
    expect(await segment(noise, networks([]))).toBeNull();
  });

  test('sees no head where only the search took something for one', async () => {
    const inner = networks([]);
    const strict: HeadNetworks = {
      ...inner,
      label: (input) => inner.label({ ...input, values: input.values.map((value) => value / 10) }),
    };
    expect(await segment(ballScan(), strict)).toBeNull();
  });

  test('stops between two runs when it is cancelled', async () => {
    const calls: string[] = [];
    const controller = new AbortController();
    const inner = networks(calls);
    const cancelling: HeadNetworks = {
      ...inner,
      find: (input) => {
        if (calls.length === 1) controller.abort();
        return inner.find(input);
      },
    };
    await expect(segment(ballScan(), cancelling, { signal: controller.signal })).rejects.toThrow(
      /abort/i,
    );
    expect(calls).toEqual(['find', 'find']);
  });
});
