/** One DICOM series → its instances, de-identified, defaced, read back and verified. */
import { assert, EffaceError } from '../core/errors.ts';
import type { DefacedScan } from '../core/deface/defaced-scan.ts';
import { textAt } from '../core/deidentify/element-value.ts';
import { duplicateFiles, type DicomInstance, type DicomScan } from '../core/dicom/dicom-scan.ts';
import type { DicomHeader } from '../core/dicom/header.ts';
import { readHeader } from '../core/dicom/read-header.ts';
import type { Part10File } from '../core/dicom/element.ts';
import { parsePart10 } from '../core/dicom/part10.ts';
import { changesBySlice } from '../core/export/slices.ts';
import type { SliceOfFile } from '../core/export/whole-file.ts';
import { loadDicomScan } from '../core/dicom/load.ts';
import { repeatOn } from '../core/deface/repeat.ts';
import type { Delta } from '../core/volume/delta.ts';
import type { SourceFile } from '../core/source-file.ts';
import { tookFace } from '../core/report/report.ts';
import type { SeriesContext, SeriesWritten } from './export-scans.ts';
import { writeInstances, type InstanceToWrite } from './write-instances.ts';
import { writeMask, type WrittenSlice } from './write-mask.ts';

/**
 * Writes the series through the context's writer.
 *
 * @throws EffaceError `output/identifier-left`, `output/verify`, `output/write`, and what
 *   reading the sources throws
 */
export async function exportDicom(
  scan: DicomScan,
  defaced: DefacedScan,
  approved: boolean,
  context: SeriesContext,
): Promise<SeriesWritten> {
  const { result } = defaced;
  assert(result, 'a series is written with its result');
  const masked = new Map<SourceFile, WrittenSlice>();
  const { folder, ...written } = await writeInstances(
    {
      files: await changedFiles(scan, result, context),
      copies: duplicateFiles(scan),
      modality: scan.modality,
      visit: scan.visit,
      marks: { defaced: true, face: tookFace(result.regions), approved },
    },
    context,
    async ({ source, slices, back }) => {
      if (slices[0]) await verifyPlaces(back, slices[0].instance);
      if (context.mask) masked.set(source, writtenSlice(parsePart10(back), masked.size === 0));
    },
  );
  if (context.mask) await writeMask(scan, result.region, masked, folder, context);
  return written;
}

function writtenSlice(file: Part10File, isSample: boolean): WrittenSlice {
  return {
    file: isSample ? file : null,
    sopClass: textAt(file, file.dataSet, 0x00080016).trim(),
    sopInstance: textAt(file, file.dataSet, 0x00080018).trim(),
  };
}

/** Every file of the scan with what becomes of its slices, in the order of the first slice. */
async function changedFiles(
  scan: DicomScan,
  result: NonNullable<DefacedScan['result']>,
  { decoder, job }: SeriesContext,
): Promise<readonly InstanceToWrite[]> {
  const { delta, region } = result;
  const perSlice = scan.grid.size[0] * scan.grid.size[1];
  const files = new Map<SourceFile, InstanceToWrite & { readonly slices: SliceOfFile[] }>();
  for (const [n, slices] of [scan.slices, ...scan.repeats].entries()) {
    const changes = changesBySlice(n === 0 ? delta : await repeated(slices, n));
    slices.forEach((slice, k) => {
      if (!slice) return;
      const { source } = slice.instance;
      const file = files.get(source) ?? { source, slices: [] };
      files.set(source, file);
      file.slices.push({
        instance: slice.instance,
        change: changes[k] ?? null,
        region: region.voxels.subarray(k * perSlice, (k + 1) * perSlice),
      });
    });
  }
  return [...files.values()];

  /** The same region of another volume on the grid, by what that volume holds. */
  async function repeated(slices: DicomScan['slices'], n: number): Promise<Delta> {
    const volume = await loadDicomScan({ ...scan, slices }, decoder, { signal: job.signal });
    return repeatOn(volume, result, n, { signal: job.signal });
  }
}

/**
 * The slices within a written file lie where they lay: a mosaic whose private elements are
 * gone could be mirrored, a multi-frame object without its functional groups has no place.
 */
async function verifyPlaces(
  back: Uint8Array<ArrayBuffer>,
  { within }: DicomInstance,
): Promise<void> {
  if (!within) return;
  const source = memoryFile(back);
  const places = ({ parts }: DicomHeader): string =>
    JSON.stringify(
      parts && 'slices' in parts
        ? parts.slices.map(({ part, header: { position, orientation, pixelSpacing, rescale } }) => [
            part,
            position,
            orientation,
            pixelSpacing,
            rescale,
          ])
        : null,
    );
  const isSame = places(await readHeader(source)) === places(within.file);
  if (!isSame) throw new EffaceError('output/verify');
}

function memoryFile(bytes: Uint8Array<ArrayBuffer>): SourceFile {
  return {
    path: '',
    size: bytes.length,
    read: (start = 0, end = bytes.length) => Promise.resolve(bytes.slice(start, end)),
  };
}
