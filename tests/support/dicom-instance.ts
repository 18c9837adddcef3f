/** A small MR instance with everything the export needs, and whatever a test adds to it. */
import { ascii, dataSetBytes, elementBytes, join, u16, u32, type Tree } from './dicom-bytes.ts';

export const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';
export const EXPLICIT_LE = '1.2.840.10008.1.2.1';
export const IMPLICIT_LE = '1.2.840.10008.1.2';
export const EXPLICIT_BE = '1.2.840.10008.1.2.2';
/** Implicit little endian with big endian pixels. */
export const GE_PRIVATE = '1.2.840.113619.5.2';

export interface InstanceOptions {
  readonly rows?: number;
  readonly columns?: number;
  /** Stored values, one a pixel; 0 where missing. */
  readonly pixels?: readonly number[];
  readonly transferSyntaxUID?: string;
  readonly sopInstanceUID?: string;
  readonly seriesInstanceUID?: string;
  readonly z?: number;
  readonly bitsAllocated?: 8 | 16;
  /** OW unless it says something else. */
  readonly pixelVr?: 'OB' | 'OW';
  readonly bitsStored?: number;
  readonly highBit?: number;
  readonly signed?: boolean;
  /** One frame as a code stream, in the place of `pixels`. */
  readonly stream?: Uint8Array;
  /** More elements, or others in place of those below (same tag). */
  readonly elements?: readonly Tree[];
  readonly meta?: readonly Tree[];
  readonly preamble?: Uint8Array;
  readonly trailing?: Uint8Array;
}

export function instanceTrees(options: InstanceOptions = {}): Tree[] {
  const { rows = 4, columns = 4, z = 0, bitsAllocated = 16 } = options;
  const { bitsStored = bitsAllocated, signed = false } = options;
  const { highBit = bitsStored - 1, transferSyntaxUID = EXPLICIT_LE } = options;
  const littleEndian = transferSyntaxUID !== EXPLICIT_BE;
  const us = (tag: number, value: number): Tree => ({
    tag,
    vr: 'US',
    value: u16(value, littleEndian),
  });
  const text = (tag: number, vr: string, value: string): Tree => ({ tag, vr, value });
  const values = Array.from({ length: rows * columns }, (_, n) => options.pixels?.[n] ?? 0);
  const { pixelVr = 'OW' } = options;
  const isLittle = littleEndian && transferSyntaxUID !== GE_PRIVATE;
  const pixels =
    bitsAllocated === 16
      ? join(...values.map((value) => u16(value & 0xffff, isLittle)))
      : isLittle || pixelVr === 'OB'
        ? Uint8Array.from(values)
        : Uint8Array.from(Buffer.from(values).swap16());
  const standard: Tree[] = [
    text(0x00080005, 'CS', 'ISO_IR 100'),
    text(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\M\\ND'),
    text(0x00080016, 'UI', MR_IMAGE),
    text(0x00080018, 'UI', options.sopInstanceUID ?? '1.3.12.2.1107.5.2.32.35131.1'),
    text(0x00080020, 'DA', '20140310'),
    text(0x00080030, 'TM', '121024.5'),
    text(0x00080050, 'SH', 'ACC4711009'),
    text(0x00080060, 'CS', 'MR'),
    text(0x00080070, 'LO', 'SIEMENS'),
    text(0x00080090, 'PN', 'Quincke^Heinrich'),
    text(0x00100010, 'PN', 'Wernicke^Carl'),
    text(0x00100020, 'LO', 'MRN-0081531'),
    text(0x00100030, 'DA', '18480515'),
    text(0x00100040, 'CS', 'M'),
    text(0x00180020, 'CS', 'GR'),
    text(0x00180021, 'CS', 'SP'),
    text(0x00180050, 'DS', '1.5'),
    text(0x00180080, 'DS', '2300'),
    text(0x00180081, 'DS', '2.98'),
    text(0x00185100, 'CS', 'HFS'),
    text(0x0020000d, 'UI', '1.3.12.2.1107.5.2.32.35131.9'),
    text(0x0020000e, 'UI', options.seriesInstanceUID ?? '1.3.12.2.1107.5.2.32.35131.8'),
    text(0x00200010, 'SH', 'STUDY77'),
    text(0x00200011, 'IS', '3'),
    text(0x00200013, 'IS', '1'),
    text(0x00200032, 'DS', `-10\\-20\\${z}`),
    text(0x00200037, 'DS', '1\\0\\0\\0\\1\\0'),
    text(0x00200052, 'UI', '1.3.12.2.1107.5.2.32.35131.7'),
    us(0x00280002, 1),
    text(0x00280004, 'CS', 'MONOCHROME2'),
    us(0x00280010, rows),
    us(0x00280011, columns),
    text(0x00280030, 'DS', '1\\1'),
    us(0x00280100, bitsAllocated),
    us(0x00280101, bitsStored),
    us(0x00280102, highBit),
    us(0x00280103, signed ? 1 : 0),
  ];
  if (!options.stream) standard.push({ tag: 0x7fe00010, vr: pixelVr, value: pixels });
  const own = options.elements ?? [];
  const replaced = new Set(own.map(({ tag }) => tag));
  return [...standard.filter(({ tag }) => !replaced.has(tag)), ...own].sort(
    (a, b) => a.tag - b.tag,
  );
}

export function instanceBytes(options: InstanceOptions = {}): Uint8Array<ArrayBuffer> {
  const { transferSyntaxUID = EXPLICIT_LE } = options;
  const meta = dataSetBytes(
    [
      { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
      { tag: 0x00020002, vr: 'UI', value: MR_IMAGE },
      {
        tag: 0x00020003,
        vr: 'UI',
        value: options.sopInstanceUID ?? '1.3.12.2.1107.5.2.32.35131.1',
      },
      { tag: 0x00020010, vr: 'UI', value: transferSyntaxUID },
      { tag: 0x00020012, vr: 'UI', value: '1.3.12.2.1107.5.2' },
      ...(options.meta ?? []),
    ].sort((a, b) => a.tag - b.tag),
  );
  const length = elementBytes({ tag: 0x00020000, vr: 'UL', value: u32(meta.length) });
  const dataSet = dataSetBytes(instanceTrees(options), {
    explicit: transferSyntaxUID !== IMPLICIT_LE && transferSyntaxUID !== GE_PRIVATE,
    littleEndian: transferSyntaxUID !== EXPLICIT_BE,
  });
  const preamble = options.preamble ?? new Uint8Array(128);
  const encapsulated = options.stream ? fragmentsOf(options.stream) : new Uint8Array();
  const trailing = options.trailing ?? new Uint8Array();
  return join(preamble, ascii('DICM'), length, meta, dataSet, encapsulated, trailing);
}

/** PixelData with an empty Basic Offset Table and one fragment (PS3.5 §A.4). */
function fragmentsOf(stream: Uint8Array): Uint8Array<ArrayBuffer> {
  const item = (bytes: Uint8Array): Uint8Array =>
    join(u16(0xfffe), u16(0xe000), u32(bytes.length), bytes);
  const even = stream.length % 2 === 0 ? stream : join(stream, new Uint8Array(1));
  const head = join(u16(0x7fe0), u16(0x0010), ascii('OB'), u16(0), u32(0xffffffff));
  const end = join(u16(0xfffe), u16(0xe0dd), u32(0));
  return join(head, item(new Uint8Array()), item(even), end);
}
