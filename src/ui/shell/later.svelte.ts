import type { Component } from 'svelte';

/**
 * A view whose code is fetched after the first one is on screen. Once it is there it is shown
 * without waiting; until then `view` is null.
 */
export class Later<Props extends object> {
  view = $state.raw<Component<Props> | null>(null);
  readonly #load: () => Promise<{ readonly default: Component<Props> }>;
  #loading: Promise<void> | null = null;

  constructor(load: () => Promise<{ readonly default: Component<Props> }>) {
    this.#load = load;
  }

  /** Can be called any number of times; after a failure (a server that is gone) it tries again. */
  async fetch(): Promise<void> {
    this.#loading ??= this.#load().then((module) => {
      this.view = module.default;
    });
    try {
      await this.#loading;
    } catch {
      this.#loading = null;
    }
  }
}
