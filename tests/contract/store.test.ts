import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { createFolderStore } from '../../src/adapters/node/folder-store.ts';
import type { Store } from '../../src/app/ports.ts';
import { MemoryDisk, memoryStore } from '../support/store/memory-disk.ts';
import { storeContract } from './store-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const implementations: Readonly<Record<string, () => Promise<Store>>> = {
  'in memory': () => Promise.resolve(memoryStore(new MemoryDisk())),
  'of a folder': async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'efface-store-'));
    folders.push(folder);
    return createFolderStore(folder);
  },
};

describe.each(Object.entries(implementations))('a store %s', (_, make) => {
  test.each(storeContract)('$name', async (given) => given.run(await make()));
});
