/** The file as found. Its bytes stay where they are until asked for. */
export interface SourceFile {
  /** Where it was found, with `/`; shown to the person, never logged or written. */
  readonly path: string;
  readonly size: number;
  /** Bytes [start, end); the whole file without arguments. */
  read(start?: number, end?: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * A larger file is not written anew (bytes): it is held in memory as a whole for that, and
 * more than this does not fit into one typed array everywhere.
 */
export const MOST_WRITTEN_BYTES = 2 ** 31;

/** Names that systems put beside files, and temporary files of ours: never a scan, and no news. */
export const CLUTTER = /^(\._.*|\.DS_Store|Thumbs\.db|desktop\.ini|\.efface-(part|tmp)-.*)$/i;
