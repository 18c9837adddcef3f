/**
 * Results in the place of their originals, as a sink: `write` stages and `read` reads the
 * stage back, `settle` commits and swaps visit by visit, `commit` adds the report. Nothing is
 * touched on the disk before the first file is staged, no original before all are.
 */
import { assert, EffaceError } from '../../core/errors.ts';
import { REPORT_PATH } from '../../core/export/names.ts';
import type { JobOptions } from '../../core/progress.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { OutputSink, Settled } from '../ports.ts';
import { Journal, type Line } from './journal.ts';
import { stagePath } from './layout.ts';
import type { Manifest, Planned } from './manifest.ts';
import { end, filesIn, forwardOrBack, rollBack } from './recover.ts';
import { hashAt, type SwapPorts } from './swap.ts';

export interface PlacePlan {
  readonly manifest: Manifest;
  /** Files of each visit that will stay as they are although nobody planned to write them. */
  readonly rest: ReadonlyMap<number, number>;
  /** Numbers of sidecars and tables, each of which is written for itself. */
  readonly companions?: ReadonlySet<number>;
}

export interface PlaceOptions extends JobOptions {
  /** Replaces files of a visit although others of it stay as they are. */
  readonly leaveRest?: boolean;
}

export function createPlaceSink(
  plan: PlacePlan,
  ports: SwapPorts,
  options: PlaceOptions = {},
): OutputSink {
  return new PlaceSink(plan, ports, options);
}

class PlaceSink implements OutputSink {
  readonly #plan: PlacePlan;
  readonly #ports: SwapPorts;
  readonly #options: PlaceOptions;
  readonly #byPath: ReadonlyMap<string, Planned>;
  readonly #staged = new Map<number, string | null>();
  /** Files that a series wrote itself, not as copies of others. */
  readonly #written = new Set<number>();
  readonly #outputs = new Map<string, readonly Planned[]>();
  #journal: Journal | null = null;
  #report: Uint8Array<ArrayBuffer> | null = null;
  #hasPlaced = false;
  #ended = false;

  constructor(plan: PlacePlan, ports: SwapPorts, options: PlaceOptions) {
    this.#plan = plan;
    this.#ports = ports;
    this.#options = options;
    this.#byPath = new Map(
      plan.manifest.files.flatMap((file) =>
        file.path === null ? [] : [[file.path, file] as const],
      ),
    );
  }

  async write(path: string, bytes: Uint8Array<ArrayBuffer>, origin?: SourceFile): Promise<void> {
    if (path === REPORT_PATH) {
      this.#report = bytes.slice();
      return;
    }
    assert(!this.#outputs.has(path), 'an output is written once');
    const file = origin && this.#byPath.get(origin.path);
    assert(file, 'only planned files are written in place');
    assert(!this.#written.has(file.n), 'a file is written by one series');
    this.#written.add(file.n);
    const files = this.#sameAs(file);
    this.#outputs.set(path, files);
    for (const one of files) await this.#stage(one, bytes);
  }

  async read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    if (path === REPORT_PATH && this.#report) return this.#report.slice();
    const [file] = this.#outputs.get(path) ?? [];
    if (!file) throw new EffaceError('output/verify');
    const { store } = this.#ports;
    const staged = stagePath(file.n);
    return store.read((await store.stat(staged)) ? staged : (file.to ?? staged));
  }

  async remove(path: string): Promise<void> {
    if (path === REPORT_PATH) this.#report = null;
    for (const { n } of this.#outputs.get(path) ?? []) {
      await this.#unstage(n);
      this.#written.delete(n);
    }
    this.#outputs.delete(path);
  }

  async settle(): Promise<ReadonlyMap<string, Settled>> {
    const { manifest, rest } = this.#plan;
    const settled = new Map<string, Settled>();
    const ready: number[] = [];
    for (const [group, kind] of manifest.groups.entries()) {
      if (kind !== 'visit') continue;
      const files = filesIn(manifest, group);
      const unstaged = files.filter(({ n }) => !this.#staged.has(n));
      const stays = unstaged.length + (rest.get(group) ?? 0);
      if (unstaged.length === files.length) continue;
      if (stays > 0 && !this.#options.leaveRest) {
        const reason = { code: 'place/visit-incomplete', details: { files: stays } } as const;
        this.#tell(settled, group, { reason, placed: false });
        for (const { n } of files) await this.#unstage(n);
        continue;
      }
      if (stays > 0) {
        const reason = { code: 'place/rest-stays', details: { files: stays } } as const;
        this.#tell(settled, group, { reason, placed: true });
      }
      ready.push(group);
    }
    if (ready.length > 0) await this.#swap(ready, settled);
    if (!this.#hasPlaced) await this.#leaveOthers(settled);
    return settled;
  }

  /** Files of a whole dataset stay as they are where no visit of it is new. */
  async #leaveOthers(settled: Map<string, Settled>): Promise<void> {
    const group = this.#plan.manifest.groups.indexOf('others');
    const files = filesIn(this.#plan.manifest, group).filter(({ n }) => this.#written.has(n));
    const reason = { code: 'place/visit-incomplete', details: { files: files.length } } as const;
    this.#tell(settled, group, { reason, placed: false });
    for (const { n } of files) await this.#unstage(n);
  }

  async commit(): Promise<void> {
    const journal = this.#journal;
    if (!journal) return;
    if (this.#hasPlaced) {
      const group = this.#plan.manifest.groups.indexOf('report');
      const line = await this.#stageReport();
      if (line) {
        await journal.add(line);
        const staged = new Map(line.staged);
        await forwardOrBack(this.#ports, journal, this.#plan.manifest, group, staged, () => false);
      }
    }
    await end(this.#ports.store, journal, this.#hasPlaced);
    this.#ended = true;
  }

  /** @throws EffaceError `place/unfinished` where the originals could not be put back now */
  async abort(): Promise<void> {
    this.#report = null;
    if (!this.#journal || this.#ended) return;
    try {
      await rollBack(this.#ports);
    } catch (cause) {
      throw new EffaceError('place/unfinished', {}, { cause });
    }
    this.#ended = true;
  }

  async #swap(ready: readonly number[], settled: Map<string, Settled>): Promise<void> {
    const journal = this.#journal;
    assert(journal, 'what is staged was planned');
    const { manifest } = this.#plan;
    const others = manifest.groups.indexOf('others');
    if (others >= 0) await this.#stageOthers(filesIn(manifest, others));
    const lines = [...ready, ...(others >= 0 ? [others] : [])].map((group) => this.#commits(group));
    const report = await this.#stageReport();
    await this.#ports.store.sync();
    // All lines at once: from here on a kill is brought forward as a whole.
    await journal.add(...lines, ...(report ? [report] : []));
    for (const [at, { group, staged }] of lines.entries()) {
      if (group === others && !this.#hasPlaced) continue;
      this.#options.signal?.throwIfAborted();
      const turn = (): boolean => true;
      const files = new Map(staged);
      const reason = await forwardOrBack(this.#ports, journal, manifest, group, files, turn);
      if (reason) this.#tell(settled, group, { reason, placed: false });
      else if (group !== others) this.#hasPlaced = true;
      this.#options.onProgress?.({ stage: 'write', done: at + 1, total: lines.length });
    }
  }

  /** A copy of the same bytes (a slice that lies there twice) is replaced with its original. */
  #sameAs(file: Planned): readonly Planned[] {
    const { companions } = this.#plan;
    if (companions?.has(file.n)) return [file];
    return this.#plan.manifest.files.filter(
      (one) =>
        one === file ||
        (one.group === file.group &&
          one.sha256 === file.sha256 &&
          !companions?.has(one.n) &&
          !this.#staged.has(one.n)),
    );
  }

  async #stage(file: Planned, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { store, sha256 } = this.#ports;
    this.#journal ??= await Journal.begin(store, this.#plan.manifest);
    try {
      await store.write(stagePath(file.n), bytes, file.path ?? undefined);
    } catch (error) {
      if (!(error instanceof EffaceError) || error.code !== 'place/no-space') throw error;
      throw new EffaceError('place/no-space', { megabytes: this.#megabytes() }, { cause: error });
    }
    this.#staged.set(file.n, await sha256(bytes));
  }

  /** What all new files need, as the originals tell. */
  #megabytes(): number {
    const { files } = this.#plan.manifest;
    return Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20);
  }

  async #unstage(n: number): Promise<void> {
    if (this.#staged.delete(n)) await this.#ports.store.remove(stagePath(n));
  }

  /** Files that only move: their own bytes; files that go: nothing. New bytes are staged already. */
  async #stageOthers(files: readonly Planned[]): Promise<void> {
    for (const { n, path, sha256, to } of files) {
      if (this.#written.has(n) || path === to) continue;
      if (to !== null && path !== null) {
        await this.#ports.store.copy(path, stagePath(n));
        if ((await hashAt(this.#ports, stagePath(n))) !== sha256) {
          throw new EffaceError('place/changed');
        }
      }
      this.#staged.set(n, to === null ? null : sha256);
    }
  }

  async #stageReport(): Promise<Extract<Line, { kind: 'commit' }> | null> {
    const { manifest } = this.#plan;
    const group = manifest.groups.indexOf('report');
    const [file] = filesIn(manifest, group);
    if (!file || !this.#report) return null;
    await this.#stage(file, this.#report);
    return this.#commits(group);
  }

  #commits(group: number): Extract<Line, { kind: 'commit' }> {
    const staged = filesIn(this.#plan.manifest, group).flatMap(({ n }) => {
      const sha256 = this.#staged.get(n);
      return sha256 === undefined ? [] : [[n, sha256] as const];
    });
    return { kind: 'commit', group, staged };
  }

  #tell(settled: Map<string, Settled>, group: number, what: Settled): void {
    for (const [path, files] of this.#outputs) {
      if (files.some((file) => file.group === group)) settled.set(path, what);
    }
  }
}
