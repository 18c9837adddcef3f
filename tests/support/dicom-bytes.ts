/** Writes small DICOM files for tests, independently of the writer under test. */

export interface Tree {
  readonly tag: number;
  readonly vr: string;
  /** Bytes, text, or items of a sequence. */
  readonly value: Uint8Array | string | readonly (readonly Tree[])[];
  /** Sequence and items of undefined length. */
  readonly open?: boolean;
}

export interface Writing {
  readonly explicit?: boolean;
  readonly littleEndian?: boolean;
}

const LONG = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' ');

export function u16(value: number, littleEndian = true): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, littleEndian);
  return bytes;
}

export function u32(value: number, littleEndian = true): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, littleEndian);
  return bytes;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts));
}

export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** Even text: padded with a space, UIDs with NUL. */
export function text(value: string, vr = 'LO'): Uint8Array<ArrayBuffer> {
  return ascii(value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '));
}

export function elementBytes(tree: Tree, writing: Writing = {}): Uint8Array<ArrayBuffer> {
  const { explicit = true, littleEndian = true } = writing;
  const { tag, vr, value, open = false } = tree;
  const body =
    typeof value === 'string'
      ? text(value, vr)
      : value instanceof Uint8Array
        ? value
        : join(
            ...value.map((item) => itemBytes(item, open, writing)),
            ...(open ? [delimiter(0xe0dd, littleEndian)] : []),
          );
  const length = open ? 0xffffffff : body.length;
  const place = join(u16(tag >>> 16, littleEndian), u16(tag & 0xffff, littleEndian));
  if (!explicit) return join(place, u32(length, littleEndian), body);
  return LONG.includes(vr)
    ? join(place, ascii(vr), u16(0), u32(length, littleEndian), body)
    : join(place, ascii(vr), u16(length, littleEndian), body);
}

export function dataSetBytes(
  trees: readonly Tree[],
  writing: Writing = {},
): Uint8Array<ArrayBuffer> {
  return join(...trees.map((tree) => elementBytes(tree, writing)));
}

/** A whole file with preamble and meta group. */
export function fileBytes(
  trees: readonly Tree[],
  transferSyntaxUID = '1.2.840.10008.1.2.1',
  writing: Writing = {},
): Uint8Array<ArrayBuffer> {
  const meta = dataSetBytes([
    { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
    { tag: 0x00020010, vr: 'UI', value: transferSyntaxUID },
  ]);
  const length = elementBytes({ tag: 0x00020000, vr: 'UL', value: u32(meta.length) });
  return join(new Uint8Array(128), ascii('DICM'), length, meta, dataSetBytes(trees, writing));
}

function itemBytes(
  trees: readonly Tree[],
  open: boolean,
  writing: Writing,
): Uint8Array<ArrayBuffer> {
  const { littleEndian = true } = writing;
  const body = dataSetBytes(trees, writing);
  const head = join(u16(0xfffe, littleEndian), u16(0xe000, littleEndian));
  return open
    ? join(head, u32(0xffffffff), body, delimiter(0xe00d, littleEndian))
    : join(head, u32(body.length, littleEndian), body);
}

function delimiter(element: number, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  return join(u16(0xfffe, littleEndian), u16(element, littleEndian), u32(0));
}
