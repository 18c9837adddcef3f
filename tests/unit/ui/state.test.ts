import { describe, expect, test } from 'vitest';
import { Job } from '../../../src/ui/state/job.svelte.ts';
import { problemOf } from '../../../src/ui/state/problem.ts';
import { Route } from '../../../src/ui/state/route.svelte.ts';
import { Settings } from '../../../src/ui/state/settings.svelte.ts';
import { LinkedView } from '../../../src/ui/view/linked-view.svelte.ts';
import { uprightAffine } from './affines.ts';

describe('a job', () => {
  test('never shows less than it has shown', async () => {
    const job = new Job();
    const seen: number[] = [];
    await job.run(({ onProgress }) => {
      for (const [stage, done] of [
        ['decode', 4],
        ['segment', 1],
        ['segment', 4],
        ['find', 1],
        ['check', 4],
      ] as const) {
        onProgress?.({ stage, done, total: 4 });
        seen.push(job.fraction);
      }
      return Promise.resolve();
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeCloseTo(1);
  });

  test('counts its parts', async () => {
    const job = new Job();
    await job.run(() => {
      job.startPart(1, 2);
      return Promise.resolve();
    });
    expect(job.fraction).toBe(0.5);
  });

  test('shows a fault of ours without its details', async () => {
    const job = new Job();
    await job.run(() => Promise.reject(new Error('name of a patient')));
    expect(job.status).toBe('failed');
    expect(JSON.stringify(job.problem)).not.toMatch(/patient/);
    expect(problemOf('anything').what).toMatch(/fault in Efface/);
  });
});

describe('settings', () => {
  test('are dark unless light was chosen before, and survive a store that refuses', () => {
    const store = new Map<string, string>();
    const storage = {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
    };
    const first = new Settings(storage);
    expect(first.theme).toBe('dark');
    first.toggleTheme();
    expect(new Settings(storage).theme).toBe('light');

    const refusing = {
      getItem: (): string | null => {
        throw new Error('forbidden');
      },
      setItem: (): void => {
        throw new Error('forbidden');
      },
    };
    const settings = new Settings(refusing);
    settings.toggleTheme();
    expect(settings.theme).toBe('light');
  });
});

describe('the route', () => {
  test.each([
    ['', 'work'],
    ['#/', 'work'],
    ['#/learn', 'learn'],
    ['#privacy', 'privacy'],
    ['#/elsewhere', 'work'],
  ])('of the address %s is %s', (hash, page) => {
    expect(new Route(hash).page).toBe(page);
  });
});

describe('linked views', () => {
  function viewOf(): LinkedView {
    const grid = { size: [20, 30, 40] as const, affine: uprightAffine([1, 1, 2], [0, 0, 0]) };
    return new LinkedView(grid, {
      modality: 'CT',
      window: { lower: -160, upper: 240 },
      focus: [5, 6, 21],
    });
  }

  test('start at the focus, on a slice', () => {
    const view = viewOf();
    expect(view.cursor).toEqual([5, 6, 22]);
    expect(view.sliceOf('axial')).toBe(11);
  });

  test('move only the plane that is scrolled, and not past its end', () => {
    const view = viewOf();
    view.scroll('coronal', 999);
    expect(view.sliceOf('coronal')).toBe(29);
    expect(view.sliceOf('axial')).toBe(11);
  });

  test('show the whole field in any shape of picture', () => {
    const view = viewOf();
    const frame = view.frameOf('axial', 200, 100);
    expect(frame.mmPerPixel * 100).toBeGreaterThanOrEqual(30);
    expect(frame.mmPerPixel * 200).toBeGreaterThanOrEqual(20);
    expect(frame.center[2]).toBe(22);
  });

  test('narrow the window by a drag to the left, down to a least width', () => {
    const view = viewOf();
    view.dragWindow(-30, 0);
    expect(view.window.upper - view.window.lower).toBeCloseTo(360);
    view.dragWindow(-9999, 0);
    expect(view.window.upper).toBeGreaterThan(view.window.lower);
  });

  test('darken by a drag down and brighten by one up, as other viewers do', () => {
    const view = viewOf();
    const level = () => (view.window.lower + view.window.upper) / 2;
    const before = level();
    view.dragWindow(0, 30);
    expect(level()).toBeCloseTo(before + 40);
    view.dragWindow(0, -60);
    expect(level()).toBeCloseTo(before - 40);
  });

  test('have the CT windows of a reading room under 1 to 5', () => {
    const widths = viewOf().presets.map(({ window }) => window.upper - window.lower);
    expect(widths).toEqual([80, 200, 2500, 400, 1000]);
  });

  test('go back to where they began', () => {
    const view = viewOf();
    view.scroll('axial', 3);
    view.zoom('axial', 2);
    view.dragWindow(50, 50);
    view.reset();
    expect(view.cursor).toEqual([5, 6, 22]);
    expect(view.cameras.axial.zoom).toBe(1);
    expect(view.window).toEqual({ lower: -160, upper: 240 });
  });
});
