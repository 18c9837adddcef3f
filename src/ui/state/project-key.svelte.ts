import { keyFrom, keyText } from '../../core/deidentify/project-key.ts';
import { EffaceError } from '../../core/errors.ts';
import type { WorkerClient } from '../../../workers/client.ts';
import { texts } from '../texts.ts';
import { problemOf, type Problem } from './problem.ts';
import { download } from './saving.svelte.ts';

const KEY_BYTES = 32;

/** The project's own key; in memory only. */
export class ProjectKey {
  /** Whether it is in use. */
  isSet = $state(false);

  readonly #client: () => WorkerClient;
  readonly #onChange: () => void;

  /** @param onChange called when results of another key are worth nothing any more */
  constructor(client: () => WorkerClient, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  /** Takes it from the bytes of a file; gives what is wrong with them. */
  async choose(bytes: Uint8Array<ArrayBuffer>): Promise<Problem | null> {
    const key = keyFrom(bytes);
    if (!key) return problemOf(new EffaceError('key/too-short'));
    await this.#set(key);
    return null;
  }

  /** Makes one, gives it to the person as a file, and uses it. */
  async make(): Promise<void> {
    const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    download(new Blob([keyText(key)], { type: 'text/plain' }), texts.fileNames.key);
    await this.#set(key);
  }

  async forget(): Promise<void> {
    await this.#set(null);
  }

  async #set(key: Uint8Array<ArrayBuffer> | null): Promise<void> {
    await this.#client().setKey(key);
    this.isSet = key !== null;
    this.#onChange();
  }
}
