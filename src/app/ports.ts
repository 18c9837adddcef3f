/** What the use cases need from outside. Adapters fill these; shells bring the adapters. */
import type { EncodedFrame, FrameFormat } from '../core/dicom/encoded-frame.ts';
import type { JobOptions } from '../core/progress.ts';
import type { SkippedFile } from '../core/scan.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { StoredArray } from '../core/volume/volume.ts';

/** Where results go. Nothing is visible before `commit`; `abort` leaves nothing behind. */
export interface OutputSink {
  /** `path` is relative, made by core/export/names, never from patient data. */
  write(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Reads back what was written (for verification), before or after commit. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Withdraws a file before `commit`: none of its bytes may be in what becomes visible.
   * Called for the files written last, newest first (a series that failed), so a stream
   * may cut off its tail.
   */
  remove(path: string): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
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
