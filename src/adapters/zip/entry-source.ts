/** One entry of a ZIP archive as a file: it is inflated only as far as it is asked for. */
import { Inflate } from 'fflate';
import { crc32 } from '../../core/crc32.ts';
import { EffaceError } from '../../core/errors.ts';
import type { SourceFile } from '../../core/source-file.ts';
import type { ZipEntry } from './directory.ts';

const LOCAL_HEADER_BYTES = 30;
const READ_BYTES = 2 ** 20;
/** Deflate makes at most 1032 bytes of one, so this bounds what a push gives at once. */
const PUSH_BYTES = 2 ** 14;

/** @param path where it is shown to lie: the archive, then the name of the entry */
export function entrySource(archive: SourceFile, entry: ZipEntry, path: string): SourceFile {
  return {
    path,
    size: entry.bytes,
    async read(start = 0, end = entry.bytes) {
      const from = Math.max(0, start);
      const to = Math.max(from, Math.min(end, entry.bytes));
      const dataStart = await findData(archive, entry);
      const whole = from === 0 && to === entry.bytes;
      const bytes =
        entry.method === 0
          ? await archive.read(dataStart + from, dataStart + to)
          : await inflate(archive, entry, dataStart, from, to);
      if (bytes.length !== to - from) throw new EffaceError('zip/damaged');
      if (whole && crc32(bytes) !== entry.crc) throw new EffaceError('zip/damaged');
      return bytes;
    },
  };
}

/** Where the data starts: the local header has a name and an extra field of its own. */
async function findData(archive: SourceFile, entry: ZipEntry): Promise<number> {
  const bytes = await archive.read(entry.offset, entry.offset + LOCAL_HEADER_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LOCAL_HEADER_BYTES || view.getUint32(0, true) !== 0x0403_4b50) {
    throw new EffaceError('zip/damaged');
  }
  const start =
    entry.offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + entry.packedBytes > archive.size) throw new EffaceError('zip/damaged');
  return start;
}

/** Bytes [from, to) of what the entry inflates to. */
async function inflate(
  archive: SourceFile,
  entry: ZipEntry,
  dataStart: number,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = allocate(to - from);
  const dataEnd = dataStart + entry.packedBytes;
  let made = 0;
  const inflater = new Inflate((chunk) => {
    const skip = Math.max(0, from - made);
    const part = chunk.subarray(skip, Math.max(skip, to - made));
    if (part.length > 0) out.set(part, made + skip - from);
    made += chunk.length;
  });
  for (let at = dataStart; at < dataEnd && made < to; at += READ_BYTES) {
    const packed = await archive.read(at, Math.min(dataEnd, at + READ_BYTES));
    for (let n = 0; n < packed.length && made < to; n += PUSH_BYTES) {
      const end = Math.min(packed.length, n + PUSH_BYTES);
      try {
        inflater.push(packed.subarray(n, end), at + end >= dataEnd);
      } catch (cause) {
        throw new EffaceError('zip/damaged', {}, { cause });
      }
    }
  }
  // More than was announced is what bombs do; what we keep is bounded by the announcement.
  if (made > entry.bytes) throw new EffaceError('zip/bomb');
  return made >= to ? out : out.slice(0, Math.max(0, made - from));
}

function allocate(length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw new EffaceError('job/memory', { needed: Math.ceil(length / 2 ** 20) }, { cause });
  }
}
