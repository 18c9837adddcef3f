import { untrack } from 'svelte';
import type { JobOptions } from '../../core/progress.ts';
import {
  BASIC,
  NONE,
  withOption,
  type DeidentificationOptions,
  type DeidOption,
} from '../../core/deidentify/options.ts';
import type { LeftOut, ScanId, SkippedFile } from '../../core/scan.ts';
import { collectDirectory } from '../../adapters/browser/directory-picker.ts';
import type { OpenedFiles, PlaceOptions, RecoverStep, ScanResult } from '../../../workers/api.ts';
import type { NamedFile, WorkerClient } from '../../../workers/client.ts';
import { texts } from '../texts.ts';
import { Choices } from './choices.svelte.ts';
import type { Correcting } from './correcting.svelte.ts';
import { Decisions } from './decisions.svelte.ts';
import { EarlierDecisions } from './earlier.svelte.ts';
import { Job, OF_DEMO } from './job.svelte.ts';
import { noteOf, problemOf, type Problem } from './problem.ts';
import { Place } from './place.svelte.ts';
import { ProjectKey } from './project-key.svelte.ts';
import { Queue } from './queue.svelte.ts';
import { Removal } from './removal.svelte.ts';
import { Saving } from './saving.svelte.ts';
import type { ScanItem } from './scan-item.svelte.ts';
import { Sheet } from './sheet.svelte.ts';
import { readThumbnails } from './thumbnails.ts';
import { VisitQuestions } from './visit-questions.svelte.ts';

export type Step = 'open' | 'look' | 'remove' | 'check' | 'save';

const NOTHING: OpenedFiles = { scans: [], bestFirst: [], left: [], skipped: [] };

/** From so many results on, they are shown all at once first. */
const MANY = 10;

/** What is open, how far it is, and everything a person can do with it. */
export class Workspace {
  step = $state<Step>('open');
  skipped = $state.raw<readonly SkippedFile[]>([]);
  /** Of `left`, what is written with its face because the person asked for it. */
  letThrough = $state.raw<readonly ScanId[]>([]);
  /** The series under review. */
  current = $state.raw<ScanItem | null>(null);
  /** Something to say that is no error. */
  note = $state.raw<Problem | null>(null);
  isDemo = $state(false);

  readonly opening = new Job();
  /** Keeps what is said of a row, so that a reload does not lose it. */
  readonly #keep = (row: ScanItem | LeftOut): void => {
    this.earlier.keep(row);
  };
  readonly earlier: EarlierDecisions = new EarlierDecisions(this);
  readonly queue = new Queue(this.#keep);
  readonly removal = new Removal(this.queue, () => this.#client);
  readonly decisions = new Decisions(this.#keep);
  readonly questions = new VisitQuestions(this.queue, () => this.letThrough, this.#keep);
  /** Made by the review, when it is first needed. */
  correcting = $state.raw<Correcting | null>(null);
  readonly sheet = new Sheet(this.queue, this.decisions, () => {
    this.saving.reset();
  });
  readonly choices = new Choices();
  readonly saving = new Saving(() => this.#client);
  readonly key = new ProjectKey(
    () => this.#client,
    // Made with another key: random shells come from it, too.
    () => {
      this.#resetResults();
    },
  );
  readonly place = new Place(() => this.#client);

  readonly canRemove = $derived(this.queue.included.length > 0 && this.choices.regions.length > 0);
  readonly isUnsaved = $derived(this.queue.reviewable.length > 0 && !this.saving.isSaved);

  readonly #client: WorkerClient;
  #opened = NOTHING;

  constructor(connect: (onRestart: () => void) => WorkerClient) {
    this.#client = connect(() => {
      this.#forgetResults();
    });
  }

  get client(): WorkerClient {
    return this.#client;
  }

  get items(): readonly ScanItem[] {
    return this.queue.items;
  }

  get reviewable(): readonly ScanItem[] {
    return this.queue.reviewable;
  }

  get approved(): readonly ScanItem[] {
    return this.queue.approved;
  }

  get removing(): Job {
    return this.removal.job;
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
    if (this.questions.open.length > 0) return;
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
    if (this.#isBusy) return;
    if (this.removal.prepare(this.choices.deface)) this.#forgetDecisions();
    await this.#work();
  }

  /** Once more, as the others were made: after an error, or for the head of a series of its visit. */
  async retry(item: ScanItem): Promise<void> {
    if (this.#isBusy) return;
    item.reset();
    await this.#work();
  }

  async #work(): Promise<void> {
    this.saving.reset();
    this.step = 'remove';
    this.note = null;
    await this.removal.run();
    if (this.removing.status === 'cancelled') {
      this.note ??= noteOf(() => texts.work.cancelled);
    }
    const [first] = this.queue.undecided;
    if (this.queue.undecided.length >= MANY && this.removing.status === 'done') this.showAll();
    else if (first && this.removing.status === 'done') this.review(first);
    else this.step = 'look';
  }

  /** All results at a glance. */
  showAll(): void {
    this.sheet.open();
    this.step = 'check';
    this.note = null;
  }

  /** The result of a series anew, after its region was corrected by hand: to be decided on again. */
  corrected(item: ScanItem, result: ScanResult): void {
    item.finish({ ...result, decided: null });
    this.decisions.retract(item);
    this.saving.reset();
    void this.#readHeader(item);
  }

  backToList(): void {
    this.current = null;
    this.step = 'look';
  }

  review(item: ScanItem): void {
    this.sheet.isOpen = false;
    this.current = item;
    this.step = 'check';
    this.note = null;
    if (!item.headerChanges) void this.#readHeader(item);
  }

  decide(decision: 'approved' | 'rejected'): void {
    const item = this.current;
    // A refused scan that is being corrected has no result to decide on.
    if (!item?.isReviewable) return;
    this.decisions.make(item, decision);
    this.saving.reset();
    this.#goOn();
  }

  /** Takes the last decision back, and shows its series again. */
  undoDecision(): void {
    const item = this.decisions.undo();
    if (!item) return;
    this.saving.reset();
    this.review(item);
  }

  /** The next that waits for a decision; to saving where none does. */
  #goOn(): void {
    const [next] = this.queue.undecided;
    if (next) this.review(next);
    else this.step = 'save';
  }

  /** The series before or after the one under review. */
  move(by: -1 | 1): void {
    const at = this.current ? this.reviewable.indexOf(this.current) : -1;
    const next = this.reviewable[at + by];
    if (next) this.review(next);
  }

  async save(to: 'zip' | 'folder'): Promise<void> {
    if (this.questions.open.length > 0) return;
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

  /** Takes a project's key from the bytes of a file. */
  async chooseKey(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const problem = await this.key.choose(bytes);
    if (problem) this.note = problem;
  }

  letThroughLeftOut(id: ScanId, wanted: boolean): void {
    const others = this.letThrough.filter((one) => one !== id);
    this.letThrough = wanted ? [...others, id] : others;
    for (const one of this.queue.left) if (one.id === id) this.earlier.keep(one);
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
    // None once the work has begun: the worker is busy then.
    this.#opened = opened;
    const isWanted = (): boolean => this.step === 'look' && this.#opened === opened;
    void readThumbnails(this.queue, this.#client, isWanted);
  }

  #show(opened: OpenedFiles): void {
    this.correcting?.end();
    this.queue.show(opened);
    this.skipped = opened.skipped;
    this.letThrough = [];
    this.current = null;
    this.#forgetDecisions();
    this.earlier.take(opened.earlier);
  }

  #resetResults(): void {
    for (const item of this.items) item.reset();
    this.#forgetDecisions();
  }

  #forgetDecisions(): void {
    this.decisions.forget();
    this.questions.forget();
    this.saving.reset();
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
    if (this.items.length === 0) return;
    this.correcting?.end();
    this.#resetResults();
    this.note = noteOf(() => texts.work.lost);
    if (this.step === 'check' || this.step === 'save') this.step = 'look';
  }
}
