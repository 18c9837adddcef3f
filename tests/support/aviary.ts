/**
 * A marker of its own in every attribute of the standard that holds text, a name, a UID or
 * a date, in many places and forms of a file; and the search for them in what is written.
 */
import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { allAttributes, formatTag } from '../../src/core/dicom/dictionary.ts';
import { csaHeader } from './csa.ts';
import { ascii, dataSetBytes, elementBytes, join, type Tree } from './dicom-bytes.ts';
import { instanceBytes } from './dicom-instance.ts';

/** Attributes without which the instance would be no image; they get no marker. */
// prettier-ignore
export const NEEDED = new Set([
  0x00080005, 0x00080016, 0x00080060, 0x00280004, 0x7fe00010,
]);

export interface Canary {
  readonly place: string;
  readonly marker: string;
  readonly vr: string;
  readonly tag: number;
}

export class Aviary {
  readonly canaries: Canary[] = [];
  #days = 0;

  /** A marker that is legal in a VR; null where the VR holds no marker. */
  marker(tag: number, vr: string, place: string): string | null {
    const n = this.canaries.length + 1;
    const word = `ZQ${(n + 26 ** 4).toString(26).replace(/[0-9]/g, (d) => 'qrstuvwxyz'.charAt(Number(d)))}XJ`;
    const marker = {
      PN: `${word}^Jane`,
      UI: `1.9.77.${n}.4242`,
      DA: vr === 'DA' ? this.#day() : '',
      DT: `17${String(n).padStart(4, '0')}1112131415.${n}77`,
      CS: word.toUpperCase(),
      AE: word,
      SH: word,
      LO: `about ${word}`,
      ST: `about ${word}`,
      LT: `about ${word}`,
      UT: `about ${word}`,
      UC: `about ${word}`,
      UR: `http://${word}.org`,
    }[vr];
    if (marker === undefined) return null;
    // What must not be found: the part that is unique.
    const unique = vr === 'UI' || vr === 'DT' || vr === 'DA' ? marker : word;
    this.canaries.push({ place, marker: unique, vr, tag });
    return marker;
  }

  /** A day of its own in the 19th century. */
  #day(): string {
    const n = this.#days++;
    const two = (value: number): string => String(value + 1).padStart(2, '0');
    return `${1800 + Math.floor(n / 336)}${two(Math.floor(n / 28) % 12)}${two(n % 28)}`;
  }

  word(place: string): string {
    return this.marker(0, 'SH', place) ?? '';
  }

  tree(tag: number, vr: string, place: string): Tree | null {
    const value = this.marker(tag, vr, place);
    return value === null ? null : { tag, vr, value };
  }
}

const NESTED: readonly (readonly [number, string])[] = [
  [0x00080014, 'UI'],
  [0x00080080, 'LO'],
  [0x00080104, 'LO'],
  [0x00081155, 'UI'],
  [0x0008115a, 'UI'],
  [0x00100010, 'PN'],
  [0x00100030, 'DA'],
  [0x0040a123, 'PN'],
  [0x0040a160, 'UT'],
  [0x00283003, 'LO'],
];

/** One marker of each kind of text, to stand in an item. */
export function nested(aviary: Aviary, place: string): Tree[] {
  return NESTED.map(([tag, vr]) => aviary.tree(tag, vr, `${place} ${formatTag(tag)}`)).filter(
    (tree) => tree !== null,
  );
}

/** A sequence of the standard, (0008,1199), that the file declares UN. */
const KNOWN_AS_UNKNOWN = 0x00081199;

/** An instance with a marker wherever one can be. */
export function cage(aviary: Aviary, transferSyntaxUID: string): Uint8Array<ArrayBuffer> {
  const elements: Tree[] = [];
  for (const { tag, vr } of allAttributes()) {
    const group = tag >>> 16;
    if (group < 8 || group >= 0x7fe0 || NEEDED.has(tag) || (tag & 0xffff) === 0) continue;
    const tree = aviary.tree(tag, vr, formatTag(tag));
    if (tree) elements.push(tree);
    else if (vr === 'SQ' && tag !== KNOWN_AS_UNKNOWN) {
      const inner = nested(aviary, `in ${formatTag(tag)}`);
      const within = (place: string, tree?: Tree): Tree => ({
        tag: 0x0040a170,
        vr: 'SQ',
        value: [
          [...nested(aviary, `${place} in ${formatTag(tag)}`), ...(tree ? [tree] : [])].sort(
            (a, b) => a.tag - b.tag,
          ),
        ],
      });
      const deeper = within('two deep', within('three deep'));
      elements.push({
        tag,
        vr,
        value: [[...inner, deeper].sort((a, b) => a.tag - b.tag)],
        open: tag % 2 === 0,
      });
    }
  }
  const unknown: Tree = {
    tag: 0x00189ff0,
    vr: 'UN',
    value: elementBytesOfItem(nested(aviary, 'in UN')),
  };
  const knownAsUnknown: Tree = {
    tag: KNOWN_AS_UNKNOWN,
    vr: 'UN',
    value: elementBytesOfItem(nested(aviary, 'in UN of a known tag')),
  };
  elements.push(
    { tag: 0x00090010, vr: 'LO', value: aviary.word('private creator') },
    { tag: 0x00091001, vr: 'LO', value: aviary.word('private LO') },
    { tag: 0x00091002, vr: 'OB', value: ascii(`\x01\x02${aviary.word('private OB')}\0\0`) },
    { tag: 0x00091003, vr: 'SQ', value: [nested(aviary, 'in private SQ')], open: true },
    { tag: 0x00091004, vr: 'UN', value: elementBytesOfItem(nested(aviary, 'in private UN')) },
    { tag: 0x00091005, vr: 'OB', value: wide(aviary.word('UTF-16 LE'), 'le') },
    { tag: 0x00091006, vr: 'OB', value: wide(aviary.word('UTF-16 BE'), 'be') },
    { tag: 0x00091007, vr: 'OB', value: swapped(aviary.word('swapped')) },
    { tag: 0x00091008, vr: 'OB', value: even(gzipSync(aviary.word('gzip'))) },
    { tag: 0x00091009, vr: 'OB', value: even(deflateSync(aviary.word('zlib'))) },
    { tag: 0x0009100a, vr: 'UT', value: even(Buffer.from(base64(aviary.word('base64')))) },
    ...csaElements(aviary),
    { tag: 0x60000022, vr: 'LO', value: aviary.word('overlay description') },
    { tag: 0x60024000, vr: 'LT', value: aviary.word('overlay comments') },
    { tag: 0x60023000, vr: 'OW', value: ascii(aviary.word('overlay data').padEnd(16)) },
    { tag: 0x50040022, vr: 'LO', value: aviary.word('curve') },
    {
      tag: 0xfffcfffc,
      vr: 'OB',
      value: ascii(aviary.word('data set trailing padding').padEnd(16)),
    },
    unknown,
  );
  return instanceBytes({
    transferSyntaxUID,
    elements: [...elements, knownAsUnknown],
    meta: [
      { tag: 0x00020013, vr: 'SH', value: aviary.word('implementation version') },
      { tag: 0x00020016, vr: 'AE', value: aviary.word('source AE') },
      { tag: 0x00020017, vr: 'AE', value: aviary.word('sending AE') },
      { tag: 0x00020018, vr: 'AE', value: aviary.word('receiving AE') },
      { tag: 0x00020026, vr: 'UR', value: aviary.word('source address') },
      {
        tag: 0x00020100,
        vr: 'UI',
        value: aviary.marker(0x00020100, 'UI', 'private information creator') ?? '',
      },
      { tag: 0x00020102, vr: 'OB', value: ascii(aviary.word('private information').padEnd(16)) },
    ],
    preamble: ascii(`II*\0${aviary.word('preamble')}`.padEnd(128, ' ')),
    trailing: ascii(`\xff\xd8\xff\xfe${aviary.word('trailing')}`),
  });
}

/** Elements of creators that are known to be safe, with values that are not. */
export function csaElements(aviary: Aviary): readonly Tree[] {
  return [
    { tag: 0x00190010, vr: 'LO', value: 'SIEMENS MR HEADER' },
    { tag: 0x0019100a, vr: 'US', value: ascii(aviary.word('safe US').padEnd(2000)) },
    { tag: 0x0019100b, vr: 'DS', value: aviary.word('safe DS') },
    { tag: 0x0019100d, vr: 'CS', value: `about ${aviary.word('safe CS')} and more` },
    { tag: 0x00290010, vr: 'LO', value: 'SIEMENS CSA HEADER' },
    {
      tag: 0x00291010,
      vr: 'OB',
      value: csaHeader({
        SliceNormalVector: ['0', '0', '1'],
        B_value: [aviary.word('CSA number')],
        UsedChannelMask: [aviary.word('CSA text')],
      }),
    },
    { tag: 0x00291020, vr: 'OB', value: ascii(aviary.word('CSA series header').padEnd(16)) },
    { tag: 0x00510010, vr: 'LO', value: 'SIEMENS MR HEADER' },
    { tag: 0x0051100f, vr: 'LO', value: aviary.word('safe LO') },
  ];
}

const even = (bytes: Uint8Array): Uint8Array =>
  bytes.length % 2 === 0 ? bytes : join(new Uint8Array(bytes), new Uint8Array(1));
const base64 = (word: string): string => Buffer.from(`about ${word}`).toString('base64');
const swapped = (word: string): Uint8Array => Buffer.from(word.padEnd(16)).swap16();
const wide = (word: string, order: 'le' | 'be'): Uint8Array => {
  const bytes = Buffer.from(word, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** The items of a sequence in implicit VR, as they stand inside UN. */
export function elementBytesOfItem(trees: readonly Tree[]): Uint8Array<ArrayBuffer> {
  const body = dataSetBytes(trees, { explicit: false });
  const item = elementBytes({ tag: 0xfffee000, vr: 'UN', value: body }, { explicit: false });
  return join(item);
}

/**
 * Markers that stand in the bytes, in any case: plain, with bytes swapped, as UTF-16 of
 * either order, as base64, and in anything that can be inflated.
 */
export function present(
  bytes: Uint8Array<ArrayBuffer>,
  canaries: readonly Canary[],
): readonly Canary[] {
  const found = new Set<string>();
  for (const text of readings(Buffer.from(bytes))) {
    for (const [marker] of text.toLowerCase().matchAll(MARKERS)) found.add(marker);
  }
  return canaries.filter(({ marker }) => found.has(marker.toLowerCase()));
}

/** The forms of Aviary.marker; a day only where a number begins (UIDs have its digits by chance). */
const MARKERS = /zq[a-z]+xj|1\.9\.77\.\d+\.4242|17\d{4,6}1112131415\.\d+77|(?<![\d.])18\d{6}/g;

function* readings(bytes: Buffer): Generator<string> {
  const plain = bytes.toString('latin1');
  yield plain;
  for (const start of [0, 1]) {
    const whole = bytes.subarray(start, start + ((bytes.length - start) & ~1));
    yield Buffer.from(whole).swap16().toString('latin1');
    yield Buffer.from(bytes.filter((_, n) => n % 2 === start)).toString('latin1');
  }
  for (const [run] of plain.matchAll(/[A-Za-z0-9+/]{12,}/g)) {
    for (const start of [0, 1, 2, 3]) {
      yield Buffer.from(run.slice(start), 'base64').toString('latin1');
    }
  }
  for (let at = 0; at + 2 < bytes.length; at++) {
    const isGzip = bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
    const isZlib =
      bytes[at] === 0x78 && (bytes[at + 1] ?? 0) !== 0 && bytes.readUInt16BE(at) % 31 === 0;
    if (isGzip || isZlib) yield inflated(bytes.subarray(at), isGzip);
  }
}

function inflated(bytes: Buffer, isGzip: boolean): string {
  try {
    return (isGzip ? gunzipSync : inflateSync)(bytes, { finishFlush: 2 }).toString('latin1');
  } catch {
    return '';
  }
}
