import { describe, expect, test } from 'vitest';
import { ReadAhead } from '../../../src/app/read-ahead.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';

/** A file of `size` bytes 0, 1, 2, … that notes what is asked of it. */
function noting(size: number): { source: SourceFile; asked: (readonly [number, number])[] } {
  const bytes = Uint8Array.from({ length: size }, (_, n) => n);
  const asked: (readonly [number, number])[] = [];
  const read = (start = 0, end = size): Promise<Uint8Array<ArrayBuffer>> => {
    asked.push([start, end]);
    return Promise.resolve(bytes.slice(start, end));
  };
  return { source: { path: 'a.dcm', size, read }, asked };
}

describe('a file read ahead', () => {
  test('is read once for its front and for what lies behind', async () => {
    const { source, asked } = noting(100);
    const ahead = new ReadAhead().of(source);
    expect([...(await ahead.read(0, 3))]).toEqual([0, 1, 2]);
    expect([...(await ahead.read(0, 5))]).toEqual([0, 1, 2, 3, 4]);
    expect([...(await ahead.read(97, 100))]).toEqual([97, 98, 99]);
    expect(asked).toEqual([[0, 100]]);
  });

  test('is let go of once more than the front was asked for', async () => {
    const { source, asked } = noting(100);
    const ahead = new ReadAhead(100).of(source);
    await ahead.read(0, 3);
    await ahead.read(50, 60);
    await ahead.read(60, 70);
    expect(asked).toEqual([
      [0, 100],
      [60, 70],
    ]);
    const whole = await ahead.read();
    whole.fill(7);
    expect([...(await ahead.read(0, 2))]).toEqual([0, 1]);
  });

  test('is read as asked where too much is held already, or the file is large', async () => {
    const small = noting(60);
    const other = noting(60);
    const reader = new ReadAhead(100);
    await reader.of(small.source).read(0, 3);
    await reader.of(other.source).read(0, 3);
    expect(other.asked).toEqual([[0, 3]]);
    const large = noting(2 * 1024 ** 2);
    await new ReadAhead().of(large.source).read(0, 3);
    expect(large.asked).toEqual([[0, 3]]);
  });

  test('makes room when it is let go of, and when all is', async () => {
    const [first, second, third] = [noting(60), noting(60), noting(60)];
    const reader = new ReadAhead(100);
    await reader.of(first.source).read(0, 3);
    await reader.of(first.source).read(3, 60);
    await reader.of(second.source).read(0, 3);
    expect(second.asked).toEqual([[0, 60]]);
    reader.clear();
    await reader.of(third.source).read(0, 3);
    expect(third.asked).toEqual([[0, 60]]);
  });

  test('is not held where all was let go of while it was read, and read once for two who ask', async () => {
    const { source, asked } = noting(60);
    const reader = new ReadAhead(100);
    const ahead = reader.of(source);
    const both = Promise.all([ahead.read(0, 3), ahead.read(0, 5)]);
    expect(asked).toEqual([[0, 60]]);
    reader.clear();
    expect((await both).map(({ length }) => length)).toEqual([3, 5]);
    await ahead.read(3, 60);
    expect(asked).toEqual([
      [0, 60],
      [3, 60],
    ]);
    // Nothing is counted that is not held, and nothing twice.
    for (const { source: next, asked: ofNext } of [noting(100), noting(100)]) {
      await reader.of(next).read(0, 3);
      await reader.of(next).read(3, 100);
      expect(ofNext).toEqual([[0, 100]]);
    }
  });

  test('fails as the file does, and can be tried again', async () => {
    let isThere = false;
    const { source, asked } = noting(60);
    const flaky: SourceFile = {
      ...source,
      read: (...range) => (isThere ? source.read(...range) : Promise.reject(new Error('gone'))),
    };
    const ahead = new ReadAhead(100).of(flaky);
    await expect(ahead.read(0, 3)).rejects.toThrow('gone');
    isThere = true;
    await ahead.read(0, 3);
    expect(asked).toEqual([[0, 60]]);
  });
});
