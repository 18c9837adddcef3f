/** Part of the catalogue (error-catalog.ts): new patient IDs, the key, the crosswalk. */
export const identityErrors = {
  'ids/damaged': {
    what: 'The list of new patient IDs cannot be used (line {line}).',
    why: 'Each line must be an old ID, a comma and a new ID of letters, digits, "-", "_" and ".".',
    todo: 'Correct the list and start again.',
  },
  'ids/shared': {
    what: 'Two patients would get one new ID.',
    why: 'The list of new patient IDs gives an ID twice, or two issuers use one old ID.',
    todo: 'Give each patient an ID of its own.',
  },
  'ids/echo': {
    what: 'A new patient ID tells who the patient is.',
    why: 'It holds an old ID, or a word of the name or of the place.',
    todo: 'Choose new IDs that have nothing of the old ones.',
  },
  'key/too-short': {
    what: 'The key is too short.',
    why: 'It needs 16 bytes or more, or 32 hexadecimal digits.',
    todo: 'Let Efface make a key, or choose another file.',
  },
  'crosswalk/inside-output': {
    what: 'The crosswalk would lie in the output.',
    why: 'It says which patient is which, and the output is for sharing.',
    todo: 'Choose a place for it outside the output folder.',
  },
  'crosswalk/write': {
    what: 'The crosswalk could not be written.',
    why: 'The file exists already, or writing there is not permitted.',
    todo: 'Choose a new file in a folder that can be written to.',
  },
  'crosswalk/damaged': {
    what: 'The file is no crosswalk of Efface, or it is damaged.',
    why: 'It does not have the form that Efface writes.',
    todo: 'Look for another copy of it.',
  },
  'crosswalk/passphrase': {
    what: 'The crosswalk could not be opened.',
    why: 'The passphrase is wrong, or the file was changed.',
    todo: 'Try the passphrase again.',
  },
} as const;
