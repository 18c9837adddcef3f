/** What a review holds besides its pictures: habits, skin at a threshold, places, a lost card. */
import { describe, expect, test } from 'vitest';
import { uprightGrid } from '../../../src/core/geometry/grid.ts';
import type { Places } from '../../../src/core/report/places.ts';
import { alarmsOf, placeOfRow, placesToLook, skinLeftRow } from '../../../src/ui/review/places.ts';
import { Choices } from '../../../src/ui/state/choices.svelte.ts';
import { Remembered } from '../../../src/ui/state/remembered.svelte.ts';
import { StageTimes } from '../../../src/ui/state/stage-times.ts';
import { LinkedView } from '../../../src/ui/view/linked-view.svelte.ts';
import { nearMarks } from '../../../src/ui/view/near-marks.ts';
import { pointSeen, poseTowards } from '../../../src/ui/view/skin-mesh.ts';
import { Skins } from '../../../src/ui/view/skins.svelte.ts';
import { usesCornerstone, type SliceEngine } from '../../../src/ui/view/slice-engine.ts';
import { survivingEngine } from '../../../src/ui/view/surviving-engine.ts';
import type { Surface } from '../../../workers/api.ts';

const grid = uprightGrid([10, 10, 10], 4, [0, 0, 0]);

function store(): Storage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage & { readonly kept: Map<string, string> };
}

function viewOf(): LinkedView {
  return new LinkedView(grid, {
    modality: 'CT',
    window: { lower: -160, upper: 240 },
    focus: null,
  });
}

describe('habits', () => {
  test('come back at the next visit', () => {
    const storage = store();
    const choices = new Choices();
    choices.regions = ['face', 'teeth'];
    choices.depth = 'deep';
    choices.method = 'noise';
    choices.deidentification = { profile: 'basic', options: ['dates'] };
    new Remembered(storage).keep(choices);
    const view = viewOf();
    view.choosePreset(2);
    view.mask = 'outline';
    new Remembered(storage).keepView(view, 'CT');

    const next = new Choices();
    new Remembered(storage).restore(next);
    expect(next.deface).toEqual({ regions: ['face', 'teeth'], depth: 'deep', method: 'noise' });
    expect(next.deidentification).toEqual({ profile: 'basic', options: ['dates'] });
    const shown = viewOf();
    new Remembered(storage).restoreView(shown, 'CT');
    expect([shown.preset?.id, shown.mask]).toEqual(['bone', 'outline']);
  });

  test('do not hold that headers stay as they are, nor what nobody can choose', () => {
    const storage = store();
    const choices = new Choices();
    choices.deidentification = { profile: 'none', options: [] };
    new Remembered(storage).keep(choices);
    const next = new Choices();
    new Remembered(storage).restore(next);
    expect(next.deidentification).toEqual({ profile: 'basic', options: [] });
    storage.kept.set('efface-habits', '{"depth":"x","regions":["nose"],"method":7}');
    new Remembered(storage).restore(next);
    expect(next.deface).toEqual(new Choices().deface);
    storage.kept.set('efface-habits', 'no JSON');
    new Remembered(storage).restore(next);
    expect(next.deface).toEqual(new Choices().deface);
  });
});

describe('skin at a threshold', () => {
  const none: Surface = {
    positions: new Float32Array(0),
    normals: new Float32Array(0),
    triangles: new Uint32Array(0),
  };

  test('follows the last wish, and skips those before it while one is made', async () => {
    const asked: number[] = [];
    let free: () => void = () => undefined;
    const skins = new Skins(
      {
        skinBefore: none,
        skinAfter: none,
        mask: { grid, voxels: new Uint8Array(1000) },
        parts: { removed: none, brain: none },
        threshold: { value: -300, low: -900, high: 300 },
      },
      async (threshold) => {
        asked.push(threshold);
        await new Promise<void>((resolve) => (free = resolve));
        return { before: none, after: none };
      },
    );
    const done = skins.turnTo(-200);
    void skins.turnTo(-100);
    void skins.turnTo(0);
    free();
    await new Promise((resolve) => setTimeout(resolve, 0));
    free();
    await done;
    expect(asked).toEqual([-200, 0]);
    expect(skins.threshold).toBe(0);
  });
});

describe('places to look at', () => {
  const places: Places = {
    nearBrain: {
      points: Float32Array.from([1, 2, 3, 2.5, 9, 9, 9, 4]),
      spots: [{ at: [1, 2, 3], mm: 2.5 }],
    },
    skinLeft: [
      { of: 'ears', at: [70, 0, 0], cm2: 38 },
      { of: 'face', at: [0, -90, 0], cm2: 2 },
    ],
  };

  test('are told in words, what alarms first', () => {
    expect(placesToLook(places)).toEqual([
      { at: [1, 2, 3], text: '2.5 mm from the brain', isAlarm: true },
      { at: [70, 0, 0], text: 'Skin of the left ear stayed, 38 cm²', isAlarm: true },
      { at: [0, -90, 0], text: 'Skin of the face stayed, 2 cm²', isAlarm: false },
    ]);
    expect(alarmsOf({ places })).toEqual([
      '2.5 mm from the brain',
      'Skin of the left ear stayed, 38 cm²',
    ]);
    expect(skinLeftRow(places).grade).toBe('look');
    expect(placeOfRow('guard', places)).toEqual([1, 2, 3]);
    expect(placeOfRow('share', places)).toEqual([0, -90, 0]);
    expect(placeOfRow('mirror', places)).toBeNull();
  });

  test('are marked in the slice that they lie in', () => {
    const view = viewOf();
    const frame = view.frameOf('axial', 100, 100);
    const at = { ...frame, center: [0, 0, 3] as const };
    expect(nearMarks(places.nearBrain.points, at, 4)).toMatchObject({ mm: 2.5 });
    expect(nearMarks(places.nearBrain.points, at, 4).pixels.length).toBe(1);
    const far = { ...frame, center: [0, 0, 30] as const };
    expect(nearMarks(places.nearBrain.points, far, 4)).toEqual({ pixels: [], mm: Infinity });
  });

  test('are turned to the viewer, in the middle of the picture', () => {
    const scope = { center: [1, 2, 3] as const, reach: 100 };
    for (const place of [
      [60, 10, 5],
      [-50, -20, 12],
      [0, -80, -10],
    ] as const) {
      const pose = poseTowards(scope, place);
      const { x, y, isNear } = pointSeen(scope, pose, place, 200, 100);
      expect(isNear).toBe(true);
      expect(x).toBeCloseTo(100, 4);
      expect(y).toBeCloseTo(50, 4);
    }
  });
});

describe('a graphics card', () => {
  test('is not used for a scan larger than its textures', () => {
    expect(usesCornerstone('hardware', grid, 10)).toBe(true);
    expect(usesCornerstone('hardware', grid, 9)).toBe(false);
    expect(usesCornerstone('none', grid, 4096)).toBe(false);
  });

  test('that goes is replaced, and what was drawn last is drawn again', async () => {
    const drawn: string[] = [];
    const engineOf = (kind: SliceEngine['kind']): SliceEngine => ({
      kind,
      attach: (_host, side, plane) =>
        Promise.resolve({
          canvas: () => null,
          paint: (_frame, { lower }) =>
            void drawn.push(`${kind} ${side} ${plane} ${String(lower)}`),
        }),
      destroy: () => void drawn.push(`${kind} gone`),
    });
    let lose: () => void = () => undefined;
    const engine = survivingEngine(
      engineOf('cornerstone'),
      () => engineOf('canvas'),
      (onlost) => {
        lose = onlost;
        return () => undefined;
      },
    );
    const painter = await engine.attach({} as HTMLDivElement, 'after', 'axial');
    const frame = viewOf().frameOf('axial', 10, 10);
    painter.paint(frame, { lower: 1, upper: 2 });
    lose();
    await new Promise((resolve) => setTimeout(resolve, 0));
    painter.paint(frame, { lower: 3, upper: 4 });
    expect(engine.kind).toBe('canvas');
    expect(drawn).toEqual([
      'cornerstone after axial 1',
      'canvas after axial 1',
      'cornerstone gone',
      'canvas after axial 3',
    ]);
  });
});

test('times of stages add up where a stage is met again', () => {
  let now = 0;
  const times = new StageTimes(() => now);
  times.meet('decode');
  now = 10;
  times.meet('segment');
  now = 15;
  times.meet('decode');
  now = 18;
  times.end();
  expect(times.entries).toEqual([
    ['decode', 13],
    ['segment', 5],
  ]);
});
