/**
 * Decisions of the person, in sealed files beside the results, one for each series: a crash loses
 * the last one at most. Found again after a reload when the same files are dropped, and taken
 * over where files and result are the same bytes.
 */
import { createSecrets, sha256 } from '../src/adapters/secrets/web-crypto.ts';
import {
  contentOf,
  decodeDecision,
  encodeDecision,
  glimpseOf,
  saysSomething,
  sourcesOf,
  type Decidable,
  type KeptDecision,
  type Said,
} from '../src/app/kept-decisions.ts';
import type { OpenedScans } from '../src/app/open-scans.ts';
import type { Earlier, ScanResult } from './api.ts';
import type { Shelf } from './results.ts';

/** Before the name of a file: decisions lie in the folder of the results. */
const KIND = 'said-';

export class Decisions {
  #shelf: Promise<Shelf | null> = Promise.resolve(null);
  #writing: Promise<unknown> = Promise.resolve();
  /** By series, as long as it is open: reading all its files takes a while. */
  readonly #names = new WeakMap<Decidable, Promise<string>>();
  readonly #contents = new WeakMap<Decidable, Promise<string>>();

  /** From now on they are put there; null: nowhere. */
  use(shelf: Promise<Shelf | null>): void {
    this.#shelf = shelf.catch(() => null);
  }

  /** What was said of all that is open. Of decisions about results, how many there are. */
  async earlier({ scans, left }: OpenedScans): Promise<Earlier> {
    await this.#writing;
    const shelf = await this.#shelf;
    const names = new Set((await shelf?.files.names(KIND).catch(() => [])) ?? []);
    const said: { scan: string; said: Said }[] = [];
    let decided = 0;
    // Nobody waits for a look at the files where nothing is kept.
    for (const one of names.size > 0 ? [...scans, ...left] : []) {
      const kept = await this.#find(one, names);
      if (!kept) continue;
      const { decision, ...rest } = kept.said;
      if (decision) decided++;
      // Results are compared when they are there; what is about the files alone, now.
      if (saysSomething(rest) && (await this.#isOf(kept, one))) {
        said.push({ scan: one.id, said: rest });
      }
    }
    return { said, decided };
  }

  /**
   * What was decided about a result like this one; `void`: something was, about another one or
   * about other files.
   *
   * @param result of `Results.markOf`
   */
  async about(
    one: Decidable,
    result: string | null,
  ): Promise<NonNullable<ScanResult['decided']> | null> {
    await this.#writing;
    const kept = await this.#find(one);
    if (!kept?.said.decision) return null;
    const holds = result !== null && kept.result === result && (await this.#isOf(kept, one));
    return holds ? kept.said.decision : 'void';
  }

  /** @returns whether it outlives a reload; later calls win over earlier ones */
  keep(one: Decidable, said: Said, result: string | null): Promise<boolean> {
    const done = this.#writing.then(async () => {
      try {
        const shelf = await this.#shelf;
        if (!shelf) return false;
        const name = await this.#nameOf(one, shelf);
        if (!saysSomething(said)) await shelf.files.remove(name);
        else {
          const content = await this.#contentOf(one);
          await shelf.files.put(name, encodeDecision({ said, content, result }));
        }
        return true;
      } catch {
        return false;
      }
    });
    this.#writing = done;
    return done;
  }

  /** Ends once everything that was said is written: only then can all of it be cleared. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /**
   * null also where the files cannot be read any more: that is said where they are needed.
   *
   * @param names of all that is kept, where they are known
   */
  async #find(one: Decidable, names?: ReadonlySet<string>): Promise<KeptDecision | null> {
    const shelf = await this.#shelf;
    const name = shelf && (await this.#nameOf(one, shelf).catch(() => null));
    if (!name || names?.has(name) === false) return null;
    const bytes = await shelf.files.get(name);
    return bytes && decodeDecision(bytes);
  }

  /** Whether it was said of these very files. */
  async #isOf({ content }: KeptDecision, one: Decidable): Promise<boolean> {
    return content === (await this.#contentOf(one).catch(() => null));
  }

  /** Tells nothing without the key of the tab. */
  #nameOf(one: Decidable, shelf: Shelf): Promise<string> {
    return remembered(this.#names, one, async () => {
      const { hmacSha256 } = await createSecrets(shelf.key);
      const name = await hmacSha256(`decision\0${await glimpseOf(sourcesOf(one))}`);
      return KIND + Array.from(name, (byte) => byte.toString(16).padStart(2, '0')).join('');
    });
  }

  #contentOf(one: Decidable): Promise<string> {
    return remembered(this.#contents, one, () => contentOf(sourcesOf(one), sha256));
  }
}

function remembered(
  known: WeakMap<Decidable, Promise<string>>,
  one: Decidable,
  find: () => Promise<string>,
): Promise<string> {
  const found = known.get(one) ?? find();
  known.set(one, found);
  // A file that could not be read may be there again.
  found.catch(() => known.delete(one));
  return found;
}
