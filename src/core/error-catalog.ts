import { matcherErrors } from './error-catalog-matcher.ts';

/** What happened, why, and what to do, for every code of an EffaceError (errors.ts). */
import { editCatalog } from './error-catalog-edit.ts';
import { identityErrors } from './error-catalog-identity.ts';
import { inputCatalog } from './error-catalog-input.ts';
import { placeCatalog } from './error-catalog-place.ts';

export const catalog = {
  ...inputCatalog,
  ...placeCatalog,
  ...editCatalog,
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
  'dicom/jpeg-12-bits': {
    what: 'The compression of this image is not supported.',
    why: 'It is lossy JPEG of {bits} bits; the decoder here reads 8.',
    todo: 'Convert it to an uncompressed transfer syntax first.',
  },
  'dicom/bad-compressed-data': {
    what: 'A compressed slice could not be decoded.',
    why: 'Its code stream is damaged.',
    todo: 'Export it again from the archive.',
  },
  'dicom/multi-frame': {
    what: 'The frames of this multi-frame object do not form volumes that can be defaced.',
    why: '{reason}',
    todo: 'Export it as single-frame CT, MR or PET, or leave it out.',
  },
  'dicom/mosaic': {
    what: 'The slices of this mosaic (many in one picture, Siemens) cannot be placed.',
    why: '{reason}',
    todo: 'Open the files as the scanner made them, or convert them to NIfTI and open that.',
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
    what: 'Only CT, MR and PET images are defaced.',
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
  'segment/pet': {
    what: 'The face of a PET image is removed where the CT or MR of this visit shows it.',
    why: 'PET shows too little skin to be checked by itself: its figures say what happened to the face of the other series.',
    todo: 'Look whether the outline follows the head in this image too, in all three directions.',
  },
  'segment/pet-alone': {
    what: 'A PET image is defaced only together with a CT or MR.',
    why: 'The network knows no PET, and no CT or MR of this visit and frame of reference was defaced.',
    todo: 'Open the CT or MR of the same examination with it and deface that first, or leave the PET out.',
  },
  'check/failed': {
    what: 'A check of the result failed.',
    why: '{reason}',
    todo: 'Look at the result before you use it.',
  },
  'check/place': {
    what: 'A place of the result should be looked at.',
    why: '{reason}',
    todo: 'Look at the result before you use it.',
  },
  'deface/shallow': {
    what: 'The cut follows the skin at a random depth (shallow).',
    why: 'Of 61 people, an attacker with scans of them named 13 % again; behind the standard wall 3 %, by chance 1.6 %.',
    todo: 'Choose standard unless deep tissue of the face is needed.',
  },
  'deface/likeness': {
    what: 'The face was made coarser, not removed (blur, pixelate).',
    why: 'Its shape shows through, and published attacks restore most of a blurred face.',
    todo: 'Choose blank, noise or reface for anything that leaves your hands.',
  },
  'deface/new-face': {
    what: 'The face in the result is made, not the person’s (reface).',
    why: 'A face of the parametric head stands on the wall, in the contrast of the scan; no measurement of it means anything.',
    todo: 'Leave face, ears and what lies right behind them out of any analysis.',
  },
  'deface/no-new-face': {
    what: 'No face was made: the region holds noise like that of the air.',
    why: 'In a PET image a made face would be activity that nobody had.',
    todo: 'Nothing needs doing; the CT or MR of the visit has the new face.',
  },
  'deface/new-face-first': {
    what: 'The new face stands in the first of {volumes} volumes; in the others the region holds noise.',
    why: 'A face is made in the contrast of one volume; of diffusion, phase or a time series nobody could say what it should be.',
    todo: 'Choose noise or blank if all volumes are to be alike.',
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
  'job/result-gone': {
    what: 'This result is no longer there.',
    why: 'What the page keeps was cleared, or the browser took the space back.',
    todo: 'Remove the face once more; the scan itself is still open.',
  },
  'job/crashed': {
    what: 'The process that worked on this series ended by itself.',
    why: 'Most often the machine ran out of memory.',
    todo: 'Run it again with fewer --jobs; nothing of this series was written.',
  },
  'review/not-approved': {
    what: 'The result was not written.',
    why: 'Nobody approved it.',
    todo: 'Look at it and approve it, then save again.',
  },
  'dicom/mosaic-header': {
    what: 'A mosaic was refused.',
    why: 'Its private header, which says how many slices it has and which side is which, cannot be read.',
    todo: 'Export the series again from the scanner, as single slices or enhanced MR.',
  },
  ...identityErrors,
  'output/at-work': {
    what: 'Another run is at work in the output folder.',
    why: 'Two runs would take each other’s results.',
    todo: 'Wait until it has ended, or choose another folder.',
  },
  'output/exists': {
    what: 'The output folder is not empty, or the output file is there already.',
    why: 'Efface never overwrites a file without being told to.',
    todo: 'Choose another place, or add --force.',
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
  'output/included': {
    what: 'It was not defaced, and was written because you asked for it.',
    why: 'Efface removes no face from such images; names were taken out of the header only.',
    todo: 'Look at every picture before you share it: it can show the face.',
  },
  'output/identifier-left': {
    what: 'A file was withheld.',
    why: 'An original identifier is still in its bytes ({where}).',
    todo: 'Report this as a fault in Efface; do not share the series.',
  },
  ...matcherErrors,
} as const;
