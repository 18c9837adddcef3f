/**
 * Text sealed by a passphrase, with WebCrypto alone: AES-256-GCM under a key of
 * PBKDF2-SHA-256. The file is JSON, so that any program can open it (docs/deidentification.md):
 * `{ schema, kdf, iterations, salt, cipher, iv, data }`, bytes as base64; `data` is the
 * ciphertext with its tag of 16 bytes; the schema is authenticated with it.
 */
import { EffaceError } from '../../core/errors.ts';

const CROSSWALK_SCHEMA = 'efface-crosswalk/1';
/** OWASP's figure for PBKDF2-HMAC-SHA-256 (2023). */
const ITERATIONS = 600_000;
const MAX_ITERATIONS = 10_000_000;
const KDF = 'PBKDF2-HMAC-SHA-256';
const CIPHER = 'AES-256-GCM';

/** @param iterations fewer only in tests */
export async function seal(
  text: string,
  passphrase: string,
  iterations = ITERATIONS,
): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyOf(passphrase, salt, iterations);
  const data = await crypto.subtle.encrypt(algorithm(iv), key, new TextEncoder().encode(text));
  const sealed = {
    schema: CROSSWALK_SCHEMA,
    kdf: KDF,
    iterations,
    salt: base64(salt),
    cipher: CIPHER,
    iv: base64(iv),
    data: base64(new Uint8Array(data)),
  };
  return `${JSON.stringify(sealed, null, 2)}\n`;
}

/** @throws EffaceError `crosswalk/damaged`, `crosswalk/passphrase` */
export async function unseal(file: string, passphrase: string): Promise<string> {
  const { iterations, salt, iv, data } = read(file);
  const key = await keyOf(passphrase, salt, iterations);
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(iv), key, data));
  } catch (cause) {
    throw new EffaceError('crosswalk/passphrase', {}, { cause });
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(CROSSWALK_SCHEMA) };
}

async function keyOf(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

interface Sealed {
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

function read(file: string): Sealed {
  try {
    const sealed = JSON.parse(file) as Readonly<Record<string, unknown>>;
    const { iterations } = sealed;
    const known =
      sealed['schema'] === CROSSWALK_SCHEMA && sealed['kdf'] === KDF && sealed['cipher'] === CIPHER;
    if (!known || typeof iterations !== 'number' || !Number.isInteger(iterations))
      throw new Error();
    if (iterations < 1 || iterations > MAX_ITERATIONS) throw new Error();
    const bytes = (name: string): Uint8Array<ArrayBuffer> => unbase64(String(sealed[name]));
    return { iterations, salt: bytes('salt'), iv: bytes('iv'), data: bytes('data') };
  } catch (cause) {
    throw new EffaceError('crosswalk/damaged', {}, { cause });
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function unbase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
