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
  'edit/no-plan': {
    what: 'This result cannot be corrected as it is.',
    why: 'The head of the other series from which its labels came is no longer in memory.',
    todo: 'Remove the faces again, and correct this series before many others.',
  },
} as const;
