/** Runs in a page: the contracts over what only a browser has (OPFS, File, Blob). */
import { createBlobTarget } from '../../../src/adapters/browser/blob-target.ts';
import { collectDirectory } from '../../../src/adapters/browser/directory-picker.ts';
import { fileSource } from '../../../src/adapters/browser/file-source.ts';
import { createHandleSink } from '../../../src/adapters/browser/handle-sink.ts';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { zipReader } from '../../../src/adapters/zip/zip-reader.ts';
import { createZipSink } from '../../../src/adapters/zip/zip-sink.ts';
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
