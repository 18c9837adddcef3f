/** The records of a ZIP archive of stored entries (APPNOTE.TXT 4.3), ZIP64 where needed. */

export interface StoredEntry {
  readonly path: string;
  /** Where its local header starts. */
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

const FULL_16 = 0xffff;
const FULL_32 = 0xffff_ffff;
const VERSION = 20;
const VERSION_ZIP64 = 45;
/** Names are UTF-8 (bit 11). */
const FLAGS = 0x0800;
/** 1 January 1980, 00:00: the first the format knows. */
const DATE = 0x21;

/** APPNOTE.TXT 4.3.7. */
export function localHeader(entry: StoredEntry): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(entry.path);
  const isLong = entry.bytes >= FULL_32;
  const record = new Uint8Array(30 + name.length + (isLong ? 20 : 0));
  const view = new DataView(record.buffer);
  view.setUint32(0, 0x0403_4b50, true);
  writeCommon(view, 4, entry, name.length, isLong);
  view.setUint16(28, isLong ? 20 : 0, true);
  record.set(name, 30);
  if (isLong) writeZip64(view, 30 + name.length, [entry.bytes, entry.bytes]);
  return record;
}

/** APPNOTE.TXT 4.3.12. */
export function centralRecord(entry: StoredEntry): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(entry.path);
  const isLong = entry.bytes >= FULL_32;
  const isFar = entry.offset >= FULL_32;
  const wide = [...(isLong ? [entry.bytes, entry.bytes] : []), ...(isFar ? [entry.offset] : [])];
  const extra = wide.length ? 4 + 8 * wide.length : 0;
  const record = new Uint8Array(46 + name.length + extra);
  const view = new DataView(record.buffer);
  view.setUint32(0, 0x0201_4b50, true);
  view.setUint16(4, wide.length ? VERSION_ZIP64 : VERSION, true);
  writeCommon(view, 6, entry, name.length, isLong);
  view.setUint16(30, extra, true);
  view.setUint32(42, Math.min(entry.offset, FULL_32), true);
  record.set(name, 46);
  if (wide.length) writeZip64(view, 46 + name.length, wide);
  return record;
}

/** End of central directory, with its ZIP64 form before it where a number does not fit. */
export function endRecords(count: number, start: number, bytes: number): Uint8Array<ArrayBuffer> {
  const isLong = count >= FULL_16 || start >= FULL_32 || bytes >= FULL_32;
  const record = new Uint8Array((isLong ? 76 : 0) + 22);
  const view = new DataView(record.buffer);
  let at = 0;
  if (isLong) {
    view.setUint32(0, 0x0606_4b50, true);
    view.setBigUint64(4, 44n, true);
    view.setUint16(12, VERSION_ZIP64, true);
    view.setUint16(14, VERSION_ZIP64, true);
    view.setBigUint64(24, BigInt(count), true);
    view.setBigUint64(32, BigInt(count), true);
    view.setBigUint64(40, BigInt(bytes), true);
    view.setBigUint64(48, BigInt(start), true);
    view.setUint32(56, 0x0706_4b50, true);
    view.setBigUint64(64, BigInt(start + bytes), true);
    view.setUint32(72, 1, true);
    at = 76;
  }
  view.setUint32(at, 0x0605_4b50, true);
  view.setUint16(at + 8, Math.min(count, FULL_16), true);
  view.setUint16(at + 10, Math.min(count, FULL_16), true);
  view.setUint32(at + 12, Math.min(bytes, FULL_32), true);
  view.setUint32(at + 16, Math.min(start, FULL_32), true);
  return record;
}

/** What local header and central record share: version needed … length of the name. */
function writeCommon(
  view: DataView,
  at: number,
  { crc, bytes }: StoredEntry,
  nameLength: number,
  isLong: boolean,
): void {
  view.setUint16(at, isLong ? VERSION_ZIP64 : VERSION, true);
  view.setUint16(at + 2, FLAGS, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, Math.min(bytes, FULL_32), true);
  view.setUint32(at + 18, Math.min(bytes, FULL_32), true);
  view.setUint16(at + 22, nameLength, true);
}

function writeZip64(view: DataView, at: number, values: readonly number[]): void {
  view.setUint16(at, 1, true);
  view.setUint16(at + 2, 8 * values.length, true);
  values.forEach((value, n) => {
    view.setBigUint64(at + 4 + 8 * n, BigInt(value), true);
  });
}
