/** Errors of what was opened, before its kind is known: files, folders, the place of voxels. */
export const inputCatalog = {
  'geometry/degenerate': {
    what: 'The image axes do not span space.',
    why: 'The orientation or spacing in the header is zero or contradictory.',
    todo: 'Export the series again from the scanner or the archive.',
  },
  'geometry/implausible': {
    what: 'The header describes a volume that no scanner makes.',
    why: '{reason}',
    todo: 'Correct or export the series again; a face cannot be found where nothing has its true shape.',
  },
  'geometry/too-little-covered': {
    what: 'The series covers too little for a head ({mm} mm).',
    why: 'A face cannot be found in so thin a part.',
    todo: 'Open the complete series, or leave it out of what you share.',
  },
  'geometry/no-slices': {
    what: 'The series has no image slices with a position.',
    why: 'None of its files carries ImagePositionPatient and ImageOrientationPatient.',
    todo: 'Open the folder that holds the image series, not a localizer or a report.',
  },
  'geometry/same-position': {
    what: 'The slices of this series lie at the same position.',
    why: 'It is a repeated measurement of one place, not a volume.',
    todo: 'Leave it out, or look at it by hand: a single slice can still show a face.',
  },
  'geometry/too-few-slices': {
    what: 'The series has too few slices for a volume ({slices}).',
    why: 'A face cannot be found in so few slices.',
    todo: 'Open the complete series, or leave it out of what you share.',
  },
  'geometry/too-many-voxels': {
    what: 'The scan has more voxels than fit ({millions} million).',
    why: 'Up to {most} million of this kind fit into 2 GB of memory with their masks.',
    todo: 'Open the part that shows the head, or a version with fewer slices or smaller numbers (int16).',
  },
  'geometry/mixed-orientation': {
    what: 'The slices of this series point in different directions.',
    why: 'It is a localizer, or several acquisitions share one series.',
    todo: 'Leave it out: a localizer can show the profile of the face.',
  },
  'geometry/uneven-slices': {
    what: 'The slice positions are too irregular for a volume.',
    why: 'The largest gap is {gap} mm where {spacing} mm is usual.',
    todo: 'Open the complete series.',
  },
  'file/not-an-image': {
    what: 'The file is neither DICOM nor NIfTI.',
    why: 'Its first bytes are not those of a format Efface reads.',
    todo: 'Nothing needs doing if it is not a scan; it was left out.',
  },
  'file/unreadable': {
    what: 'The file could not be read.',
    why: 'It was moved, or reading it is not permitted.',
    todo: 'Check the permissions and open it again.',
  },
  'file/empty': {
    what: 'The file is empty.',
    why: 'It has no bytes.',
    todo: 'Copy it again from its source.',
  },
  'file/too-large': {
    what: 'The file is too large to be read here ({megabytes} MB).',
    why: 'A browser tab cannot hold it in memory.',
    todo: 'Use the command line for this file, or open its series in parts.',
  },
  'file/too-large-to-write': {
    what: 'The file is too large to be written anew ({megabytes} MB).',
    why: 'A file is held in memory as a whole while it is written, which ends at 2 GB.',
    todo: 'Export it in parts, with fewer frames, volumes or slices in a file, or leave it out.',
  },
  'file/link-outside': {
    what: 'A link was not followed.',
    why: 'It leads out of the folder that was opened.',
    todo: 'Open the place it leads to, if the scans there are wanted.',
  },
  'file/compressed-dicom': {
    what: 'The file is DICOM compressed with gzip.',
    why: 'DICOM has its own compression; programs do not read gzip around it.',
    todo: 'Unpack it and open the DICOM file.',
  },
  'folder/unreadable': {
    what: 'A folder could not be read.',
    why: 'It was moved, or reading it is not permitted.',
    todo: 'Check the permissions and open it again.',
  },
} as const;
