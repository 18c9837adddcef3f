/** Runs in a page: the contracts over what only a browser has (OPFS, File, Blob). */
import { createBlobTarget } from '../../../src/adapters/browser/blob-target.ts';
import { collectDirectory } from '../../../src/adapters/browser/directory-picker.ts';
import { fileSource } from '../../../src/adapters/browser/file-source.ts';
import { createHandleStore } from '../../../src/adapters/browser/handle-store.ts';
import { createHandleSink } from '../../../src/adapters/browser/handle-sink.ts';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { zipReader } from '../../../src/adapters/zip/zip-reader.ts';
import { createZipSink } from '../../../src/adapters/zip/zip-sink.ts';
import { sha256 } from '../../../src/adapters/secrets/web-crypto.ts';
import { finish, resume, rollBack, undoState } from '../../../src/app/place/recover.ts';
import { walkStore } from '../../../src/app/place/store-files.ts';
import type { Store } from '../../../src/app/ports.ts';
import { UNDO } from '../../../src/app/place/layout.ts';
import { judgeFiles } from '../../support/store/judge.ts';
import { ORIGINALS, runJob } from '../../support/store/place-job.ts';
import { storeContract } from '../../contract/store-contract.ts';
import { outputSinkContract, type SinkPlace } from '../../contract/output-sink-contract.ts';
import { sourceFileContract, type MakeSource } from '../../contract/source-file-contract.ts';
import { equal, rejects, type ContractCase } from '../../support/contract.ts';

export interface CaseResult {
  readonly name: string;
  readonly error: string | null;
}

declare global {
  var runContracts: () => Promise<readonly CaseResult[]>;
}

globalThis.runContracts = async () => {
  const results: CaseResult[] = [];
  const all = async <Subject>(
    of: string,
    cases: readonly ContractCase<Subject>[],
    make: () => Promise<Subject>,
  ): Promise<void> => {
    for (const each of cases) {
      const name = `${of} ${each.name}`;
      try {
        await each.run(await make());
        results.push({ name, error: null });
      } catch (error) {
        results.push({ name, error: String(error) });
      }
    }
  };
  await all('a file in a folder of the origin', sourceFileContract, () => Promise.resolve(inOpfs));
  await all('a sink into a picked folder', outputSinkContract, pickedFolder);
  await all('a sink as a ZIP in a Blob', outputSinkContract, zipBlob);
  await all('a picked folder', folderCases, newFolder);
  await all('a store of a picked folder', storeContract, async () =>
    createHandleStore(await newFolder()),
  );
  await all('a save in place', placeCases, newFolder);
  return results;
};

let folders = 0;

async function newFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(`case-${++folders}`, { create: true });
}

async function put(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<File> {
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(bytes);
  await stream.close();
  return handle.getFile();
}

const inOpfs: MakeSource = async (path, bytes) =>
  fileSource({ path, file: await put(await newFolder(), 'file', bytes) });

async function pickedFolder(): Promise<SinkPlace> {
  const folder = await newFolder();
  return {
    open: () => Promise.resolve(createHandleSink(folder)),
    visible: async () => {
      const { files } = await collectDirectory(folder);
      const entries = files.map(async ({ path, file }) => {
        return [path.slice(folder.name.length + 1), await file.text()] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
  };
}

function zipBlob(): Promise<SinkPlace> {
  let target = createBlobTarget();
  let committed = false;
  return Promise.resolve({
    open: () => {
      target = createBlobTarget();
      const sink = createZipSink(target);
      const commit = async (): Promise<void> => {
        await sink.commit();
        committed = true;
      };
      return Promise.resolve({ ...sink, commit });
    },
    visible: async () => {
      if (!committed) return {};
      const archive = memorySource('a', new Uint8Array(await target.blob().arrayBuffer()));
      const seen: Record<string, string> = {};
      for await (const file of zipReader.expand(archive)) {
        if ('read' in file) {
          seen[file.path.slice(2)] = new TextDecoder().decode(await file.read());
        }
      }
      return seen;
    },
  });
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const folderCases: readonly ContractCase<FileSystemDirectoryHandle>[] = [
  {
    name: 'keeps a file that was there, and takes back what was written before it',
    async run(folder) {
      await put(folder, 'b', bytes('theirs'));
      const sink = createHandleSink(folder);
      await sink.write('a', bytes('ours'));
      await sink.write('b', bytes('ours'));
      await rejects(sink.commit(), 'commit', 'output/exists');
      const { files } = await collectDirectory(folder);
      equal(await Promise.all(files.map(({ file }) => file.text())), ['theirs'], 'files');
    },
  },
  {
    name: 'is walked to its end, 2 before 10',
    async run(folder) {
      const inner = await folder.getDirectoryHandle('inner', { create: true });
      for (const name of ['10', '2', '.DS_Store']) await put(inner, name, bytes('x'));
      const { files } = await collectDirectory(folder);
      equal(
        files.map(({ path }) => path),
        ['2', '10'].map((name) => `${folder.name}/inner/${name}`),
        'paths',
      );
    },
  },
];

async function newJob(folder: FileSystemDirectoryHandle): Promise<Store> {
  const store = createHandleStore(folder);
  for (const [path, text] of Object.entries(ORIGINALS)) await store.write(path, bytes(text));
  return store;
}

/** The store until its operation `at`: from then on nothing works any more. */
function until(store: Store, at: number): { readonly store: Store; readonly count: () => number } {
  let operations = 0;
  const counted = new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name].bind(target) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) =>
        operations++ >= at ? Promise.reject(new Error('killed')) : method(...args);
    },
  });
  return { store: counted, count: () => operations };
}

async function judge(store: Store, mayForget = false): Promise<number> {
  const files: Record<string, string> = {};
  for (const folder of ['', `${UNDO}/backup`, `${UNDO}/stage`]) {
    for await (const { path } of walkStore(store, folder)) {
      files[path] = new TextDecoder().decode(await store.read(path));
    }
  }
  return judgeFiles(files, await undoState(store), mayForget);
}

const placeCases: readonly ContractCase<FileSystemDirectoryHandle>[] = [
  {
    name: 'replaces, keeps the originals, and forgets them when it is told to',
    async run(folder) {
      const store = await newJob(folder);
      const ports = { store, sha256 };
      await runJob(ports);
      equal(await judge(store), 2, 'visits new');
      await finish(ports);
      equal(await judge(store, true), 2, 'visits new after finishing');
      equal(await store.stat(UNDO), null, 'the undo folder');
    },
  },
  {
    name: 'that is killed at every operation ends wholly new or old, also when its recovery is killed',
    async run(folder) {
      const count = async (
        work: (store: Store) => Promise<unknown>,
        on: Store,
      ): Promise<number> => {
        const counted = until(on, Infinity);
        await work(counted.store);
        return counted.count();
      };
      const inner = (name: string): Promise<FileSystemDirectoryHandle> =>
        folder.getDirectoryHandle(name, { create: true });
      const job = (store: Store): Promise<void> => runJob({ store, sha256 });
      const total = await count(job, await newJob(await inner('whole')));
      for (let k = 0; k < total; k++) {
        const store = await newJob(await inner(`job-${k}`));
        await job(until(store, k).store).catch(() => undefined);
        const recover = k % 3 === 0 ? rollBack : resume;
        // Once in the recovery too, at a place that goes through all of them.
        const killed = until(store, (k * 7) % 61).store;
        await recover({ store: killed, sha256 }).catch(() => undefined);
        await recover({ store, sha256 });
        const visits = await judge(store);
        if (recover === rollBack) equal(visits, 0, `visits new after rolling back ${k}`);
        await folder.removeEntry(`job-${k}`, { recursive: true });
      }
      equal(total > 100, true, 'operations');
    },
  },
];
