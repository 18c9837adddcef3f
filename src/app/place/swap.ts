/**
 * One group of files forward to the new bytes or back to the old ones. Where each file
 * stands is told by SHA-256 of what lies at its places, never by what was noted before, so
 * both ways can be begun anywhere and repeated.
 */
import { EffaceError } from '../../core/errors.ts';
import type { Digest, Store } from '../ports.ts';
import { backupPath, folderOf, FOUND, stagePath } from './layout.ts';
import type { Planned, Staged } from './manifest.ts';

/** SHA-256 of no bytes: what a page leaves at a new name where it was killed while writing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export interface SwapPorts {
  readonly store: Store;
  readonly sha256: Digest;
}

/** SHA-256 of the file; null where nothing lies there, and '' for what is no file. */
export async function hashAt({ store, sha256 }: SwapPorts, path: string): Promise<string | null> {
  const found = await store.stat(path);
  if (!found) return null;
  return found.kind === 'file' ? sha256(await store.read(path)) : '';
}

/**
 * Backs up every original, puts every new file in its place, and reads it back.
 *
 * @throws EffaceError `place/changed`, `place/stage-lost`, and those of the store
 */
export async function forward(
  ports: SwapPorts,
  files: readonly Planned[],
  staged: Staged,
): Promise<void> {
  for (const file of files) await backUp(ports, file, staged);
  await ports.store.sync();
  for (const file of files) await place(ports, file, staged);
  await ports.store.sync();
  for (const file of files) {
    if (!(await isPlaced(ports, file, staged))) throw new EffaceError('output/verify');
  }
  await removeEmptied(ports.store, files, ({ path, to }) => (path === to ? null : path));
}

/** Whether the new bytes are where they should be, and nothing where a file was taken from. */
export async function isPlaced(
  ports: SwapPorts,
  { n, path, to }: Planned,
  staged: Staged,
): Promise<boolean> {
  if (to !== null && (await hashAt(ports, to)) !== staged.get(n)) return false;
  return path === null || path === to || (await hashAt(ports, path)) === null;
}

async function backUp(ports: SwapPorts, file: Planned, staged: Staged): Promise<void> {
  const { n, path, sha256 } = file;
  if (path === null) return;
  const backup = backupPath(n);
  if ((await hashAt(ports, backup)) === sha256 || (await isPlaced(ports, file, staged))) return;
  // Hashed again just before: what someone else wrote since is not ours to replace.
  if ((await hashAt(ports, path)) !== sha256) throw new EffaceError('place/changed');
  await ports.store.copy(path, backup);
  if ((await hashAt(ports, backup)) !== sha256) throw new EffaceError('place/changed');
}

async function place(ports: SwapPorts, file: Planned, staged: Staged): Promise<void> {
  const { n, path, sha256, to } = file;
  if (to !== null) {
    const there = await hashAt(ports, to);
    const wanted = staged.get(n);
    if (there !== wanted) {
      const mayGo = there === null || there === (to === path ? sha256 : EMPTY);
      if (!mayGo) throw new EffaceError('place/changed');
      if ((await hashAt(ports, stagePath(n))) !== wanted) throw new EffaceError('place/stage-lost');
      await ports.store.move(stagePath(n), to);
    }
  }
  if (path === null || path === to) return;
  const old = await hashAt(ports, path);
  if (old === null) return;
  if (old !== sha256) throw new EffaceError('place/changed');
  await ports.store.remove(path);
}

/** How many files of the group can no longer be as they were: their backup is not whole. */
export async function lostFor(
  ports: SwapPorts,
  files: readonly Planned[],
  staged: Staged,
): Promise<number> {
  let lost = 0;
  for (const file of files) {
    const { n, path, sha256 } = file;
    if (path === null || (await hashAt(ports, path)) === sha256) continue;
    const backup = await hashAt(ports, backupPath(n));
    if (backup === sha256) continue;
    // Without a backup it was never touched by us, whatever is there now.
    if (backup !== null || (staged.has(n) && (await isPlaced(ports, file, staged)))) lost++;
  }
  return lost;
}

/**
 * Puts every original back where it was. Bytes that are neither old nor new are moved into
 * the undo folder first.
 *
 * @throws EffaceError `place/cannot-roll-back` before anything is changed, and those of the
 *   store
 */
export async function back(
  ports: SwapPorts,
  files: readonly Planned[],
  staged: Staged,
): Promise<void> {
  const lost = await lostFor(ports, files, staged);
  if (lost > 0) throw new EffaceError('place/cannot-roll-back', { files: lost });
  const restored: Planned[] = [];
  for (const file of files) if (await restore(ports, file, staged)) restored.push(file);
  await ports.store.sync();
  for (const { path, sha256 } of restored) {
    if (path !== null && (await hashAt(ports, path)) !== sha256) {
      throw new EffaceError('output/verify');
    }
  }
  await removeEmptied(ports.store, files, ({ path, to }) => (path === to ? null : to));
}

/** Gives whether the original had to be put back. */
async function restore(ports: SwapPorts, file: Planned, staged: Staged): Promise<boolean> {
  const { n, path, sha256, to } = file;
  const { store } = ports;
  const wanted = staged.get(n) ?? null;
  let isBack = false;
  if (path !== null && (await store.stat(backupPath(n)))) {
    const there = await hashAt(ports, path);
    if (there !== sha256) {
      const isOurs = there === null || (path === to && there === wanted);
      if (!isOurs) await keepFound(store, n, path);
      await store.copy(backupPath(n), path);
      isBack = true;
    }
  }
  if (to !== null && to !== path && wanted !== null) {
    const there = await hashAt(ports, to);
    if (there === wanted || there === EMPTY) await store.remove(to);
  }
  return isBack;
}

async function keepFound(store: Store, n: number, path: string): Promise<void> {
  let name = `${FOUND}/${n}`;
  for (let more = 1; await store.stat(name); more++) name = `${FOUND}/${n}-${more}`;
  await store.move(path, name);
}

/** Removes the folders that files have left, and those above, as far as they are empty. */
async function removeEmptied(
  store: Store,
  files: readonly Planned[],
  left: (file: Planned) => string | null,
): Promise<void> {
  const folders = new Set<string>();
  for (const file of files) {
    const path = left(file);
    for (let at = folderOf(path ?? ''); at !== ''; at = folderOf(at)) folders.add(at);
  }
  const deepestFirst = [...folders].sort((a, b) => b.split('/').length - a.split('/').length);
  for (const folder of deepestFirst) await store.remove(folder);
}
