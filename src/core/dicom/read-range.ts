/** Reads of a file whose failures say what happened to the person who opened it. */
import { EffaceError } from '../errors.ts';
import type { SourceFile } from '../source-file.ts';

/**
 * Bytes [start, end) of a file.
 *
 * @throws EffaceError `file/unreadable`
 */
export async function readRange(
  source: SourceFile,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await source.read(start, Math.min(end, source.size));
  } catch (error) {
    if (error instanceof EffaceError) throw error;
    throw new EffaceError('file/unreadable', {}, { cause: error });
  }
}
