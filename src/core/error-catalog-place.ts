/** Errors of saving in place (app/place): merged into the catalogue. */
export const placeCatalog = {
  'place/unfinished': {
    what: 'Saving in place was begun in this folder and did not end.',
    why: 'Some files may be new and some old; the undo folder in it knows which.',
    todo: 'Resume it or roll it back first (--in-place --resume or --roll-back; in the page: Resume or Roll back).',
  },
  'place/undo-kept': {
    what: 'The folder still holds the originals of an earlier save in place.',
    why: 'They lie in _efface-undo-do-not-share until someone says that they may go.',
    todo: 'Finish it (the backups are deleted) or roll it back, then start again.',
  },
  'place/damaged': {
    what: 'The undo folder cannot be understood; nothing was changed.',
    why: 'Its journal is missing or damaged, while backups are there.',
    todo: 'Copy the originals from its folder "backup" by hand before you delete it.',
  },
  'place/cannot-roll-back': {
    what: 'It cannot be rolled back any more; nothing was changed.',
    why: 'The backup of {files} files is missing or damaged.',
    todo: 'Resume it instead, or take the originals from where they came from.',
  },
  'place/changed': {
    what: 'A file was changed while Efface worked on it.',
    why: 'Its bytes are no longer those that were read at the beginning.',
    todo: 'Nothing of its visit was replaced. Close other programs and start again.',
  },
  'place/stage-lost': {
    what: 'A new file is no longer there or no longer whole.',
    why: 'The undo folder was changed, or the disk is failing.',
    todo: 'The originals of its visit were put back. Check the disk and start again.',
  },
  'place/not-as-written': {
    what: 'A file that was replaced differs from what was written; no backup was deleted.',
    why: 'Changed since, or lost by the disk: {files} files.',
    todo: 'Roll back. If the changes are yours, delete the undo folder by hand.',
  },
  'place/visit-incomplete': {
    what: 'The visit was left as it is.',
    why: 'Other files of it would stay as they are ({files}) and may show the face or the name.',
    todo: 'Defaced files beside them protect no one. Move those files away, or say that they may stay (--leave-rest).',
  },
  'place/rest-stays': {
    what: 'The visit as a whole is not defaced.',
    why: 'Other files of it stayed as they were ({files}) and may show the face or the name.',
    todo: 'Do not share the folder before they are gone.',
  },
  'place/names': {
    what: 'Names of files or folders tell who the patient is; nothing was changed.',
    why: 'A word, number or UID of the header stands in {names} of them.',
    todo: 'Rename them, or let Efface do it (--rename), or keep them knowingly (--keep-names).',
  },
  'place/root-name': {
    what: 'The name of the folder itself tells who the patient is.',
    why: 'It holds a word, number or UID of the header, and Efface renames only what is in it.',
    todo: 'Rename the folder before you share it.',
  },
  'place/names-unchecked': {
    what: 'Names of {files} NIfTI files could not be checked.',
    why: 'NIfTI headers hold no name to compare with, and the file names are no BIDS codes.',
    todo: 'Look at the names before you share the files, or use --rename.',
  },
  'place/hard-link': {
    what: 'Files have a second name elsewhere ({files}).',
    why: 'A hard link keeps the old file under its other name, with face and names.',
    todo: 'Find and delete the other names before you share the disk.',
  },
  'place/beside-stays': {
    what: 'Of the dataset {files} files stay as they are.',
    why: 'They are no images, and BIDS does not say what is in them, or they are originals (sourcedata).',
    todo: 'Look at them before you share the folder, or take them out of it.',
  },
  'place/directory': {
    what: 'The DICOMDIR was taken away.',
    why: 'It lists names, and it would not fit the new files.',
    todo: 'Nothing needs doing: roll back brings it back, and a new one can be made.',
  },
  'place/undo-input': {
    what: 'The undo folder of a save in place is never opened.',
    why: 'It holds faces and names, to put them back and for nothing else.',
    todo: 'Open the folder it lies in.',
  },
  'place/archive': {
    what: 'A ZIP archive cannot be changed in place.',
    why: 'Its files lie one behind the other; a new one has to be written.',
    todo: 'Unpack it, or write a new one with --out FILE.zip.',
  },
  'place/link': {
    what: 'A link was not followed.',
    why: 'Saving in place never writes through a link.',
    todo: 'Open the place it leads to, if the scans there are wanted.',
  },
  'place/no-space': {
    what: 'There is not enough space; the originals are as they were.',
    why: 'New files are written in full before the first original is touched.',
    todo: 'Free {megabytes} MB or use --out with another disk.',
  },
  'place/not-allowed': {
    what: 'The folder cannot be changed; the originals are as they were.',
    why: 'Writing in it is not permitted, or the disk is read-only.',
    todo: 'Change the permission, or use another output.',
  },
  'place/busy': {
    what: 'A file is in use by another program; the originals are as they were.',
    why: 'It stayed locked after several tries.',
    todo: 'Close viewers and other programs and start again.',
  },
  'place/refused': {
    what: 'The browser refused to write a file; the originals are as they were.',
    why: 'A check of the browser or a virus scanner stopped it.',
    todo: 'Save as ZIP or into another folder instead.',
  },
} as const;
