/** The central directory of a ZIP archive (APPNOTE.TXT 4.3.12 to 4.3.16, with ZIP64). */
import { EffaceError } from '../../core/errors.ts';
import type { SourceFile } from '../../core/source-file.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header starts. */
  readonly offset: number;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const MAX_ENTRIES = 200_000;
const MAX_DIRECTORY_BYTES = 256 * 2 ** 20;
const FULL_16 = 0xffff;
const FULL_32 = 0xffff_ffff;

/** @throws EffaceError `zip/damaged`, `zip/bomb` (more entries than anyone packs) */
export async function readDirectory(file: SourceFile): Promise<readonly ZipEntry[]> {
  const end = await findEnd(file);
  if (end.entries > MAX_ENTRIES) throw new EffaceError('zip/bomb');
  if (end.start + end.bytes > file.size || end.bytes > MAX_DIRECTORY_BYTES) throw damaged();
  const view = viewOf(await file.read(end.start, end.start + end.bytes));
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < end.entries) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x0201_4b50) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw damaged();
    entries.push(readEntry(view, at, nameLength, extraLength));
    at = next;
  }
  return entries;
}

function readEntry(
  view: DataView<ArrayBuffer>,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const name = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength);
  const wide = zip64Fields(view, at + 46 + nameLength, extraLength);
  const long = (value: number): number => (value === FULL_32 ? wide() : value);
  // The order of the ZIP64 fields: size, packed size, offset, each only where it is full.
  const bytes = long(view.getUint32(at + 24, true));
  const packedBytes = long(view.getUint32(at + 20, true));
  const offset = long(view.getUint32(at + 42, true));
  return {
    name: decodeName(name),
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    crc: view.getUint32(at + 16, true),
    packedBytes,
    bytes,
    offset,
  };
}

async function findEnd(
  file: SourceFile,
): Promise<{ entries: number; bytes: number; start: number }> {
  const tailStart = Math.max(0, file.size - END_BYTES - LONGEST_COMMENT);
  const view = viewOf(await file.read(tailStart, file.size));
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x0605_4b50) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) > view.byteLength) continue;
    const entries = view.getUint16(at + 10, true);
    const bytes = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    const isLong = entries === FULL_16 || bytes === FULL_32 || start === FULL_32;
    return (isLong ? await findLongEnd(file, tailStart + at) : null) ?? { entries, bytes, start };
  }
  throw damaged();
}

/** The ZIP64 end record, by the locator before the ordinary one; null where there is none. */
async function findLongEnd(
  file: SourceFile,
  endAt: number,
): Promise<{ entries: number; bytes: number; start: number } | null> {
  if (endAt < 20) return null;
  const locator = viewOf(await file.read(endAt - 20, endAt));
  if (locator.getUint32(0, true) !== 0x0706_4b50) return null;
  const at = safeNumber(locator.getBigUint64(8, true));
  if (at + 56 > file.size) throw damaged();
  const end = viewOf(await file.read(at, at + 56));
  if (end.byteLength < 56 || end.getUint32(0, true) !== 0x0606_4b50) throw damaged();
  return {
    entries: safeNumber(end.getBigUint64(32, true)),
    bytes: safeNumber(end.getBigUint64(40, true)),
    start: safeNumber(end.getBigUint64(48, true)),
  };
}

/** Gives the 64-bit fields of the ZIP64 extra one after the other. */
function zip64Fields(view: DataView, start: number, length: number): () => number {
  for (let at = start; at + 4 <= start + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    const end = Math.min(start + length, field + view.getUint16(at + 2, true));
    return () => {
      if (field + 8 > end) throw damaged();
      const value = safeNumber(view.getBigUint64(field, true));
      field += 8;
      return value;
    };
  }
  return () => FULL_32;
}

/** UTF-8, which nearly all writers use; else one character a byte (only for display). */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

function safeNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged();
  return Number(value);
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(): EffaceError {
  return new EffaceError('zip/damaged');
}
