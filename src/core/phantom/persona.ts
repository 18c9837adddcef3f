/**
 * Who a phantom claims to be. Everything is plainly invented; a marker, if given, stands
 * in every value that names or places a person, so that a test can look for what is left.
 */
import { createRandom } from '../random.ts';

export interface Persona {
  readonly patientName: string;
  readonly patientId: string;
  readonly otherPatientId: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
  readonly age: string;
  readonly address: string;
  readonly phone: string;
  readonly accession: string;
  readonly studyId: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly institution: string;
  readonly institutionAddress: string;
  readonly department: string;
  readonly station: string;
  readonly serial: string;
  readonly referrer: string;
  readonly performer: string;
  readonly operator: string;
  readonly comment: string;
  readonly studyUid: string;
  readonly frameUid: string;
}

/** @param marker short text of letters and digits, e.g. `ZQX7` */
export function createPersona(patient: number, visit: number, marker = ''): Persona {
  const random = createRandom(patient * 7919 + visit * 104729 + 1);
  const mark = marker === '' ? '' : ` ${marker}`;
  const digits = (n: number): string =>
    Array.from({ length: n }, () => Math.floor(random.uniform() * 10)).join('');
  return {
    patientName: `DEMO${marker}^HEAD^${patient}`,
    patientId: `DEMO-${patient}${marker && `-${marker}`}`,
    otherPatientId: `OLD-${patient}${marker && `-${marker}`}`,
    birthDate: `19${String(40 + (patient % 50))}0${1 + (patient % 9)}15`,
    sex: patient % 2 ? 'F' : 'M',
    age: `0${String(70 - (patient % 50))}Y`,
    address: `1 Nowhere Lane${mark}, Exampletown`,
    phone: `+00 555 01${digits(2)}${mark}`,
    accession: `A${visit}${digits(5)}${marker}`,
    studyId: `S${patient}${visit}${marker}`,
    studyDate: `2010${String(visit).padStart(2, '0').slice(-2)}${10 + (patient % 18)}`,
    studyTime: '101112',
    institution: `DEMO HOSPITAL${mark}`,
    institutionAddress: `2 Nowhere Lane${mark}`,
    department: `DEMO DEPARTMENT${mark}`,
    station: `DEMO${marker}`,
    serial: `SN-${digits(4)}${marker}`,
    referrer: `REFERRER${marker}^DEMO`,
    performer: `PERFORMER${marker}^DEMO`,
    operator: `OPERATOR${marker}^DEMO`,
    comment: `Seen with DEMO^HEAD${mark} on the ward`,
    studyUid: demoUid(patient, visit, 0, 0),
    frameUid: demoUid(patient, visit, 0, 1),
  };
}

/** A UID under 2.25 (PS3.5 §B.2) that is the same for the same numbers. */
export function demoUid(...numbers: readonly number[]): string {
  const seed = numbers.reduce((hash, n) => (Math.imul(hash ^ n, 0x01000193) + n) >>> 0, 0x811c9dc5);
  const random = createRandom(seed);
  let value = 1n;
  for (let n = 0; n < 4; n++)
    value = (value << 29n) | BigInt(Math.floor(random.uniform() * 2 ** 29));
  return `2.25.${value}`;
}
