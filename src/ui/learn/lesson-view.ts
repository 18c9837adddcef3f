/** How the lesson looks at its head: from the front, the same in every step. */
import type { DisplayVolume } from '../../../workers/api.ts';
import { LinkedView } from '../view/linked-view.svelte.ts';
import type { Scope } from '../view/skin-mesh.ts';

/** The whole head of the lesson, whatever the threshold shows of it (LPS mm). */
export const LESSON_SCOPE: Scope = { center: [0, -8, 16], reach: 138 };

export function lessonView({ grid, modality, window }: DisplayVolume): LinkedView {
  return new LinkedView(grid, { modality, window, focus: null });
}
