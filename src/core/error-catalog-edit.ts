/** What there is to say of a region that was corrected by hand (errors.ts). */
export const editCatalog = {
  'edit/by-hand': {
    what: 'The removed region was corrected by hand.',
    why: 'A person added {added} ml and kept {left} ml of what the network’s plan removes.',
    todo: 'Nothing needs doing: the result was measured anew.',
  },
  'edit/guard-overridden': {
    what: 'The brain guard was overridden by hand.',
    why: 'Of the guarded voxels {voxels} go; the reason that was given is in the report.',
    todo: 'Look at the brain beside the cut before you approve.',
  },
  'edit/mask-by-hand': {
    what: 'The scan was refused, and what is removed was decided by hand.',
    why: 'The network refused this scan, and a person decided by hand what is removed; the reason that was given is in the report.',
    todo: 'Look at the skin in all directions: no figure says that the face is gone.',
  },
  'edit/no-brain': {
    what: 'No brain was found in this scan, so nothing was guarded.',
    why: 'No brain was found to guard, and a person went on without; the reason that was given is in the report.',
    todo: 'Look whether brain was removed before you approve.',
  },
  'edit/no-new-face': {
    what: 'No face was made: the region holds noise like that of the air.',
    why: 'A new face is fitted to the old one, and none was found.',
    todo: 'Nothing needs doing.',
  },
  'edit/not-by-hand': {
    what: 'This scan cannot be corrected by hand.',
    why: 'Its voxels do not lie where the header says, or it shows no skin to paint by.',
    todo: 'Leave it out of what you share, or export it again from where it came.',
  },
  'edit/no-reason': {
    what: 'A reason is missing.',
    why: 'A refused scan, or one without a brain to guard, is changed only for a reason that the report gives.',
    todo: 'Write the reason beside the pictures, and apply again.',
  },
  'edit/nothing-painted': {
    what: 'Nothing is to be removed.',
    why: 'The network planned nothing in this scan, and nothing was painted.',
    todo: 'Paint what is to go, and apply again.',
  },
  'edit/no-plan': {
    what: 'This result cannot be corrected as it is.',
    why: 'The head of the other series from which its labels came is no longer in memory.',
    todo: 'Remove the faces again, and correct this series before many others.',
  },
} as const;
