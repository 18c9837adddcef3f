/** What the use cases need from outside. Adapters fill these; shells bring the adapters. */
import type { EncodedFrame, FrameFormat } from '../core/dicom/encoded-frame.ts';
import type { ErrorRecord } from '../core/errors.ts';
import type { JobOptions } from '../core/progress.ts';
import type { SkippedFile } from '../core/scan.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { StoredArray } from '../core/volume/volume.ts';

/** Where results go. Nothing is visible before `commit`; `abort` leaves nothing behind. */
export interface OutputSink {
  /**
   * @param path relative, made by core/export/names, never from patient data
   * @param origin the file that is written anew: a place that replaces it goes by this
   */
  write(path: string, bytes: Uint8Array<ArrayBuffer>, origin?: SourceFile): Promise<void>;
  /** Reads back what was written (for verification), before or after commit. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Withdraws a file before `commit`: none of its bytes may be in what becomes visible.
   * Called for the files written last, newest first (a series that failed), so a stream
   * may cut off its tail.
   */
  remove(path: string): Promise<void>;
  /**
   * Where files are replaced: puts in place what is staged, visit by visit, and tells what
   * there is to know of paths that were not placed, or not with their whole visit. Called
   * once, before `commit`; the report may be written anew after it.
   */
  settle?(): Promise<ReadonlyMap<string, Settled>>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/** What became of a path of a sink that replaces files, and why. */
export interface Settled {
  readonly placed: boolean;
  readonly reason: ErrorRecord;
}

/** Small files that are kept between visits to the page, by names of ours. Any of it may fail. */
export interface KeptFiles {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  /** In place of a file that had the name. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>;
}

/** SHA-256, as 64 hexadecimal digits. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

export interface StoreEntry {
  readonly name: string;
  /** A link is a symbolic link; it is never followed. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface StoreStat {
  readonly kind: StoreEntry['kind'];
  readonly size: number;
  /** Names the file has: above 1 where it is hard-linked. */
  readonly links: number;
}

/**
 * One folder whose files are changed in place. Paths are relative to it, with `/`; the
 * folder itself is ''. Folders are made as they are needed. Whatever fails leaves what was
 * there, and at most a temporary file (`TEMPORARY`, app/place/layout.ts) beside it.
 * Changes may be lost by a power cut until `sync` has resolved.
 *
 * Throws EffaceError `place/no-space`, `place/not-allowed`, `place/busy`, `place/refused`,
 * `output/write` on changes, `file/unreadable` on reading.
 */
export interface Store {
  /** What is in a folder, in any order; nothing where there is no such folder. */
  list(folder: string): Promise<readonly StoreEntry[]>;
  /** null where nothing has that name. */
  stat(path: string): Promise<StoreStat | null>;
  /** Bytes [start, end); the whole file without them. */
  read(path: string, start?: number, end?: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * A whole file under its name at once, in place of a file that had it.
   *
   * @param like a file whose mode, owner and time the new one gets, where there are such things
   */
  write(path: string, bytes: Uint8Array<ArrayBuffer>, like?: string): Promise<void>;
  /** At the end of a file (the journal), which may be new. */
  append(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The same file under a second name, whole, in place of a file that had it. */
  copy(from: string, to: string): Promise<void>;
  /** Another name, in place of a file that had it. */
  move(from: string, to: string): Promise<void>;
  /** A file, or a folder where it is empty; what is not there or not empty stays so. */
  remove(path: string): Promise<void>;
  /** Resolves when every change so far is on the disk, as far as the platform can tell. */
  sync(): Promise<void>;
}

/** Looks into archives (ZIP). */
export interface ArchiveReader {
  isArchive(firstBytes: Uint8Array): boolean;
  /**
   * The files in it, archives within it opened too; what is unsafe, damaged or too deep
   * comes as skipped. Entries are inflated when they are read.
   *
   * @throws EffaceError `zip/damaged`, `zip/bomb`
   */
  expand(file: SourceFile, job?: JobOptions): AsyncIterable<SourceFile | SkippedFile>;
}

/** Decodes one frame to its stored values (rows × columns, one sample per pixel), and back. */
export interface FrameDecoder {
  decode(frame: EncodedFrame): Promise<StoredArray>;
  /**
   * A frame without loss in the transfer syntax of its format; null where there is no encoder
   * for it, or it could not. Without this method frames that change are written uncompressed.
   */
  encode?(values: StoredArray, format: FrameFormat): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Input of a network: size [ni, nj, nk], i fastest, LPS axes, values about 0 … 1.2. */
export interface NetworkInput {
  readonly size: readonly [number, number, number];
  readonly values: Float32Array;
}

/**
 * The two networks of a model. Both give class probabilities, voxel-major:
 * index = (i + ni · (j + nj · k)) · classes + class.
 */
export interface FaceSegmenter {
  readonly model: { readonly id: string; readonly sha256: string };
  readonly backend: string;
  find(input: NetworkInput): Promise<Float32Array>;
  label(input: NetworkInput): Promise<Float32Array>;
  dispose(): void;
}

/** Random bytes for keys, and HMAC-SHA-256 with them (WebCrypto in page and Node). */
export interface Secrets {
  readonly hmacSha256: (text: string) => Promise<Uint8Array>;
}

/** Results put aside, by name (kept-results.ts); the bytes are of `encodeResult`. */
export interface KeptResults {
  /** null where none of that name is whole. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Whole under its name at once, however the program ends. */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}
