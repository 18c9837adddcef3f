/**
 * What lies beside the images of a BIDS dataset: sidecars and tables cleaned, the rest copied
 * as it is, so that a dataset goes in and a dataset comes out. What belongs to an image that
 * was not written stays out too.
 */
import {
  companionKind,
  inDataset,
  recordingOf,
  type Companion,
  type Dataset,
} from '../core/bids/dataset.ts';
import { cleanSidecar } from '../core/bids/sidecar.ts';
import { cleanParticipants, cleanScansTable } from '../core/bids/table.ts';
import type { Names } from '../core/export/names.ts';
import { createCheckpoint, type JobOptions } from '../core/progress.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { OutputSink } from './ports.ts';
import { seriesWriter } from './series-writer.ts';

/** Larger tables and texts are not read: no sidecar has this size. */
export const MOST_COMPANION_BYTES = 64 * 2 ** 20;

/** An image of the dataset that was opened, and whether it is among the results. */
export interface DatasetImage {
  /** As it was opened. */
  readonly path: string;
  readonly written: boolean;
  readonly faceless: boolean;
}

export interface CompanionOptions {
  readonly datasets: readonly Dataset[];
  readonly images: readonly DatasetImage[];
  /** Headers are kept as they are: so are sidecars and tables. */
  readonly keep: boolean;
  /** Files are replaced where they lie: what is only copied need not be written. */
  readonly inPlace: boolean;
  readonly version: string;
}

export interface CompanionsWritten {
  /** Of the files written. */
  readonly paths: readonly string[];
  /** Files of the datasets that were not taken over. */
  readonly left: number;
}

/** @throws EffaceError `output/write`, `output/verify`; the signal's reason when cancelled */
export async function exportCompanions(
  others: Iterable<SourceFile>,
  options: CompanionOptions,
  names: Names,
  sink: OutputSink,
  job: JobOptions = {},
): Promise<CompanionsWritten> {
  const checkpoint = createCheckpoint(job.signal);
  const writer = seriesWriter(sink);
  const images = imagesByRecording(options);
  let left = 0;
  for (const file of others) {
    await checkpoint();
    const at = inDataset(options.datasets, file.path);
    if (!at) continue;
    const kind = companionKind(at.path);
    if (options.inPlace && (options.keep || kind === 'copy')) continue;
    const own = images(at.dataset, at.path);
    const isOrphan = own.length > 0 && !own.some(({ written }) => written);
    const bytes =
      kind === 'leave' || isOrphan || file.size > MOST_COMPANION_BYTES
        ? null
        : await cleaned(file, kind, own, options);
    const path = bytes && names.companion(at.dataset.folder + at.path);
    if (bytes && path) await writer.write(path, bytes, file);
    else left++;
  }
  return { paths: writer.paths, left };
}

/** The images that a file describes: same dataset, and its entities start with the file's. */
function imagesByRecording({ datasets, images }: CompanionOptions) {
  const places = images.map((image) => ({ image, at: inDataset(datasets, image.path) }));
  return (dataset: Dataset, path: string): readonly DatasetImage[] => {
    const recording = recordingOf(path);
    if (!recording.startsWith('sub-')) return [];
    const suffixed = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^/]*$/, '');
    const same = places.filter(
      ({ at }) => at?.dataset === dataset && recordingOf(at.path) === recording,
    );
    // A sidecar of one image; a table of events of all with its entities.
    const exact = same.filter(({ image }) => stemOf(image.path) === suffixed);
    return (exact.length > 0 ? exact : same).map(({ image }) => image);
  };
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.nii(\.gz)?$/i, '');
}

/** The bytes to write; null where a file is not what its name says. */
async function cleaned(
  file: SourceFile,
  kind: Exclude<Companion, 'leave'>,
  images: readonly DatasetImage[],
  { keep, version }: CompanionOptions,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await file.read();
  if (keep || kind === 'copy') return bytes;
  const text = new TextDecoder().decode(bytes);
  if (kind === 'scans') return encode(cleanScansTable(text));
  if (kind === 'participants') return encode(cleanParticipants(text));
  const sidecar = parse(text);
  if (!sidecar) return null;
  const faceless = images.length > 0 && images.every((image) => image.faceless);
  const { json } = cleanSidecar(sidecar, images.length > 0 ? doneTo(faceless, version) : null);
  return encode(`${JSON.stringify(json, null, 2)}\n`);
}

function doneTo(faceless: boolean, version: string): Parameters<typeof cleanSidecar>[1] {
  return {
    methods: [`Efface ${version}`, ...(faceless ? ['Face removed (113102)'] : [])],
    codes: faceless
      ? [
          {
            CodeValue: '113102',
            CodeMeaning: 'Clean Recognizable Visual Features Option',
            CodingSchemeDesignator: 'DCM',
          },
        ]
      : [],
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isObject ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
