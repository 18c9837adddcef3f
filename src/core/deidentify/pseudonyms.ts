/**
 * Replacements that depend on a key and the original only: the same original gives the
 * same replacement in every file of a run (and of later runs with the same key), and
 * nobody without the key can go back or try out candidates. A plain hash would not do:
 * scanner UIDs are a serial number and a time, so they can be enumerated.
 */

/** HMAC-SHA-256 with the key of the run. */
export type Hmac = (text: string) => Promise<Uint8Array>;

export interface Pseudonyms {
  /**
   * The replacement of a UID: `2.25.` and a decimal (PS3.5 §B.2). Injective (up to a
   * chance of about 1e-11 for a million UIDs); a UID that this key made, and any UID of
   * the standard itself (1.2.840.10008), is given back as it is.
   */
  uid(original: string): Promise<string>;
  /** Stands for a patient: Patient ID with its issuer, or the name where there is no ID. */
  patient(patient: {
    readonly id: string;
    readonly issuer: string;
    readonly name: string;
  }): Promise<string>;
  accession(original: string): Promise<string>;
}

/** UIDs registered by the standard: SOP classes, transfer syntaxes, well-known frames of reference. */
export function isStandardUid(uid: string): boolean {
  return /^1\.2\.840\.10008(\.\d+)+$/.test(uid);
}

/** A UID as it is written, without the padding (NUL, or a space in some files). */
export function trimUid(uid: string): string {
  return uid.replace(/[\0 ]+$/g, '').replace(/^[\0 ]+/g, '');
}

export function createPseudonyms(hmac: Hmac): Pseudonyms {
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
    patient({ id, issuer, name }) {
      const who = id.trim() === '' ? `name\0${name.trim()}` : `pid\0${issuer.trim()}\0${id.trim()}`;
      return remember(who, async () => `EFF-${base32(await hmac(who), 10)}`);
    },
    accession(original) {
      const who = `accession\0${original.trim()}`;
      return remember(who, async () => `A${base32(await hmac(who), 12)}`);
    },
  };
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
