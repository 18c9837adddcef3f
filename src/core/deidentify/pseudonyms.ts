/**
 * Replacements that depend on a key and the original only: the same original gives the
 * same replacement in every file of a run (and of later runs with the same key), and
 * nobody without the key can go back or try out candidates. A plain hash would not do:
 * scanner UIDs are a serial number and a time, so they can be enumerated.
 */

import { GE_PRIVATE } from '../dicom/transfer-syntax.ts';
import { EffaceError } from '../errors.ts';

/** HMAC-SHA-256 with the key of the run. */
export type Hmac = (text: string) => Promise<Uint8Array>;

/** Who a patient is: Patient ID with its issuer, or the name where there is no ID. */
export interface PatientIdentity {
  readonly id: string;
  readonly issuer: string;
  readonly name: string;
}

/** One line of the crosswalk: what was replaced by what. Identifies people. */
export interface CrosswalkEntry {
  readonly kind: 'patient' | 'accession';
  readonly issuer: string;
  readonly original: string;
  readonly replacement: string;
  /** Days by which the dates of the patient move (if they are shifted at all); null for others. */
  readonly days: number | null;
}

export interface Pseudonyms {
  /**
   * The replacement of a UID: `2.25.` and a decimal (PS3.5 §B.2). Injective (up to a
   * chance of about 1e-11 for a million UIDs); a UID that this key made, and any UID of
   * the standard itself (1.2.840.10008), is given back as it is.
   */
  uid(original: string): Promise<string>;
  /** Stands for a patient: the new ID of the list where one is given, else a keyed one. */
  patient(patient: PatientIdentity): Promise<string>;
  /** Days by which all dates of a patient move: whole weeks, back by one to ten years. */
  days(patient: PatientIdentity): Promise<number>;
  accession(original: string): Promise<string>;
  /** What was asked for so far, for the crosswalk. */
  readonly crosswalk: readonly CrosswalkEntry[];
}

/**
 * UIDs that say nothing of anybody: SOP classes, transfer syntaxes, well-known frames of
 * reference, as the standard registers them; and GE's transfer syntax.
 */
export function isStandardUid(uid: string): boolean {
  return uid === GE_PRIVATE || /^1\.2\.840\.10008(\.\d+)+$/.test(uid);
}

/** A UID as it is written, without the padding (NUL, or a space in some files). */
export function trimUid(uid: string): string {
  return uid.replace(/[\0 ]+$/g, '').replace(/^[\0 ]+/g, '');
}

/** @param patientIds new IDs by old ID (patient-ids.ts) */
export function createPseudonyms(
  hmac: Hmac,
  patientIds: ReadonlyMap<string, string> = new Map(),
): Pseudonyms {
  const crosswalk = new Map<string, CrosswalkEntry>();
  const made = new Map<string, Promise<string>>();
  const remember = (key: string, make: () => Promise<string>): Promise<string> => {
    const known = made.get(key);
    if (known) return known;
    const fresh = make();
    made.set(key, fresh);
    return fresh;
  };
  return {
    uid(original) {
      const uid = trimUid(original);
      if (uid === '' || isStandardUid(uid)) return Promise.resolve(uid);
      return remember(`uid\0${uid}`, async () => {
        if (await isOwn(hmac, uid)) return uid;
        return uidOf(await sealed(hmac, await hmac(`uid\0${uid}`)));
      });
    },
    patient(patient) {
      const who = whoIs(patient);
      return remember(who, async () => {
        const { id, issuer, name } = patient;
        const given = patientIds.get(id.trim());
        if (given !== undefined && [...crosswalk.values()].some((one) => one.replacement === given))
          throw new EffaceError('ids/shared');
        const replacement = given ?? `EFF-${base32(await hmac(who), 10)}`;
        const original = id.trim() === '' ? name.trim() : id.trim();
        const days = await daysOf(hmac, who);
        const kind = 'patient';
        crosswalk.set(who, { kind, issuer: issuer.trim(), original, replacement, days });
        return replacement;
      });
    },
    days: (patient) => daysOf(hmac, whoIs(patient)),
    accession(found) {
      const original = found.trim();
      const who = `accession\0${original}`;
      return remember(who, async () => {
        const replacement = `A${base32(await hmac(who), 12)}`;
        crosswalk.set(who, { kind: 'accession', issuer: '', original, replacement, days: null });
        return replacement;
      });
    },
    get crosswalk() {
      return [...crosswalk.values()];
    },
  };
}

/** Whether a pseudonym of a patient was made by a key, not given by a person. */
export function isKeyedPatient(pseudonym: string): boolean {
  return /^EFF-[0-9A-Z]{10}$/.test(pseudonym);
}

function whoIs({ id, issuer, name }: PatientIdentity): string {
  return id.trim() === '' ? `name\0${name.trim()}` : `pid\0${issuer.trim()}\0${id.trim()}`;
}

const DAYS_PER_WEEK = 7;
const [LEAST_WEEKS, MOST_WEEKS] = [53, 521];

/** Whole weeks keep the day of the week; at least a year back, so that no date is nearly right. */
async function daysOf(hmac: Hmac, who: string): Promise<number> {
  const bytes = await hmac(`date\0${who}`);
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return -DAYS_PER_WEEK * (LEAST_WEEKS + (number % (MOST_WEEKS - LEAST_WEEKS + 1)));
}

/** Bytes of a replacement that hold the hash; the rest tell that this key made it. */
const HASH_BYTES = 10;

/**
 * 16 bytes of a UUID of version 8 (RFC 9562): ten of a hash, six that only this key can
 * compute from them. So a UID of ours is recognized, and mapping it again changes nothing.
 */
async function sealed(hmac: Hmac, hash: Uint8Array): Promise<Uint8Array> {
  const bytes = new Uint8Array(16);
  bytes.set(hash.subarray(0, HASH_BYTES));
  bytes[6] = 0x80 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const seal = await hmac(`uid-seal\0${bytes.subarray(0, HASH_BYTES).join('.')}`);
  bytes.set(seal.subarray(0, 16 - HASH_BYTES), HASH_BYTES);
  return bytes;
}

async function isOwn(hmac: Hmac, uid: string): Promise<boolean> {
  if (!/^2\.25\.[1-9]\d{20,38}$/.test(uid)) return false;
  const bytes = new Uint8Array(16);
  let rest = BigInt(uid.slice(5));
  for (let n = 15; n >= 0; n--) {
    bytes[n] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) return false;
  return uidOf(await sealed(hmac, bytes)) === uid;
}

function uidOf(bytes: Uint8Array): string {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  return `2.25.${number.toString()}`;
}

/** Crockford's alphabet: no I, L, O, U, so no words and no misreading. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function base32(bytes: Uint8Array, length: number): string {
  let text = '';
  for (let n = 0; n < length; n++) text += ALPHABET.charAt((bytes[n] as number) & 31);
  return text;
}
