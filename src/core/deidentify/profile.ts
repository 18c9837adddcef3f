/**
 * The Basic Application Level Confidentiality Profile (PS3.15 Table E.1-1, edition 2024e)
 * for CT and MR images.
 *
 * Rows with a compound action are resolved by the Type that the attribute has in the CT
 * and MR Image IODs (PS3.3 A.3, A.4): Type 1 gets a dummy (D), Type 2 an empty value (Z),
 * Type 3 goes (X). Rows with the plain action X need no entry: whatever neither this table
 * nor keep-list.ts names is removed, in the table of the standard or not. The columns of
 * the options (retain dates, device …) are not here yet.
 */

/** The edition of the table, as it is written into every file and report. */
export const PROFILE_EDITION = '2024e';

export type ProfileAction =
  /** Removed. */
  | 'X'
  /** Emptied. */
  | 'Z'
  /** UID replaced (pseudonyms.ts), everywhere in the same way. */
  | 'U'
  /** Replaced by the patient's pseudonym, so that two patients stay two. */
  | 'patient'
  /** Replaced by a keyed number where there is one; else empty. */
  | 'accession';

export interface ProfileRow {
  readonly tag: number;
  /** The action of Table E.1-1. */
  readonly table: string;
  /** Type in the CT and MR Image IODs. */
  readonly type: '1' | '2' | '3';
  readonly action: ProfileAction;
}

// prettier-ignore
const ROWS: readonly ProfileRow[] = [
  { tag: 0x00080012, table: 'X/D',    type: '3', action: 'X' }, // InstanceCreationDate
  { tag: 0x00080013, table: 'X/Z/D',  type: '3', action: 'X' }, // InstanceCreationTime
  { tag: 0x00080014, table: 'U',      type: '3', action: 'U' }, // InstanceCreatorUID
  { tag: 0x00080017, table: 'U',      type: '3', action: 'U' }, // AcquisitionUID
  { tag: 0x00080018, table: 'U',      type: '1', action: 'U' }, // SOPInstanceUID
  { tag: 0x00080020, table: 'Z',      type: '2', action: 'Z' }, // StudyDate
  { tag: 0x00080021, table: 'X/D',    type: '3', action: 'X' }, // SeriesDate
  { tag: 0x00080022, table: 'X/Z',    type: '3', action: 'X' }, // AcquisitionDate
  { tag: 0x00080023, table: 'Z/D',    type: '2', action: 'Z' }, // ContentDate (2C)
  { tag: 0x0008002a, table: 'X/Z/D',  type: '3', action: 'X' }, // AcquisitionDateTime
  { tag: 0x00080030, table: 'Z',      type: '2', action: 'Z' }, // StudyTime
  { tag: 0x00080031, table: 'X/D',    type: '3', action: 'X' }, // SeriesTime
  { tag: 0x00080032, table: 'X/Z',    type: '3', action: 'X' }, // AcquisitionTime
  { tag: 0x00080033, table: 'Z/D',    type: '2', action: 'Z' }, // ContentTime (2C)
  { tag: 0x00080050, table: 'Z',      type: '2', action: 'accession' }, // AccessionNumber
  { tag: 0x00080080, table: 'X/Z/D',  type: '3', action: 'X' }, // InstitutionName
  { tag: 0x00080082, table: 'X/Z/D',  type: '3', action: 'X' }, // InstitutionCodeSequence
  { tag: 0x00080090, table: 'Z',      type: '2', action: 'Z' }, // ReferringPhysicianName
  { tag: 0x0008009c, table: 'Z',      type: '3', action: 'X' }, // ConsultingPhysicianName
  { tag: 0x00081010, table: 'X/Z/D',  type: '3', action: 'X' }, // StationName
  { tag: 0x00081070, table: 'X/Z/D',  type: '3', action: 'X' }, // OperatorsName
  { tag: 0x00081072, table: 'X/D',    type: '3', action: 'X' }, // OperatorIdentificationSequence
  { tag: 0x00081110, table: 'X/Z',    type: '3', action: 'X' }, // ReferencedStudySequence
  { tag: 0x00081111, table: 'X/Z/D',  type: '3', action: 'X' }, // ReferencedPerformedProcedureStepSequence
  { tag: 0x00081155, table: 'U',      type: '1', action: 'U' }, // ReferencedSOPInstanceUID
  { tag: 0x00083010, table: 'U',      type: '3', action: 'U' }, // IrradiationEventUID
  { tag: 0x00100010, table: 'Z',      type: '2', action: 'patient' }, // PatientName
  { tag: 0x00100020, table: 'Z/D',    type: '2', action: 'patient' }, // PatientID
  { tag: 0x00100030, table: 'Z',      type: '2', action: 'Z' }, // PatientBirthDate
  { tag: 0x00100040, table: 'Z',      type: '2', action: 'Z' }, // PatientSex
  { tag: 0x00102203, table: 'X/Z',    type: '3', action: 'X' }, // PatientSexNeutered
  { tag: 0x00120010, table: 'D',      type: '3', action: 'X' }, // ClinicalTrialSponsorName (module is optional)
  { tag: 0x00180010, table: 'Z/D',    type: '2', action: 'Z' }, // ContrastBolusAgent
  { tag: 0x00181000, table: 'X/Z/D',  type: '3', action: 'X' }, // DeviceSerialNumber
  { tag: 0x00181002, table: 'U',      type: '3', action: 'U' }, // DeviceUID
  { tag: 0x00181030, table: 'X/D',    type: '3', action: 'X' }, // ProtocolName
  { tag: 0x00181203, table: 'Z',      type: '3', action: 'X' }, // CalibrationDateTime
  { tag: 0x00181400, table: 'X/D',    type: '3', action: 'X' }, // AcquisitionDeviceProcessingDescription
  { tag: 0x0020000d, table: 'U',      type: '1', action: 'U' }, // StudyInstanceUID
  { tag: 0x0020000e, table: 'U',      type: '1', action: 'U' }, // SeriesInstanceUID
  { tag: 0x00200010, table: 'Z',      type: '2', action: 'Z' }, // StudyID
  { tag: 0x00200052, table: 'U',      type: '1', action: 'U' }, // FrameOfReferenceUID
  { tag: 0x00200200, table: 'U',      type: '1', action: 'U' }, // SynchronizationFrameOfReferenceUID
  { tag: 0x00321060, table: 'X/Z',    type: '3', action: 'X' }, // RequestedProcedureDescription
  { tag: 0x00400555, table: 'X/Z',    type: '3', action: 'X' }, // AcquisitionContextSequence
];

const BY_TAG: ReadonlyMap<number, ProfileAction> = new Map(
  ROWS.map(({ tag, action }) => [tag, action]),
);

/** What the table says of a tag; undefined where it has no row here. */
export function profileAction(tag: number): ProfileAction | undefined {
  return BY_TAG.get(tag);
}

export function profileRows(): readonly ProfileRow[] {
  return ROWS;
}

/** Kept attributes of Type 2: emptied where their value must go, never removed. */
const TYPE_2_KEPT: ReadonlySet<number> = new Set([
  0x00080070, // Manufacturer
  0x00180022, // ScanOptions (MR)
  0x00180023, // MRAcquisitionType
  0x00180060, // KVP
  0x00180081, // EchoTime
  0x00180091, // EchoTrainLength
  0x00185100, // PatientPosition (2C)
  0x00200011, // SeriesNumber
  0x00200012, // AcquisitionNumber
  0x00200013, // InstanceNumber
  0x00200020, // PatientOrientation (2C)
  0x00200060, // Laterality (2C)
  0x00201040, // PositionReferenceIndicator
]);

export function mustStayAtLeastEmpty(tag: number): boolean {
  return TYPE_2_KEPT.has(tag);
}
