/** Damaged copies of DICOM files, from a seed, and the way of one through the whole tool. */
import { memorySource } from '../../src/adapters/memory/memory-source.ts';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { planHeader } from '../../src/core/deidentify/apply.ts';
import { collectIdentifiers } from '../../src/core/deidentify/identifiers.ts';
import { createPseudonyms } from '../../src/core/deidentify/pseudonyms.ts';
import { writeCsa } from './csa-bytes.ts';
import { groupInstances } from '../../src/core/dicom/series.ts';
import { loadDicomScan } from '../../src/core/dicom/load.ts';
import { readHeader } from '../../src/core/dicom/read-header.ts';
import { refusalOf } from '../../src/core/dicom/leave-out.ts';
import { NO_EDITS } from '../../src/core/dicom/edits.ts';
import type { Edit, Element } from '../../src/core/dicom/element.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { writeEdited } from '../../src/core/dicom/span-writer.ts';
import { searchFor } from '../../src/core/export/leaks.ts';
import { toDicom } from '../../src/core/export/to-dicom.ts';
import { storedOf } from '../../src/core/export/verify-dicom.ts';
import { EffaceError } from '../../src/core/errors.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { ascii, u16, type Tree } from './dicom-bytes.ts';
import {
  EXPLICIT_BE,
  EXPLICIT_LE,
  GE_PRIVATE,
  IMPLICIT_LE,
  instanceBytes,
} from './dicom-instance.ts';
import { encodeJpeg } from './encoders.ts';
import { enhancedMr, mosaic } from './multi-frame.ts';
import { hmacWith } from './secrets.ts';
import { filesBelow, readBytes } from './shared-data.ts';

/** Stands for the patient in every name of the files, and must never come out. */
export const PLANTED = 'ZQFUZZNAME^PLANTED';
const NAME = 'ZQFUZZNAME';
const MAX_BASE_BYTES = 700_000;

/** Small files of our own, and the edge cases of ../shared/data where they are. */
export async function fuzzBases(data: string | null): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const patient = { tag: 0x00100010, vr: 'PN', value: PLANTED };
  const own = [EXPLICIT_LE, IMPLICIT_LE, EXPLICIT_BE, GE_PRIVATE].flatMap((transferSyntaxUID) => [
    instanceBytes({ transferSyntaxUID, rows: 8, columns: 8, elements: [patient] }),
    instanceBytes({
      transferSyntaxUID,
      bitsStored: 12,
      signed: true,
      elements: [
        patient,
        {
          tag: 0x00081140,
          vr: 'SQ',
          value: [[patient, { tag: 0x00081155, vr: 'UI', value: '1.2.3' }]],
        },
        { tag: 0x00280106, vr: 'SS', value: u16(0) },
        { tag: 0x00281052, vr: 'DS', value: '-1024' },
        { tag: 0x00290010, vr: 'LO', value: PLANTED },
        { tag: 0x00291001, vr: 'UN', value: ascii(`${PLANTED} `) },
      ],
      trailing: ascii(PLANTED),
    }),
  ]);
  const csa = writeCsa([{ name: 'SliceNormalVector', vr: 'FD', texts: ['0', '0', '1'] }]);
  const several = [
    enhancedMr(
      [0, 3, 6].flatMap((z) => [1, 2].map((time) => ({ z, time }))),
      {
        elements: [patient],
      },
    ),
    mosaic({ slices: 3, csa, elements: [patient] }),
  ];
  const cases = data === null ? [] : filesBelow(`${data}/cases`).map(readBytes);
  return [
    ...own,
    ...several,
    ...(await compressed(patient)),
    ...cases.filter(({ length }) => length < MAX_BASE_BYTES).flatMap(planted),
  ];
}

/** One slice as baseline JPEG and as HTJ2K: no edge case has them in grey. */
async function compressed(patient: Tree): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const [rows, columns] = [48, 64];
  const format = { rows, columns, bitsAllocated: 8, bitsStored: 8, signed: false } as const;
  const values = Uint8Array.from({ length: rows * columns }, (_, n) => 3 * (n % columns));
  const htj2k = '1.2.840.10008.1.2.4.201';
  const own = { ...format, transferSyntaxUID: htj2k };
  const streams: readonly (readonly [string, Uint8Array | null | undefined])[] = [
    ['1.2.840.10008.1.2.4.50', await encodeJpeg(values, columns)],
    [htj2k, await createFrameDecoder().encode?.(values, own)],
  ];
  return streams.flatMap(([transferSyntaxUID, stream]) =>
    stream
      ? [
          instanceBytes({
            ...format,
            pixelVr: 'OB',
            transferSyntaxUID,
            stream,
            elements: [patient],
          }),
        ]
      : [],
  );
}

/** The file with the planted name in every element that can hold one; none where it cannot be read. */
function planted(bytes: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  try {
    const file = parsePart10(bytes);
    const edits = new Map<Element, Edit>();
    const visit = (elements: readonly Element[]): void => {
      for (const element of elements) {
        if (element.items) for (const item of element.items) visit(item.elements);
        else if (element.vr === 'PN')
          edits.set(element, { kind: 'replace', value: ascii(PLANTED) });
      }
    };
    visit(file.dataSet);
    return [writeEdited(file, { ...NO_EDITS, edits })];
  } catch {
    return [bytes];
  }
}

/** A copy with a few bytes flipped, a length changed, an end cut off, or a part moved. */
export function mutated(
  bytes: Uint8Array<ArrayBuffer>,
  other: Uint8Array,
  seed: number,
): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed);
  const copy = bytes.slice();
  const rounds = random.uniform() < 0.6 ? 1 : 2 + below(random, 3);
  let result = copy;
  for (let n = 0; n < rounds; n++) result = once(result, other, random);
  return result;
}

function once(
  bytes: Uint8Array<ArrayBuffer>,
  other: Uint8Array,
  random: Random,
): Uint8Array<ArrayBuffer> {
  // Headers come first, and are what a reader stumbles over.
  const reach = random.uniform() < 0.8 ? Math.min(bytes.length, 6000) : bytes.length;
  const at = below(random, reach);
  switch (below(random, 6)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
      return bytes;
    case 1:
      bytes[at] = below(random, 256);
      return bytes;
    case 2: {
      // A length, small, huge or undefined.
      const values = [0, 1, 0xff, 0xffff, 0x7fffffff, 0xffffffff, 0xfffffffe, below(random, 5000)];
      const value = values[below(random, values.length)] ?? 0;
      for (let n = 0; n < 4 && at + n < bytes.length; n++)
        bytes[at + n] = (value >>> (8 * n)) & 255;
      return bytes;
    }
    case 3:
      return bytes.slice(0, at);
    case 4: {
      const from = below(random, other.length);
      // Without the name: among pixels nobody could tell another file's name from pixels.
      const piece = withoutName(other.subarray(from, from + below(random, 300)));
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]));
    }
    default: {
      const cut = below(random, 64);
      return Uint8Array.from(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + cut)]));
    }
  }
}

function withoutName(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return ascii(text.replace(/ZQ\w*|FUZZ\w*|\w*PLANTED/g, (found) => ' '.repeat(found.length)));
}

function below(random: Random, limit: number): number {
  return Math.floor(random.uniform() * limit);
}

const decoder = createFrameDecoder();

/**
 * Opens, groups, de-identifies, changes pixels and writes, as far as the file goes.
 *
 * @returns `written`, or the code of the reason why not
 * @throws whatever is no EffaceError; Error `leak` where the planted name came out
 */
export async function goThrough(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const source = memorySource('fuzz/1.dcm', bytes);
    const header = await readHeader(source);
    const { scans } = groupInstances([{ source, header }], { minSlices: 2 });
    for (const scan of scans) await loadDicomScan(scan, decoder);
    const refusal = refusalOf(header);
    if (refusal) return refusal.reason.code;
    const file = parsePart10(bytes);
    const decode = (): ReturnType<typeof storedOf> => storedOf(file, (f) => decoder.decode(f));
    const stored = await decode();
    const collector = collectIdentifiers();
    collector.add(file);
    const plan = await planHeader(file, {
      version: '1.0.0',
      profile: 'basic',
      options: [],
      defaced: true,
      face: true,
      approved: true,
      pseudonyms: createPseudonyms(hmacWith('key')),
      identifiers: collector.found,
      exported: new Set(),
    });
    const change = {
      runs: [0, 1],
      values: stored.slice(0, 1).fill(stored[stored.length - 1] ?? 0),
    };
    const written = await toDicom({ file, plan, profile: 'basic', change, decode });
    // As the export does before anything is kept (export-dicom.ts).
    const where = searchFor(collector.found, {}).find(parsePart10(written));
    if (where !== null) return 'output/identifier-left';
    if (Buffer.from(written).includes(NAME)) throw new Error('leak');
    return 'written';
  } catch (error) {
    if (error instanceof EffaceError) return error.code;
    throw error;
  }
}
