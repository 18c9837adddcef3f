/**
 * What a person may choose of the de-identification: the Basic profile with options of
 * PS3.15 Annex E (CID 7050), or none. One type for page, command line, report and marks.
 */
import type { CodedEntry } from './element-value.ts';

export const DEID_OPTIONS = [
  'dates',
  'shifted-dates',
  'patient',
  'device',
  'institution',
  'uids',
  'private',
  'descriptors',
] as const;

export type DeidOption = (typeof DEID_OPTIONS)[number];

export interface DeidentificationOptions {
  readonly profile: 'basic' | 'none';
  /** With `basic` only; `dates` and `shifted-dates` exclude each other. */
  readonly options: readonly DeidOption[];
}

export const BASIC: DeidentificationOptions = { profile: 'basic', options: [] };
export const NONE: DeidentificationOptions = { profile: 'none', options: [] };

export const DCM = 'DCM';

const code = (value: string, meaning: string): CodedEntry => ({ value, scheme: DCM, meaning });

export const BASIC_PROFILE = code('113100', 'Basic Application Confidentiality Profile');
export const CLEAN_FACE = code('113102', 'Clean Recognizable Visual Features Option');

/** CID 7050, with the exact meanings. */
const OPTION_CODES: Readonly<Record<DeidOption, CodedEntry>> = {
  dates: code('113106', 'Retain Longitudinal Temporal Information Full Dates Option'),
  'shifted-dates': code('113107', 'Retain Longitudinal Temporal Information Modified Dates Option'),
  patient: code('113108', 'Retain Patient Characteristics Option'),
  device: code('113109', 'Retain Device Identity Option'),
  institution: code('113112', 'Retain Institution Identity Option'),
  uids: code('113110', 'Retain UIDs Option'),
  private: code('113111', 'Retain Safe Private Option'),
  descriptors: code('113105', 'Clean Descriptors Option'),
};

/** Codes of the options carried out, the smallest first. */
export function optionCodes(options: readonly DeidOption[]): readonly CodedEntry[] {
  return options
    .map((option) => OPTION_CODES[option])
    .sort((a, b) => Number(a.value) - Number(b.value));
}

/** Options in the order of the list, each once. */
export function inOrder(options: readonly DeidOption[]): readonly DeidOption[] {
  return DEID_OPTIONS.filter((option) => options.includes(option));
}

/** Turns an option on or off; of the two options of dates the last one asked for stays. */
export function withOption(
  options: readonly DeidOption[],
  option: DeidOption,
  wanted: boolean,
): readonly DeidOption[] {
  const other = option === 'dates' ? 'shifted-dates' : option === 'shifted-dates' ? 'dates' : null;
  const rest = options.filter((one) => one !== option && !(wanted && one === other));
  return inOrder(wanted ? [...rest, option] : rest);
}
