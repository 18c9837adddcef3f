/** What every SourceFile does, made from a path and bytes. */
import type { SourceFile } from '../../src/core/source-file.ts';
import { equal, type ContractCase } from '../support/contract.ts';

export type MakeSource = (path: string, bytes: Uint8Array<ArrayBuffer>) => Promise<SourceFile>;

const ten = (): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: 10 }, (_, n) => n);

export const sourceFileContract: readonly ContractCase<MakeSource>[] = [
  {
    name: 'tells its size and its path with /',
    async run(make) {
      const source = await make('a/b.dcm', ten());
      equal(source.size, 10, 'size');
      equal(source.path.endsWith('a/b.dcm'), true, 'path');
    },
  },
  {
    name: 'reads the whole without arguments',
    async run(make) {
      equal(await (await make('a', ten())).read(), ten(), 'bytes');
    },
  },
  {
    name: 'reads the bytes from start up to, not with, end',
    async run(make) {
      equal(await (await make('a', ten())).read(3, 6), Uint8Array.of(3, 4, 5), 'bytes');
    },
  },
  {
    name: 'reads to the end where the end lies beyond it',
    async run(make) {
      const source = await make('a', ten());
      equal(await source.read(8, 99), Uint8Array.of(8, 9), 'bytes');
      equal(await source.read(12, 20), new Uint8Array(0), 'bytes beyond the end');
    },
  },
  {
    name: 'reads what follows a short beginning',
    async run(make) {
      const source = await make('a', ten());
      equal(await source.read(1), ten().slice(1), 'bytes');
      equal(await source.read(2, 10), ten().slice(2), 'bytes up to the end');
      equal(await source.read(1, 9), ten().slice(1, 9), 'bytes up to the last but one');
    },
  },
  {
    name: 'gives bytes that are the reader’s own to change',
    async run(make) {
      const source = await make('a', ten());
      (await source.read()).fill(255);
      equal(await source.read(), ten(), 'bytes after a change');
    },
  },
  {
    name: 'reads an empty file as no bytes',
    async run(make) {
      equal(await (await make('empty', new Uint8Array(0))).read(), new Uint8Array(0), 'bytes');
    },
  },
  {
    name: 'reads several ranges at once',
    async run(make) {
      const source = await make(
        'a',
        Uint8Array.from({ length: 70_000 }, (_, n) => n),
      );
      const ranges = [0, 1000, 65_530, 69_990].map((start) => source.read(start, start + 10));
      const firsts = (await Promise.all(ranges)).map((bytes) => bytes[0]);
      equal(
        firsts,
        [0, 1000, 65_530, 69_990].map((n) => n % 256),
        'first bytes',
      );
    },
  },
];
