/** What must hold of the files of the job (place-job.ts) after every recovery. */
import { BACKUP, UNDO } from '../../../src/app/place/layout.ts';
import type { UndoState } from '../../../src/app/place/recover.ts';
import { BYSTANDER, JOB_FILES, ORIGINALS, REPORT } from './place-job.ts';

/**
 * Every file wholly old or new, no visit mixed, every original there or backed up, nothing
 * astray; gives how many visits are new.
 *
 * @param files path to text of everything there
 * @param mayForget the backups were deleted on purpose
 */
export function judgeFiles(
  files: Readonly<Record<string, string>>,
  state: UndoState,
  mayForget: boolean,
): number {
  const backups = new Set(
    Object.entries(files).flatMap(([path, text]) => (path.startsWith(`${BACKUP}/`) ? [text] : [])),
  );
  const fresh = [0, 1].filter((group) => {
    const states = JOB_FILES.filter((file) => file.group === group).map((file) => {
      const isNew = file.to !== null && files[file.to] === file.fresh;
      const isOld = files[file.path] === file.old;
      if (isNew === isOld) throw new Error(`${file.path} is neither old nor new`);
      if (isNew && !mayForget && !backups.has(file.old)) {
        throw new Error(`the original of ${file.path} is lost`);
      }
      return isNew;
    });
    if (new Set(states).size > 1) throw new Error(`visit ${group} is mixed`);
    return states[0];
  });
  // The others follow when a visit is new, and are where they were when none is.
  for (const { group, path, old, fresh: text, to } of JOB_FILES) {
    if (group !== 2) continue;
    const isGone = path === to || !(path in files);
    const moved = isGone && (to === null || files[to] === text);
    if (!moved && files[path] !== old) throw new Error(`${path} is lost`);
    if (moved && fresh.length === 0) throw new Error(`${path} went although nothing is new`);
    if (moved && !mayForget && !backups.has(old)) throw new Error(`${path} has no backup`);
  }
  const ours = JOB_FILES.flatMap(({ path, to }) => [path, to]);
  for (const path of Object.keys(files)) {
    if (path.includes('.efface-tmp-')) throw new Error(`stray ${path}`);
    if (path.startsWith(`${UNDO}/`) || path === REPORT || path in BYSTANDER) continue;
    if (!ours.includes(path)) throw new Error(`stray ${path}`);
  }
  for (const [path, text] of Object.entries(BYSTANDER)) {
    if (files[path] !== text) throw new Error(`${path} was touched`);
  }
  if (state !== (fresh.length > 0 && !mayForget ? 'kept' : 'none')) {
    throw new Error(`the undo folder is ${state} with ${fresh.length} visits new`);
  }
  if (fresh.length === 0 && JSON.stringify(sorted(files)) !== JSON.stringify(sorted(ORIGINALS))) {
    throw new Error('nothing is new, and yet it is not as it was');
  }
  if (files[REPORT] === 'two visits' && fresh.length < 2) throw new Error('the report is not true');
  return fresh.length;
}

function sorted(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
