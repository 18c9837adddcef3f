import { requestKind } from './request-kind.ts';

/** How many requests the browser counts since the page was loaded, by where they went. */
export class Requests {
  own = $state(0);
  foreign = $state(0);
  readonly #origin: string;
  #observer: PerformanceObserver | null = null;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Counts those before it too. */
  watch(): void {
    if (!('PerformanceObserver' in globalThis)) return;
    this.#observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) this.count(name);
    });
    this.#observer.observe({ type: 'resource', buffered: true });
  }

  count(url: string): void {
    const kind = requestKind(url, this.#origin);
    if (kind === 'own') this.own++;
    else if (kind === 'foreign') this.foreign++;
  }

  stop(): void {
    this.#observer?.disconnect();
  }
}
