import type { Recovered, UndoState } from '../../app/place/recover.ts';
import type { ErrorRecord } from '../../core/errors.ts';
import type { RecoverStep } from '../../../workers/api.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { mayWrite } from './folder-picker.ts';
import { Job } from './job.svelte.ts';
import { problemOfRecord } from './problem.ts';

/** The folder that was opened by its handle, and what an earlier save in place left in it. */
export class Place {
  readonly job = new Job();
  /** null: what is open did not come from a folder that can be written to. */
  folder = $state.raw<FileSystemDirectoryHandle | null>(null);
  undo = $state<UndoState>('none');
  /** What the last recovery did. */
  recovered = $state.raw<{ readonly step: RecoverStep; readonly result: Recovered } | null>(null);

  readonly canSave = $derived(this.folder !== null && this.undo === 'none');

  readonly #client: () => WorkerClient;

  constructor(client: () => WorkerClient) {
    this.#client = client;
  }

  /** Takes a folder, or none; gives whether it can be opened as it is. */
  async take(folder: FileSystemDirectoryHandle | null): Promise<boolean> {
    this.folder = folder;
    this.undo = 'none';
    this.recovered = null;
    this.job.dismiss();
    return (await this.look()) !== 'unfinished';
  }

  async look(): Promise<UndoState> {
    if (this.folder) this.undo = await this.#client().undoState(this.folder);
    return this.undo;
  }

  /** Asks for leave to write; false, with the reason shown, where it is not given. */
  async mayWrite(): Promise<boolean> {
    if (this.folder && (await mayWrite(this.folder))) return true;
    this.#say({ code: 'place/not-allowed', details: {} });
    return false;
  }

  async recover(step: RecoverStep): Promise<void> {
    const { folder } = this;
    if (!folder || this.job.isBusy || !(await this.mayWrite())) return;
    const result = await this.job.run((job) => this.#client().recoverPlace(step, folder, job));
    await this.look();
    this.recovered = result && { step, result };
  }

  #say(record: ErrorRecord): void {
    this.job.status = 'failed';
    this.job.problem = problemOfRecord(record);
  }
}
