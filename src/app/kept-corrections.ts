/**
 * Corrections that outlive a reload: mask runs and settings under a hash of the scan's content,
 * and nothing else. Where nothing can be kept, work goes on without.
 */
import { decodeKept, encodeKept, type KeptCorrections } from '../core/edit/kept-marks.ts';
import type { Volume } from '../core/volume/volume.ts';
import type { Digest, KeptFiles } from './ports.ts';

/** Hashed at a time (bytes): shared memory is copied for it. */
const PART = 16 * 1024 ** 2;

export class CorrectionKeeper {
  readonly #files: KeptFiles;
  readonly #sha256: Digest;
  #writing: Promise<unknown> = Promise.resolve();
  /** By volume: hashing one takes a while. */
  readonly #names = new WeakMap<Volume, Promise<string>>();

  constructor(files: KeptFiles, sha256: Digest) {
    this.#files = files;
    this.#sha256 = sha256;
  }

  /** What was kept of this very scan; null where nothing was, or it is damaged. */
  async find(volume: Volume): Promise<KeptCorrections | null> {
    try {
      const names = await this.#files.names();
      // Hardly anyone has any: nobody waits for a hash then.
      if (names.length === 0) return null;
      const name = await this.#nameOf(volume);
      if (!names.includes(name)) return null;
      return decodeKept(await this.#files.read(name), volume.grid.size);
    } catch {
      return null;
    }
  }

  /** @returns whether it is kept; null takes away what was. Later calls win over earlier ones. */
  keep(volume: Volume, corrections: KeptCorrections | null): Promise<boolean> {
    const done = this.#writing.then(async () => {
      try {
        const name = await this.#nameOf(volume);
        if (corrections) await this.#files.write(name, encodeKept(corrections));
        else await this.#files.remove(name);
        return true;
      } catch {
        return false;
      }
    });
    this.#writing = done;
    return done;
  }

  #nameOf(volume: Volume): Promise<string> {
    const known = this.#names.get(volume) ?? this.#hash(volume);
    this.#names.set(volume, known);
    return known;
  }

  /** A hash of the hashes of parts, and of where the voxels lie. */
  async #hash({ grid, stored }: Volume): Promise<string> {
    const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    const parts = [JSON.stringify([grid.size, grid.affine])];
    for (let at = 0; at < bytes.length; at += PART) {
      parts.push(await this.#sha256(bytes.slice(at, at + PART)));
    }
    return this.#sha256(new TextEncoder().encode(parts.join('\n')));
  }
}
