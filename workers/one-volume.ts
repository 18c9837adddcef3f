/**
 * The decoded volume: only one is kept, and who asks while it loads gets the same. Each who asks
 * can cancel for himself; reading ends when nobody waits for it any more.
 */
import type { JobOptions, Progress } from '../src/core/progress.ts';
import type { ScanId } from '../src/core/scan.ts';
import type { Volume } from '../src/core/volume/volume.ts';

interface Loading {
  readonly scan: ScanId;
  readonly volume: Promise<Volume>;
  readonly stop: AbortController;
  /** One for each who waits. */
  readonly waiting: Set<(progress: Progress) => void>;
  isThere: boolean;
}

export class OneVolume {
  readonly #read: (scan: ScanId, job: JobOptions) => Promise<Volume>;
  #last: Loading | null = null;

  /** @param read decodes a scan */
  constructor(read: (scan: ScanId, job: JobOptions) => Promise<Volume>) {
    this.#read = read;
  }

  /** @throws AbortSignal's reason when cancelled, and what reading throws */
  async load(scan: ScanId, { signal, onProgress }: JobOptions): Promise<Volume> {
    signal?.throwIfAborted();
    const loading = this.#begin(scan);
    const tell = (progress: Progress): void => onProgress?.(progress);
    loading.waiting.add(tell);
    try {
      return await (signal ? Promise.race([loading.volume, endOf(signal)]) : loading.volume);
    } finally {
      loading.waiting.delete(tell);
      this.#giveUp(loading);
    }
  }

  /** Begins with what will be asked for next; for another scan it is given up. */
  ahead(scan: ScanId): void {
    this.#begin(scan);
  }

  drop(): void {
    this.#last?.stop.abort();
    this.#last = null;
  }

  #begin(scan: ScanId): Loading {
    if (this.#last?.scan === scan) return this.#last;
    if (this.#last) this.#giveUp(this.#last);
    const stop = new AbortController();
    const waiting: Loading['waiting'] = new Set();
    const onProgress = (progress: Progress): void => {
      for (const tell of waiting) tell(progress);
    };
    const volume = this.#read(scan, { signal: stop.signal, onProgress });
    const loading: Loading = { scan, volume, stop, waiting, isThere: false };
    this.#last = loading;
    volume.then(
      () => {
        loading.isThere = true;
      },
      () => {
        if (this.#last === loading) this.#last = null;
      },
    );
    return loading;
  }

  /** Nobody may join what is being stopped. */
  #giveUp(loading: Loading): void {
    if (loading.isThere || loading.waiting.size > 0) return;
    loading.stop.abort();
    if (this.#last === loading) this.#last = null;
  }
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
