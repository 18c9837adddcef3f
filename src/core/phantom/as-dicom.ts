/** A phantom as a series of single-frame CT, MR or PET Image objects (PS3.3 A.3, A.4, A.21). */
import { axisStep, indexToLps, norm, scale, spacingOf, type Vec3 } from '../geometry/affine.ts';
import { assert } from '../errors.ts';
import { rescaleOf, type Modality, type Volume } from '../volume/volume.ts';
import type { Position } from './acquire.ts';
import { fileOrder, withSliceDefects, type DicomDefects } from './defects.ts';
import { attribute, part10Bytes, type Attribute } from '../dicom/new-file.ts';
import { createPersona, demoUid, type Persona } from './persona.ts';
import { decimal, petModules } from './pet-modules.ts';

export interface PhantomDicomOptions {
  /** Numbers, not names: who it claims to be (persona.ts). Default 1, 1, 1. */
  readonly patient?: number;
  readonly visit?: number;
  readonly series?: number;
  /** Stands in every identifying value. */
  readonly marker?: string;
  readonly transferSyntax?: 'explicit' | 'implicit';
  readonly position?: Position;
  /** Gantry tilt to be named in the header; the slices are tilted by the grid. */
  readonly tiltDeg?: number;
  /** Leave private elements out. */
  readonly plain?: boolean;
  readonly defects?: DicomDefects;
}

export interface PhantomFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const SOP_CLASS: Readonly<Record<Modality, string>> = {
  CT: '1.2.840.10008.5.1.4.1.1.2',
  MR: '1.2.840.10008.5.1.4.1.1.4',
  PT: '1.2.840.10008.5.1.4.1.1.128',
};

/** One file for each slice k of the volume, in the order in which a disk would list them. */
export function* phantomDicom(
  { volume }: { readonly volume: Volume },
  options: PhantomDicomOptions = {},
): Generator<PhantomFile, void, undefined> {
  const { patient = 1, visit = 1, series = 1, marker = '', defects = {} } = options;
  const persona = createPersona(patient, visit, marker);
  const sopClassUid = SOP_CLASS[volume.modality];
  const folder = `patient-${patient}/visit-${visit}/series-${series}`;
  const order = fileOrder(volume.grid.size[2], defects);
  for (const [n, k] of order.entries()) {
    const sopInstanceUid = demoUid(patient, visit, series, 10 + k);
    const bytes = part10Bytes(
      [
        attribute(0x00080016, 'UI', sopClassUid),
        attribute(0x00080018, 'UI', sopInstanceUid),
        ...patientModules(persona, options.plain === true),
        ...seriesModules(volume, persona, { patient, visit, series }, options),
        ...modalityModules(volume, k, persona, options),
        ...imageModules(volume, k, n),
      ],
      {
        explicit: options.transferSyntax !== 'implicit',
        sopClassUid,
        sopInstanceUid,
        implementation: 'EFFACE-PHANTOM',
      },
    );
    const path = `${folder}/IM${String(n + 1).padStart(4, '0')}.dcm`;
    yield { path, bytes: withSliceDefects(bytes, k, defects) };
  }
}

function patientModules(p: Persona, plain: boolean): readonly Attribute[] {
  const code = (value: string, meaning: string): readonly Attribute[] => [
    attribute(0x00080100, 'SH', value),
    attribute(0x00080102, 'SH', '99DEMO'),
    attribute(0x00080104, 'LO', meaning),
  ];
  const attributes = [
    attribute(0x00080005, 'CS', 'ISO_IR 100'),
    attribute(0x00100010, 'PN', p.patientName),
    attribute(0x00100020, 'LO', p.patientId),
    attribute(0x00100030, 'DA', p.birthDate),
    attribute(0x00100040, 'CS', p.sex),
    attribute(0x00101002, 'SQ', [
      [attribute(0x00100020, 'LO', p.otherPatientId), attribute(0x00100022, 'CS', 'TEXT')],
    ]),
    attribute(0x00101010, 'AS', p.age),
    attribute(0x00101030, 'DS', '70'),
    attribute(0x00101040, 'LO', p.address),
    attribute(0x00102154, 'SH', p.phone.slice(0, 16)),
    attribute(0x00104000, 'LT', p.comment),
    attribute(0x00080020, 'DA', p.studyDate),
    attribute(0x00080030, 'TM', p.studyTime),
    attribute(0x00080050, 'SH', p.accession),
    attribute(0x00080090, 'PN', p.referrer),
    attribute(0x00081030, 'LO', 'Head, demonstration'),
    attribute(0x00081032, 'SQ', [code('DEMO1', 'Demonstration of a head')]),
    attribute(0x0020000d, 'UI', p.studyUid),
    attribute(0x00200010, 'SH', p.studyId),
    attribute(0x00400275, 'SQ', [
      [
        attribute(0x00400007, 'LO', 'Head, demonstration'),
        attribute(0x00400008, 'SQ', [code('DEMO2', 'Requested by nobody')]),
        attribute(0x00400009, 'SH', p.studyId),
        attribute(0x00401001, 'SH', p.accession),
      ],
    ]),
  ];
  if (plain) return attributes;
  return [
    ...attributes,
    attribute(0x00290010, 'LO', 'EFFACE DEMO 1.0'),
    attribute(0x00291001, 'LO', p.patientName),
    attribute(0x00291002, 'SQ', [
      [attribute(0x00100010, 'PN', p.patientName), attribute(0x00080080, 'LO', p.institution)],
    ]),
    attribute(
      0x00291003,
      'UN',
      new TextEncoder().encode(`protocol for ${p.patientName} at ${p.institution}`),
    ),
  ];
}

function seriesModules(
  { modality, grid }: Volume,
  p: Persona,
  {
    patient,
    visit,
    series,
  }: { readonly patient: number; readonly visit: number; readonly series: number },
  { position = 'HFS' }: PhantomDicomOptions,
): readonly Attribute[] {
  return [
    attribute(0x00080021, 'DA', p.studyDate),
    attribute(0x00080031, 'TM', p.studyTime),
    attribute(0x00080060, 'CS', modality),
    attribute(0x0008103e, 'LO', `Demo head ${modality}`),
    attribute(0x00081050, 'PN', p.performer),
    attribute(0x00081070, 'PN', p.operator),
    attribute(0x00181030, 'LO', 'Demo protocol'),
    attribute(0x00180015, 'CS', 'HEAD'),
    // PET says it by codes (pet-modules.ts), and not twice.
    ...(modality === 'PT' ? [] : [attribute(0x00185100, 'CS', position)]),
    attribute(0x0020000e, 'UI', demoUid(patient, visit, series, 2)),
    attribute(0x00200011, 'IS', String(series)),
    attribute(0x00200052, 'UI', p.frameUid),
    attribute(0x00201040, 'LO', ''),
    attribute(0x00080070, 'LO', 'EFFACE'),
    attribute(0x00080080, 'LO', p.institution),
    attribute(0x00080081, 'ST', p.institutionAddress),
    attribute(0x00081010, 'SH', p.station),
    attribute(0x00081040, 'LO', p.department),
    attribute(0x00081090, 'LO', 'Phantom'),
    attribute(0x00181000, 'LO', p.serial),
    attribute(0x00181020, 'LO', '1'),
    attribute(0x00180050, 'DS', decimal(sliceDistance(grid))),
    attribute(0x00180088, 'DS', decimal(sliceDistance(grid))),
  ];
}

function modalityModules(
  volume: Volume,
  k: number,
  persona: Persona,
  options: PhantomDicomOptions,
): readonly Attribute[] {
  if (volume.modality === 'PT') return petModules(volume, k, persona);
  return volume.modality === 'CT' ? ctModules(volume, k, options) : mrModules(volume, k);
}

function ctModules(
  volume: Volume,
  k: number,
  { tiltDeg }: PhantomDicomOptions,
): readonly Attribute[] {
  const { slope, intercept } = rescaleOf(volume, k);
  const padding = volume.padding;
  return [
    attribute(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'),
    attribute(0x00180060, 'DS', '120'),
    attribute(0x00181151, 'IS', '200'),
    attribute(0x00181210, 'SH', 'H30'),
    ...(tiltDeg === undefined ? [] : [attribute(0x00181120, 'DS', decimal(tiltDeg))]),
    attribute(0x00200012, 'IS', '1'),
    attribute(0x00281052, 'DS', decimal(intercept)),
    attribute(0x00281053, 'DS', decimal(slope)),
    attribute(0x00281054, 'LO', 'HU'),
    attribute(0x00281050, 'DS', '40'),
    attribute(0x00281051, 'DS', '400'),
    ...(padding ? [attribute(0x00280120, 'US', [padding.low])] : []),
  ];
}

function mrModules(volume: Volume, k: number): readonly Attribute[] {
  const { slope, intercept } = rescaleOf(volume, k);
  const rescaled = volume.rescale.length > 1 || slope !== 1 || intercept !== 0;
  return [
    attribute(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\M\\NONE'),
    attribute(0x00180020, 'CS', 'GR\\IR'),
    attribute(0x00180021, 'CS', 'SP\\MP'),
    attribute(0x00180022, 'CS', ''),
    attribute(0x00180023, 'CS', '3D'),
    attribute(0x00180080, 'DS', '2000'),
    attribute(0x00180081, 'DS', '3.5'),
    attribute(0x00180082, 'DS', '900'),
    attribute(0x00180087, 'DS', '3'),
    attribute(0x00180091, 'IS', '1'),
    attribute(0x00181314, 'DS', '9'),
    attribute(0x00200012, 'IS', '1'),
    attribute(0x00281050, 'DS', '350'),
    attribute(0x00281051, 'DS', '800'),
    ...(rescaled
      ? [
          attribute(0x00281052, 'DS', decimal(intercept)),
          attribute(0x00281053, 'DS', decimal(slope)),
          attribute(0x00281054, 'LO', 'US'),
        ]
      : []),
  ];
}

function imageModules(volume: Volume, k: number, n: number): readonly Attribute[] {
  const { grid, stored } = volume;
  const [ni, nj] = grid.size;
  const [di, dj] = spacingOf(grid.affine);
  const place = indexToLps(grid.affine, [0, 0, k]);
  const row = unit(axisStep(grid.affine, 0));
  const column = unit(axisStep(grid.affine, 1));
  assert(stored instanceof Uint16Array, 'phantoms are stored as Uint16');
  const pixels = new Uint8Array(ni * nj * 2);
  const view = new DataView(pixels.buffer);
  const start = ni * nj * k;
  for (let m = 0; m < ni * nj; m++) view.setUint16(2 * m, stored[start + m] as number, true);
  const bits = volume.rescale.length > 1 ? 16 : 12;
  return [
    attribute(0x00080023, 'DA', ''),
    attribute(0x00080033, 'TM', ''),
    attribute(0x00200013, 'IS', String(n + 1)),
    attribute(0x00200020, 'CS', ''),
    attribute(0x00200032, 'DS', place.map(decimal).join('\\')),
    attribute(0x00200037, 'DS', [...row, ...column].map(decimal).join('\\')),
    attribute(0x00201041, 'DS', decimal(place[2])),
    attribute(0x00280002, 'US', [1]),
    attribute(0x00280004, 'CS', 'MONOCHROME2'),
    attribute(0x00280010, 'US', [nj]),
    attribute(0x00280011, 'US', [ni]),
    attribute(0x00280030, 'DS', `${decimal(dj)}\\${decimal(di)}`),
    attribute(0x00280100, 'US', [16]),
    attribute(0x00280101, 'US', [bits]),
    attribute(0x00280102, 'US', [bits - 1]),
    attribute(0x00280103, 'US', [0]),
    attribute(0x00280301, 'CS', 'NO'),
    attribute(0x7fe00010, 'OW', pixels),
  ];
}

/** Along the normal: what SpacingBetweenSlices means. */
function sliceDistance({ affine }: Volume['grid']): number {
  const [row, column, step] = [axisStep(affine, 0), axisStep(affine, 1), axisStep(affine, 2)];
  const normal: Vec3 = [
    row[1] * column[2] - row[2] * column[1],
    row[2] * column[0] - row[0] * column[2],
    row[0] * column[1] - row[1] * column[0],
  ];
  const along = normal[0] * step[0] + normal[1] * step[1] + normal[2] * step[2];
  return Math.abs(along) / norm(normal);
}

function unit(v: Vec3): Vec3 {
  return scale(v, 1 / norm(v));
}
