/**
 * Series by series through the visits of a session: each with the head of its visit where it
 * needs it, and from what was made before a reload where that is there.
 */
import { defaceInVisit } from '../src/app/deface-visit.ts';
import type { Scan } from '../src/app/open-scans.ts';
import type { FaceSegmenter } from '../src/app/ports.ts';
import { couldBorrow, createVisitHeads } from '../src/app/visit-heads.ts';
import type { DefacedScan, LabelledHead } from '../src/core/deface/defaced-scan.ts';
import type { SeededOptions } from '../src/core/deface/options.ts';
import type { JobOptions } from '../src/core/progress.ts';
import type { Volume } from '../src/core/volume/volume.ts';

/** What the session lends. */
export interface VisitBench {
  networks(): Promise<FaceSegmenter>;
  /** Another scan of the visit, beside the one that is open. */
  read(
    scan: Scan,
    job: JobOptions,
  ): Promise<{ readonly volume: Volume; readonly options: SeededOptions }>;
}

export class VisitWork {
  readonly #bench: VisitBench;
  #heads = createVisitHeads();
  /** Those whose result was made before a reload: what head they could lend is not known. */
  #resumed: readonly Scan[] = [];

  constructor(bench: VisitBench) {
    this.#bench = bench;
  }

  headFor(scan: Scan): LabelledHead | null {
    return this.#heads.headFor(scan);
  }

  /** Its result is there from before. */
  resume(scan: Scan): void {
    this.#resumed = [...this.#resumed, scan];
  }

  async deface(
    scan: Scan,
    volume: Volume,
    options: SeededOptions,
    job: JobOptions,
  ): Promise<DefacedScan> {
    const networks = await this.#bench.networks();
    const own = await defaceInVisit(scan, volume, options, networks, this.#heads, job);
    if (!couldBorrow(own) || this.headFor(scan) || !(await this.#learnAgain(scan, job))) return own;
    return defaceInVisit(scan, volume, options, networks, this.#heads, job);
  }

  clear(): void {
    this.#heads = createVisitHeads();
    this.#resumed = [];
  }

  /** Looks again at what was done before a reload, until there is a head to lend. */
  async #learnAgain(borrower: Scan, job: JobOptions): Promise<boolean> {
    const isOfVisit = ({ patient, visit }: Scan): boolean =>
      patient === borrower.patient && visit === borrower.visit;
    for (const lender of this.#resumed.filter(isOfVisit)) {
      this.#resumed = this.#resumed.filter((one) => one !== lender);
      const { volume, options } = await this.#bench.read(lender, job);
      const networks = await this.#bench.networks();
      await defaceInVisit(lender, volume, options, networks, this.#heads, job);
      if (this.headFor(borrower)) return true;
    }
    return false;
  }
}
