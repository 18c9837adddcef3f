/**
 * Frames of enhanced and legacy converted CT, MR and PET (PS3.3 C.7.6.16): geometry, rescale
 * and kind of image of each, from the functional groups of the frame or, where it has
 * none, from the shared ones.
 */
import type { ReasonId } from '../error-reasons.ts';
import type { DataSetView } from './data-set-view.ts';
import {
  numbersAt,
  orientationOf,
  positionOf,
  rescaleOf,
  spacingOf,
  textsAt,
  type DicomHeader,
  type Discriminators,
  type FileParts,
  type HeaderPart,
} from './header.ts';

/** Enhanced and legacy converted CT, MR and PET. */
const ENHANCED = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(2\.[12]|4\.[14]|130|128\.1)$/;
const SHARED = 0x52009229;
const PER_FRAME = 0x52009230;
/** MR, CT and PET have a frame type sequence each; legacy converted PET has that of PET. */
const FRAME_TYPES = [0x00189226, 0x00189329, 0x00189751];

/** Whether the file is an object of frames, or has more than one. */
export function isMultiFrame({ frames, sopClassUID }: DicomHeader): boolean {
  return frames > 1 || ENHANCED.test(sopClassUID);
}

/** The frames of a multi-frame object, each with the header of a slice. */
export function framesOf(view: DataSetView, header: DicomHeader): FileParts {
  const problem = (reason: ReasonId): FileParts => ({ kind: 'frames', problem: reason });
  const inConcatenation = numbersAt(view, 0x00209163)[0] ?? 1;
  if (inConcatenation > 1 || (view.value(0x00209161) && numbersAt(view, 0x00209162)[0] !== 1)) {
    return problem('frames/concatenation');
  }
  const [shared] = view.items(SHARED);
  const perFrame = view.items(PER_FRAME);
  if (!shared && perFrame.length === 0) return problem('frames/no-groups');
  if (perFrame.length !== header.frames) {
    return problem('frames/not-described');
  }
  const slices = perFrame.map((own, frame): HeaderPart => {
    const macro: Macro = (tag) => own.items(tag)[0] ?? shared?.items(tag)[0];
    const part = { frame, left: 0, top: 0 };
    return { part, header: frameHeader(macro, header, frame) };
  });
  const isPlaced = slices.every(
    ({ header: { position, orientation, pixelSpacing } }) =>
      position && orientation && pixelSpacing,
  );
  return isPlaced ? { kind: 'frames', slices } : problem('frames/no-position');
}

/** The functional group of a frame: the one item of its sequence. */
type Macro = (sequence: number) => DataSetView | undefined;

function frameHeader(macro: Macro, header: DicomHeader, frame: number): DicomHeader {
  const numbers = (sequence: number, tag: number): readonly number[] => {
    const group = macro(sequence);
    return group ? numbersAt(group, tag) : [];
  };
  const number = (sequence: number, tag: number): number | null =>
    numbers(sequence, tag)[0] ?? null;
  const texts = (sequence: number, tag: number): readonly string[] => {
    const group = macro(sequence);
    return group ? textsAt(group, tag) : [];
  };
  const hasRescale = macro(0x00289145) !== undefined;
  return {
    ...header,
    frames: 1,
    position: positionOf(numbers(0x00209113, 0x00200032)),
    orientation: orientationOf(numbers(0x00209116, 0x00200037)),
    pixelSpacing: spacingOf(numbers(0x00289110, 0x00280030)),
    rescale: hasRescale
      ? rescaleOf(number(0x00289145, 0x00281053), number(0x00289145, 0x00281052))
      : header.rescale,
    imageType: imageTypeOf(texts, header),
    stackID: texts(0x00209111, 0x00209056)[0] ?? '',
    instanceNumber: frame + 1,
    acquisitionTime: '',
    discriminators: discriminatorsOf(number),
  };
}

/** Value 3 says magnitude or phase, as it does in classic images; value 4 the contrast. */
function imageTypeOf(
  texts: (sequence: number, tag: number) => readonly string[],
  header: DicomHeader,
): readonly string[] {
  const sequence = FRAME_TYPES.find((tag) => texts(tag, 0x00089007).length > 0);
  if (sequence === undefined) return header.imageType;
  const frameType = texts(sequence, 0x00089007).map((term) => term.toUpperCase());
  const component = texts(sequence, 0x00089208)[0]?.toUpperCase();
  if (component === undefined) return frameType;
  return [...frameType.slice(0, 2), component, ...frameType.slice(2)];
}

function discriminatorsOf(
  number: (sequence: number, tag: number) => number | null,
): Discriminators {
  return {
    echoNumber: null,
    echoTime: number(0x00189114, 0x00189082),
    inversionTime: number(0x00189115, 0x00189079),
    bValue: number(0x00189117, 0x00189087),
    temporalPosition: number(0x00209111, 0x00209128),
    acquisitionNumber: number(0x00209111, 0x00209156),
    flipAngle: number(0x00189112, 0x00181314),
    repetitionTime: number(0x00189112, 0x00180080),
    triggerTime: number(0x00189118, 0x00209153),
    frameReferenceTime: null,
  };
}
