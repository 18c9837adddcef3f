/** One NIfTI file → the same file defaced, its text cleared, read back and verified. */
import { assert, EffaceError } from '../core/errors.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { maskPath } from '../core/export/names.ts';
import { changesBySlice } from '../core/export/slices.ts';
import { compareVoxels } from '../core/export/verify-dicom.ts';
import { loadNiftiScan, readNifti, type NiftiScan } from '../core/nifti/read.ts';
import { writeNifti, writeNiftiMask } from '../core/nifti/write.ts';
import { createCheckpoint } from '../core/progress.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { SeriesContext, SeriesWritten } from './export-scans.ts';

/**
 * Writes the file through the context's writer.
 *
 * @throws EffaceError `output/verify`, `output/write`, and what reading the source throws
 */
export async function exportNifti(
  scan: NiftiScan,
  defaced: DefacedScan,
  { deidentification, mask, names, writer, job }: SeriesContext,
): Promise<SeriesWritten> {
  const { result } = defaced;
  assert(result, 'a scan is written with its result');
  const { signal } = job;
  const start = performance.now();
  const original = await scan.source.read();
  const scrub = deidentification === 'basic';
  const path = names.nifti(scan.source.path);
  const back = await writer.write(
    path,
    await writeNifti(original, result.delta, { scrub, signal }),
    scan.source,
  );
  const wrote = performance.now();

  const { id, patient, visit } = scan;
  const before = await loadNiftiScan(scan, { signal });
  const after = await loadNiftiScan(
    await readNifti(inMemory(back), { id, patient, visit }, { signal }),
    { signal },
  );
  const [ni, nj, nk] = scan.grid.size;
  const changes = changesBySlice(result.delta);
  const checkpoint = createCheckpoint(signal);
  for (let k = 0; k < nk; k++) {
    await checkpoint();
    const slice = [k * ni * nj, (k + 1) * ni * nj] as const;
    const { outside, wrong } = compareVoxels(
      before.stored.subarray(...slice),
      after.stored.subarray(...slice),
      changes[k] ?? null,
      result.region.voxels.subarray(...slice),
    );
    if (outside > 0 || wrong > 0) throw new EffaceError('output/verify', { outside, wrong });
  }
  if (mask)
    await writer.write(maskPath(path), await writeNiftiMask(original, result.region, { signal }));
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

function inMemory(bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path: '',
    size: bytes.length,
    read: (from = 0, to = bytes.length) => Promise.resolve(bytes.slice(from, to)),
  };
}
