/** ZIP archives as lists of files. Nothing is unpacked to disk, names are only shown. */
import type { ArchiveReader } from '../../app/ports.ts';
import { EffaceError, type ErrorCode } from '../../core/errors.ts';
import { createCheckpoint, type JobOptions } from '../../core/progress.ts';
import type { SkippedFile } from '../../core/scan.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { readDirectory, type ZipEntry } from './directory.ts';
import { entrySource } from './entry-source.ts';

/** Images inflate to a few times their size; empty masks to more, but they are small. */
const MAX_RATIO = 200;
const ALWAYS_ALLOWED_BYTES = 256 * 2 ** 20;
const LONGEST_PART_BYTES = 255;
const LONGEST_NAME_BYTES = 1024;
/** An archive within an archive is held in memory while it is looked into. */
const MAX_INNER_BYTES = 512 * 2 ** 20;

/** Reads ZIP archives: stored and deflated entries, ZIP64, one archive within another. */
export const zipReader: ArchiveReader = {
  isArchive: (first) =>
    first[0] === 0x50 &&
    first[1] === 0x4b &&
    ((first[2] === 3 && first[3] === 4) || (first[2] === 5 && first[3] === 6)),
  expand: (file, job = {}) => expand(file, job, true),
};

async function* expand(
  archive: SourceFile,
  job: JobOptions,
  mayNest: boolean,
): AsyncGenerator<SourceFile | SkippedFile> {
  const entries = await readDirectory(archive);
  refuseBombs(entries, archive.size);
  const checkpoint = createCheckpoint(job.signal);
  const seen = new Set<string>();
  for (const entry of entries) {
    await checkpoint();
    const name = entry.name.replaceAll('\\', '/'); // what old programs of Windows write
    if (name.endsWith('/')) continue;
    const path = `${archive.path}/${name}`;
    const key = name.normalize('NFC').toLowerCase();
    const reason = reasonToSkip(entry, name, seen.has(key));
    seen.add(key);
    if (reason) yield skipped(`${archive.path}/${shownName(name)}`, reason);
    else yield* openEntry(entrySource(archive, entry, path), job, mayNest);
  }
}

/** The entry, or what is in it where it is an archive too. */
async function* openEntry(
  file: SourceFile,
  job: JobOptions,
  mayNest: boolean,
): AsyncGenerator<SourceFile | SkippedFile> {
  if (!/\.zip$/i.test(file.path)) {
    yield file;
    return;
  }
  if (!mayNest || file.size > MAX_INNER_BYTES) {
    yield skipped(file.path, 'zip/nested');
    return;
  }
  try {
    // Reading at random places in something deflated would inflate it again and again.
    const bytes = await file.read();
    const inner: SourceFile = {
      path: file.path,
      size: bytes.length,
      read: (start = 0, end = bytes.length) => Promise.resolve(bytes.slice(start, end)),
    };
    yield* expand(inner, job, false);
  } catch (error) {
    if (!(error instanceof EffaceError)) throw error;
    yield { path: file.path, reason: error.toRecord() };
  }
}

function refuseBombs(entries: readonly ZipEntry[], archiveBytes: number): void {
  let packed = 0;
  let unpacked = 0;
  for (const entry of entries) {
    packed += entry.packedBytes;
    unpacked += entry.bytes;
  }
  // Entries that share their bytes add up to more than the file has.
  const overlap = packed > archiveBytes;
  if (overlap || unpacked > ALWAYS_ALLOWED_BYTES + MAX_RATIO * archiveBytes) {
    throw new EffaceError('zip/bomb');
  }
}

function reasonToSkip(entry: ZipEntry, name: string, isDuplicate: boolean): ErrorCode | null {
  if (!isSafeName(name)) return 'zip/unsafe-path';
  if (entry.encrypted || (entry.method !== 0 && entry.method !== 8)) return 'zip/damaged';
  if (entry.method === 0 && entry.packedBytes !== entry.bytes) return 'zip/damaged';
  return isDuplicate ? 'zip/duplicate-name' : null;
}

/** Relative, without steps upwards, drives, NUL or control characters, and not overlong. */
function isSafeName(name: string): boolean {
  const bytes = new TextEncoder();
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name === '' || /^\/|^[a-z]:|[\0-\x1f]/i.test(name)) return false;
  if (bytes.encode(name).length > LONGEST_NAME_BYTES) return false;
  return name
    .split('/')
    .every((part) => part !== '..' && bytes.encode(part).length <= LONGEST_PART_BYTES);
}

/** A name that was refused, fit to be shown. */
function shownName(name: string): string {
  // eslint-disable-next-line no-control-regex -- see above
  return name.replace(/[\0-\x1f]/g, '?').slice(0, 200);
}

function skipped(path: string, code: ErrorCode): SkippedFile {
  return { path, reason: { code, details: {} } };
}
