/**
 * Why, where a code of the catalogue (error-catalog.ts) has several reasons: what stands for
 * `{reason}` there. Each has an id, so that it can be said in other languages.
 */
export const reasons = {
  // geometry/implausible
  'grid/no-numbers': 'Its orientation holds no numbers.',
  'grid/voxel-length': 'Its voxels would be {mm} mm long.',
  'grid/sheared': 'Two of its axes meet at {degrees} degrees.',
  'grid/too-long': 'It would be {metres} m long.',
  // dicom/multi-frame
  'frames/concatenation':
    'It is one part of a concatenation: the object was cut into several files.',
  'frames/no-groups': 'It has no functional groups.',
  'frames/not-described': 'It does not describe each of its frames.',
  'frames/no-position': 'Not all of its frames have a position.',
  'frames/several-places': 'Its volumes lie in different places or directions.',
  // dicom/mosaic
  'mosaic/no-position': 'It has no position.',
  'mosaic/no-count': 'Nothing says how many slices it holds.',
  'mosaic/not-divisible': 'Its picture does not divide into the slices it is said to hold.',
  'mosaic/no-side': 'Nothing says to which side its slices count, so it could be mirrored.',
  'mosaic/no-distance': 'It does not say how far its slices are apart.',
  // nifti/unsupported
  'nifti/bits': 'It holds one bit for each voxel.',
  'nifti/complex': 'It holds complex numbers.',
  'nifti/rgb': 'It holds colors (RGB).',
  'nifti/rgba': 'It holds colors (RGBA).',
  'nifti/64-bit': 'It holds 64-bit integers, which images do not use.',
  'nifti/128-bit': 'It holds 128-bit numbers.',
  'nifti/unknown-type': 'Its number type ({type}) is not known.',
  'nifti/two-files':
    'Header and image are two files, and the second (.img) is not beside the first.',
  'nifti/analyze': 'It is Analyze 7.5, which does not say where right and left are.',
  // segment/uncertain
  'head/too-little': 'Too little of the head is in view to place the cut.',
  'head/not-lent':
    'The series from which the labels come does not show all of the head that this one shows.',
  'head/lent-doubtful': 'The series from which the labels come is itself one to look at.',
  'head/upside-down': 'The scan cuts the neck above the head: its orientation may be upside down.',
  'head/outline': 'The head it outlines does not end where the image ends ({sides}).',
  'head/mirrored': 'It sees something else in the mirrored head.',
  'brain/absurd': 'It sees {ml} ml of brain: more than any head holds.',
  'brain/much': 'It sees {ml} ml of brain, more than is usual.',
  'brain/little':
    'It sees only {ml} ml of brain: a child, a part of the head, or brain that it missed.',
  'brain/scattered': 'It sees the brain in several places.',
  'brain/pieces': 'It sees small pieces of brain away from the brain.',
  'brain/not-behind-face':
    'The brain does not lie above and behind the face: the orientation of the scan may be wrong.',
  'brain/cut': 'The scan ends within the brain: brain near its lower edge may be taken for face.',
  'brain/missed': 'Tissue enclosed in the skull is not labelled brain.',
  'brain/called-face': 'Tissue that belongs to the inside of the skull is labelled face.',
  'brain/bare': 'What it calls brain reaches the skin: the skull was removed, or it is wrong.',
  'face/much': 'It sees {ml} ml of face, more than is usual.',
  'face/little': 'It sees only {ml} ml of face.',
  'face/off-skin': 'The face it outlines does not begin where the skin begins.',
  'face/blurred':
    'The skin of the face is far less sharp than that of the scalp: it may be blurred.',
  'face/noise': 'The face is noise: it may have been replaced before.',
  'ears/none': 'It sees no ear: they are outside the scan, or it missed them.',
  'ears/one': 'It sees one ear only: the other is outside the scan, or it missed it.',
  'pet/faint': 'The head hardly stands out from the air in this image.',
  'pet/off': 'The head in this image lies {mm} mm from where the other series shows it.',
  // check/failed
  'check/mirror-brain':
    'The network outlines the brain of the mirrored head differently ({percent} % alike).',
  'check/mirror-removal':
    'The network finds another face in the mirrored head ({percent} % alike).',
  'check/brain-changed': '{voxels} voxels labelled brain would change.',
  'check/guard': 'The cut comes within {mm} mm of the brain.',
  'check/face-stayed': 'Skin of the face stayed ({cm2} cm²).',
  'check/ear-left-stayed': 'Skin of the left ear stayed ({cm2} cm²).',
  'check/ear-right-stayed': 'Skin of the right ear stayed ({cm2} cm²).',
  'check/took-back': 'The brain guard kept {percent} % of what was to be removed.',
  'check/new-face-unmeasured': 'The new face could not be measured.',
  'check/new-face': 'The new face lies {mm} mm from the one that was to be put there.',
  'check/no-skin': 'No facial skin could be measured.',
  'check/moved': 'Only {percent} % of the facial skin moved by more than 10 mm.',
  'check/found-again': 'The network still finds {percent} % of the face in the result.',
  'check/parallel': 'The new surface follows the old one (index {index}).',
  'check/outside': '{voxels} voxels outside the mask differ.',
} as const;

export type ReasonId = keyof typeof reasons;

/** Numbers, tags and our own ids that stand for names in braces; never patient data. */
export type ErrorDetails = Readonly<Record<string, string | number>> & {
  readonly reason?: ReasonId;
};

/** Where on a head, for `{sides}`. */
export const sides = {
  left: 'on the left',
  right: 'on the right',
  front: 'in front',
  back: 'at the back',
  up: 'at the crown',
} as const;

export type Side = keyof typeof sides;

/**
 * Details of an error that has this reason.
 *
 * @param figures what stands for the names in braces; `sides` are ids, a space between them
 */
export function because(
  reason: ReasonId,
  figures: Readonly<Record<string, string | number>> = {},
): ErrorDetails {
  return { reason, ...figures };
}
