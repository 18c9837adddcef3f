/**
 * The JSON beside an image (BIDS 1.10, "Sidecar JSON"): numbers and technical text stay, what
 * can tell a person, a place or a day goes, and what was done is added.
 */
import { isTechnicalText, isVendorName } from '../deidentify/vocabulary.ts';

export interface CleanedSidecar {
  readonly json: Readonly<Record<string, unknown>>;
  /** Names of the fields that went. */
  readonly removed: readonly string[];
}

/**
 * Fields that go whatever they hold: who, where, when, and whole headers as other tools
 * copy them (dcmstack's `global`, dcm2niix with `-ba n`).
 */
const IDENTIFYING =
  /(Patient|Subject|Person|Participant)(Name|ID|Birth|Age|Sex|Size|Weight|Address|Comments)|Birth|Institution|Station|Serial|Operator|Physician|Performing|Referring|Requesting|Accession|UID|StudyID|InstanceCreat|Address|Department|ProcedureStep|StudyDescription|SeriesDescription|ProtocolName|ImageComments|Comments?$|Date|AcquisitionTime|ContentTime|SeriesTime|StudyTime|SourceFile|Filename|FilePath|Path$|User|Host|Email|Phone|Author|^global$|^dcmmeta|^time$|^const$|^slices$|^samples$|DeviceSerial|WindowCenterWidthExplanation/i;

/** Text fields of BIDS whose values are terms, codes or paths within the dataset. */
// prettier-ignore
const TERMS: ReadonlySet<string> = new Set([
  'Modality', 'ImageType', 'ScanningSequence', 'SequenceVariant', 'ScanOptions', 'SequenceName',
  'MRAcquisitionType', 'PhaseEncodingDirection', 'PhaseEncodingAxis', 'SliceEncodingDirection',
  'InPlanePhaseEncodingDirectionDICOM', 'PatientPosition', 'TaskName', 'Units', 'CogAtlasID',
  'CogPOID', 'B0FieldIdentifier', 'B0FieldSource', 'ConversionSoftware',
  'ConversionSoftwareVersion', 'SoftwareVersions', 'CoilString', 'ReceiveCoilName',
  'ReceiveCoilActiveElements', 'CoilCombinationMethod', 'MatrixCoilMode', 'BodyPartExamined',
  'ParallelAcquisitionTechnique', 'PartialFourierDirection', 'PulseSequenceType',
  'ArterialSpinLabelingType', 'M0Type', 'SkullStripped', 'Columns', 'StartTime', 'Resolution',
]);
const IN_DATASET = /^(bids:[A-Za-z0-9]*:)?(sub|ses)-[A-Za-z0-9]+(\/[\w.-]+)+$/;
const PLAIN_TERM = /^[\w *%.,;:#+/()&-]{1,64}$/;

/**
 * @param done what was done to the image, for `DeidentificationMethod` and its codes
 *   (0012,0063 and 0012,0064)
 */
export function cleanSidecar(
  sidecar: Readonly<Record<string, unknown>>,
  done: { readonly methods: readonly string[]; readonly codes: readonly BidsCode[] } | null,
): CleanedSidecar {
  const removed: string[] = [];
  const json: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(sidecar)) {
    const clean = IDENTIFYING.test(field) ? undefined : cleanValue(field, value);
    if (clean === undefined) removed.push(field);
    else json[field] = clean;
  }
  if (done) {
    json['DeidentificationMethod'] = [...done.methods];
    if (done.codes.length > 0) json['DeidentificationMethodCodeSequence'] = [...done.codes];
  }
  return { json, removed };
}

/** One item of `DeidentificationMethodCodeSequence`. */
export interface BidsCode {
  readonly CodeValue: string;
  readonly CodeMeaning: string;
  readonly CodingSchemeDesignator: string;
}

/** The value, or undefined where it cannot stay. */
function cleanValue(field: string, value: unknown): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return isSafeText(field, value) ? value : undefined;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const clean = items.map((item) => cleanValue(field, item));
    return clean.includes(undefined) ? undefined : clean;
  }
  // Nested objects are other tools' headers, or columns explained in free text.
  return undefined;
}

function isSafeText(field: string, text: string): boolean {
  if (text === '') return true;
  if (field === 'Manufacturer') return isVendorName(text);
  if (IN_DATASET.test(text)) return true;
  if (/\d{8,}/.test(text)) return false;
  return TERMS.has(field) ? PLAIN_TERM.test(text) : isTechnicalText(text);
}
