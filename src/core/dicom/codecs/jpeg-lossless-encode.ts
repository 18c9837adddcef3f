/**
 * JPEG lossless, process 14 with selection value 1 (ITU-T T.81 annex H): each pixel as its
 * difference from the one to its left, in a Huffman code made for the picture.
 */
import type { FrameFormat } from '../encoded-frame.ts';
import type { StoredArray } from '../../volume/volume.ts';

/** Differences have 0 to 16 bits. */
const CATEGORIES = 17;
const MAX_CODE_BITS = 16;

/** One grey frame; the low BitsStored bits of the values, without sign. */
export function encodeJpegLossless(
  values: StoredArray,
  { rows, columns, bitsStored }: FrameFormat,
): Uint8Array<ArrayBuffer> {
  const differences = differencesOf(values, rows, columns, bitsStored);
  const counts = new Array<number>(CATEGORIES).fill(0);
  for (const difference of differences) {
    const category = categoryOf(difference);
    counts[category] = (counts[category] ?? 0) + 1;
  }
  const { lengths, symbols } = huffmanLengths(counts);
  const codes = codesOf(lengths, symbols);
  const out = new Bits();
  out.bytes(0xff, 0xd8); // SOI
  out.bytes(0xff, 0xc3, 0, 11, bitsStored, rows >> 8, rows & 255, columns >> 8, columns & 255, 1);
  out.bytes(1, 0x11, 0); // the one component
  out.bytes(0xff, 0xc4, 0, 19 + symbols.length, 0, ...lengths, ...symbols); // DHT
  out.bytes(0xff, 0xda, 0, 8, 1, 1, 0, 1, 0, 0); // SOS, selection value 1
  for (const difference of differences) {
    const category = categoryOf(difference);
    const [code, length] = codes[category] ?? [0, 0];
    out.code(code, length);
    // 32768 needs no bits; negative ones are one less, so that their first bit is 0.
    if (category > 0 && category < 16) {
      out.code((difference < 0 ? difference - 1 : difference) & ((1 << category) - 1), category);
    }
  }
  out.flush();
  out.bytes(0xff, 0xd9); // EOI
  return out.take();
}

/** H.1.2.1: from the left; the first of a row from above, the very first from half the range. */
function differencesOf(
  values: StoredArray,
  rows: number,
  columns: number,
  bitsStored: number,
): Int32Array {
  const mask = 2 ** bitsStored - 1;
  const differences = new Int32Array(rows * columns);
  for (let n = 0; n < differences.length; n++) {
    const predicted =
      n === 0
        ? 2 ** (bitsStored - 1)
        : (values[n % columns ? n - 1 : n - columns] as number) & mask;
    const difference = (((values[n] as number) & mask) - predicted) & 0xffff; // modulo 2^16
    differences[n] = difference > 0x8000 ? difference - 0x10000 : difference;
  }
  return differences;
}

function categoryOf(difference: number): number {
  return 32 - Math.clz32(Math.abs(difference));
}

interface Table {
  /** How many codes have 1 … 16 bits. */
  readonly lengths: readonly number[];
  /** Categories, those with short codes first. */
  readonly symbols: readonly number[];
}

/** K.2: code lengths by how often each category occurs; one code is kept free of all ones. */
function huffmanLengths(counts: readonly number[]): Table {
  const RESERVED = CATEGORIES;
  let trees = [...counts.entries()]
    .filter(([, count]) => count > 0)
    .map(([symbol, count]) => ({ count, symbols: [symbol] }));
  trees.push({ count: 0, symbols: [RESERVED] });
  const bits = new Array<number>(CATEGORIES + 1).fill(0);
  while (trees.length > 1) {
    // The rarest two; the reserved one first, so that its code is the longest.
    trees = trees.sort((a, b) => a.count - b.count);
    const [a, b, ...rest] = trees;
    if (!a || !b) break;
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) bits[symbol] = (bits[symbol] ?? 0) + 1;
    trees = [...rest, { count: a.count + b.count, symbols }];
  }
  const lengths = new Array<number>(CATEGORIES + 2).fill(0);
  for (const length of bits) if (length > 0) lengths[length] = (lengths[length] ?? 0) + 1;
  shorten(lengths);
  const symbols = [...counts.keys()]
    .filter((symbol) => (bits[symbol] ?? 0) > 0)
    .sort((a, b) => (bits[a] ?? 0) - (bits[b] ?? 0) || a - b);
  return { lengths: lengths.slice(1, MAX_CODE_BITS + 1), symbols };
}

/** Figure K.3: no code is longer than 16 bits, and the longest is taken out for the reserved one. */
function shorten(lengths: number[]): void {
  for (let n = lengths.length - 1; n > MAX_CODE_BITS; n--) {
    while ((lengths[n] ?? 0) > 0) {
      let shorter = n - 2;
      while ((lengths[shorter] ?? 0) === 0) shorter--;
      lengths[n] = (lengths[n] ?? 0) - 2;
      lengths[n - 1] = (lengths[n - 1] ?? 0) + 1;
      lengths[shorter + 1] = (lengths[shorter + 1] ?? 0) + 2;
      lengths[shorter] = (lengths[shorter] ?? 0) - 1;
    }
  }
  let longest = MAX_CODE_BITS;
  while ((lengths[longest] ?? 0) === 0) longest--;
  lengths[longest] = (lengths[longest] ?? 0) - 1;
}

/** C.2: code and length of each category. */
function codesOf(
  lengths: readonly number[],
  symbols: readonly number[],
): readonly (readonly [code: number, length: number] | undefined)[] {
  const codes: (readonly [number, number] | undefined)[] = [];
  let [code, at] = [0, 0];
  lengths.forEach((count, n) => {
    for (let one = 0; one < count; one++) codes[symbols[at++] ?? 0] = [code++, n + 1];
    code <<= 1;
  });
  return codes;
}

/** Bytes, and bits with a zero stuffed behind each byte of ones (B.1.1.5). */
class Bits {
  private buffer = new Uint8Array(65536);
  private size = 0;
  private pending = 0;
  private held = 0;

  bytes(...bytes: readonly number[]): void {
    for (const byte of bytes) this.push(byte);
  }

  /** At most 16 bits. */
  code(bits: number, length: number): void {
    this.pending = (this.pending << length) | bits;
    this.held += length;
    while (this.held >= 8) {
      this.held -= 8;
      const byte = (this.pending >>> this.held) & 0xff;
      this.push(byte);
      if (byte === 0xff) this.push(0);
    }
    this.pending &= (1 << this.held) - 1;
  }

  /** Fills the last byte with ones. */
  flush(): void {
    if (this.held > 0) this.code((1 << (8 - this.held)) - 1, 8 - this.held);
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.size);
  }

  private push(byte: number): void {
    if (this.size === this.buffer.length) {
      const larger = new Uint8Array(2 * this.size);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.size++] = byte;
  }
}
