/**
 * The undo folder of saving in place: its name says that it must not be shared, and it is
 * not hidden, because a hidden folder with faces in it would be copied along one day.
 */
export const UNDO = '_efface-undo-do-not-share';
export const JOURNAL = `${UNDO}/journal.jsonl`;
export const STAGE = `${UNDO}/stage`;
export const BACKUP = `${UNDO}/backup`;
/** Bytes found where neither the old nor the new file was: kept, never overwritten. */
export const FOUND = `${UNDO}/found`;

/** Names of temporary files a store leaves where it was killed. */
export const TEMPORARY = /^\.efface-tmp-/;

export const stagePath = (n: number): string => `${STAGE}/${n}`;
export const backupPath = (n: number): string => `${BACKUP}/${n}`;

/** The folder a path lies in; '' is the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a path leads into an undo folder, wherever that lies. */
export function isInUndo(path: string): boolean {
  return path.split('/').includes(UNDO);
}
