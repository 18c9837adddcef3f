/**
 * What is done with an undo folder: resume, roll back, finish. Each may be killed and begun
 * again; each ends with every visit wholly new or wholly old.
 */
import { EffaceError, type ErrorRecord } from '../../core/errors.ts';
import type { Store } from '../ports.ts';
import { Journal, readIntent, type Intent } from './journal.ts';
import { BACKUP, folderOf, FOUND, JOURNAL, STAGE, TEMPORARY, UNDO } from './layout.ts';
import type { Manifest, Planned, Staged } from './manifest.ts';
import { back, forward, isPlaced, lostFor, type SwapPorts } from './swap.ts';

/**
 * `none`: there is nothing to undo. `unfinished`: killed on its way. `kept`: everything is
 * in place and the originals are kept. `damaged`: backups without a journal.
 */
export type UndoState = 'none' | 'unfinished' | 'kept' | 'damaged';

/** What recovery did. */
export interface Recovered {
  /** Visits that are new, and that are as they were. */
  readonly placed: number;
  readonly back: number;
  /** Why a visit that was to be new went back. */
  readonly reasons: readonly ErrorRecord[];
}

const NOTHING: Recovered = { placed: 0, back: 0, reasons: [] };
const UNSTAGED: Staged = new Map();

export async function undoState(store: Store): Promise<UndoState> {
  const intent = await readIntent(store);
  if (intent) return intent.done ? 'kept' : 'unfinished';
  return (await filesOf(store, BACKUP)).length > 0 ? 'damaged' : 'none';
}

/**
 * Brings what was committed to its end; what was not, or cannot be, back to what it was.
 *
 * @throws EffaceError `place/damaged`, `place/cannot-roll-back`, and those of the store
 */
export async function resume(ports: SwapPorts): Promise<Recovered> {
  const opened = await openUndo(ports.store);
  if (!opened) return NOTHING;
  const { intent, journal } = opened;
  if (intent.finish) await clearUndo(ports.store);
  else if (intent.done) await removeStages(ports.store);
  if (intent.done || intent.finish) return countOf(intent);
  const outcome = new Outcome(intent.manifest);
  for (const [group, kind] of intent.manifest.groups.entries()) {
    const staged = intent.staged.get(group);
    const mayPlace = {
      visit: true,
      others: outcome.visitsPlaced > 0,
      report: outcome.allPlaced,
    }[kind];
    const forth = staged && !intent.back.has(group) && mayPlace;
    if (staged && !forth && !intent.back.has(group)) await journal.add({ kind: 'back', group });
    let reason: ErrorRecord | null = null;
    if (forth) {
      reason = await forwardOrBack(ports, journal, intent.manifest, group, staged, isTold);
    } else {
      await back(ports, filesIn(intent.manifest, group), staged ?? UNSTAGED);
    }
    outcome.add(group, Boolean(forth) && !reason, reason);
  }
  await end(ports.store, journal, outcome.visitsPlaced > 0);
  return outcome.recovered;
}

/**
 * Puts everything back as it was before the save in place began.
 *
 * @throws EffaceError `place/damaged`; `place/cannot-roll-back` before anything is changed
 */
export async function rollBack(ports: SwapPorts): Promise<Recovered> {
  const opened = await openUndo(ports.store);
  if (!opened) return NOTHING;
  const { intent, journal } = opened;
  const { manifest } = intent;
  const groups = [...manifest.groups.keys()].reverse();
  const stagedOf = (group: number): Staged => intent.staged.get(group) ?? UNSTAGED;
  let lost = 0;
  for (const group of groups) {
    lost += await lostFor(ports, filesIn(manifest, group), stagedOf(group));
  }
  if (lost > 0 || intent.finish) {
    throw new EffaceError('place/cannot-roll-back', { files: Math.max(1, lost) });
  }
  const open = groups.filter((group) => !intent.back.has(group));
  await journal.add(...open.map((group) => ({ kind: 'back', group }) as const));
  for (const group of groups) await back(ports, filesIn(manifest, group), stagedOf(group));
  await clearUndo(ports.store);
  return { placed: 0, back: visitsOf(manifest), reasons: [] };
}

/**
 * Deletes the backups, after every new file was read once more: the person confirmed it.
 *
 * @throws EffaceError `place/unfinished`, `place/damaged`; `place/not-as-written` before
 *   anything is deleted
 */
export async function finish(ports: SwapPorts): Promise<Recovered> {
  const opened = await openUndo(ports.store);
  if (!opened) return NOTHING;
  const { intent, journal } = opened;
  if (!intent.done) throw new EffaceError('place/unfinished');
  if (!intent.finish) {
    let wrong = 0;
    for (const [group, staged] of intent.staged) {
      if (intent.back.has(group)) continue;
      for (const file of filesIn(intent.manifest, group)) {
        if (staged.has(file.n) && !(await isPlaced(ports, file, staged))) wrong++;
      }
    }
    if (wrong > 0) throw new EffaceError('place/not-as-written', { files: wrong });
    await journal.add({ kind: 'finish' });
  }
  await clearUndo(ports.store);
  return countOf(intent);
}

/**
 * Forward with a group; back with it where it fails in a way that `turns` it.
 *
 * @returns why it went back
 */
export async function forwardOrBack(
  ports: SwapPorts,
  journal: Journal,
  manifest: Manifest,
  group: number,
  staged: Staged,
  turns: (error: unknown) => boolean,
): Promise<ErrorRecord | null> {
  const files = filesIn(manifest, group).filter(({ n }) => staged.has(n));
  try {
    await forward(ports, files, staged);
    return null;
  } catch (error) {
    if (!turns(error)) throw error;
    await journal.add({ kind: 'back', group });
    await back(ports, files, staged);
    return error instanceof EffaceError ? error.toRecord() : { code: 'output/write', details: {} };
  }
}

export function filesIn({ files }: Manifest, group: number): readonly Planned[] {
  return files.filter((file) => file.group === group);
}

/** The end of a run: backups stay where something is new, nothing stays where nothing is. */
export async function end(store: Store, journal: Journal, isPlaced: boolean): Promise<void> {
  if (!isPlaced) {
    await clearUndo(store);
    return;
  }
  await journal.add({ kind: 'done' });
  await removeStages(store);
}

async function removeStages(store: Store): Promise<void> {
  await removeFiles(store, STAGE);
  await store.remove(STAGE);
  await store.sync();
}

/** Removes stages, backups and the journal, in an order that leaves no backup unexplained. */
async function clearUndo(store: Store): Promise<void> {
  for (const folder of [STAGE, BACKUP]) {
    await removeFiles(store, folder);
    await store.remove(folder);
  }
  await store.sync();
  await store.remove(JOURNAL);
  await store.remove(FOUND);
  await store.remove(UNDO);
  await store.sync();
}

/** Errors that another try does not mend. */
function isTold(error: unknown): boolean {
  return (
    error instanceof EffaceError &&
    ['place/changed', 'place/stage-lost', 'output/verify'].includes(error.code)
  );
}

/** The journal, opened to go on; null (and nothing left) where no save was ever begun. */
async function openUndo(store: Store): Promise<{ intent: Intent; journal: Journal } | null> {
  const intent = await readIntent(store);
  if (!intent) {
    if ((await filesOf(store, BACKUP)).length > 0) throw new EffaceError('place/damaged');
    if (await store.stat(UNDO)) {
      await removeTemporaries(store, UNDO);
      await clearUndo(store);
    }
    return null;
  }
  const folders = new Set([UNDO, STAGE, BACKUP]);
  for (const { path, to } of intent.manifest.files) {
    for (const place of [path, to]) if (place !== null) folders.add(folderOf(place));
  }
  for (const folder of folders) await removeTemporaries(store, folder);
  return { intent, journal: await Journal.reopen(store) };
}

async function removeTemporaries(store: Store, folder: string): Promise<void> {
  for (const { name, kind } of await store.list(folder)) {
    if (kind !== 'file' || !TEMPORARY.test(name)) continue;
    await store.remove(folder === '' ? name : `${folder}/${name}`);
  }
}

async function filesOf(store: Store, folder: string): Promise<readonly string[]> {
  const entries = await store.list(folder);
  return entries.filter(({ kind }) => kind === 'file').map(({ name }) => `${folder}/${name}`);
}

async function removeFiles(store: Store, folder: string): Promise<void> {
  for (const path of await filesOf(store, folder)) await store.remove(path);
}

function visitsOf({ groups }: Manifest): number {
  return groups.filter((kind) => kind === 'visit').length;
}

function countOf({ manifest, staged, back: turned }: Intent): Recovered {
  const placed = manifest.groups.filter(
    (kind, group) => kind === 'visit' && staged.has(group) && !turned.has(group),
  ).length;
  return { placed, back: visitsOf(manifest) - placed, reasons: [] };
}

/** Counts visits on their way. */
class Outcome {
  readonly #manifest: Manifest;
  readonly #reasons: ErrorRecord[] = [];
  visitsPlaced = 0;

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
  }

  /** Whether every visit of the plan is new: only then is the report true that was made before. */
  get allPlaced(): boolean {
    return this.visitsPlaced > 0 && this.visitsPlaced === visitsOf(this.#manifest);
  }

  add(group: number, isPlaced: boolean, reason: ErrorRecord | null): void {
    if (this.#manifest.groups[group] !== 'visit') return;
    if (isPlaced) this.visitsPlaced++;
    if (reason) this.#reasons.push(reason);
  }

  get recovered(): Recovered {
    const visits = visitsOf(this.#manifest);
    return {
      placed: this.visitsPlaced,
      back: visits - this.visitsPlaced,
      reasons: this.#reasons,
    };
  }
}
