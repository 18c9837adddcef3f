import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, test } from 'vitest';
import { fileSource as pickedSource } from '../../src/adapters/browser/file-source.ts';
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import { fileSource } from '../../src/adapters/node/file-source.ts';
import { zipReader } from '../../src/adapters/zip/zip-reader.ts';
import { sourceFileContract, type MakeSource } from './source-file-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const onDisk: MakeSource = async (name, bytes) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'efface-source-'));
  folders.push(folder);
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return fileSource(file, bytes.length);
};

function zipped(level: 0 | 6): MakeSource {
  return async (name, bytes) => {
    const archive = memorySource('x.zip', zipSync({ [name]: bytes }, { level }));
    for await (const file of zipReader.expand(archive)) {
      if ('read' in file) return file;
    }
    throw new Error('the archive is empty');
  };
}

const implementations: Readonly<Record<string, MakeSource>> = {
  'in memory': (name, bytes) => Promise.resolve(memorySource(name, bytes)),
  'on disk': onDisk,
  'picked in a page': (name, bytes) =>
    Promise.resolve(pickedSource({ path: name, file: new File([bytes], 'b.dcm') })),
  'stored in a ZIP': zipped(0),
  'deflated in a ZIP': zipped(6),
};

describe.each(Object.entries(implementations))('a file %s', (_, make) => {
  test.each(sourceFileContract)('$name', (given) => given.run(make));
});
