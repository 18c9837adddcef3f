/**
 * The results of a session, out of memory: packed and sealed in files of this origin, where the
 * browser gives a place for them, so that hundreds fit and a reload does not lose them; else
 * packed in memory.
 */
import { createKeptFiles } from '../src/adapters/browser/kept-files.ts';
import { createSealedFiles, type SealedFiles } from '../src/adapters/browser/sealed-files.ts';
import { resultName } from '../src/app/kept-results.ts';
import type { FaceSegmenter, Secrets } from '../src/app/ports.ts';
import { createSecrets, sha256 } from '../src/adapters/secrets/web-crypto.ts';
import type { DefacedScan } from '../src/core/deface/defaced-scan.ts';
import { decodeResult, encodeResult, resultContent } from '../src/core/deface/kept-result.ts';
import type { KeptCorrections } from '../src/core/edit/kept-marks.ts';
import { EffaceError } from '../src/core/errors.ts';
import type { SeededOptions } from '../src/core/deface/options.ts';
import { tookFace } from '../src/core/report/report.ts';
import type { ScanId } from '../src/core/scan.ts';
import type { Volume } from '../src/core/volume/volume.ts';

interface Held {
  /** Of the file; null where the result is in memory. */
  readonly name: string | null;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly face: boolean;
  readonly mark: string | null;
}

/** How a result is put aside. */
export interface Holding {
  /** Of `nameOf`; null without a place. */
  readonly name: string | null;
  /** Nothing that a later visit to the page could use. */
  readonly isOnce?: boolean;
}

/** Where results lie, and the key of their names. */
export interface Shelf {
  readonly files: SealedFiles;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** Of `resultName`: of what has another, nothing can be found again. */
const NAME = /^[\da-f]{64}$/;
/** In which a tab that is loaded anew is open again; on a slow machine it takes a few seconds. */
const LOADING_MS = 15_000;

/**
 * The place of this tab; what others sealed and no longer have open goes, after a while.
 *
 * @param key of this tab (32 bytes)
 */
export async function openShelf(key: Uint8Array<ArrayBuffer>): Promise<Shelf> {
  const files = await createSealedFiles(createKeptFiles('efface-results'), key);
  // Where it fails, the next start tries again.
  files.clearLeft(LOADING_MS).catch(() => undefined);
  return { files, key };
}

export class Results {
  #shelf: Promise<Shelf | null> = Promise.resolve(null);
  readonly #held = new Map<ScanId, Held>();

  /** How many lie there, found by who knows of what they are made. */
  async lying(): Promise<number> {
    const names = (await (await this.#shelf)?.files.names('')) ?? [];
    return names.filter((name) => NAME.test(name)).length;
  }

  /** From now on results are put there; null: in memory. */
  use(shelf: Promise<Shelf | null>): void {
    this.#shelf = shelf.catch(() => null);
  }

  /** Of the tab, the same after a reload; null without a place. */
  async secrets(): Promise<Secrets | null> {
    const shelf = await this.#shelf;
    return shelf && createSecrets(shelf.key);
  }

  /** Name under which a result of this very scan and these options lies; null without a place. */
  async nameOf(
    volume: Volume,
    options: SeededOptions,
    model: FaceSegmenter['model'],
    corrections: KeptCorrections | null = null,
  ): Promise<string | null> {
    const secrets = await this.secrets();
    if (!secrets) return null;
    const tool = { model, version: __EFFACE_VERSION__ };
    return resultName(volume, options, tool, { secrets, sha256 }, corrections);
  }

  /** What was made before a reload or a crash of the same scan; null where nothing was. */
  async earlier(name: string, scan: ScanId): Promise<DefacedScan | null> {
    const bytes = await (await this.#shelf)?.files.get(name);
    return bytes ? { ...decodeResult(bytes), scan } : null;
  }

  async hold(defaced: DefacedScan, { name, isOnce = false }: Holding): Promise<void> {
    const bytes = encodeResult(defaced, 'all');
    const face = !defaced.result || tookFace(defaced.result.regions);
    const file = !name || isOnce ? `once-${crypto.randomUUID()}` : name;
    const mark = name && `${name} ${await sha256(resultContent(bytes))}`;
    await this.#dropOnce(defaced.scan);
    this.#held.set(defaced.scan, { ...(await this.#put(file, bytes)), face, mark });
  }

  async get(scan: ScanId): Promise<DefacedScan | null> {
    const held = this.#held.get(scan);
    if (!held) return null;
    const bytes = held.bytes ?? (await (await this.#shelf)?.files.get(held.name ?? ''));
    if (!bytes) throw new EffaceError('job/result-gone');
    return { ...decodeResult(bytes), scan };
  }

  /**
   * Tells results apart by what they come of and by their bytes; the same after a reload. null
   * where there is none, or nothing of it is kept.
   */
  markOf(scan: ScanId): string | null {
    return this.#held.get(scan)?.mark ?? null;
  }

  has(scan: ScanId): boolean {
    return this.#held.has(scan);
  }

  /** Whether a face went; said of what has no result, too: it is what is planned. */
  tookFace(scan: ScanId): boolean {
    return this.#held.get(scan)?.face ?? true;
  }

  drop(scan: ScanId): void {
    this.#held.delete(scan);
  }

  /** Forgets which scans they are of; what a reload would find stays. */
  async clear(): Promise<void> {
    for (const scan of [...this.#held.keys()]) await this.#dropOnce(scan);
    this.#held.clear();
  }

  /** The person starts over: nothing stays. */
  async forget(): Promise<void> {
    this.#held.clear();
    await (await this.#shelf)?.files.clear();
  }

  async #put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Pick<Held, 'name' | 'bytes'>> {
    try {
      const shelf = await this.#shelf;
      if (shelf) {
        await shelf.files.put(name, bytes);
        return { name, bytes: null };
      }
    } catch {
      // The disk is full, or the browser refuses: memory has to do.
    }
    return { name: null, bytes };
  }

  async #dropOnce(scan: ScanId): Promise<void> {
    const name = this.#held.get(scan)?.name;
    if (name?.startsWith('once-')) await (await this.#shelf)?.files.remove(name);
    this.#held.delete(scan);
  }
}
