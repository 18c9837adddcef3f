/** What was removed from a DICOM series, beside it: as NIfTI, and as a Segmentation object. */
import { textAt } from '../core/deidentify/element-value.ts';
import type { DicomScan } from '../core/dicom/dicom-scan.ts';
import type { Part10File } from '../core/dicom/element.ts';
import { defacemask } from '../core/export/defacemask.ts';
import { maskPath, segmentationPath } from '../core/export/names.ts';
import { segmentationObject } from '../core/export/segmentation-object.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Mask } from '../core/volume/volume.ts';
import type { SeriesContext } from './export-scans.ts';

/** An instance as it was written: its UIDs, and of one of the series the header. */
export interface WrittenSlice {
  readonly file: Part10File | null;
  readonly sopClass: string;
  readonly sopInstance: string;
}

/**
 * The Segmentation object is written where each slice is a file of its own; frames of a
 * multi-frame object have the NIfTI mask alone.
 *
 * @param written by source file
 * @throws EffaceError `output/write`, `output/verify`
 */
export async function writeMask(
  scan: DicomScan,
  region: Mask,
  written: ReadonlyMap<SourceFile, WrittenSlice>,
  folder: string,
  { pseudonyms, version, writer }: SeriesContext,
): Promise<void> {
  await writer.write(maskPath(folder), defacemask(region));
  const instance = [...written.values()].find(({ file }) => file)?.file;
  if (!instance || scan.slices.some((slice) => slice?.instance.within)) return;
  const series = textAt(instance, instance.dataSet, 0x0020000e).trim();
  const uid = (part: string): Promise<string> => pseudonyms.uid(`${series}.9000${part}`);
  const bytes = segmentationObject({
    instance,
    mask: region,
    slices: scan.slices.map((slice) => (slice && written.get(slice.instance.source)) ?? null),
    uids: {
      sourceSeries: series,
      series: await uid('.1'),
      instance: await uid('.2'),
      dimensions: await uid('.3'),
    },
    version,
  });
  if (bytes) await writer.write(segmentationPath(folder), bytes);
}
