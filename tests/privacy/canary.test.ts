/**
 * Markers in every attribute that can hold one, through every set of options: none may be
 * left but where an option of the standard keeps the attribute.
 */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { keptKind } from '../../src/core/deidentify/keep-list.ts';
import type { DeidOption } from '../../src/core/deidentify/options.ts';
import { profileRow, type OptionColumn } from '../../src/core/deidentify/profile.ts';
import { find, textAt } from '../../src/core/deidentify/element-value.ts';
import type { Part10File } from '../../src/core/dicom/element.ts';
import { Aviary, cage, present, type Canary } from '../support/aviary.ts';
import { ascii, join } from '../support/dicom-bytes.ts';
import { deidentifiedOne } from '../support/deidentified.ts';
import { EXPLICIT_BE, EXPLICIT_LE, IMPLICIT_LE, instanceBytes } from '../support/dicom-instance.ts';

/** Whether a marker may be found: a coded string of the acquisition, or kept by an option. */
function mayStay({ tag, vr }: Canary, options: readonly DeidOption[]): boolean {
  if (vr === 'CS' && keptKind(tag) === 'code') return true;
  const columns = profileRow(tag)?.columns;
  if (vr === 'UI' && options.includes('uids') && (!columns || columns.uids)) return true;
  return options.some(
    (option) => option !== 'shifted-dates' && columns?.[option as OptionColumn] === 'K',
  );
}

const SETS: readonly (readonly DeidOption[])[] = [
  [],
  ['dates'],
  ['shifted-dates'],
  ['patient'],
  ['device'],
  ['institution'],
  ['uids'],
  ['private'],
  ['descriptors'],
  ['shifted-dates', 'patient', 'device', 'institution', 'uids', 'private', 'descriptors'],
];

const RUNS = [
  ...SETS.map((options) => ({
    name: options.join(', ') || 'no option',
    options,
    syntax: EXPLICIT_LE,
  })),
  { name: 'no option', options: [], syntax: IMPLICIT_LE },
  { name: 'no option', options: [], syntax: EXPLICIT_BE },
] satisfies readonly { name: string; options: readonly DeidOption[]; syntax: string }[];

describe.each(RUNS)('markers under $name in transfer syntax $syntax', ({ options, syntax }) => {
  const aviary = new Aviary();
  let file: Part10File;
  let planted: readonly Canary[] = [];
  let found: readonly Canary[] = [];

  beforeAll(async () => {
    const bytes = cage(aviary, syntax);
    planted = present(bytes, aviary.canaries);
    ({ file } = await deidentifiedOne(bytes, { options }));
    found = present(file.bytes, aviary.canaries);
  }, 60_000);

  test('were all in the input, in every form', () => {
    expect(aviary.canaries.length).toBeGreaterThan(25_000);
    const known = new Set(planted);
    expect(aviary.canaries.filter((one) => !known.has(one))).toEqual([]);
  });

  test('are nowhere in the output but where they may stay', () => {
    // Moved days are days that others had before: they are looked at one by one below.
    const moved = options.includes('shifted-dates');
    const left = found.filter(
      (canary) => !mayStay(canary, options) && !(moved && canary.vr === 'DA'),
    );

    expect(left.map(({ place, marker }) => `${place}: ${marker}`)).toEqual([]);
  });

  test.runIf(options.includes('shifted-dates'))('every day has moved', () => {
    const days = aviary.canaries.filter(
      ({ vr, tag, place }) => vr === 'DA' && place.startsWith('(') && find(file.dataSet, tag),
    );
    const same = days.filter(({ tag, marker }) => textAt(file, file.dataSet, tag) === marker);

    expect(days.length).toBeGreaterThan(10);
    expect(same).toEqual([]);
  });
});

describe('the search', () => {
  const off: Readonly<Record<string, () => Promise<unknown>>> = {
    'the rule of UIDs': () => {
      vi.doMock('../../src/core/deidentify/uid-values.ts', () => ({
        replaceUids: (text: string) => Promise.resolve(text),
      }));
      return Promise.resolve();
    },
    'the rule of private elements': () => {
      vi.doMock('../../src/core/deidentify/judge-private.ts', () => ({
        judgePrivate: (elements: readonly { tag: number }[]) =>
          new Map(
            elements
              .filter(({ tag }) => (tag & 0x10000) !== 0)
              .map((element) => [element, { kind: 'keep', rule: { kind: 'private' } }]),
          ),
        checkMosaic: () => undefined,
      }));
      return Promise.resolve();
    },
    'the allowlist of words': async () => {
      const actual = await vi.importActual<object>('../../src/core/deidentify/vocabulary.ts');
      vi.doMock('../../src/core/deidentify/vocabulary.ts', () => ({
        ...actual,
        isTechnicalText: () => true,
      }));
    },
  };

  test.each(Object.keys(off))(
    'finds markers once %s is switched off',
    async (rule) => {
      vi.resetModules();
      await off[rule]?.();
      try {
        const { deidentifiedOne: without } = await import('../support/deidentified.ts');
        const aviary = new Aviary();
        const { file } = await without(cage(aviary, EXPLICIT_LE));
        const left = present(file.bytes, aviary.canaries).filter((one) => !mayStay(one, []));

        expect(left.length).toBeGreaterThan(0);
      } finally {
        vi.doUnmock('../../src/core/deidentify/uid-values.ts');
        vi.doUnmock('../../src/core/deidentify/judge-private.ts');
        vi.doUnmock('../../src/core/deidentify/vocabulary.ts');
        vi.resetModules();
      }
    },
    60_000,
  );
});

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
