/**
 * The plan of a save in place, made before anything is touched: every original read and
 * hashed, its names checked, every folder tried.
 */
import { collectIdentifiers } from '../../core/deidentify/identifiers.ts';
import { parsePart10 } from '../../core/dicom/part10.ts';
import { assert, EffaceError, type ErrorRecord } from '../../core/errors.ts';
import { isSafeBidsName } from '../../core/bids/names.ts';
import { REPORT_PATH } from '../../core/export/names.ts';
import { createCheckpoint, type JobOptions } from '../../core/progress.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { OpenedScans } from '../open-scans.ts';
import { besideOf, type Beside } from './beside.ts';
import { folderOf } from './layout.ts';
import type { GroupKind, Planned } from './manifest.ts';
import { nameCheck, neutralPaths, tellingNames } from './neutral-names.ts';
import type { PlacePlan } from './place-sink.ts';
import { undoState } from './recover.ts';
import { walkWithin } from './store-files.ts';
import { hashAt, type SwapPorts } from './swap.ts';
import { filesOfNifti, visitsOf, type Visit } from './visits.ts';

export interface PlanOptions extends JobOptions {
  /**
   * Names of files and folders that identify: `refuse` stops, `rename` gives neutral ones,
   * `keep` leaves them.
   */
  readonly names: 'refuse' | 'rename' | 'keep';
  /** The name of the folder itself, which is only looked at. */
  readonly rootName: string;
  /** Files and folders that may change; everything by default. */
  readonly within?: readonly string[];
  /** Sidecars and tables of BIDS datasets change too, as headers do. */
  readonly companions: boolean;
}

export interface PlannedPlace extends PlacePlan {
  /** What the person has to know, whatever comes. */
  readonly notes: readonly ErrorRecord[];
}

/**
 * @throws EffaceError `place/unfinished`, `place/undo-kept`, `place/damaged`,
 *   `place/names`, `place/archive`, `place/not-allowed`, and those of the store
 */
export async function planPlace(
  opened: OpenedScans,
  ports: SwapPorts,
  options: PlanOptions,
): Promise<PlannedPlace> {
  await refuseBegun(ports);
  const found = visitsOf(opened);
  const { visits, directories } = found;
  const beside = options.companions ? besideOf(opened.others, found) : null;
  const notes: ErrorRecord[] = [];
  const looked = await lookAtAll(opened, visits, ports, options);
  const pathsIn = async (within: readonly string[]): Promise<readonly string[]> => {
    const paths: string[] = [];
    for await (const { path, kind } of walkWithin(ports.store, within, options)) {
      if (kind === 'file') paths.push(path);
    }
    return paths;
  };
  const paths = await pathsIn(options.within ?? ['']);
  const lying = new Set(paths);
  if (visits.some((visit) => visit.files.some(({ path }) => !lying.has(path)))) {
    throw new EffaceError('place/archive');
  }
  const telling = checkNames(paths, looked, options, notes);
  const renamed =
    telling.size > 0
      ? neutralPaths(paths, telling, await pathsIn(['']))
      : new Map<string, string>();
  const besideVisits = beside?.changing ?? [];
  if (visits.length > 0) await tryFolders(ports, visits, besideVisits);

  const files: Planned[] = [];
  const add = (file: Omit<Planned, 'n'>): void => {
    files.push({ n: files.length, ...file });
  };
  for (const [group, visit] of visits.entries()) {
    for (const { path } of visit.files) {
      const to = renamed.get(path) ?? path;
      add({ group, path, to, ...looked.hashOf(path) });
    }
  }
  const others = visits.length;
  const companions = new Set<number>();
  for (const { path, visit } of besideVisits) {
    companions.add(files.length);
    const to = renamed.get(path) ?? path;
    add({ group: visit ?? others, path, to, ...(await hashed(ports, path)) });
  }
  const planned = new Set(files.map(({ path }) => path));
  for (const path of directories)
    add({ group: others, path, to: null, ...(await hashed(ports, path)) });
  for (const [path, to] of renamed) {
    if (planned.has(path) || directories.includes(path)) continue;
    add({ group: others, path, to, ...(await hashed(ports, path)) });
  }
  const isThere = (await ports.store.stat(REPORT_PATH)) !== null;
  add({
    group: others + 1,
    path: isThere ? REPORT_PATH : null,
    to: REPORT_PATH,
    ...(isThere ? await hashed(ports, REPORT_PATH) : { sha256: null, bytes: 0 }),
  });
  if (directories.length > 0) notes.push({ code: 'place/directory', details: {} });
  if (beside && beside.stays > 0) {
    notes.push({ code: 'place/beside-stays', details: { files: beside.stays } });
  }
  return {
    manifest: {
      files,
      groups: [...visits.map((): GroupKind => 'visit'), 'others', 'report'],
    },
    rest: new Map(visits.map(({ rest }, group) => [group, rest.size])),
    companions,
    notes,
  };
}

/**
 * A folder with an undo folder in it is no place to begin.
 *
 * @throws EffaceError `place/unfinished`, `place/undo-kept`, `place/damaged`
 */
export async function refuseBegun({ store }: SwapPorts): Promise<void> {
  const state = await undoState(store);
  if (state === 'unfinished') throw new EffaceError('place/unfinished');
  if (state === 'kept') throw new EffaceError('place/undo-kept');
  if (state === 'damaged') throw new EffaceError('place/damaged');
}

interface Hashed {
  readonly sha256: string;
  readonly bytes: number;
}

interface LookedAt {
  readonly hashOf: (path: string) => Hashed;
  readonly tells: (name: string) => boolean;
  readonly hardLinked: number;
  /** NIfTI files, which do not say who the patient is. */
  readonly nifti: readonly string[];
}

/** Reads every file that may be written once, and those of the same visits that stay. */
async function lookAtAll(
  opened: OpenedScans,
  visits: readonly Visit[],
  { store, sha256 }: SwapPorts,
  { signal, onProgress }: PlanOptions,
): Promise<LookedAt> {
  const collector = collectIdentifiers();
  const hashes = new Map<string, Hashed>();
  const checkpoint = createCheckpoint(signal);
  const planned = visits.flatMap(({ files }) => files);
  let hardLinked = 0;
  for (const [done, source] of planned.entries()) {
    await checkpoint();
    const bytes = await source.read();
    hashes.set(source.path, { sha256: await sha256(bytes), bytes: bytes.length });
    if (((await store.stat(source.path))?.links ?? 1) > 1) hardLinked++;
    onProgress?.({ stage: 'read', done: done + 1, total: planned.length });
  }
  const nifti = opened.scans.flatMap((scan) =>
    scan.kind === 'nifti' ? filesOfNifti(scan).map(({ path }) => path) : [],
  );
  const isNifti = new Set(nifti);
  const left = opened.left.flatMap((one) =>
    one.kind === 'dicom' ? one.instances.map(({ source }) => source) : [],
  );
  for (const source of [...planned, ...left]) {
    await checkpoint();
    if (!isNifti.has(source.path)) await collect(collector, source);
  }
  const hashOf = (path: string): Hashed => {
    const known = hashes.get(path);
    assert(known, 'every planned file was read');
    return known;
  };
  return { hashOf, tells: nameCheck(collector.found), hardLinked, nifti };
}

async function collect(
  collector: ReturnType<typeof collectIdentifiers>,
  source: SourceFile,
): Promise<void> {
  try {
    collector.add(parsePart10(await source.read()));
  } catch (error) {
    // What cannot be read as a whole is left out elsewhere; it tells nothing here.
    if (!(error instanceof EffaceError)) throw error;
  }
}

/** The names that are to go, after the choice made; what else there is to say goes to the notes. */
function checkNames(
  paths: readonly string[],
  { tells, nifti, hardLinked }: LookedAt,
  { names, rootName }: PlanOptions,
  notes: ErrorRecord[],
): ReadonlySet<string> {
  if (hardLinked > 0) notes.push({ code: 'place/hard-link', details: { files: hardLinked } });
  if (names === 'keep') return new Set();
  if (tells(rootName)) notes.push({ code: 'place/root-name', details: {} });
  const telling = tellingNames(paths, tells);
  const unchecked = nifti.filter(
    (path) => !telling.has(path) && !isSafeBidsName(path.slice(path.lastIndexOf('/') + 1)),
  );
  if (names === 'rename') return new Set([...telling, ...unchecked]);
  if (telling.size > 0) throw new EffaceError('place/names', { names: telling.size });
  const { length: files } = unchecked;
  if (files > 0) notes.push({ code: 'place/names-unchecked', details: { files } });
  return telling;
}

/** Writes into every folder that will change, and takes it back. */
async function tryFolders(
  { store }: SwapPorts,
  visits: readonly Visit[],
  beside: Beside['changing'],
): Promise<void> {
  const changing = [...visits.flatMap(({ files }) => files), ...beside];
  const folders = new Set(['', ...changing.map(({ path }) => folderOf(path))]);
  for (const folder of folders) {
    const probe = `${folder === '' ? '' : `${folder}/`}.efface-tmp-probe`;
    await store.write(probe, new Uint8Array(1));
    await store.remove(probe);
  }
}

async function hashed(ports: SwapPorts, path: string): Promise<Hashed> {
  const sha256 = await hashAt(ports, path);
  if (!sha256) throw new EffaceError('place/changed');
  return { sha256, bytes: (await ports.store.stat(path))?.size ?? 0 };
}
