/**
 * Results as one ZIP archive, written as they come (stored, not deflated: images that
 * are to be read again gain little). Dates are fixed, so the archive does not tell when
 * it was made and the same results give the same bytes.
 */
import type { OutputSink } from '../../app/ports.ts';
import { crc32 } from '../../core/crc32.ts';
import { assert, EffaceError } from '../../core/errors.ts';
import { centralRecord, endRecords, localHeader, type StoredEntry } from './records.ts';

/** Where the bytes of an archive go. Nothing is visible before `close`. */
export interface ByteTarget {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Bytes [start, end) of what was written, before or after `close`. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Withdraws all bytes from `length` on. */
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
  discard(): Promise<void>;
}

export function createZipSink(target: ByteTarget): OutputSink {
  // A Map keeps the order in which entries were set.
  const entries = new Map<string, StoredEntry>();
  let length = 0;
  const put = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    await target.write(bytes);
    length += bytes.length;
  };
  return {
    async write(path, bytes) {
      assert(!entries.has(path), 'an output is written once');
      const entry = { path, offset: length, bytes: bytes.length, crc: crc32(bytes) };
      await put(localHeader(entry));
      await put(bytes);
      entries.set(path, entry);
    },
    async read(path) {
      const entry = entries.get(path);
      if (!entry) throw new EffaceError('output/verify');
      const start = entry.offset + localHeader(entry).length;
      return target.read(start, start + entry.bytes);
    },
    async remove(path) {
      const entry = entries.get(path);
      if (!entry) return;
      const end = entry.offset + localHeader(entry).length + entry.bytes;
      assert(end === length, 'files are withdrawn from an archive newest first');
      await target.truncate(entry.offset);
      length = entry.offset;
      entries.delete(path);
    },
    async commit() {
      const start = length;
      for (const entry of entries.values()) await put(centralRecord(entry));
      await put(endRecords(entries.size, start, length - start));
      await target.close();
    },
    abort: () => target.discard(),
  };
}
