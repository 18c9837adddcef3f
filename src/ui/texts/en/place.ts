/** Saving in place. */
import type { PlaceOptions } from '../../../../workers/api.ts';

export const place = {
  undo: 'Saved in place',
  folder: '_efface-undo-do-not-share',
  unfinished: 'Saving in place was begun in this folder and did not end',
  unfinishedText:
    'Some files may be new and some old. Resume it, or roll it back to the originals; the folder is opened after that.',
  kept: 'The originals of this folder are kept',
  keptText:
    'They lie in its folder _efface-undo-do-not-share, with faces and names. Check the result, then delete them, or put them back.',
  damaged: 'The undo folder in this folder cannot be understood',
  damagedText:
    'Its journal is missing. Copy the originals from its folder “backup” by hand before you delete it.',
  erasure:
    'Deleting is no secure erasure: disks, snapshots, backups and cloud folders can keep copies. Do not unplug a disk right after saving.',
  resume: 'Resume',
  rollBack: 'Roll back',
  finish: 'Finish: delete the backups',
  working: 'Working on the folder',
  recovered: {
    resume: (placed: number, back: number) =>
      `Resumed: ${visits(placed)} new, ${visits(back)} as before.`,
    'roll-back': () => 'Rolled back: everything is as it was before.',
    finish: () => 'Finished: the backups were deleted.',
  },
  dialog: {
    title: 'Save in place?',
    what: (series: number, folder: string) =>
      `The files of ${series === 1 ? '1 approved series' : `${series} approved series`} in “${folder}” are replaced by the defaced ones.`,
    how: 'New files are written and verified first; no original is touched before all of them are right. A visit is replaced as a whole or not at all.',
    backup:
      'The originals, with faces and names, move into the folder _efface-undo-do-not-share, and stay there until you press “Finish: delete the backups”.',
    names: 'Names of files and folders that identify the patient',
    nameChoices: {
      refuse: 'Stop and tell me',
      rename: 'Give them neutral names',
      keep: 'Keep them',
    } satisfies Record<PlaceOptions['names'], string>,
    rest: 'Replace a visit although other files of it stay as they are',
    restHint:
      'Some files are not written: series that were not approved or left out, and files that could not be read. They may show the face or the name, and a visit with them is not defaced as a whole.',
    yes: 'Replace the originals',
    no: 'Not now',
  },
  hint: {
    noFolder: 'Only for a folder opened with “Open folder” in Chrome or Edge.',
    kept: 'The originals of an earlier save are still kept in this folder: finish it or roll it back first.',
  },
  done: 'The originals were replaced.',
  nothing: 'Nothing was replaced.',
} as const;

function visits(n: number): string {
  return n === 1 ? '1 visit' : `${n} visits`;
}
