/**
 * Small files read once: asking the system for a part of a file costs as much as reading half
 * a megabyte, and of a slice header and pixels are asked for, one soon after the other.
 */
import type { SourceFile } from '../core/source-file.ts';

/** A slice is rarely larger; of larger files only what is asked for is read (bytes). */
const MOST_OF_A_FILE = 1024 ** 2;
/** Held at most (bytes): one series of 380 slices of 512 × 512. */
const MOST_HELD = 200 * 1024 ** 2;

export class ReadAhead {
  readonly #held = new Map<SourceFile, Promise<Uint8Array<ArrayBuffer>>>();
  readonly #most: number;
  #bytes = 0;

  constructor(most = MOST_HELD) {
    this.#most = most;
  }

  /**
   * The same file. Where its front is asked for, all of it is read and held, until what lies
   * behind the front is asked for: nobody reads it a third time soon.
   */
  of(source: SourceFile): SourceFile {
    return {
      ...source,
      read: async (start = 0, end = source.size) => {
        const held = this.#held.get(source) ?? (start === 0 ? this.#ahead(source) : null);
        if (!held) return source.read(start, end);
        const bytes = await held;
        // Who asks for more than the front is the last, and may do with it what he likes.
        if (start > 0 || end >= source.size) this.#drop(source);
        return bytes.subarray(start, end);
      },
    };
  }

  /** Lets go of everything: what is asked for from now on is read from where it lies. */
  clear(): void {
    this.#held.clear();
    this.#bytes = 0;
  }

  #ahead(source: SourceFile): Promise<Uint8Array<ArrayBuffer>> | null {
    if (source.size > MOST_OF_A_FILE || this.#bytes + source.size > this.#most) return null;
    const bytes = source.read();
    this.#bytes += source.size;
    this.#held.set(source, bytes);
    bytes.catch(() => {
      this.#drop(source);
    });
    return bytes;
  }

  #drop(source: SourceFile): void {
    if (this.#held.delete(source)) this.#bytes -= source.size;
  }
}
