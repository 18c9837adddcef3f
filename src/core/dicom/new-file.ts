/**
 * Writes DICOM files from nothing (PS3.5 §7, PS3.10 §7), explicit or implicit VR little
 * endian. Kept apart from the reader and the span writer, so that tests of those do not
 * check a thing against itself.
 */

export type Vr =
  | 'AE'
  | 'AS'
  | 'AT'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'DT'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'OB'
  | 'OW'
  | 'PN'
  | 'SH'
  | 'SQ'
  | 'ST'
  | 'TM'
  | 'UI'
  | 'UL'
  | 'UN'
  | 'US'
  | 'UT';

/** Text, numbers of the VR's own width, bytes, or the items of a sequence. */
export type Value = string | readonly number[] | Uint8Array | readonly (readonly Attribute[])[];

export interface Attribute {
  /** 0xggggeeee. */
  readonly tag: number;
  readonly vr: Vr;
  readonly value: Value;
}

export function attribute(tag: number, vr: Vr, value: Value): Attribute {
  return { tag, vr, value };
}

export interface FileOptions {
  readonly explicit: boolean;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** Implementation Version Name (0002,0013). */
  readonly implementation: string;
}

const IMPLEMENTATION = '2.25.305828488182831875890203105390285383139';

/** A whole file; the attributes are put in the order of their tags. */
export function part10Bytes(
  attributes: readonly Attribute[],
  { explicit, sopClassUid, sopInstanceUid, implementation }: FileOptions,
): Uint8Array<ArrayBuffer> {
  const syntax = explicit ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2';
  const meta = encode(
    [
      attribute(0x00020001, 'OB', Uint8Array.of(0, 1)),
      attribute(0x00020002, 'UI', sopClassUid),
      attribute(0x00020003, 'UI', sopInstanceUid),
      attribute(0x00020010, 'UI', syntax),
      attribute(0x00020012, 'UI', IMPLEMENTATION),
      attribute(0x00020013, 'SH', implementation),
    ],
    true,
  );
  const length = encode([attribute(0x00020000, 'UL', [meta.length])], true);
  const preamble = new Uint8Array(132);
  preamble.set([0x44, 0x49, 0x43, 0x4d], 128);
  return joined([preamble, length, meta, encode(attributes, explicit)]);
}

function encode(attributes: readonly Attribute[], explicit: boolean): Uint8Array<ArrayBuffer> {
  const sorted = [...attributes].sort((a, b) => a.tag - b.tag);
  return joined(sorted.flatMap((a) => encodeOne(a, explicit)));
}

const LONG: ReadonlySet<Vr> = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

function encodeOne({ tag, vr, value }: Attribute, explicit: boolean): readonly Uint8Array[] {
  const data = vr === 'SQ' ? sequence(value, explicit) : plain(vr, value);
  const long = explicit && LONG.has(vr);
  const head = new Uint8Array(long ? 12 : 8);
  const view = new DataView(head.buffer);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  if (explicit) {
    head[4] = vr.charCodeAt(0);
    head[5] = vr.charCodeAt(1);
  }
  if (long) view.setUint32(8, data.length, true);
  else if (explicit) view.setUint16(6, data.length, true);
  else view.setUint32(4, data.length, true);
  return [head, data];
}

function sequence(value: Value, explicit: boolean): Uint8Array {
  // An SQ holds items by the way it is called.
  const items = value as readonly (readonly Attribute[])[];
  return joined(
    items.flatMap((item) => {
      const data = encode(item, explicit);
      const head = new Uint8Array(8);
      const view = new DataView(head.buffer);
      view.setUint16(0, 0xfffe, true);
      view.setUint16(2, 0xe000, true);
      view.setUint32(4, data.length, true);
      return [head, data];
    }),
  );
}

function plain(vr: Vr, value: Value): Uint8Array {
  if (value instanceof Uint8Array)
    return value.length % 2 ? joined([value, Uint8Array.of(0)]) : value;
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    if (text.length % 2 === 0) return text;
    return joined([text, Uint8Array.of(vr === 'UI' ? 0 : 0x20)]);
  }
  const numbers = value as readonly number[];
  const width = vr === 'UL' ? 4 : 2;
  const bytes = new Uint8Array(numbers.length * width);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, n) => {
    if (width === 4) view.setUint32(4 * n, number, true);
    else view.setUint16(2 * n, number, true);
  });
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
