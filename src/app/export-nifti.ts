/** One NIfTI file, or pair → the same defaced, its text cleared, read back and verified. */
import { assert } from '../core/errors.ts';
import { inDataset, isSafePlace, type Dataset } from '../core/bids/dataset.ts';
import { isSafeBidsName } from '../core/bids/names.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { repeatOn } from '../core/deface/repeat.ts';
import { maskPath } from '../core/export/names.ts';
import type { NiftiScan } from '../core/nifti/read.ts';
import { airValue } from '../core/nifti/intensities.ts';
import {
  verifyNifti,
  writeNifti,
  writeNiftiMask,
  writeNiftiPair,
  type DeltaOfVolume,
} from '../core/nifti/write.ts';
import type { JobOptions } from '../core/progress.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Delta } from '../core/volume/delta.ts';
import type { Mask } from '../core/volume/volume.ts';
import type { SeriesContext, SeriesWritten } from './export-scans.ts';

/**
 * Writes the file through the context's writer.
 *
 * @throws EffaceError `output/verify`, `output/write`, and what reading the source throws
 */
export async function exportNifti(
  scan: NiftiScan,
  defaced: DefacedScan,
  { deidentification, mask, names, datasets, writer, job }: SeriesContext,
): Promise<SeriesWritten> {
  const { result } = defaced;
  assert(result, 'a scan is written with its result');
  const { signal } = job;
  const start = performance.now();
  const { source, image = null } = scan;
  const scrub = deidentification.profile === 'basic';
  const delta = scan.header.volumes > 1 ? deltaOfVolumes(scan, result, { signal }) : result.delta;
  assert(liesWithin(result.delta, result.region), 'nothing outside the region is changed');
  let path: string;
  let wrote: number;
  if (image) {
    const paths = names.niftiPair({ head: source.path, image: image.path });
    const pair = await writeNiftiPair({ head: source, image }, delta, { scrub, signal });
    const head = await writer.write(paths.head, pair.head, source);
    const voxels = await writer.write(paths.image, pair.image, image);
    [path, wrote] = [paths.head, performance.now()];
    const images = { written: inMemory(voxels), source: image };
    await verifyNifti(inMemory(head), source, delta, { signal }, images);
  } else {
    path = names.nifti(source.path, placeOf(datasets, source.path));
    const bytes = await writeNifti(source, delta, { scrub, signal });
    const back = await writer.write(path, bytes, source);
    wrote = performance.now();
    await verifyNifti(inMemory(back), source, delta, { signal });
  }
  if (mask || isAnatomical(path)) {
    const bytes = await writeNiftiMask(source, result.region, { signal }, image);
    await writer.write(maskPath(path), bytes);
  }
  job.onProgress?.({ stage: 'write', done: 1, total: 1 });
  return {
    writeMs: wrote - start,
    verifyMs: performance.now() - wrote,
    outsideMaskChanged: 0,
    deid: {
      profile: scrub ? 'NIfTI text cleared' : 'none',
      options: [],
      elements: { removed: 0, replaced: 0, kept: 0 },
    },
  };
}

/**
 * The region of the mean of all volumes, in each of them: by its own values, the first as well.
 *
 * @throws AbortSignal's reason when cancelled
 */
function deltaOfVolumes(
  { header, modality }: NiftiScan,
  result: NonNullable<DefacedScan['result']>,
  job: JobOptions,
): DeltaOfVolume {
  const rescale = [{ slope: header.slope, intercept: header.intercept }];
  return async (n, stored) => {
    const air = [airValue(stored, header, modality)];
    const volume = { grid: header.grid, modality, stored, rescale, padding: null, air };
    const delta = await repeatOn(volume, result, n, job);
    assert(liesWithin(delta, result.region), 'nothing outside the region is changed');
    return delta;
  };
}

/** Where an image lies in its BIDS dataset; null where it has none, or names that may tell a person. */
function placeOf(datasets: readonly Dataset[], path: string): string | null {
  const at = inDataset(datasets, path);
  if (!at || !isSafePlace(at.path) || !isSafeBidsName(at.path.slice(at.path.lastIndexOf('/') + 1)))
    return null;
  return at.dataset.folder + at.path;
}

/** BIDS has masks of the face for the images of `anat`. */
function isAnatomical(path: string): boolean {
  return /(^|\/)anat\/[^/]+$/.test(path);
}

function liesWithin({ runs }: Delta, { voxels }: Mask): boolean {
  for (let r = 0; r < runs.length; r += 2) {
    const end = (runs[r] as number) + (runs[r + 1] as number);
    for (let v = runs[r] as number; v < end; v++) if (!voxels[v]) return false;
  }
  return true;
}

function inMemory(bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path: '',
    size: bytes.length,
    read: (from = 0, to = bytes.length) => Promise.resolve(bytes.subarray(from, to)),
  };
}
