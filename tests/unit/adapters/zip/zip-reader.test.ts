import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { zipReader } from '../../../../src/adapters/zip/zip-reader.ts';
import { createRandom } from '../../../../src/core/random.ts';
import type { SkippedFile } from '../../../../src/core/scan.ts';
import type { SourceFile } from '../../../../src/core/source-file.ts';
import { zipFile, type MadeEntry } from '../../../support/zip-file.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function expand(
  archive: Uint8Array<ArrayBuffer>,
): Promise<{ files: SourceFile[]; skipped: SkippedFile[] }> {
  const files: SourceFile[] = [];
  const skipped: SkippedFile[] = [];
  for await (const found of zipReader.expand(memorySource('a.zip', archive))) {
    if ('read' in found) files.push(found);
    else skipped.push(found);
  }
  return { files, skipped };
}

async function reasons(entries: readonly MadeEntry[]): Promise<string[]> {
  return (await expand(zipFile(entries))).skipped.map(({ reason }) => reason.code);
}

describe('zipReader', () => {
  test('finds the files of all folders, under the name of the archive', async () => {
    const { files } = await expand(zipSync({ 'a/1.dcm': bytes('x'), 'a/b/2.dcm': bytes('y') }));

    expect(files.map(({ path }) => path)).toEqual(['a.zip/a/1.dcm', 'a.zip/a/b/2.dcm']);
  });

  test.each([
    '../outside.dcm',
    'a/../../outside.dcm',
    '/etc/passwd',
    'C:/windows/x.dcm',
    '..\\outside.dcm',
    '\\\\server\\share',
    'a\0b',
    'x'.repeat(300),
  ])('leaves out the entry %j and reads the others', async (name) => {
    const { files, skipped } = await expand(
      zipFile([
        { name, bytes: bytes('bad') },
        { name: 'good', bytes: bytes('fine') },
      ]),
    );

    expect(skipped.map(({ reason }) => reason.code)).toEqual(['zip/unsafe-path']);
    expect(files.map(({ path }) => path)).toEqual(['a.zip/good']);
  });

  test('reads the folders of archives written with backslashes', async () => {
    const { files } = await expand(zipFile([{ name: 'a\\1.dcm', bytes: bytes('x') }]));

    expect(files[0]?.path).toBe('a.zip/a/1.dcm');
  });

  test('leaves out a name that differs from another by case alone', async () => {
    const entries = [
      { name: 'IM0001', bytes: bytes('a') },
      { name: 'im0001', bytes: bytes('b') },
    ];

    expect(await reasons(entries)).toEqual(['zip/duplicate-name']);
  });

  test('leaves out what is encrypted or packed in another way', async () => {
    const entries = [
      { name: 'a', bytes: bytes('a'), encrypted: true },
      { name: 'b', bytes: bytes('b'), method: 93 },
    ];

    expect(await reasons(entries)).toEqual(['zip/damaged', 'zip/damaged']);
  });

  test('refuses an archive that announces far more than its size allows', async () => {
    const bomb = zipFile([{ name: 'a', bytes: bytes('a'), deflate: true, claimedBytes: 2 ** 31 }]);

    await expect(expand(bomb)).rejects.toMatchObject({ code: 'zip/bomb' });
  });

  test('refuses an archive whose entries share their bytes', async () => {
    const bomb = zipFile([
      { name: 'a', bytes: bytes('aaaa'), deflate: true, claimedPackedBytes: 200 },
      { name: 'b', bytes: bytes('bbbb'), deflate: true, claimedPackedBytes: 200 },
    ]);

    await expect(expand(bomb)).rejects.toMatchObject({ code: 'zip/bomb' });
  });

  test('stops inflating an entry that makes more than it announced', async () => {
    const zeros = new Uint8Array(50 * 2 ** 20);
    const { files } = await expand(
      zipFile([{ name: 'a', bytes: zeros, deflate: true, claimedBytes: 1000 }]),
    );

    await expect(files[0]?.read()).rejects.toMatchObject({ code: 'zip/bomb' });
  });

  test('notices bytes that differ from their checksum', async () => {
    const { files } = await expand(
      zipFile([{ name: 'a', bytes: bytes('abc'), deflate: true, claimedCrc: 7 }]),
    );

    await expect(files[0]?.read()).rejects.toMatchObject({ code: 'zip/damaged' });
  });

  test('reads the start of a large entry without inflating all of it', async () => {
    const noise = createRandom(5);
    const large = zipSync({ a: Uint8Array.from({ length: 4e6 }, () => 256 * noise.uniform()) });
    let bytesRead = 0;
    const archive = memorySource('a.zip', large);
    const counted: SourceFile = {
      ...archive,
      read: (start, end) => {
        bytesRead += (end ?? archive.size) - (start ?? 0);
        return archive.read(start, end);
      },
    };
    for await (const file of zipReader.expand(counted)) {
      if ('read' in file) await file.read(0, 10);
    }

    expect(bytesRead).toBeLessThan(large.length / 2);
  });

  test('opens an archive within the archive, and names one deeper', async () => {
    const innermost = zipSync({ 'c.dcm': bytes('c') });
    const inner = zipSync({ 'b.dcm': bytes('b'), 'deep.zip': innermost });
    const { files, skipped } = await expand(zipSync({ 'inner.zip': inner }));

    expect(files.map(({ path }) => path)).toEqual(['a.zip/inner.zip/b.dcm']);
    expect(skipped).toEqual([
      { path: 'a.zip/inner.zip/deep.zip', reason: { code: 'zip/nested', details: {} } },
    ]);
  });

  test('goes on after an inner archive that is damaged', async () => {
    const { files, skipped } = await expand(
      zipSync({ 'bad.zip': bytes('PK no archive'), 'good.dcm': bytes('x') }),
    );

    expect(files.length).toBe(1);
    expect(skipped.map(({ reason }) => reason.code)).toEqual(['zip/damaged']);
  });

  test.each(['', 'PK\x03\x04 cut off', 'x'.repeat(70_000)])(
    'refuses bytes that are no archive (%#)',
    async (text) => {
      await expect(expand(bytes(text))).rejects.toMatchObject({ code: 'zip/damaged' });
    },
  );
});
