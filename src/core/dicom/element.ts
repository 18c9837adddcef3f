/**
 * A DICOM file as spans of bytes (PS3.5 §7, PS3.10): what the span writer edits.
 *
 * Offsets are absolute positions in `bytes`. An untouched element is written back as
 * the bytes [headStart, end) it was read from; see span-writer.ts.
 */

export interface Element {
  /** 0xggggeeee as an unsigned number. */
  readonly tag: number;
  /** Two letters; null in implicit VR where the dictionary does not know the tag. */
  readonly vr: string | null;
  /** `short` and `long` are explicit VR headers of 8 and 12 bytes, `implicit` has no VR. */
  readonly form: 'short' | 'long' | 'implicit';
  readonly headStart: number;
  readonly dataStart: number;
  /** End of the value, without a delimiter. */
  readonly dataEnd: number;
  /** End of the element, with its delimiter if it has one. */
  readonly end: number;
  readonly undefinedLength: boolean;
  /** Sequence items, for SQ and for UN that holds a sequence. */
  readonly items: readonly Item[] | null;
  /** Fragments of encapsulated pixel data, the Basic Offset Table first. */
  readonly fragments: readonly Span[] | null;
}

export interface Item {
  readonly headStart: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly end: number;
  readonly undefinedLength: boolean;
  readonly elements: readonly Element[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Part10File {
  /** All bytes; for a deflated file the meta group and the inflated data set. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The file as it was read: the same object as `bytes` unless it is deflated. */
  readonly original: Uint8Array<ArrayBuffer>;
  readonly transferSyntaxUID: string;
  readonly encoding: {
    readonly explicit: boolean;
    readonly littleEndian: boolean;
    readonly deflated: boolean;
    readonly encapsulated: boolean;
  };
  /** Whether bytes 0–131 are a preamble and `DICM`. */
  readonly hasPreamble: boolean;
  /** Where the data set starts in `bytes` (and in `original`). */
  readonly dataSetStart: number;
  /** Group 0002. */
  readonly meta: readonly Element[];
  readonly dataSet: readonly Element[];
  /** Bytes after the last element that are no element. */
  readonly trailing: Span | null;
}

/** A new element to be inserted in tag order; a value of bytes, or items for SQ. */
export interface NewElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: Uint8Array | readonly (readonly NewElement[])[];
}

export type Edit =
  | { readonly kind: 'remove' }
  | { readonly kind: 'replace'; readonly value: Uint8Array }
  /** Other fragments of encapsulated PixelData, the Basic Offset Table first, each of even length. */
  | { readonly kind: 'refragment'; readonly fragments: readonly Uint8Array[] }
  /** Replaces header, VR and value (for example PixelData when the transfer syntax changes). */
  | { readonly kind: 'rewrite'; readonly element: NewElement };

export interface EditList {
  /** Keyed by the very element object, so that duplicates of a tag can be told apart. */
  readonly edits: ReadonlyMap<Element, Edit>;
  readonly insertMeta: readonly NewElement[];
  readonly insertDataSet: readonly NewElement[];
  /** Zero the 128 preamble bytes (they can hold a TIFF header or text). */
  readonly zeroPreamble: boolean;
  /** Leave out bytes after the last element. */
  readonly dropTrailing: boolean;
}
