import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBlobTarget } from '../../../../src/adapters/browser/blob-target.ts';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { readDirectory } from '../../../../src/adapters/zip/directory.ts';
import { centralRecord, endRecords, localHeader } from '../../../../src/adapters/zip/records.ts';
import { createZipSink } from '../../../../src/adapters/zip/zip-sink.ts';

const hasPython = spawnSync('python3', ['-c', '1']).status === 0;

describe('createZipSink', () => {
  test('gives the same bytes for the same results, whenever it is', async () => {
    const make = async (): Promise<Uint8Array> => {
      const target = createBlobTarget();
      const sink = createZipSink(target);
      await sink.write('a/1.dcm', Uint8Array.of(1, 2, 3));
      await sink.commit();
      return new Uint8Array(await target.blob().arrayBuffer());
    };

    const first = await make();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(await make()).toEqual(first);
  });

  test.skipIf(!hasPython)(
    'makes archives that Python finds whole, of more than 65535 files too',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'efface-zip-'));
      const file = path.join(folder, 'many.zip');
      const target = createBlobTarget();
      const sink = createZipSink(target);
      for (let n = 0; n < 66_000; n++) await sink.write(`s/${n}`, Uint8Array.of(n, n >> 8));
      await sink.commit();
      writeFileSync(file, new Uint8Array(await target.blob().arrayBuffer()));
      const script = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(archive.testzip(), len(archive.namelist()), archive.read('s/65999').hex())`;
      const seen = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
      rmSync(folder, { recursive: true });

      expect(seen.stdout.trim()).toBe('None 66000 cf01');
    },
  );

  test('describes files beyond 4 GiB so that they are found again', async () => {
    const entry = { path: 'far', offset: 5 * 2 ** 32, bytes: 2 ** 33, crc: 1 };
    const central = centralRecord(entry);
    const end = endRecords(1, 0, central.length);
    const archive = new Uint8Array(central.length + end.length);
    archive.set(central);
    archive.set(end, central.length);

    expect(await readDirectory(memorySource('a', archive))).toMatchObject([
      { name: 'far', offset: entry.offset, bytes: entry.bytes, packedBytes: entry.bytes },
    ]);
    expect(localHeader(entry).length).toBe(30 + 3 + 20);
  });
});
