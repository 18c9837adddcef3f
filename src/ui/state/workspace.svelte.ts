import { untrack } from 'svelte';
import type { JobOptions } from '../../core/progress.ts';
import {
  BASIC,
  NONE,
  withOption,
  type DeidentificationOptions,
  type DeidOption,
} from '../../core/deidentify/options.ts';
import { keyFrom, keyText } from '../../core/deidentify/project-key.ts';
import { EffaceError } from '../../core/errors.ts';
import type { LeftOut, ScanId, SkippedFile } from '../../core/scan.ts';
import { collectDirectory } from '../../adapters/browser/directory-picker.ts';
import type { OpenedFiles, PlaceOptions, RecoverStep } from '../../../workers/api.ts';
import type { NamedFile, WorkerClient } from '../../../workers/client.ts';
import { isAbort } from '../../../workers/wire.ts';
import { texts } from '../texts.ts';
import { Choices } from './choices.svelte.ts';
import { Job, OF_DEMO } from './job.svelte.ts';
import { noteOf, problemOf, type Problem } from './problem.ts';
import { Place } from './place.svelte.ts';
import { download, Saving } from './saving.svelte.ts';
import { ScanItem } from './scan-item.svelte.ts';

export type Step = 'open' | 'look' | 'remove' | 'check' | 'save';

const NOTHING: OpenedFiles = { scans: [], bestFirst: [], left: [], skipped: [] };
const KEY_BYTES = 32;

/** What is open, how far it is, and everything a person can do with it. */
export class Workspace {
  step = $state<Step>('open');
  items = $state.raw<readonly ScanItem[]>([]);
  left = $state.raw<readonly LeftOut[]>([]);
  skipped = $state.raw<readonly SkippedFile[]>([]);
  /** Of `left`, what is written with its face because the person asked for it. */
  letThrough = $state.raw<readonly ScanId[]>([]);
  /** The series under review. */
  current = $state.raw<ScanItem | null>(null);
  /** Something to say that is no error. */
  note = $state.raw<Problem | null>(null);
  isDemo = $state(false);
  /** Whether the project's own key is in use. */
  hasKey = $state(false);

  readonly opening = new Job();
  readonly removing = new Job();
  readonly choices = new Choices();
  readonly saving = new Saving(() => this.#client);
  readonly place = new Place(() => this.#client);

  readonly included = $derived(this.items.filter((item) => item.included));
  readonly reviewable = $derived(this.items.filter((item) => item.isReviewable));
  readonly approved = $derived(this.items.filter((item) => item.status === 'approved'));
  readonly canRemove = $derived(this.included.length > 0 && this.choices.regions.length > 0);
  readonly isUnsaved = $derived(this.reviewable.length > 0 && !this.saving.isSaved);

  readonly #client: WorkerClient;
  #bestFirst: OpenedFiles['bestFirst'] = [];

  constructor(connect: (onRestart: () => void) => WorkerClient) {
    this.#client = connect(() => {
      this.#forgetResults();
    });
  }

  get client(): WorkerClient {
    return this.#client;
  }

  async open(files: readonly NamedFile[], skipped: readonly SkippedFile[] = []): Promise<void> {
    if (this.#isBusy) return;
    await this.place.take(null);
    await this.#opening(false, skipped, (job) => this.#client.open(files, job));
  }

  /** Opens a folder by its handle, so that it can be saved in place; not one that is half new. */
  async openFolder(folder: FileSystemDirectoryHandle): Promise<void> {
    if (this.#isBusy || !(await this.place.take(folder))) return;
    const { files, skipped } = await collectDirectory(folder);
    // Paths as they are in the folder: that is where results go.
    const within = <Found extends { readonly path: string }>(found: Found): Found => ({
      ...found,
      path: found.path.slice(folder.name.length + 1),
    });
    await this.#opening(false, skipped.map(within), (job) =>
      this.#client.open(files.map(within), job),
    );
  }

  /** Goes on with an undo folder; what is in the folder is opened once it is whole. */
  async recover(step: RecoverStep): Promise<void> {
    const { folder } = this.place;
    await this.place.recover(step);
    if (!folder || !this.place.recovered) return;
    this.saving.reset();
    if (step === 'finish') return;
    const { recovered } = this.place;
    await this.openFolder(folder);
    this.place.recovered = recovered;
  }

  async saveInPlace(choice: Pick<PlaceOptions, 'names' | 'leaveRest'>): Promise<void> {
    const { folder } = this.place;
    if (!folder || !(await this.place.mayWrite())) return;
    await this.saving.saveInPlace(
      {
        approved: this.approved.map((item) => item.scan.id),
        deidentification: this.choices.deidentification,
        ...choice,
      },
      folder,
    );
    await this.place.look();
  }

  async openDemo(kind: 'CT' | 'MR' = 'CT'): Promise<void> {
    if (this.#isBusy) return;
    await this.place.take(null);
    await this.#opening(true, [], (job) => this.#client.openDemo(kind, job));
  }

  async removeFaces(): Promise<void> {
    const at = (item: ScanItem): number => this.#bestFirst.indexOf(item.scan.id);
    const waiting = this.included.toSorted((a, b) => at(a) - at(b));
    const options = this.choices.deface;
    for (const item of this.items) item.reset();
    this.saving.reset();
    this.step = 'remove';
    this.note = null;
    await this.removing.run(async (job) => {
      for (const [index, item] of waiting.entries()) {
        this.removing.startPart(index, waiting.length);
        item.status = 'running';
        try {
          item.finish(await this.#client.deface(item.scan.id, options, job));
        } catch (thrown) {
          if (isAbort(thrown)) {
            item.reset();
            throw thrown;
          }
          // One series that fails does not stop the others.
          item.fail(problemOf(thrown));
        }
      }
    });
    if (this.removing.status === 'cancelled') {
      this.note ??= noteOf(() => texts.work.cancelled);
    }
    const first = this.reviewable[0];
    if (first && this.removing.status === 'done') this.review(first);
    else this.step = 'look';
  }

  review(item: ScanItem): void {
    this.current = item;
    this.step = 'check';
    this.note = null;
    if (!item.headerChanges) void this.#readHeader(item);
  }

  decide(decision: 'approved' | 'rejected'): void {
    const item = this.current;
    if (!item) return;
    item.status = decision;
    this.saving.reset();
    const undecided = this.reviewable.find((one) => one.status === 'done');
    if (undecided) this.review(undecided);
    else this.step = 'save';
  }

  /** The series before or after the one under review. */
  move(by: -1 | 1): void {
    const at = this.current ? this.reviewable.indexOf(this.current) : -1;
    const next = this.reviewable[at + by];
    if (next) this.review(next);
  }

  async save(to: 'zip' | 'folder'): Promise<void> {
    await this.saving.save(to, {
      approved: this.approved.map((item) => item.scan.id),
      deidentification: this.choices.deidentification,
      mask: this.choices.mask,
      included: this.letThrough,
    });
  }

  setDeidProfile(profile: DeidentificationOptions['profile']): void {
    this.#setDeidentification(profile === 'none' ? NONE : BASIC);
  }

  setDeidOption(option: DeidOption, wanted: boolean): void {
    const { profile, options } = this.choices.deidentification;
    if (profile === 'none') return;
    this.#setDeidentification({ profile, options: withOption(options, option, wanted) });
  }

  /** Takes a project's key from the bytes of a file; kept in memory only. */
  async chooseKey(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const key = keyFrom(bytes);
    if (key) await this.#setKey(key);
    else this.note = problemOf(new EffaceError('key/too-short'));
  }

  /** Makes a key, gives it to the person as a file, and uses it. */
  async makeKey(): Promise<void> {
    const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    download(new Blob([keyText(key)], { type: 'text/plain' }), texts.key.fileName);
    await this.#setKey(key);
  }

  async forgetKey(): Promise<void> {
    await this.#setKey(null);
  }

  letThroughLeftOut(id: ScanId, wanted: boolean): void {
    const others = this.letThrough.filter((one) => one !== id);
    this.letThrough = wanted ? [...others, id] : others;
    this.saving.reset();
  }

  async startOver(): Promise<void> {
    this.#show(NOTHING);
    this.step = 'open';
    this.note = null;
    this.opening.dismiss();
    this.removing.dismiss();
    await this.place.take(null);
    await this.#client.clear();
  }

  #setDeidentification(deidentification: DeidentificationOptions): void {
    this.choices.deidentification = deidentification;
    // The table would show what is no longer chosen.
    for (const item of this.items) item.headerChanges = null;
    this.saving.reset();
  }

  async #setKey(key: Uint8Array<ArrayBuffer> | null): Promise<void> {
    await this.#client.setKey(key);
    this.hasKey = key !== null;
    // Made with another key: random shells come from it, too.
    for (const item of this.items) item.reset();
    this.saving.reset();
  }

  get #isBusy(): boolean {
    return [this.opening, this.removing, this.saving.job, this.place.job].some(
      ({ isBusy }) => isBusy,
    );
  }

  async #opening(
    isDemo: boolean,
    skipped: readonly SkippedFile[],
    open: (job: JobOptions) => Promise<OpenedFiles>,
  ): Promise<void> {
    this.step = 'open';
    this.note = null;
    this.isDemo = isDemo;
    this.#show(NOTHING);
    const opened = await this.opening.run(open, isDemo ? OF_DEMO : undefined);
    if (!opened) return;
    this.#show({ ...opened, skipped: [...skipped, ...opened.skipped] });
    this.step = 'look';
    void this.#readThumbnails();
  }

  #show({ scans, bestFirst, left, skipped }: OpenedFiles): void {
    this.#bestFirst = bestFirst;
    this.items = scans.map((scan) => new ScanItem(scan));
    this.left = left;
    this.skipped = skipped;
    this.letThrough = [];
    this.current = null;
    this.saving.reset();
  }

  /** One after the other, and none once the work has begun: the worker is busy then. */
  async #readThumbnails(): Promise<void> {
    const { items } = this;
    for (const item of items) {
      if (this.items !== items || this.step !== 'look') return;
      try {
        item.thumbnail = await this.#client.thumbnail(item.scan.id);
      } catch {
        // A picture that cannot be made is no reason to stop: the removal will say why.
      }
    }
  }

  async #readHeader(item: ScanItem): Promise<void> {
    try {
      item.headerChanges = await this.#client.headerChanges(
        item.scan.id,
        untrack(() => this.choices.deidentification),
      );
    } catch (thrown) {
      this.note = problemOf(thrown);
    }
  }

  #forgetResults(): void {
    for (const item of this.items) item.reset();
    this.note = noteOf(() => texts.work.lost);
    if (this.step === 'check' || this.step === 'save') this.step = 'look';
  }
}
