/** What a file is, by its first bytes; names count for nothing but the wording of a reason. */
import { looksLikeNifti } from '../core/nifti/header.ts';
import { isGzip, peekGzip } from '../core/nifti/stream.ts';
import type { SourceFile } from '../core/source-file.ts';

export type FileKind = 'dicom?' | 'nifti' | 'compressed-dicom' | 'other';

/** Enough of a file for every kind: a NIfTI-2 header is the longest. */
const PEEK_BYTES = 540;

/** @param first the file's first bytes, at least 540 where it has them */
export async function fileKind(source: SourceFile, first: Uint8Array): Promise<FileKind> {
  if (!isGzip(first)) return looksLikeNifti(first) ? 'nifti' : 'dicom?';
  const inside = await peekGzip(source, PEEK_BYTES);
  if (looksLikeNifti(inside)) return 'nifti';
  return hasDicomMark(inside) ? 'compressed-dicom' : 'other';
}

/** `DICM` after the preamble (PS3.10 §7.1). */
export function hasDicomMark(bytes: Uint8Array): boolean {
  return bytes[128] === 0x44 && bytes[129] === 0x49 && bytes[130] === 0x43 && bytes[131] === 0x4d;
}
