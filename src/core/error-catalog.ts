import { matcherErrors } from './error-catalog-matcher.ts';

/** What happened, why, and what to do, for every code of an EffaceError (errors.ts). */
export const catalog = {
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
    why: 'Up to {most} million (512 × 512 × 1,024) fit into 2 GB of memory with their masks.',
    todo: 'Open the part that shows the head, or a version with fewer slices.',
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
  'zip/duplicate-name': {
    what: 'An entry of the ZIP archive was left out.',
    why: 'Another entry has the same name, apart from upper and lower case.',
    todo: 'Unpack the archive and open the folder if the entry matters.',
  },
  'zip/nested': {
    what: 'An archive within an archive was left out.',
    why: 'Efface looks into a ZIP archive and the archives in it, not deeper, and not into large ones.',
    todo: 'Unpack it and open the folder.',
  },
  'zip/unsafe-path': {
    what: 'An entry of the ZIP archive was left out.',
    why: 'Its path leads outside the archive.',
    todo: 'Make the archive again with ordinary paths if the entry matters.',
  },
  'zip/bomb': {
    what: 'The ZIP archive was refused.',
    why: 'It unpacks to far more than its size allows.',
    todo: 'Unpack it yourself if you trust it, and open the folder.',
  },
  'zip/damaged': {
    what: 'The ZIP archive could not be read.',
    why: 'It is damaged, encrypted or incomplete.',
    todo: 'Copy or make it again.',
  },
  'dicom/not-dicom': {
    what: 'The file is not DICOM.',
    why: 'It has neither a DICOM preamble nor a data set that can be read.',
    todo: 'Nothing needs doing if it is not a scan; it was left out.',
  },
  'dicom/truncated': {
    what: 'The DICOM file ends too early.',
    why: 'An element announces more bytes than the file has.',
    todo: 'Copy the file again from its source.',
  },
  'dicom/truncated-pixel-data': {
    what: 'The pixel data of a slice is incomplete.',
    why: 'The file has {bytes} bytes of pixels where {expected} are needed.',
    todo: 'Copy the file again from its source.',
  },
  'dicom/no-pixel-data': {
    what: 'The DICOM object holds no image.',
    why: 'It has no PixelData element (a report, a plan, or an image stored privately).',
    todo: 'It was left out; do not share it unseen.',
  },
  'dicom/damaged': {
    what: 'The DICOM file cannot be read safely.',
    why: 'Its elements contradict each other.',
    todo: 'Export it again from the archive.',
  },
  'dicom/unsupported-transfer-syntax': {
    what: 'The compression of this image is not supported.',
    why: 'Transfer syntax {uid} has no decoder here.',
    todo: 'Convert it to an uncompressed transfer syntax first.',
  },
  'dicom/bad-compressed-data': {
    what: 'A compressed slice could not be decoded.',
    why: 'Its code stream is damaged.',
    todo: 'Export it again from the archive.',
  },
  'dicom/multi-frame': {
    what: 'Multi-frame images are not defaced yet.',
    why: 'The object holds {frames} frames in one file.',
    todo: 'Export it as single-frame CT or MR, or leave it out.',
  },
  'dicom/mosaic': {
    what: 'Mosaic images are not defaced yet.',
    why: 'The slices are tiled into one picture (Siemens mosaic).',
    todo: 'Leave it out, or convert it to NIfTI and open that.',
  },
  'dicom/colour': {
    what: 'Colour images are not defaced.',
    why: 'It is a photograph, a screen copy or a rendering ({photometric}).',
    todo: 'Look at it before you share it: it can show a face.',
  },
  'dicom/localizer': {
    what: 'Localizers are left out.',
    why: 'A few thick slices can show the profile of the face.',
    todo: 'Share the study without it.',
  },
  'dicom/derived': {
    what: 'Reformats, projections and screen copies are left out.',
    why: 'They are made from other images and can show the face.',
    todo: 'Share the original series instead.',
  },
  'dicom/not-ct-or-mr': {
    what: 'Only CT and MR images are defaced.',
    why: 'The object is of modality {modality}.',
    todo: 'Look at it before you share it.',
  },
  'dicom/directory': {
    what: 'The DICOMDIR was left out.',
    why: 'It is a list of files with the names of patients, and it would not fit the result.',
    todo: 'Nothing needs doing: a new one can be made from the result.',
  },
  'dicom/unsupported-pixels': {
    what: 'The pixels are stored in a way that is not supported.',
    why: 'They have {bits} bits each, or are floating point numbers, where 8, 16 or 32 bits are read.',
    todo: 'Export the series as ordinary CT or MR images.',
  },
  'dicom/burned-in': {
    what: 'The image says that it holds burned-in text.',
    why: 'BurnedInAnnotation is YES, and Efface does not remove text from pixels.',
    todo: 'Leave it out, or clean the pixels first.',
  },
  'nifti/not-nifti': {
    what: 'The file is not NIfTI-1.',
    why: 'Its header has neither the size nor the magic of NIfTI-1.',
    todo: 'Nothing needs doing if it is not a scan; it was left out.',
  },
  'nifti/truncated': {
    what: 'The NIfTI file ends too early.',
    why: 'It has {bytes} bytes of voxels where {expected} are needed.',
    todo: 'Copy the file again from its source.',
  },
  'nifti/damaged': {
    what: 'The NIfTI file cannot be read safely.',
    why: 'Its header contradicts itself, or its compressed data does not match its checksum.',
    todo: 'Copy the file again from its source.',
  },
  'nifti/unsupported': {
    what: 'This kind of NIfTI file is not supported yet.',
    why: '{reason}',
    todo: 'Convert it to a 3-D NIfTI-1 file of numbers.',
  },
  'model/unavailable': {
    what: 'The network could not be loaded.',
    why: 'Its files are missing or differ from what they should be.',
    todo: 'Reload the page, or install Efface again.',
  },
  'model/backend': {
    what: 'The network cannot run here.',
    why: 'No backend passed the self-test.',
    todo: 'Use a current browser with WebAssembly, or the command line.',
  },
  'segment/no-head': {
    what: 'No head was found.',
    why: 'The network sees neither brain nor face in this volume.',
    todo: 'Nothing needs doing if it shows another body part; look before you share it.',
  },
  'segment/no-face': {
    what: 'No face was found: there is nothing to remove.',
    why: 'The face was removed before, the skull was stripped, or it lies outside the field of view.',
    todo: 'Look at the pictures; include the series only if you agree.',
  },
  'segment/already-defaced': {
    what: 'The face seems to have been removed before.',
    why: 'The front of the head lies behind where faces are, and no nose stands out.',
    todo: 'Look at the pictures; include the series only if you agree that no face is left.',
  },
  'segment/uncertain': {
    what: 'The network is not sure of what it sees.',
    why: '{reason}',
    todo: 'Look at the result before you use it.',
  },
  'check/failed': {
    what: 'A check of the result failed.',
    why: '{reason}',
    todo: 'Look at the result before you use it.',
  },
  'deface/shallow': {
    what: 'The cut follows the skin at a random depth (shallow).',
    why: 'Of 62 people, someone who knows how it works named 24 % again; behind the standard wall 3 %, by chance 1.6 %.',
    todo: 'Choose standard unless deep tissue of the face is needed.',
  },
  'deface/lent': {
    what: 'The face was found in another series of this visit.',
    why: 'In this one it was not found safely; both share one frame of reference.',
    todo: 'Look whether the head moved between the two.',
  },
  'deface/face-stays': {
    what: 'The face was not removed.',
    why: 'It was not among the chosen regions, so nothing of it was checked.',
    todo: 'Choose the face too, unless it was removed before.',
  },
  'job/memory': {
    what: 'There is not enough memory for this scan.',
    why: 'It needs about {needed} MB and the system refused.',
    todo: 'Close other tabs, or run the command line.',
  },
  'job/fault': {
    what: 'A fault in Efface stopped the work on this series.',
    why: 'One of its own checks failed.',
    todo: 'Report it; nothing of this series was written.',
  },
  'review/not-approved': {
    what: 'The result was not written.',
    why: 'Nobody approved it.',
    todo: 'Look at it and approve it, then save again.',
  },
  'output/exists': {
    what: 'The output folder is not empty.',
    why: 'Efface never overwrites a file without being told to.',
    todo: 'Choose another folder, or add --force.',
  },
  'output/write': {
    what: 'The result could not be written.',
    why: 'The disk is full, or writing there is not permitted.',
    todo: 'Free some space or choose another place; nothing was left half-written.',
  },
  'output/verify': {
    what: 'A written file differs from what should be in it.',
    why: 'Reading it back gave other bytes.',
    todo: 'Check the disk and try again; the result was withdrawn.',
  },
  'output/identifier-left': {
    what: 'A file was withheld.',
    why: 'An original identifier is still in its bytes ({where}).',
    todo: 'Report this as a fault in Efface; do not share the series.',
  },
  ...matcherErrors,
} as const;
