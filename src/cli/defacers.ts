/** Who does the work of `efface deface`: this process, or several of their own (`--jobs`). */
import { createNodeSegmenter } from '../adapters/tfjs/node.ts';
import { defaceInVisit, writesByLabels } from '../app/deface-visit.ts';
import type { Scan } from '../app/open-scans.ts';
import type { FaceSegmenter } from '../app/ports.ts';
import { createVisitHeads, frameOf, volumesOf } from '../app/visit-heads.ts';
import { encodeResult } from '../core/deface/kept-result.ts';
import type { SeededOptions } from '../core/deface/options.ts';
import type { JobOptions } from '../core/progress.ts';
import type { Volume } from '../core/volume/volume.ts';
import { startDefaceProcess, type DefaceProcess } from './deface-process.ts';

export interface Defacer {
  readonly model: FaceSegmenter['model'];
  readonly backend: string;
  /**
   * One series at a time, those of a visit by the same one: they lend each other their head.
   *
   * @returns `encodeResult`, without labels where it can be written without
   * @throws the signal's reason when cancelled; EffaceError of the series
   */
  deface(
    scan: Scan,
    volume: Volume,
    options: SeededOptions,
    job: JobOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  end(): void;
}

/** @throws EffaceError `model/…`, `job/crashed` */
export async function startDefacers(
  jobs: number,
  start: () => Promise<DefaceProcess> = startDefaceProcess,
): Promise<readonly Defacer[]> {
  if (jobs === 1) return [await defacerHere()];
  // The first says whether a network starts at all; several at once would ask for the memory of all.
  const first = defacerIn(await start(), start);
  const others = await Promise.all(
    Array.from({ length: jobs - 1 }, async () => defacerIn(await start(), start)),
  );
  return [first, ...others];
}

async function defacerHere(): Promise<Defacer> {
  const segmenter = await createNodeSegmenter();
  const heads = createVisitHeads();
  return {
    model: segmenter.model,
    backend: segmenter.backend,
    deface: async (scan, volume, options, job) =>
      encodeResult(
        await defaceInVisit(scan, volume, options, segmenter, heads, job),
        writesByLabels(scan, options) ? 'all' : 'none',
      ),
    end: () => {
      segmenter.dispose();
    },
  };
}

/** A process that crashed took one series with it: a new one goes on. */
function defacerIn(process: DefaceProcess, start: () => Promise<DefaceProcess>): Defacer {
  let current = process;
  return {
    model: process.model,
    backend: process.backend,
    async deface(scan, volume, options, job) {
      if (!current.isAlive) current = await start();
      const { id, modality } = scan;
      const visiting = { id, modality, frame: frameOf(scan), volumes: volumesOf(scan) };
      return current.deface({ scan: visiting, volume, options }, job);
    },
    end: () => {
      current.end();
    },
  };
}
