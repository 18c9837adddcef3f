/** What every Store does. */
import type { Store } from '../../src/app/ports.ts';
import { equal, rejects, type ContractCase } from '../support/contract.ts';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function textAt(store: Store, path: string): Promise<string | null> {
  return (await store.stat(path)) ? new TextDecoder().decode(await store.read(path)) : null;
}

async function namesIn(store: Store, folder: string): Promise<readonly string[]> {
  return (await store.list(folder)).map(({ name, kind }) => `${kind} ${name}`).sort();
}

export const storeContract: readonly ContractCase<Store>[] = [
  {
    name: 'writes, makes the folders it needs, and reads whole and in part',
    async run(store) {
      await store.write('a/b/c.dcm', bytesOf('0123456789'));
      equal(await textAt(store, 'a/b/c.dcm'), '0123456789', 'whole');
      equal(await store.read('a/b/c.dcm', 3, 6), bytesOf('345'), 'part');
      equal(await store.read('a/b/c.dcm', 8, 99), bytesOf('89'), 'beyond the end');
      equal(await store.read('a/b/c.dcm', 4), bytesOf('456789'), 'to the end');
    },
  },
  {
    name: 'lists files and folders, and nothing where no folder is',
    async run(store) {
      await store.write('a/one', bytesOf('1'));
      await store.write('a/b/two', bytesOf('2'));
      equal(await namesIn(store, 'a'), ['file one', 'folder b'], 'folder');
      equal(await namesIn(store, ''), ['folder a'], 'root');
      equal(await namesIn(store, 'none'), [], 'no folder');
      equal(await namesIn(store, 'a/one'), [], 'a file');
    },
  },
  {
    name: 'tells kind and size, and null where nothing is',
    async run(store) {
      await store.write('a/one', bytesOf('123'));
      const file = await store.stat('a/one');
      equal([file?.kind, file?.size, file?.links], ['file', 3, 1], 'file');
      equal((await store.stat('a'))?.kind, 'folder', 'folder');
      equal(await store.stat('a/two'), null, 'nothing');
      equal(await store.stat('b/two'), null, 'nothing in no folder');
      equal(await store.stat('a/one/two'), null, 'nothing under a file');
    },
  },
  {
    name: 'puts new bytes in place of old ones, shorter or longer',
    async run(store) {
      await store.write('x', bytesOf('long text'));
      await store.write('x', bytesOf('short'));
      equal(await textAt(store, 'x'), 'short', 'shorter');
      await store.write('x', bytesOf('long text again'));
      equal(await textAt(store, 'x'), 'long text again', 'longer');
      equal(await namesIn(store, ''), ['file x'], 'nothing beside it');
    },
  },
  {
    name: 'writes an empty file',
    async run(store) {
      await store.write('empty', new Uint8Array(0));
      equal((await store.stat('empty'))?.size, 0, 'size');
    },
  },
  {
    name: 'appends, to nothing and to what is there',
    async run(store) {
      await store.append('u/journal', bytesOf('one\n'));
      await store.append('u/journal', bytesOf('two\n'));
      equal(await textAt(store, 'u/journal'), 'one\ntwo\n', 'both');
    },
  },
  {
    name: 'copies into a new place and over a file, and the two go their own ways',
    async run(store) {
      await store.write('from', bytesOf('first'));
      await store.copy('from', 'u/to');
      equal(await textAt(store, 'u/to'), 'first', 'new place');
      await store.write('from', bytesOf('second'));
      equal(await textAt(store, 'u/to'), 'first', 'after the other changed');
      await store.copy('from', 'u/to');
      equal(await textAt(store, 'u/to'), 'second', 'over a file');
      await store.copy('from', 'u/to');
      equal(await namesIn(store, 'u'), ['file to'], 'nothing beside it, also the second time');
      equal(await textAt(store, 'from'), 'second', 'the source stays');
    },
  },
  {
    name: 'moves into a new place and over a file',
    async run(store) {
      await store.write('a/one', bytesOf('1'));
      await store.write('b/two', bytesOf('2'));
      await store.move('a/one', 'c/d/three');
      equal(await textAt(store, 'a/one'), null, 'the old name');
      equal(await textAt(store, 'c/d/three'), '1', 'the new name');
      await store.move('c/d/three', 'b/two');
      equal(await textAt(store, 'b/two'), '1', 'over a file');
      equal(await namesIn(store, 'b'), ['file two'], 'nothing beside it');
    },
  },
  {
    name: 'removes files, and folders once they are empty',
    async run(store) {
      await store.write('a/one', bytesOf('1'));
      await store.remove('a');
      equal(await textAt(store, 'a/one'), '1', 'a folder with a file stays');
      await store.remove('a/one');
      await store.remove('a/one');
      await store.remove('a');
      await store.remove('a');
      await store.remove('b/c');
      equal(await namesIn(store, ''), [], 'all gone');
    },
  },
  {
    name: 'keeps names as they are, with spaces, accents and quotes',
    async run(store) {
      for (const name of ["O'Neil é ü.dcm", 'a b;c&d', '日本', '%41']) {
        await store.write(`f/${name}`, bytesOf(name));
        equal(await textAt(store, `f/${name}`), name, name);
      }
    },
  },
  {
    name: 'does not see what the caller does with the bytes later',
    async run(store) {
      const bytes = bytesOf('kept');
      await store.write('a', bytes);
      bytes.fill(0);
      (await store.read('a')).fill(0);
      equal(await textAt(store, 'a'), 'kept', 'text');
    },
  },
  {
    name: 'refuses to read what is not there, and to leave its folder',
    async run(store) {
      await rejects(store.read('none'), 'reading', 'file/unreadable');
      await store.write('a/b', bytesOf('1'));
      await rejects(store.read('a'), 'reading a folder', 'file/unreadable');
      await rejects(
        Promise.resolve().then(() => store.write('../out', bytesOf('1'))),
        'writing outside',
      );
      await store.sync();
    },
  },
];
