/**
 * Other people's series, with a box removed, de-identified and written to a temporary
 * folder: what the tests with other people's tools look at.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { createMemorySink } from '../../src/adapters/memory/memory-sink.ts';
import { exportScans } from '../../src/app/export-scans.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans } from '../../src/app/open-scans.ts';
import { BASIC, type DeidentificationOptions } from '../../src/core/deidentify/options.ts';
import { writtenFiles, type DicomScan } from '../../src/core/dicom/dicom-scan.ts';
import type { Mask, Volume } from '../../src/core/volume/volume.ts';
import type { SeriesReport } from '../../src/core/report/report.ts';
import { boxed } from './defaced.ts';
import { hmacWith } from './secrets.ts';
import { filesBelow, folderOf, sourceFileAt } from './shared-data.ts';

/** Whole heads of ../shared/data that are classic single-frame series. */
export const HEAD_SERIES = [
  'ct-headneck-wholeface',
  'mr-siemens-memprage',
  'mr-ge-coronal-t1',
  'mr-siemens-prone',
  'mr-siemens-decubitus-left',
  'mr-siemens-thick-t1post',
  'mr-ge-thick-pd',
] as const;

/** Of them the small ones: an axial, a coronal, two sagittal. */
export const SMALL_SERIES = [
  'mr-ge-coronal-t1',
  'mr-siemens-prone',
  'mr-siemens-thick-t1post',
  'mr-ge-thick-pd',
] as const;

/** Multi-frame objects and mosaics of ../shared/data that hold a volume. */
export const VOLUME_FILES = [
  'mr-siemens-enhanced-t1',
  'cases/enhanced/philips_fieldmap_64frames.dcm',
  'cases/enhanced/siemens_direct.dcm',
  'cases/enhanced/siemens_via_Agfa_PACS.dcm',
  'cases/enhanced/eMR_philips_8frames.dcm',
  'cases/enhanced/eMR_siemens_8frames.dcm',
  'cases/enhanced/hyperfine_8frames.dcm',
  'cases/enhanced/mosaic_35slices_explicit.dcm',
  'cases/enhanced/mosaic_j2k.dcm',
  'cases/enhanced/mosaic_jpeg-lossless.dcm',
  'cases/objects/mosaic_derived_relCBF.dcm',
] as const;

export interface ExportedSeries {
  /** Files in the order of the slices, before and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The slice k of each of them, where each is one. */
  readonly slices: readonly number[];
  /** Folder that holds the series, before and after. */
  readonly folders: { readonly before: string; readonly after: string };
  readonly volume: Volume;
  readonly region: Mask;
  readonly report: SeriesReport;
}

/** Exports one series of a folder of ../shared/data under `into`. */
export async function exportedSeries(
  data: string,
  name: string,
  own: Partial<DeidentificationOptions> = {},
): Promise<ExportedSeries> {
  const folder = folderOf(path.join(data, name));
  const decoder = createFrameDecoder();
  const { scans } = await openScans(filesBelow(folder).map(sourceFileAt), {});
  const scan = scans.find((one): one is DicomScan => one.kind === 'dicom');
  if (!scan) throw new Error(`no scan in ${name}`);
  const volume = await loadVolume(scan, decoder);
  const defaced = boxed(scan.grid, {
    scan: scan.id,
    value: volume.air[0] ?? 0,
    like: volume.stored,
  });
  const sink = createMemorySink();
  const report = await exportScans(
    [{ scan, defaced, approved: { by: 'person', note: null } }],
    {
      deidentification: { ...BASIC, ...own },
      mask: false,
      acceptReview: false,
      tool: { version: '1.0.0', model: null, backend: null },
      chosen: {},
      left: [],
      skipped: [],
    },
    { sink, secrets: { hmacSha256: hmacWith('key') }, decoder },
  );
  const [series] = report.series;
  if (series?.output.length === 0) throw new Error(`not written: ${String(series.reason?.code)}`);
  const into = mkdtempSync(path.join(tmpdir(), 'efface-exported-'));
  for (const [file, bytes] of sink.files) {
    mkdirSync(path.dirname(path.join(into, file)), { recursive: true });
    writeFileSync(path.join(into, file), bytes);
  }
  if (!series || !defaced.result) throw new Error('one series in, one series out');
  const after = series.output.map((file) => path.join(into, file));
  return {
    before: writtenFiles(scan).map(({ source }) => source.path),
    after,
    slices: scan.slices.flatMap((slice, k) => (slice ? [k] : [])),
    folders: { before: folder, after: path.dirname(after[0] ?? into) },
    volume,
    region: defaced.result.region,
    report: series,
  };
}
