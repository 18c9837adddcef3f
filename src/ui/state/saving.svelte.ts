import type { Report } from '../../core/report/report.ts';
import type { SaveOptions } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { texts } from '../texts.ts';
import { isAbort } from '../../../workers/wire.ts';
import { Job } from './job.svelte.ts';

interface FolderPicker {
  showDirectoryPicker(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}

/** Writing what was approved, and the report of it. */
export class Saving {
  readonly job = new Job();
  report = $state.raw<Report | null>(null);
  target = $state<'zip' | 'folder'>('zip');
  /** Where the report can be fetched from: a blob in this tab. */
  reportUrl = $state<string | null>(null);

  readonly isSaved = $derived(this.report !== null);
  /** Series that were written. */
  readonly written = $derived(
    this.report?.series.filter((one) => one.output.length > 0).length ?? 0,
  );
  readonly withheld = $derived(
    this.report?.series.filter((one) => one.output.length === 0 && one.approved.by === 'person') ??
      [],
  );

  readonly #client: () => WorkerClient;

  constructor(client: () => WorkerClient) {
    this.#client = client;
  }

  get canWriteFolders(): boolean {
    return 'showDirectoryPicker' in globalThis;
  }

  async save(to: 'zip' | 'folder', options: SaveOptions): Promise<void> {
    if (this.job.isBusy) return;
    const folder = to === 'folder' ? await pickFolder() : null;
    if (to === 'folder' && !folder) return;
    this.reset();
    this.target = to;
    const report = await this.job.run(async (job) => {
      if (folder) return (await this.#client().saveFolder(options, folder, job)).report;
      const { zip, report } = await this.#client().saveZip(options, job);
      download(zip, texts.save.zipName);
      return report;
    });
    if (!report) return;
    this.report = report;
    this.reportUrl = URL.createObjectURL(
      new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }),
    );
  }

  reset(): void {
    if (this.reportUrl) URL.revokeObjectURL(this.reportUrl);
    this.reportUrl = null;
    this.report = null;
    this.job.dismiss();
  }
}

/** A folder the person may write to; null where he thought better of it. */
async function pickFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    // Not in every browser, and not in TypeScript's DOM types: `canWriteFolders` asks first.
    return await (globalThis as unknown as FolderPicker).showDirectoryPicker({ mode: 'readwrite' });
  } catch (thrown) {
    if (isAbort(thrown)) return null;
    throw thrown;
  }
}

/** Hands a file to the person, as a download. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser needs the address until the download has begun.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
