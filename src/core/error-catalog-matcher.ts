/** What the matcher has to say (errors.ts). */
export const matcherErrors = {
  'match/no-head': {
    what: 'The matcher cannot compare this scan.',
    why: 'It shows no head whose place could be found.',
    todo: 'Give a CT or MR of a head; photographs are refused.',
  },
  'match/no-volume': {
    what: 'There is no scan to compare.',
    why: 'The matcher compares head scans with head scans; photographs and other pictures are refused.',
    todo: 'Give a folder of DICOM or a NIfTI file.',
  },
  'match/small-gallery': {
    what: 'The gallery is too small ({people} people).',
    why: 'A rank says something only among others.',
    todo: 'Give the undefaced scans of at least two people; twenty or more for a rank that means something.',
  },
} as const;
