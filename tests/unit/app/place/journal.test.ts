import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intentOf, Journal, readIntent, type Intent } from '../../../../src/app/place/journal.ts';
import { JOURNAL } from '../../../../src/app/place/layout.ts';
import type { Manifest } from '../../../../src/app/place/manifest.ts';
import { MemoryDisk, memoryStore } from '../../../support/store/memory-disk.ts';

const manifest: Manifest = {
  groups: ['visit', 'report'],
  files: [{ n: 0, group: 0, path: 'a "b"\n', sha256: 'x', bytes: 1, to: 'ü' }],
};

async function written(): Promise<Uint8Array<ArrayBuffer>> {
  const store = memoryStore(new MemoryDisk());
  const journal = await Journal.begin(store, manifest);
  await journal.add({ kind: 'commit', group: 0, staged: [[0, 'y']] });
  await journal.add({ kind: 'back', group: 0 }, { kind: 'done' });
  return store.read(JOURNAL);
}

/** How far a journal got: each intent holds all that the one before holds. */
function depth(intent: Intent | null): number {
  if (!intent) return 0;
  return 1 + intent.staged.size + intent.back.size + (intent.done ? 1 : 0);
}

describe('a journal', () => {
  test('says what was written into it', async () => {
    const intent = intentOf(await written());
    expect(intent).toEqual({
      manifest,
      staged: new Map([[0, new Map([[0, 'y']])]]),
      back: new Set([0]),
      done: true,
      finish: false,
    });
  });

  test('cut off anywhere says what its whole lines say', async () => {
    const bytes = await written();
    let last = 0;
    for (let length = 0; length <= bytes.length; length++) {
      const now = depth(intentOf(bytes.slice(0, length)));
      expect(now - last === 0 || now - last === 1).toBe(true);
      last = now;
    }
    expect(last).toBe(4);
  });

  test('with a byte changed believes nothing from there on', async () => {
    const bytes = await written();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const spoiled = bytes.slice();
        spoiled[at] = (spoiled[at] ?? 0) ^ by;
        const whole = intentOf(bytes.slice(0, bytes.subarray(0, at).lastIndexOf(10) + 1));
        expect(intentOf(spoiled)).toEqual(whole);
      }),
    );
  });

  test('is gone on with after a line that was cut off', async () => {
    const store = memoryStore(new MemoryDisk());
    const bytes = await written();
    await store.write(JOURNAL, bytes.slice(0, bytes.length - 5));
    const journal = await Journal.reopen(store);
    await journal.add({ kind: 'finish' });
    expect(await readIntent(store)).toMatchObject({ done: false, finish: true });
  });
});
