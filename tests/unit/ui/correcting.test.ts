import { expect, test } from 'vitest';
import type { Correction } from '../../../src/ui/correct/correction.svelte.ts';
import { Correcting } from '../../../src/ui/state/correcting.svelte.ts';
import { ScanItem } from '../../../src/ui/state/scan-item.svelte.ts';
import type { ScanSummary } from '../../../src/core/scan.ts';

function opened(isDirty: boolean): { correcting: Correcting; item: ScanItem; went: string[] } {
  const item = new ScanItem({ id: '1' } as unknown as ScanSummary);
  const correction = {
    editor: { isDirty, endStroke: () => undefined },
    discard() {
      this.editor.isDirty = false;
      return Promise.resolve();
    },
  };
  const correcting = new Correcting();
  correcting.begin(item, correction as unknown as Correction);
  return { correcting, item, went: [] };
}

test('where every stroke is applied it is left without a question', () => {
  const { correcting, item, went } = opened(false);
  correcting.leave({ go: () => went.push('gone'), forgets: false, apply: null });
  expect(went).toEqual(['gone']);
  expect(correcting.question).toBeNull();
  correcting.end();
  expect(item.hasStrokes).toBe(false);
});

test('with strokes it asks once; kept, the row says that they wait', () => {
  const { correcting, item, went } = opened(true);
  const go = (): void => {
    went.push('gone');
    correcting.end();
  };
  correcting.leave({ go, forgets: true, apply: null });
  expect(went).toEqual([]);
  expect(correcting.question?.forgets).toBe(true);
  correcting.keep();
  expect(went).toEqual(['gone']);
  expect([correcting.question, correcting.item]).toEqual([null, null]);
  expect(item.hasStrokes).toBe(true);
});

test('another correction that is begun leaves the first one waiting', () => {
  const { correcting, item } = opened(true);
  const other = new ScanItem({ id: '2' } as unknown as ScanSummary);
  correcting.begin(other, { editor: null } as unknown as Correction);
  expect([item.hasStrokes, correcting.item]).toEqual([true, other]);
});
