import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, test } from 'vitest';
import { createBlobTarget } from '../../src/adapters/browser/blob-target.ts';
import { createMemorySink } from '../../src/adapters/memory/memory-sink.ts';
import { createFileTarget } from '../../src/adapters/node/file-target.ts';
import { createFolderSink } from '../../src/adapters/node/folder-sink.ts';
import { createZipSink } from '../../src/adapters/zip/zip-sink.ts';
import { outputSinkContract, type SinkPlace } from './output-sink-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'efface-sink-'));
  folders.push(folder);
  return folder;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function unzipped(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [name, text(content)]),
  );
}

/** Files as anyone sees them: staging is hidden, and everything not hidden counts. */
async function visibleIn(folder: string): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll('\\', '/');
    if (name.startsWith('.') || !entry.isFile()) continue;
    seen[name] = await readFile(file, 'utf8');
  }
  return Object.fromEntries(Object.entries(seen).sort());
}

const implementations: Readonly<Record<string, () => Promise<SinkPlace>>> = {
  'in memory': () => {
    let sink = createMemorySink();
    return Promise.resolve({
      open: () => Promise.resolve((sink = createMemorySink())),
      visible: () =>
        Promise.resolve(
          Object.fromEntries([...sink.files].map(([name, bytes]) => [name, text(bytes)])),
        ),
    });
  },
  'into an empty folder': async () => {
    const folder = await newFolder();
    return { open: () => createFolderSink(folder), visible: () => visibleIn(folder) };
  },
  'into a folder to be made': async () => {
    const folder = path.join(await newFolder(), 'new', 'out');
    return { open: () => createFolderSink(folder), visible: () => visibleIn(folder) };
  },
  'as a ZIP file': async () => {
    const file = path.join(await newFolder(), 'out.zip');
    return {
      open: async () => createZipSink(await createFileTarget(file)),
      visible: async () => {
        const bytes = await readFile(file).catch(() => null);
        return bytes ? unzipped(bytes) : {};
      },
    };
  },
  'as a ZIP in a Blob': () => {
    let target = createBlobTarget();
    return Promise.resolve({
      open: () => Promise.resolve(createZipSink((target = createBlobTarget()))),
      visible: async () => {
        try {
          return unzipped(new Uint8Array(await target.blob().arrayBuffer()));
        } catch {
          return {};
        }
      },
    });
  },
};

describe.each(Object.entries(implementations))('a sink %s', (_, make) => {
  test.each(outputSinkContract)('$name', async (given) => given.run(await make()));
});
