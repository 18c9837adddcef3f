/** The files of one series in a sink: each read back as it is written, all withdrawn if one fails. */
import { EffaceError } from '../core/errors.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { OutputSink } from './ports.ts';

export interface SeriesWriter {
  /** Relative paths, in the order written. */
  readonly paths: readonly string[];
  /**
   * Writes a file and gives back its bytes as they are in the sink.
   *
   * @param origin the file it is made from
   * @throws EffaceError `output/write`, `output/exists` of the sink; `output/verify`
   */
  write(
    path: string,
    bytes: Uint8Array<ArrayBuffer>,
    origin?: SourceFile,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Takes back everything written, newest first. */
  withdraw(): Promise<void>;
}

export function seriesWriter(sink: OutputSink): SeriesWriter {
  const paths: string[] = [];
  return {
    paths,
    async write(path, bytes, origin) {
      await asOutput(() => sink.write(path, bytes, origin));
      paths.push(path);
      const back = await asOutput(() => sink.read(path));
      if (!sameBytes(bytes, back)) throw new EffaceError('output/verify');
      return back;
    },
    async withdraw() {
      for (const path of [...paths].reverse()) await sink.remove(path);
      paths.length = 0;
    },
  };
}

/** What a sink throws is a failure to write, unless it says more. */
async function asOutput<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof EffaceError) throw error;
    throw new EffaceError('output/write', {}, { cause: error });
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // By words as far as both are aligned: this runs over everything that is written.
  const words = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? a.length >> 2 : 0;
  const [one, two] = [a, b].map(
    (bytes) => new Uint32Array(bytes.buffer, words ? bytes.byteOffset : 0, words),
  );
  if (!one || !two) return false;
  for (let n = 0; n < words; n++) if (one[n] !== two[n]) return false;
  for (let n = 4 * words; n < a.length; n++) if (a[n] !== b[n]) return false;
  return true;
}
