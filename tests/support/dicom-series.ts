/** A small axial CT series, as files in memory. */
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import type { SourceFile } from '../../src/core/source-file.ts';
import { fileBytes, u16, type Tree } from './dicom-bytes.ts';

export interface SeriesOptions {
  readonly slices?: number;
  readonly patient?: string;
  readonly uid?: string;
  readonly folder?: string;
  /** Elements between the patient's and the geometry, such as a vendor's. */
  readonly more?: readonly Tree[];
}

const ROWS = 4;
const COLUMNS = 5;

export function dicomSeries(options: SeriesOptions = {}): SourceFile[] {
  const { slices = 8, uid = '1.2.3', folder = 'ct' } = options;
  return Array.from({ length: slices }, (_, k) =>
    memorySource(`${folder}/${k + 1}.dcm`, dicomSlice(k, { ...options, uid })),
  );
}

export function dicomSlice(k: number, options: SeriesOptions = {}): Uint8Array<ArrayBuffer> {
  const { patient = 'P1', uid = '1.2.3', more = [] } = options;
  const pixels = new Uint8Array(2 * ROWS * COLUMNS).fill(k);
  const trees: Tree[] = [
    { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY\\AXIAL' },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: `${uid}.9.${k + 1}` },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x0008103e, vr: 'LO', value: 'Head' },
    { tag: 0x00100010, vr: 'PN', value: `Name^${patient}` },
    { tag: 0x00100020, vr: 'LO', value: patient },
    ...more,
    { tag: 0x0020000d, vr: 'UI', value: `${uid}.1` },
    { tag: 0x0020000e, vr: 'UI', value: `${uid}.2` },
    { tag: 0x00200013, vr: 'IS', value: String(k + 1) },
    { tag: 0x00200032, vr: 'DS', value: `0\\0\\${k * 2}` },
    { tag: 0x00200037, vr: 'DS', value: '1\\0\\0\\0\\1\\0' },
    { tag: 0x00200052, vr: 'UI', value: `${uid}.3` },
    { tag: 0x00280002, vr: 'US', value: u16(1) },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: u16(ROWS) },
    { tag: 0x00280011, vr: 'US', value: u16(COLUMNS) },
    { tag: 0x00280030, vr: 'DS', value: '1\\1' },
    { tag: 0x00280100, vr: 'US', value: u16(16) },
    { tag: 0x00280101, vr: 'US', value: u16(16) },
    { tag: 0x00280102, vr: 'US', value: u16(15) },
    { tag: 0x00280103, vr: 'US', value: u16(1) },
    { tag: 0x00281052, vr: 'DS', value: '0' },
    { tag: 0x00281053, vr: 'DS', value: '1' },
    { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ];
  return fileBytes(trees);
}
