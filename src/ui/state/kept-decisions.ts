/**
 * What was decided on results that are put aside, so that a reload does not lose it: in the
 * session storage of the tab, under the names of the results, which tell nothing.
 */
const NAME = 'efface-decisions';

export type Kept = 'done' | 'approved' | 'rejected';

export class KeptDecisions {
  readonly #give: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

  /** @param give throws where a person has forbidden storage: nothing is kept then */
  constructor(give: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#give = give;
  }

  /** How many results of this tab are known. */
  get count(): number {
    return this.#all().size;
  }

  of(name: string): Kept | null {
    return this.#all().get(name) ?? null;
  }

  keep(name: string, what: Kept): void {
    try {
      const all = Object.fromEntries(this.#all().set(name, what));
      this.#give().setItem(NAME, JSON.stringify(all));
    } catch {
      // Full, or forbidden: a reload then asks again.
    }
  }

  forget(): void {
    try {
      this.#give().removeItem(NAME);
    } catch {
      // Nothing was kept either.
    }
  }

  #all(): Map<string, Kept> {
    try {
      const all = JSON.parse(this.#give().getItem(NAME) ?? '{}') as Record<string, Kept>;
      return new Map(Object.entries(all));
    } catch {
      return new Map();
    }
  }
}
