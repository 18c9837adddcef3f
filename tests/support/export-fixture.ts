/** A patient with a name, two small series and a NIfTI file, ready to be exported. */
import { expect } from 'vitest';
import type { ExportItem, ExportOptions } from '../../src/app/export-scans.ts';
import { loadVolume } from '../../src/app/load-volume.ts';
import { openScans, type Scan } from '../../src/app/open-scans.ts';
import type { FrameDecoder } from '../../src/app/ports.ts';
import type { SourceFile } from '../../src/core/source-file.ts';
import { boxed } from './defaced.ts';
import { instanceBytes } from './dicom-instance.ts';
import { niftiFile } from './nifti-file.ts';
import { hmacWith } from './secrets.ts';
import { memoryFile } from './shared-data.ts';
import { BASIC } from '../../src/core/deidentify/options.ts';

/** The value, which must be there. */
export function sure<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('it is missing');
  return value;
}

export const noDecoder: FrameDecoder = {
  decode: () => Promise.reject(new Error('nothing to decode')),
};
export const secrets = { hmacSha256: hmacWith('key') };

/** @param text bytes that stand in the last row of the pixels (not in the box that is removed) */
export function seriesFiles(n: number, transferSyntaxUID?: string, text = ''): SourceFile[] {
  const letters = Buffer.from(text);
  const words = Array.from({ length: letters.length / 2 }, (_, at) => letters.readUInt16LE(2 * at));
  return Array.from({ length: 9 }, (_, k) =>
    memoryFile(
      `WERNICKE/${n}/${k}`,
      instanceBytes({
        rows: 12,
        columns: 10,
        z: 12 * k,
        pixels: Array.from(
          { length: 120 },
          (_, v) => words[v - 110] ?? 100 + ((v * 7 + k * 13 + n) % 500),
        ),
        sopInstanceUID: `1.3.12.2.1107.5.2.32.35131.${n}.${k}`,
        seriesInstanceUID: `1.3.12.2.1107.5.2.32.35131.8${n}`,
        elements: [
          { tag: 0x00080080, vr: 'LO', value: 'Charite Berlin' },
          { tag: 0x00280030, vr: 'DS', value: '14\\14' },
        ],
        ...(transferSyntaxUID === undefined ? {} : { transferSyntaxUID }),
      }),
    ),
  );
}

export const nifti = (): SourceFile =>
  memoryFile(
    'in/doe_jane.nii.gz',
    niftiFile({
      dim: [3, 12, 10, 9],
      pixdim: [1, 14, 14, 12],
      gz: true,
      texts: { 148: 'Jane Doe', 228: 'doe.img' },
    }),
  );

export async function open(files: readonly SourceFile[]): Promise<readonly Scan[]> {
  const { scans, left, skipped } = await openScans(files, {});
  expect({ left, skipped }).toEqual({ left: [], skipped: [] });
  return scans;
}

export async function itemOf(scan: Scan, own: Partial<ExportItem> = {}): Promise<ExportItem> {
  const volume = await loadVolume(scan, noDecoder);
  return {
    scan,
    defaced: boxed(scan.grid, { scan: scan.id, value: 3, like: volume.stored }),
    approved: { by: 'person', note: null },
    ...own,
  };
}

export const options = (own: Partial<ExportOptions> = {}): ExportOptions => ({
  deidentification: BASIC,
  mask: false,
  acceptReview: false,
  tool: { version: '1.0.0', model: null, backend: 'wasm' },
  chosen: { method: 'blank' },
  left: [],
  skipped: [],
  ...own,
});
