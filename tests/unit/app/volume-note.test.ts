import { expect, test } from 'vitest';
import { withVolumeNote } from '../../../src/app/deface-visit.ts';
import type { Visiting } from '../../../src/app/visit-heads.ts';
import type { DefacedScan } from '../../../src/core/deface/defaced-scan.ts';
import type { MethodId } from '../../../src/core/deface/options.ts';

const of = (volumes: number): Visiting => ({ id: '1', modality: 'MR', frame: null, volumes });
const filled = (method: MethodId): DefacedScan =>
  ({ notes: [], result: { filled: { method } } }) as unknown as DefacedScan;

test('a made face stands in the first volume only, and that is said once, however often it is found again', () => {
  const said = withVolumeNote(of(3), filled('reface'));
  expect(said.notes).toEqual([{ code: 'deface/new-face-first', details: { volumes: 3 } }]);
  expect(withVolumeNote(of(3), said)).toEqual(said);
  expect(withVolumeNote(of(1), filled('reface')).notes).toEqual([]);
  expect(withVolumeNote(of(3), filled('noise')).notes).toEqual([]);
});
