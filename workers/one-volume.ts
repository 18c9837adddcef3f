/** The decoded volume: only one is kept, and who asks while it loads gets the same. */
import type { JobOptions } from '../src/core/progress.ts';
import type { ScanId } from '../src/core/scan.ts';
import type { Volume } from '../src/core/volume/volume.ts';

export class OneVolume {
  readonly #read: (scan: ScanId, job: JobOptions) => Promise<Volume>;
  #last: { readonly scan: ScanId; readonly loading: Promise<Volume> } | null = null;

  /** @param read decodes a scan */
  constructor(read: (scan: ScanId, job: JobOptions) => Promise<Volume>) {
    this.#read = read;
  }

  load(scan: ScanId, job: JobOptions): Promise<Volume> {
    if (this.#last?.scan !== scan) {
      const loading = this.#read(scan, job);
      const last = { scan, loading };
      this.#last = last;
      loading.catch(() => {
        if (this.#last === last) this.#last = null;
      });
    }
    return this.#last.loading;
  }

  drop(): void {
    this.#last = null;
  }
}
