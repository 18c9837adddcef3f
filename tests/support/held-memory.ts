import type { CDPSession } from 'playwright-core';

/**
 * What a page can still reach (bytes): its objects and the buffers they hold. By a heap snapshot,
 * as the counters of the heap do not see buffers that came from a worker.
 */
export async function heldBytes(session: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const take = ({ chunk }: { chunk: string }): void => {
    chunks.push(chunk);
  };
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as {
    snapshot: { meta: { node_fields: string[] } };
    nodes: number[];
  };
  const { node_fields: fields } = snapshot.meta;
  let sum = 0;
  for (let at = fields.indexOf('self_size'); at < nodes.length; at += fields.length) {
    sum += nodes[at] ?? 0;
  }
  return sum;
}
