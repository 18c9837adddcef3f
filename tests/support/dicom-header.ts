/** Headers and instances for tests, without files. */
import type { DicomInstance } from '../../src/core/dicom/dicom-scan.ts';
import type { DicomHeader } from '../../src/core/dicom/header.ts';
import type { Vec3 } from '../../src/core/geometry/affine.ts';
import { memoryFile } from './shared-data.ts';

const NO_DISCRIMINATORS: DicomHeader['discriminators'] = {
  echoNumber: null,
  echoTime: null,
  inversionTime: null,
  bValue: null,
  temporalPosition: null,
  triggerTime: null,
  acquisitionNumber: null,
  repetitionTime: null,
  flipAngle: null,
  frameReferenceTime: null,
};

/** An axial MR slice of 4 × 3 pixels, 1 mm, at the origin. */
export function header(changes: Partial<DicomHeader> = {}): DicomHeader {
  return {
    transferSyntaxUID: '1.2.840.10008.1.2.1',
    sopClassUID: '1.2.840.10008.5.1.4.1.1.4',
    sopInstanceUID: '1.2.3.4',
    studyInstanceUID: '1.2.3',
    seriesInstanceUID: '1.2.3.1',
    frameOfReferenceUID: '1.2.3.9',
    modality: 'MR',
    imageType: ['ORIGINAL', 'PRIMARY', 'M'],
    seriesType: [],
    stackID: '',
    patientKey: 'nobody',
    description: 'test',
    seriesNumber: 1,
    instanceNumber: null,
    acquisitionTime: '',
    convolutionKernel: '',
    discriminators: NO_DISCRIMINATORS,
    position: [0, 0, 0],
    orientation: { row: [1, 0, 0], column: [0, 1, 0] },
    pixelSpacing: [1, 1],
    rows: 3,
    columns: 4,
    samplesPerPixel: 1,
    bitsAllocated: 16,
    bitsStored: 12,
    highBit: 11,
    signed: false,
    frames: 1,
    photometric: 'MONOCHROME2',
    rescale: { slope: 1, intercept: 0 },
    padding: null,
    burnedIn: false,
    recognizableVisualFeatures: '',
    lossy: false,
    pixelData: { kind: 'stored', dataStart: 0, length: 24 },
    parts: null,
    ...changes,
  };
}

export function discriminators(
  changes: Partial<DicomHeader['discriminators']>,
): DicomHeader['discriminators'] {
  return { ...NO_DISCRIMINATORS, ...changes };
}

let files = 0;

/** An instance whose SOP Instance UID is its own, unless the changes name one. */
export function instance(
  changes: Partial<DicomHeader> = {},
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(24),
): DicomInstance {
  const number = ++files;
  const source = memoryFile(`${number}.dcm`, bytes);
  return { source, header: header({ sopInstanceUID: `1.2.3.4.${number}`, ...changes }) };
}

/** One instance at each position (LPS mm). */
export function slicesAt(
  positions: readonly Vec3[],
  changes: Partial<DicomHeader> = {},
): DicomInstance[] {
  return positions.map((position) => instance({ ...changes, position }));
}

/** Positions straight up from the origin. */
export function heights(...mm: readonly number[]): Vec3[] {
  return mm.map((z) => [0, 0, z]);
}
