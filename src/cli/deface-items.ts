/** Scans → results, as the export asks for them: in order, in lanes, and from an earlier run. */
import { sha256 } from '../adapters/secrets/web-crypto.ts';
import { writesByLabels } from '../app/deface-visit.ts';
import type { ExportItem } from '../app/export-scans.ts';
import { resultName } from '../app/kept-results.ts';
import { loadVolume } from '../app/load-volume.ts';
import type { Scan } from '../app/open-scans.ts';
import type { FrameDecoder, KeptResults, Secrets } from '../app/ports.ts';
import { withSeed } from '../app/shell-seed.ts';
import { bestFirst } from '../app/visit-heads.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { decodeResult } from '../core/deface/kept-result.ts';
import { EffaceError, type ErrorRecord } from '../core/errors.ts';
import type { JobOptions, Progress } from '../core/progress.ts';
import type { DefaceCommand } from './args.ts';
import type { Defacer } from './defacers.ts';
import { inLanes } from './lanes.ts';

export interface ItemPorts {
  readonly defacers: readonly Defacer[];
  readonly decoder: FrameDecoder;
  readonly secrets: Secrets;
  /** Results of a run that was stopped, and of this one; null where none are kept. */
  readonly kept: (KeptResults & { readonly isResumed: boolean }) | null;
  readonly signal: AbortSignal;
  /** Of the n-th scan, counted from 0. */
  readonly onProgress: (n: number, progress: Progress) => void;
}

/** Results beyond the one that is being written that each lane may hold: packed, they are small. */
const AHEAD = 2;

/** The item of each scan; one that fails is refused, and the others go on. */
export async function* defaceItems(
  scans: readonly Scan[],
  command: Pick<DefaceCommand, 'options' | 'policy'>,
  ports: ItemPorts,
): AsyncGenerator<ExportItem> {
  const { defacers } = ports;
  const visits = visitsOf(bestFirst(scans)).map((visit) => new Visit(visit, command, ports));
  const lanes = defacers.map((defacer) => ({ visit, scan }: Turn, n: number) => {
    return visit.deface(scan, defacer, n);
  });
  const groups = visits.map((visit) => visit.scans.map((scan): Turn => ({ visit, scan })));
  const ahead = defacers.length > 1 ? AHEAD * defacers.length : 0;
  for await (const item of inLanes(groups, lanes, ahead)) yield item();
}

interface Turn {
  readonly visit: Visit;
  readonly scan: Scan;
}

/** Scans that go by each other's head stay together; a NIfTI file stands for itself. */
function visitsOf(scans: readonly Scan[]): readonly (readonly Scan[])[] {
  const visits = new Map<string, Scan[]>();
  for (const scan of scans) {
    const key = scan.kind === 'dicom' ? `${scan.patient} ${scan.visit}` : `nifti ${scan.id}`;
    const visit = visits.get(key);
    if (visit) visit.push(scan);
    else visits.set(key, [scan]);
  }
  return [...visits.values()];
}

/**
 * One visit. What an earlier run kept of it is used only where it kept all: the head that one
 * series would lend to the others is not kept.
 */
class Visit {
  readonly scans: readonly Scan[];
  readonly #command: Pick<DefaceCommand, 'options' | 'policy'>;
  readonly #ports: ItemPorts;
  #kept: Promise<ReadonlyMap<string, string> | null> | null = null;

  constructor(
    scans: readonly Scan[],
    command: Pick<DefaceCommand, 'options' | 'policy'>,
    ports: ItemPorts,
  ) {
    this.scans = scans;
    this.#command = command;
    this.#ports = ports;
  }

  /** @returns the item when it is asked for: until then its result stays packed */
  async deface(scan: Scan, defacer: Defacer, n: number): Promise<() => ExportItem> {
    const { policy } = this.#command;
    const { kept, signal, onProgress } = this.#ports;
    const approved = { by: policy === null ? null : ('policy' as const), note: policy };
    const job = {
      signal,
      onProgress: (progress: Progress) => {
        onProgress(n, progress);
      },
    };
    let readMs = 0;
    try {
      const earlier = await this.#earlier(defacer, scan, job);
      const started = performance.now();
      const make = async (): Promise<Uint8Array<ArrayBuffer>> => {
        const { volume, seeded } = await this.#load(scan, job);
        readMs = performance.now() - started;
        const bytes = await defacer.deface(scan, volume, seeded, job);
        // Labels follow the skin: what cannot be written without them is made again.
        const isKept = kept !== null && !writesByLabels(scan, seeded);
        const name = isKept ? await this.#nameOf(volume, seeded, defacer) : null;
        if (name !== null) await kept?.put(name, bytes);
        return bytes;
      };
      const bytes = earlier ?? (await make());
      return () => ({ scan, defaced: { ...decodeResult(bytes), scan: scan.id }, approved, readMs });
    } catch (error) {
      signal.throwIfAborted();
      // Results that cannot be put aside are no fault of the series: the disk is full.
      if (error instanceof EffaceError && error.code === 'output/write') throw error;
      return () => ({ scan, defaced: refused(scan, recordOf(error)), approved, readMs });
    }
  }

  /** What an earlier run kept of this scan, where it kept its whole visit. */
  async #earlier(
    defacer: Defacer,
    scan: Scan,
    job: JobOptions,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const { kept } = this.#ports;
    if (!kept?.isResumed) return null;
    this.#kept ??= this.#namesOfAll(kept, defacer, job);
    const name = (await this.#kept)?.get(scan.id);
    return name === undefined ? null : kept.get(name);
  }

  async #namesOfAll(
    kept: KeptResults,
    defacer: Defacer,
    job: JobOptions,
  ): Promise<ReadonlyMap<string, string> | null> {
    const names = new Map<string, string>();
    try {
      for (const scan of this.scans) {
        const { volume, seeded } = await this.#load(scan, job);
        const name = await this.#nameOf(volume, seeded, defacer);
        if (!(await kept.get(name))) return null;
        names.set(scan.id, name);
      }
    } catch (error) {
      job.signal?.throwIfAborted();
      // A scan that cannot be read says so when its turn comes.
      if (error instanceof EffaceError) return null;
      throw error;
    }
    return names;
  }

  async #load(scan: Scan, job: JobOptions): Promise<Loaded> {
    const { decoder, secrets } = this.#ports;
    const volume = await loadVolume(scan, decoder, job);
    return { volume, seeded: await withSeed(this.#command.options, scan, volume, secrets) };
  }

  #nameOf(volume: Loaded['volume'], seeded: Loaded['seeded'], { model }: Defacer): Promise<string> {
    const { secrets } = this.#ports;
    return resultName(volume, seeded, { model, version: __EFFACE_VERSION__ }, { secrets, sha256 });
  }
}

interface Loaded {
  readonly volume: Awaited<ReturnType<typeof loadVolume>>;
  readonly seeded: Awaited<ReturnType<typeof withSeed>>;
}

function refused({ id }: Scan, reason: ErrorRecord): DefacedScan {
  return {
    scan: id,
    decision: 'refuse',
    reasons: [reason],
    checks: null,
    result: null,
    timingsMs: { segment: 0, deface: 0, verify: 0 },
  };
}

function recordOf(error: unknown): ErrorRecord {
  return error instanceof EffaceError ? error.toRecord() : { code: 'job/fault', details: {} };
}
