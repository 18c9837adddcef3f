/**
 * The Basic Application Level Confidentiality Profile with its option columns (PS3.15
 * Table E.1-1; edition in profile-table.ts): all rows, as the standard has them.
 *
 * A compound action is resolved by the Type that the attribute has in the IOD (PS3.3 A.3,
 * A.4, A.21, A.36, A.38): Type 1 gets a dummy (D), Type 2 an empty value (Z), Type 3 goes
 * (X). Types stand here for the images that Efface writes; an attribute without one is of
 * Type 3 there, or belongs to another object.
 */
import { PROFILE_EDITION, PROFILE_TABLE } from './profile-table.ts';

export { PROFILE_EDITION };

export type TableAction = 'X' | 'Z' | 'D' | 'U' | 'X/Z' | 'X/D' | 'Z/D' | 'X/Z/D' | 'X/Z/U*';
export type ResolvedAction = 'X' | 'Z' | 'D' | 'U' | 'items';
/** K: kept; C: kept once cleaned. */
export type OptionAction = 'K' | 'C';
export type OptionColumn = 'dates' | 'uids' | 'device' | 'institution' | 'patient' | 'descriptors';

export interface ProfileRow {
  readonly tag: number;
  readonly basic: TableAction;
  /** The columns of the options. `dates`: K for full dates, C for modified ones, in every row. */
  readonly columns: Readonly<Partial<Record<OptionColumn, OptionAction>>>;
}

/** Letters of the table, as scripts/make-profile.ts writes them. */
const LETTERS: Readonly<Record<string, readonly [OptionColumn, OptionAction]>> = {
  t: ['dates', 'K'],
  u: ['uids', 'K'],
  d: ['device', 'K'],
  D: ['device', 'C'],
  i: ['institution', 'K'],
  p: ['patient', 'K'],
  P: ['patient', 'C'],
  w: ['descriptors', 'C'],
};

let rows: ReadonlyMap<number, ProfileRow> | null = null;

/** The row of a tag; undefined where the table has none (or only one for its whole group). */
export function profileRow(tag: number): ProfileRow | undefined {
  return table().get(tag);
}

export function profileRows(): readonly ProfileRow[] {
  return [...table().values()];
}

function table(): ReadonlyMap<number, ProfileRow> {
  if (rows) return rows;
  const found = new Map<number, ProfileRow>();
  for (const line of PROFILE_TABLE.split('\n')) {
    const group = parseInt(line.slice(0, 4), 16) * 0x10000;
    for (const item of line.slice(4).split('|')) {
      const [basic = '', letters = ''] = item.slice(4).split(',');
      const tag = group + parseInt(item.slice(0, 4), 16);
      const columns: Partial<Record<OptionColumn, OptionAction>> = {};
      for (const letter of letters) {
        const column = LETTERS[letter];
        if (column) columns[column[0]] = column[1];
      }
      found.set(tag, { tag, basic: basic as TableAction, columns });
    }
  }
  rows = found;
  return found;
}

type ImageKind = 'classic' | 'pet' | 'enhanced';

const PET_IMAGE = '1.2.840.10008.5.1.4.1.1.128';
/** Enhanced CT, MR, MR colour, PET; legacy converted CT, MR, PET. */
const ENHANCED = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(2\.[12]|4\.[134]|130|128\.1)$/;

function imageKind(sopClassUID: string): ImageKind {
  if (sopClassUID === PET_IMAGE) return 'pet';
  return ENHANCED.test(sopClassUID) ? 'enhanced' : 'classic';
}

const ALL_IMAGES: readonly (readonly [number, 1 | 2])[] = [
  [0x00080020, 2], // StudyDate
  [0x00080023, 2], // ContentDate (2C)
  [0x00080030, 2], // StudyTime
  [0x00080033, 2], // ContentTime (2C)
  [0x00080050, 2], // AccessionNumber
  [0x00080070, 2], // Manufacturer
  [0x00080090, 2], // ReferringPhysicianName
  [0x00100010, 2], // PatientName
  [0x00100020, 2], // PatientID
  [0x00100030, 2], // PatientBirthDate
  [0x00100040, 2], // PatientSex
  [0x00180010, 2], // ContrastBolusAgent
  [0x00180022, 2], // ScanOptions (MR)
  [0x00180023, 2], // MRAcquisitionType
  [0x00180060, 2], // KVP
  [0x00180081, 2], // EchoTime
  [0x00180091, 2], // EchoTrainLength
  [0x00185100, 2], // PatientPosition (2C)
  [0x00200010, 2], // StudyID
  [0x00200011, 2], // SeriesNumber
  [0x00200012, 2], // AcquisitionNumber
  [0x00200013, 2], // InstanceNumber
  [0x00200020, 2], // PatientOrientation (2C)
  [0x00200060, 2], // Laterality (2C)
  [0x00201040, 2], // PositionReferenceIndicator
];
const TYPES: Readonly<Record<ImageKind, ReadonlyMap<number, 1 | 2>>> = {
  classic: new Map(ALL_IMAGES),
  pet: new Map([
    ...ALL_IMAGES,
    [0x00181181, 2], // CollimatorType
    [0x00181242, 2], // ActualFrameDuration
    [0x00280051, 2], // CorrectedImage
    [0x00540016, 2], // RadiopharmaceuticalInformationSequence
    [0x00540300, 2], // RadionuclideCodeSequence
    [0x00540410, 2], // PatientOrientationCodeSequence
    [0x00540414, 2], // PatientGantryRelationshipCodeSequence
    [0x00080021, 1], // SeriesDate
    [0x00080022, 1], // AcquisitionDate
    [0x00080031, 1], // SeriesTime
    [0x00080032, 1], // AcquisitionTime
  ]),
  enhanced: new Map([
    ...ALL_IMAGES,
    [0x00080023, 1], // ContentDate
    [0x0008002a, 1], // AcquisitionDateTime (1C)
    [0x00080033, 1], // ContentTime
    [0x00080070, 1], // Manufacturer
    [0x00081090, 1], // ManufacturerModelName
    [0x00181000, 1], // DeviceSerialNumber
    [0x00181020, 1], // SoftwareVersions
    [0x00181250, 1], // ReceiveCoilName (1C)
    [0x00181251, 1], // TransmitCoilName (1C)
    [0x00189041, 2], // ReceiveCoilManufacturerName
    [0x00189047, 1], // MultiCoilElementName
    [0x00189050, 2], // TransmitCoilManufacturerName
    [0x00189074, 1], // FrameAcquisitionDateTime (1C)
    [0x00189080, 1], // MetaboliteMapDescription (1C)
    [0x00189151, 1], // FrameReferenceDateTime (1C)
    [0x00200013, 1], // InstanceNumber
    [0x00400555, 2], // AcquisitionContextSequence
  ]),
};

/** What must be left of an attribute whose value may not stay: a dummy, an empty value, nothing. */
export function leastLeft(tag: number, sopClassUID: string): 'D' | 'Z' | 'X' {
  const type = TYPES[imageKind(sopClassUID)].get(tag);
  return type === 1 ? 'D' : type === 2 ? 'Z' : 'X';
}

/** The action of a row for an image of a class. */
export function resolve({ tag, basic }: ProfileRow, sopClassUID: string): ResolvedAction {
  if (basic === 'X' || basic === 'U') return basic;
  if (basic === 'X/Z/U*') return 'items';
  return leastLeft(tag, sopClassUID);
}
