/** Enhanced MR objects and Siemens mosaics in memory. */
import { ascii, join, u16, u32, type Tree } from './dicom-bytes.ts';
import { instanceBytes, type InstanceOptions } from './dicom-instance.ts';

export const ENHANCED_MR = '1.2.840.10008.5.1.4.1.1.4.1';

export interface FrameOptions {
  readonly z: number;
  readonly stack?: string;
  readonly time?: number;
  readonly slope?: number;
  readonly component?: string;
  readonly values?: readonly number[];
}

const ROWS = 3;
const COLUMNS = 4;

/** One frame for each entry, 3 rows of 4 pixels; geometry in the functional groups alone. */
export function enhancedMr(
  frames: readonly FrameOptions[],
  own: InstanceOptions & { readonly concatenation?: number } = {},
): Uint8Array<ArrayBuffer> {
  const text = (tag: number, vr: string, value: string): Tree => ({ tag, vr, value });
  const one = (tag: number, ...elements: Tree[]): Tree => ({ tag, vr: 'SQ', value: [elements] });
  const shared: Tree = {
    tag: 0x52009229,
    vr: 'SQ',
    value: [
      [
        one(0x00209116, text(0x00200037, 'DS', '1\\0\\0\\0\\1\\0')),
        one(0x00289110, text(0x00280030, 'DS', '1\\1')),
      ],
    ],
  };
  const perFrame: Tree = {
    tag: 0x52009230,
    vr: 'SQ',
    open: true,
    value: frames.map(({ z, stack = '1', time = 1, slope = 1, component = 'MAGNITUDE' }) => [
      one(
        0x00189226,
        text(0x00089007, 'CS', 'ORIGINAL\\PRIMARY\\T1\\NONE'),
        text(0x00089208, 'CS', component),
      ),
      one(0x00209111, text(0x00209056, 'SH', stack), {
        tag: 0x00209128,
        vr: 'UL',
        value: u32(time),
      }),
      one(0x00209113, text(0x00200032, 'DS', `-10\\-20\\${z}`)),
      one(0x00289145, text(0x00281052, 'DS', '0'), text(0x00281053, 'DS', String(slope))),
    ]),
  };
  const pixels = frames.flatMap(({ values }) =>
    Array.from({ length: ROWS * COLUMNS }, (_, n) => u16(values?.[n] ?? 100 + n)),
  );
  const removed: Tree[] = [
    text(0x00080016, 'UI', ENHANCED_MR),
    text(0x00200032, 'DS', ''),
    text(0x00200037, 'DS', ''),
    text(0x00280030, 'DS', ''),
  ];
  const concatenation: Tree[] =
    own.concatenation === undefined
      ? []
      : [
          text(0x00209161, 'UI', '1.2.3.77'),
          { tag: 0x00209162, vr: 'US', value: u16(1) },
          { tag: 0x00209163, vr: 'US', value: u16(own.concatenation) },
        ];
  return instanceBytes({
    ...own,
    rows: ROWS,
    columns: COLUMNS,
    elements: [
      ...removed,
      ...concatenation,
      text(0x00280008, 'IS', String(frames.length)),
      shared,
      perFrame,
      { tag: 0x7fe00010, vr: 'OW', value: join(...pixels) },
      ...(own.elements ?? []),
    ],
  });
}

export interface MosaicOptions {
  /** Number of slices of 2 × 2 pixels. */
  readonly slices: number;
  /** The CSA image header; null: none. */
  readonly csa: Uint8Array | null;
  readonly sopInstanceUID?: string;
  readonly elements?: readonly Tree[];
}

/** Slices as tiles, row by row; each pixel of slice n holds 10 · n + its index. */
export function mosaic({
  slices,
  csa,
  sopInstanceUID,
  elements = [],
}: MosaicOptions): Uint8Array<ArrayBuffer> {
  const across = Math.ceil(Math.sqrt(slices));
  const side = 2 * across;
  const pixels = Array.from({ length: side * side }, (_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    const n = Math.floor(row / 2) * across + Math.floor(column / 2);
    return n < slices ? 10 * n + 2 * (row % 2) + (column % 2) : 0;
  });
  const image: Tree[] = csa
    ? [
        { tag: 0x00290010, vr: 'LO', value: 'SIEMENS CSA HEADER' },
        { tag: 0x00291008, vr: 'CS', value: 'IMAGE NUM 4' },
        { tag: 0x00291009, vr: 'LO', value: '20140310' },
        { tag: 0x00291010, vr: 'OB', value: csa },
        { tag: 0x00291020, vr: 'OB', value: ascii('1.3.12.2.1107.5.2.32.35131.99 ') },
      ]
    : [];
  return instanceBytes({
    ...(sopInstanceUID === undefined ? {} : { sopInstanceUID }),
    rows: side,
    columns: side,
    pixels,
    elements: [
      { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC' },
      { tag: 0x00180088, vr: 'DS', value: '4' },
      { tag: 0x00190010, vr: 'LO', value: 'SIEMENS MR HEADER' },
      { tag: 0x0019100a, vr: 'US', value: u16(slices) },
      ...image,
      ...elements,
    ],
  });
}
