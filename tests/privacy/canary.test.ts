/**
 * A marker of its own in every attribute of the standard that holds text, a name, a UID or
 * a date, in many places of a file; then every byte of the output is searched for each.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { keptKind } from '../../src/core/deidentify/keep-list.ts';
import { allAttributes, formatTag } from '../../src/core/dicom/dictionary.ts';
import { ascii, dataSetBytes, elementBytes, join, type Tree } from '../support/dicom-bytes.ts';
import { deidentifiedOne } from '../support/deidentified.ts';
import { EXPLICIT_BE, EXPLICIT_LE, IMPLICIT_LE, instanceBytes } from '../support/dicom-instance.ts';

/** Attributes without which the instance would be no image; they get no marker. */
// prettier-ignore
const NEEDED = new Set([
  0x00080005, 0x00080016, 0x00080060, 0x00280004, 0x7fe00010,
]);

interface Canary {
  readonly place: string;
  readonly marker: string;
  readonly vr: string;
  readonly tag: number;
}

class Aviary {
  readonly canaries: Canary[] = [];

  /** A marker that is legal in a VR; null where the VR holds no marker. */
  marker(tag: number, vr: string, place: string): string | null {
    const n = this.canaries.length + 1;
    const word = `ZQ${n.toString(26).replace(/[0-9]/g, (d) => 'qrstuvwxyz'.charAt(Number(d)))}XJ`;
    const marker = {
      PN: `${word}^Jane`,
      UI: `1.9.77.${n}.4242`,
      DA: `1${String(8000000 + n * 7).slice(0, 3)}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}`,
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

function nested(aviary: Aviary, place: string): Tree[] {
  return NESTED.map(([tag, vr]) => aviary.tree(tag, vr, `${place} ${formatTag(tag)}`)).filter(
    (tree) => tree !== null,
  );
}

/** A sequence of the standard, (0008,1199), that the file declares UN. */
const KNOWN_AS_UNKNOWN = 0x00081199;

function cage(aviary: Aviary, transferSyntaxUID: string): Uint8Array<ArrayBuffer> {
  const elements: Tree[] = [];
  for (const { tag, vr } of allAttributes()) {
    const group = tag >>> 16;
    if (group < 8 || group >= 0x7fe0 || NEEDED.has(tag) || (tag & 0xffff) === 0) continue;
    const tree = aviary.tree(tag, vr, formatTag(tag));
    if (tree) elements.push(tree);
    else if (vr === 'SQ' && tag !== KNOWN_AS_UNKNOWN) {
      const inner = nested(aviary, `in ${formatTag(tag)}`);
      const deeper: Tree = {
        tag: 0x0040a170,
        vr: 'SQ',
        value: [nested(aviary, `two deep in ${formatTag(tag)}`)],
      };
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

/** The items of a sequence in implicit VR, as they stand inside UN. */
function elementBytesOfItem(trees: readonly Tree[]): Uint8Array<ArrayBuffer> {
  const body = dataSetBytes(trees, { explicit: false });
  const item = elementBytes({ tag: 0xfffee000, vr: 'UN', value: body }, { explicit: false });
  return join(item);
}

/** Markers that stand in the bytes: plain, in any case, or as UTF-16. */
function present(bytes: Uint8Array, canaries: readonly Canary[]): Canary[] {
  const folded = Buffer.from(bytes).toString('latin1').toLowerCase();
  return canaries.filter(({ marker }) => {
    const wide = Buffer.from(marker.toLowerCase(), 'utf16le').toString('latin1');
    return folded.includes(marker.toLowerCase()) || folded.includes(wide.slice(0, -1));
  });
}

/** One in 17: looking for all in megabytes takes long. */
function some(canaries: readonly Canary[]): readonly Canary[] {
  return canaries.filter((_, n) => n % 17 === 0);
}

describe.each([EXPLICIT_LE, IMPLICIT_LE, EXPLICIT_BE])(
  'markers in transfer syntax %s',
  (syntax) => {
    const aviary = new Aviary();
    let found: Canary[] = [];
    let planted = 0;

    beforeAll(async () => {
      const bytes = cage(aviary, syntax);
      planted = present(bytes, some(aviary.canaries)).length;
      const { file } = await deidentifiedOne(bytes);
      found = present(file.bytes, aviary.canaries);
    }, 60_000);

    test('were all in the input', () => {
      expect(aviary.canaries.length).toBeGreaterThan(20_000);
      expect(planted).toBe(some(aviary.canaries).length);
    });

    test('are nowhere in the output, but for coded strings of the acquisition', () => {
      const left = found.filter(({ tag, vr }) => vr !== 'CS' || keptKind(tag) !== 'code');

      expect(left.map(({ place, marker }) => `${place}: ${marker}`)).toEqual([]);
    });
  },
);

describe('character sets', () => {
  const names: readonly (readonly [string, string, Uint8Array])[] = [
    ['ISO_IR 100', 'Latin-1', Buffer.from('Äneas^Rüdiger', 'latin1')],
    ['ISO_IR 192', 'UTF-8', Buffer.from('王^小東', 'utf8')],
    ['ISO_IR 192', 'UTF-8 Cyrillic', Buffer.from('Люкceмбypг', 'utf8')],
    ['\\ISO 2022 IR 87', 'ISO 2022', ascii('Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B')],
  ];

  test.each(names)('%s: a name in %s leaves no bytes behind', async (charset, _, name) => {
    const padded = join(new Uint8Array(name), ascii(name.length % 2 ? ' ' : ''));
    const { file } = await deidentifiedOne(
      instanceBytes({
        elements: [
          { tag: 0x00080005, vr: 'CS', value: charset },
          { tag: 0x00100010, vr: 'PN', value: padded },
          { tag: 0x00181250, vr: 'SH', value: padded },
          { tag: 0x00081040, vr: 'LO', value: padded },
        ],
      }),
    );
    const all = Buffer.from(file.bytes).toString('latin1');

    for (const part of Buffer.from(name).toString('latin1').split(/[\^=]/)) {
      expect(all).not.toContain(part);
    }
  });
});
