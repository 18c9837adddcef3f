import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Mark, STROKES } from '../../../src/core/edit/marks.ts';
import { settingsOf } from '../../../src/core/edit/settings.ts';
import { DEFAULT_DEFACE } from '../../../src/core/deface/options.ts';
import { uprightGrid } from '../../../src/core/geometry/grid.ts';
import type { CutSkin, ReviewPictures, SkinWish, Surface } from '../../../workers/api.ts';
import { HandSkin } from '../../../src/ui/correct/hand-skin.svelte.ts';
import { MaskEditor } from '../../../src/ui/correct/mask-editor.svelte.ts';
import { Tools } from '../../../src/ui/correct/tools.svelte.ts';
import { LinkedView } from '../../../src/ui/view/linked-view.svelte.ts';

const grid = uprightGrid([10, 10, 10], 2, [0, 0, 0]);
/** One vertex, in the middle of voxel 555. */
const point: Surface = {
  positions: Float32Array.of(1, 1, 1),
  normals: new Float32Array(3),
  triangles: new Uint32Array(0),
};

function made(): { tools: Tools; head: HandSkin; wishes: SkinWish[]; answer: () => Promise<void> } {
  const run = settingsOf(DEFAULT_DEFACE);
  const start = { marks: new Uint8Array(1000), run, settings: run, isApplied: true, byHand: null };
  const editor = new MaskEditor(grid, start, {
    mark: () => Promise.resolve(true),
    recut: () => Promise.resolve(null),
  });
  const window = { lower: 0, upper: 1 };
  const tools = new Tools(editor, new LinkedView(grid, { modality: 'CT', window, focus: null }));
  const wishes: SkinWish[] = [];
  let free: (skin: CutSkin) => void = () => undefined;
  const head = new HandSkin(
    {
      skinBefore: point,
      skinAfter: point,
      parts: { removed: point, brain: point },
      mask: { grid, voxels: new Uint8Array(1000) },
      threshold: { value: -300, low: -900, high: 300 },
    } as unknown as ReviewPictures,
    tools,
    (wish) => {
      wishes.push(wish);
      return new Promise((resolve) => (free = resolve));
    },
  );
  const answer = async (): Promise<void> => {
    free({ after: point, removed: point });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { tools, head, wishes, answer };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('is first fine, and after a stroke coarse until the hand rests', async () => {
  const { head, wishes, answer } = made();
  head.follow();
  expect(wishes).toEqual([{ threshold: -300, isFine: true }]);
  await answer();
  head.follow();
  expect(head.shows).toBe('old');
  await vi.advanceTimersByTimeAsync(130);
  await answer();
  expect(head.shows).toBe('coarse');
  await vi.advanceTimersByTimeAsync(500);
  await answer();
  expect(head.shows).toBe('fine');
  expect(wishes.map(({ isFine }) => isFine)).toEqual([true, false, true]);
});

test('nothing is made or shown while a stroke is drawn', async () => {
  const { tools, head, wishes, answer } = made();
  head.follow();
  await answer();
  const stop = head.follow();
  await vi.advanceTimersByTimeAsync(130);
  const { after } = head.skins;
  tools.begin('axial', [0, 0, 0], false);
  // The effect is run anew: its timers go, and no others are set.
  stop?.();
  expect(head.follow()).toBeUndefined();
  await answer();
  await vi.advanceTimersByTimeAsync(5000);
  expect(head.skins.after).toBe(after);
  expect(wishes).toHaveLength(2);
});

test('skin at what goes is marked by the marks as they are', async () => {
  const { tools, head, answer } = made();
  head.follow();
  await answer();
  expect(head.skins.after.marks[0]).toBe(0);
  tools.editor.marks[555] = STROKES.take(0);
  head.follow();
  await vi.advanceTimersByTimeAsync(130);
  await answer();
  expect(head.skins.after.marks[0]).toBe(255);
  tools.editor.marks[555] = Mark.take | Mark.guard;
  void head.skins.turnTo(0);
  await answer();
  expect(head.skins.after.marks[0]).toBe(0);
});
