import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EditList, Element, Item } from '../../../../src/core/dicom/element.ts';
import { NO_EDITS } from '../../../../src/core/dicom/edits.ts';
import { parsePart10 } from '../../../../src/core/dicom/part10.ts';
import { writeEdited } from '../../../../src/core/dicom/span-writer.ts';
import { verifyEdited } from '../../../../src/core/dicom/verify-edited.ts';
import {
  ascii,
  dataSetBytes,
  fileBytes,
  join,
  u32,
  type Tree,
} from '../../../support/dicom-bytes.ts';

const name: Tree = { tag: 0x00100010, vr: 'PN', value: 'Nobody' };
const pixels: Tree = { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(8).fill(7) };

const everyElement = (elements: readonly Element[]): Element[] =>
  elements.flatMap((e) => [e, ...(e.items ?? []).flatMap((item) => everyElement(item.elements))]);

const replace = (element: Element | undefined, value: string): EditList => {
  if (!element) throw new Error('no such element');
  return { ...NO_EDITS, edits: new Map([[element, { kind: 'replace', value: ascii(value) }]]) };
};

const valueOf = (bytes: Uint8Array, element: Element | undefined): string =>
  String.fromCharCode(...bytes.subarray(element?.dataStart, element?.dataEnd));

/** Random data sets: tags ascending, sequences up to three deep, lengths defined or not. */
const dataSet = (depth: number): fc.Arbitrary<readonly Tree[]> => {
  const text = fc.constantFrom(
    [0x00081050, 'PN'] as const,
    [0x0008103e, 'LO'] as const,
    [0x00100010, 'PN'] as const,
    [0x00200010, 'SH'] as const,
  );
  const words = fc
    .tuple(text, fc.stringMatching(/^[A-Za-z^]{0,9}$/))
    .map(([[tag, vr], value]): Tree => ({ tag, vr, value }));
  const bytes = fc
    .tuple(fc.constantFrom('OB', 'UN', 'UV'), fc.uint8Array({ maxLength: 12 }))
    .map(([vr, b]): Tree => ({ tag: 0x00091001, vr, value: b.subarray(0, b.length & ~1) }));
  const sequence = fc.record({
    tag: fc.constantFrom(0x00081110, 0x00081115, 0x00081140, 0x00091002),
    vr: fc.constant('SQ'),
    open: fc.boolean(),
    value: depth > 0 ? fc.array(dataSet(depth - 1), { maxLength: 3 }) : fc.constant([]),
  });
  return fc
    .array(fc.oneof(words, bytes, sequence), { maxLength: 5 })
    .map((trees) => trees.sort((a, b) => a.tag - b.tag));
};

const encoding = fc.constantFrom(
  ['1.2.840.10008.1.2.1', {}] as const,
  ['1.2.840.10008.1.2', { explicit: false }] as const,
  ['1.2.840.10008.1.2.2', { littleEndian: false }] as const,
);

describe('without edits', () => {
  test('gives back the bytes it read, whatever the tree', () => {
    fc.assert(
      fc.property(dataSet(3), encoding, (trees, [uid, writing]) => {
        const bytes = fileBytes([...trees, pixels], uid, writing);
        expect(writeEdited(parsePart10(bytes), NO_EDITS)).toEqual(bytes);
      }),
    );
  });

  test('gives back the deflated bytes as they were', () => {
    const deflated = Uint8Array.from(deflateRawSync(dataSetBytes([name]), { level: 1 }));
    const bytes = join(fileBytes([], '1.2.840.10008.1.2.1.99'), deflated);
    expect(writeEdited(parsePart10(bytes), NO_EDITS)).toEqual(bytes);
  });
});

describe('a longer nested value', () => {
  test('lengthens exactly the ancestors of defined length', () => {
    fc.assert(
      fc.property(dataSet(3), encoding, fc.nat(), (trees, [uid, writing], pick) => {
        const before = parsePart10(fileBytes([...trees, pixels], uid, writing));
        const leaves = everyElement(before.dataSet).filter(
          (e) => e.items === null && e.vr === 'PN',
        );
        const target = leaves[pick % Math.max(1, leaves.length)];
        fc.pre(target !== undefined);
        const longer = `${valueOf(before.bytes, target)}four`;
        const bytes = writeEdited(before, replace(target, longer));
        const after = parsePart10(bytes);

        expect(bytes.length).toBe(before.bytes.length + 4);
        const [was, is] = [nodes(before.dataSet), nodes(after.dataSet)];
        expect(is.length).toBe(was.length);
        was.forEach((node, n) => {
          const isAncestor = !node.undefinedLength && holds(node, target);
          expect(sizeOf(is[n])).toBe(sizeOf(node) + (holds(node, target) ? 4 : 0));
          const header = (b: Uint8Array, o?: Element | Item): string =>
            valueOf(b, o && ({ ...o, dataEnd: o.dataStart, dataStart: o.headStart } as Element));
          const sameHeader = header(before.bytes, node) === header(after.bytes, is[n]);
          expect(sameHeader).toBe(!isAncestor);
        });
      }),
    );
  });

  test('makes the group length of its group right and leaves the others', () => {
    const groupLengths: Tree[] = [
      { tag: 0x00080000, vr: 'UL', value: u32(99) },
      { tag: 0x00080060, vr: 'CS', value: 'CT' },
      { tag: 0x00100000, vr: 'UL', value: u32(14) },
      name,
    ];
    const file = parsePart10(fileBytes(groupLengths));
    const after = parsePart10(writeEdited(file, replace(file.dataSet[3], 'Nobody^At^All')));
    const lengths = after.dataSet
      .filter(({ tag }) => (tag & 0xffff) === 0)
      .map(({ dataStart }) => new DataView(after.bytes.buffer).getUint32(dataStart, true));
    expect(lengths).toEqual([99, 22]);
  });
});

describe('edits', () => {
  test('tell duplicates apart', () => {
    const file = parsePart10(fileBytes([name, { ...name, value: 'Second' }]));
    const after = parsePart10(writeEdited(file, replace(file.dataSet[1], 'Other!')));
    expect(after.dataSet.map((e) => valueOf(after.bytes, e))).toEqual(['Nobody', 'Other!']);
  });

  test('reach several elements of one item and of its neighbors', () => {
    const sequence: Tree = {
      tag: 0x00081115,
      vr: 'SQ',
      value: [[{ ...name, tag: 0x00081050 }, name], [name]],
    };
    const file = parsePart10(fileBytes([sequence, pixels]));
    const names = everyElement(file.dataSet).filter(({ vr }) => vr === 'PN');
    const edits = new Map(
      names.map((e) => [e, { kind: 'replace', value: ascii('Somebody') } as const]),
    );
    const bytes = writeEdited(file, { ...NO_EDITS, edits });
    const after = parsePart10(bytes);
    const written = everyElement(after.dataSet).filter(({ vr }) => vr === 'PN');
    expect(written.map((e) => valueOf(bytes, e))).toEqual(['Somebody', 'Somebody', 'Somebody']);
  });

  test('remove and insert in tag order, sequences included', () => {
    const file = parsePart10(fileBytes([name, pixels]));
    const bytes = writeEdited(file, {
      ...NO_EDITS,
      edits: new Map([[file.dataSet[0] as Element, { kind: 'remove' }]]),
      insertDataSet: [
        {
          tag: 0x00120064,
          vr: 'SQ',
          value: [[{ tag: 0x00080100, vr: 'SH', value: ascii('113102') }]],
        },
        { tag: 0x00120062, vr: 'CS', value: ascii('YES') },
      ],
    });
    const after = parsePart10(bytes);
    expect(after.dataSet.map(({ tag }) => tag)).toEqual([0x00120062, 0x00120064, 0x7fe00010]);
    expect(valueOf(bytes, after.dataSet[0])).toBe('YES ');
    expect(valueOf(bytes, after.dataSet[1]?.items?.[0]?.elements[0])).toBe('113102');
  });

  test('turn encapsulated pixels into plain ones with their transfer syntax', () => {
    const fragment = Uint8Array.of(0xfe, 0xff, 0, 0xe0, 2, 0, 0, 0, 1, 2);
    const end = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
    const head = Uint8Array.of(0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 255, 255, 255, 255);
    const file = parsePart10(
      join(fileBytes([name], '1.2.840.10008.1.2.5'), head, fragment, fragment, end),
    );
    const [syntax, encapsulated] = [file.meta[2], file.dataSet[1]];
    if (!syntax || !encapsulated) throw new Error('not read');
    const bytes = writeEdited(file, {
      ...NO_EDITS,
      edits: new Map([
        [syntax, { kind: 'replace', value: ascii('1.2.840.10008.1.2.1') }],
        [
          encapsulated,
          { kind: 'rewrite', element: { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(8) } },
        ],
      ]),
    });
    expect(bytes).toEqual(fileBytes([name, { ...pixels, value: new Uint8Array(8) }]));
  });

  test('give a file without preamble one when a meta group is added', () => {
    const file = parsePart10(dataSetBytes([name]));
    const bytes = writeEdited(file, {
      ...NO_EDITS,
      insertMeta: [
        { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
        { tag: 0x00020010, vr: 'UI', value: ascii('1.2.840.10008.1.2.1') },
      ],
    });
    expect(bytes).toEqual(fileBytes([name]));
  });

  test('zero the preamble and drop trailing bytes only when asked', () => {
    const bytes = join(fileBytes([name, pixels]), ascii('hidden'));
    bytes.set(ascii('II*'), 0);
    const file = parsePart10(bytes);
    expect(writeEdited(file, NO_EDITS)).toEqual(bytes);
    const cleaned = writeEdited(file, { ...NO_EDITS, zeroPreamble: true, dropTrailing: true });
    expect(cleaned).toEqual(fileBytes([name, pixels]));
  });

  test('reach a deflated data set', () => {
    const deflated = Uint8Array.from(deflateRawSync(dataSetBytes([name])));
    const file = parsePart10(join(fileBytes([], '1.2.840.10008.1.2.1.99'), deflated));
    const after = parsePart10(writeEdited(file, replace(file.dataSet[0], 'Other^Name')));
    expect(valueOf(after.bytes, after.dataSet[0])).toBe('Other^Name');
  });

  test('are refused for an element of another file', () => {
    const [file, other] = [parsePart10(fileBytes([name])), parsePart10(fileBytes([name]))];
    expect(() => writeEdited(file, replace(other.dataSet[0], 'Nobody'))).toThrow(
      /every edit names/,
    );
  });

  test('are refused where a value outgrows the 16 bits of its header', () => {
    const file = parsePart10(fileBytes([name]));
    expect(() => writeEdited(file, replace(file.dataSet[0], 'x'.repeat(65536)))).toThrow(/16 bits/);
  });
});

describe('the check of what was written', () => {
  test.each([
    [
      'a byte of an untouched value',
      (b: Uint8Array) => {
        b[b.length - 1] = 1;
      },
    ],
    [
      'the VR of an untouched element',
      (b: Uint8Array) => {
        b[b.length - 16] = 0x42;
      },
    ],
    [
      'the preamble',
      (b: Uint8Array) => {
        b[5] = 1;
      },
    ],
  ])('notices a change of %s', (_, damage) => {
    const file = parsePart10(fileBytes([name, pixels]));
    const edits = replace(file.dataSet[0], 'Other^Name');
    const bytes = writeEdited(file, edits);
    verifyEdited(file, edits, bytes);
    damage(bytes);
    expect(() => {
      verifyEdited(file, edits, bytes);
    }).toThrow(/broken promise/);
  });

  test('notices a value that is not the one asked for', () => {
    const file = parsePart10(fileBytes([name]));
    const bytes = writeEdited(file, replace(file.dataSet[0], 'Other^Name'));
    expect(() => {
      verifyEdited(file, replace(file.dataSet[0], 'Third^Name'), bytes);
    }).toThrow(/new value/);
  });
});

function nodes(elements: readonly Element[]): (Element | Item)[] {
  return elements.flatMap((e) => [
    e,
    ...(e.items ?? []).flatMap((item) => [item, ...nodes(item.elements)]),
  ]);
}

function holds(node: Element | Item, target: Element): boolean {
  return node.headStart <= target.headStart && target.end <= node.end;
}

function sizeOf(node: Element | Item | undefined): number {
  return node ? node.end - node.headStart : NaN;
}
