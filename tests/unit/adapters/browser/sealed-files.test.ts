import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSealedFiles } from '../../../../src/adapters/browser/sealed-files.ts';
import { filesInMemory, keyOf } from '../../../support/shelf.ts';

describe('what tabs sealed', () => {
  const files = filesInMemory();
  let open: string[] = [];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    open = [];
    files.all.clear();
    vi.stubGlobal('navigator', {
      locks: {
        request: (name: string) => {
          open.push(name);
          return new Promise(() => undefined);
        },
        query: () => Promise.resolve({ held: open.map((name) => ({ name })) }),
      },
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('goes with the tab, and stays with one that is only loaded anew', async () => {
    for (const tab of [1, 2, 3]) {
      await (await createSealedFiles(files, keyOf(tab))).put('result', new Uint8Array([tab]));
    }
    // All were closed, or are being loaded.
    open = [];
    const started = await createSealedFiles(files, keyOf(4));
    await started.put('result', new Uint8Array([4]));
    const cleared = started.clearLeft(1000);
    await vi.advanceTimersByTimeAsync(900);
    expect(files.all.size).toBe(4);
    const again = await createSealedFiles(files, keyOf(2));
    await vi.advanceTimersByTimeAsync(200);
    await cleared;
    expect(files.all.size).toBe(2);
    expect(await again.get('result')).toEqual(new Uint8Array([2]));
    expect(await started.get('result')).toEqual(new Uint8Array([4]));
  });

  test('of a tab that is open now stays, though it is closed while one waits', async () => {
    await (await createSealedFiles(files, keyOf(1))).put('result', new Uint8Array([1]));
    const started = await createSealedFiles(files, keyOf(2));
    const cleared = started.clearLeft(1000);
    await vi.advanceTimersByTimeAsync(500);
    open = [];
    await vi.advanceTimersByTimeAsync(600);
    await cleared;
    expect(files.all.size).toBe(1);
  });

  test('goes when its tab starts over, and no other', async () => {
    const [one, two] = [
      await createSealedFiles(files, keyOf(1)),
      await createSealedFiles(files, keyOf(2)),
    ];
    await one.put('result', new Uint8Array([1]));
    await two.put('result', new Uint8Array([2]));
    await one.clear();
    expect(await one.get('result')).toBeNull();
    expect(await two.get('result')).toEqual(new Uint8Array([2]));
  });
});
