/** The small pictures of the list, made while nothing else is to be done. */
import type { WorkerClient } from '../../../workers/client.ts';
import type { Queue } from './queue.svelte.ts';
import type { ScanItem } from './scan-item.svelte.ts';

/** One after the other in the order of the list, as long as they are wanted. */
export async function readThumbnails(
  queue: Queue,
  client: WorkerClient,
  isWanted: () => boolean,
): Promise<void> {
  const tried = new Set<ScanItem>();
  const next = (): ScanItem | undefined =>
    queue.items.find((item) => !item.thumbnail && !tried.has(item));
  for (let item = next(); item && isWanted(); item = next()) {
    tried.add(item);
    try {
      item.thumbnail = await client.thumbnail(item.scan.id);
      if (item.thumbnail.isCorrected) item.hasStrokes = true;
    } catch {
      // A picture that cannot be made is no reason to stop: the removal will say why.
    }
  }
}
