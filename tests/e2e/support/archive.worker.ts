/** Runs in a worker of a page: the contract of a sink into a file of the origin, and its memory. */
import { createOpfsTarget } from '../../../src/adapters/browser/opfs-target.ts';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { zipReader } from '../../../src/adapters/zip/zip-reader.ts';
import { createZipSink } from '../../../src/adapters/zip/zip-sink.ts';
import { outputSinkContract, type SinkPlace } from '../../contract/output-sink-contract.ts';

type Target = Awaited<ReturnType<typeof createOpfsTarget>>;

addEventListener('message', ({ data }: MessageEvent<'contract' | number>) => {
  const work = typeof data === 'number' ? stream(data) : contract();
  work.then(postMessage, (error: unknown) => {
    postMessage([{ name: 'the worker', error: String(error) }]);
  });
});

async function contract(): Promise<readonly { name: string; error: string | null }[]> {
  const results = [];
  for (const each of outputSinkContract) {
    const name = `a sink as a ZIP in a file of the origin ${each.name}`;
    try {
      await each.run(archive());
      results.push({ name, error: null });
    } catch (error) {
      results.push({ name, error: String(error) });
    }
  }
  return results;
}

function archive(): SinkPlace {
  let target: Target | null = null;
  return {
    open: async () => createZipSink((target = await createOpfsTarget())),
    visible: async () => {
      const seen: Record<string, string> = {};
      let blob: Blob;
      try {
        blob = (target as Target).blob();
      } catch {
        return seen;
      }
      const source = memorySource('a', new Uint8Array(await blob.arrayBuffer()));
      for await (const file of zipReader.expand(source)) {
        if ('read' in file) seen[file.path.slice(2)] = new TextDecoder().decode(await file.read());
      }
      return seen;
    },
  };
}

/** Slices of 512², each read back; gives the bytes of the archive. */
async function stream(slices: number): Promise<number> {
  const target = await createOpfsTarget();
  const sink = createZipSink(target);
  const slice = new Uint8Array(512 * 512 * 2);
  for (let n = 0; n < slices; n++) {
    for (let at = 0; at < slice.length; at += 64) slice[at] = n + at;
    await sink.write(`s/${n}.dcm`, slice);
    const back = await sink.read(`s/${n}.dcm`);
    if (back[64] !== slice[64]) throw new Error('it reads back otherwise');
  }
  await sink.commit();
  return target.blob().size;
}
