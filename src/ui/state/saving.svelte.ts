import type { Report } from '../../core/report/report.ts';
import type { ErrorRecord } from '../../core/errors.ts';
import type { JobOptions } from '../../core/progress.ts';
import type { PlaceOptions, SaveOptions } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { texts } from '../texts.ts';
import { canPickFolders, pickFolder } from './folder-picker.ts';
import { Job } from './job.svelte.ts';

/** Writing what was approved, and the report of it. */
export class Saving {
  readonly job = new Job();
  report = $state.raw<Report | null>(null);
  target = $state<'zip' | 'folder' | 'place'>('zip');
  /** What to know of files that were replaced. */
  notes = $state.raw<readonly ErrorRecord[]>([]);
  /** Where the report can be fetched from: a blob in this tab. */
  reportUrl = $state<string | null>(null);

  readonly isSaved = $derived(this.report !== null);
  /** Series that were written. */
  readonly written = $derived(
    this.report?.series.filter((one) => one.output.length > 0).length ?? 0,
  );
  /** What was opened is no longer there: it is what was saved now. */
  readonly isReplaced = $derived(
    this.target === 'place' && (this.report?.totals.filesWritten ?? 0) > 0,
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
    return canPickFolders();
  }

  async save(to: 'zip' | 'folder', options: SaveOptions): Promise<void> {
    if (this.job.isBusy) return;
    const folder = to === 'folder' ? await pickFolder('readwrite') : null;
    if (to === 'folder' && !folder) return;
    await this.#run(to, async (job) => {
      if (folder) return (await this.#client().saveFolder(options, folder, job)).report;
      const { zip, report } = await this.#client().saveZip(options, job);
      download(zip, texts.fileNames.zip);
      return report;
    });
  }

  /** Puts results in the place of the files in the folder, which the person may write to. */
  async saveInPlace(options: PlaceOptions, folder: FileSystemDirectoryHandle): Promise<void> {
    if (this.job.isBusy) return;
    await this.#run('place', async (job) => {
      const { report, notes } = await this.#client().savePlace(options, folder, job);
      this.notes = notes;
      return report;
    });
  }

  async #run(to: Saving['target'], work: (job: JobOptions) => Promise<Report>): Promise<void> {
    this.reset();
    this.target = to;
    const report = await this.job.run(work);
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
    this.notes = [];
    this.job.dismiss();
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
