/**
 * A file of markers as simple as possible, for programs that refuse the full one
 * (aviary.ts): one in each attribute, some in sequences, private elements, overlays and
 * around the data set. And where the markers of either file lie.
 */
import { profileRow } from '../../src/core/deidentify/profile.ts';
import { allAttributes, formatTag } from '../../src/core/dicom/dictionary.ts';
import { csaElements, NEEDED, nested, type Aviary, type Canary } from './aviary.ts';
import { ascii, type Tree } from './dicom-bytes.ts';
import { instanceBytes } from './dicom-instance.ts';

/** Attributes that say what the object is, or that it was de-identified before. */
const isSaid = (tag: number): boolean => NEEDED.has(tag) || tag >>> 4 === 0x0001_2006;

/** Sequences that a de-identifier may keep: of images, of looks, of codes. */
const SEQUENCES = [0x00081140, 0x00283010, 0x00540220] as const;

export function plainCage(aviary: Aviary): Uint8Array<ArrayBuffer> {
  const elements: Tree[] = [];
  for (const { tag, vr } of allAttributes()) {
    const group = tag >>> 16;
    if (group < 8 || group >= 0x5000 || isSaid(tag) || (tag & 0xffff) === 0) continue;
    const tree = aviary.tree(tag, vr, formatTag(tag));
    if (tree) elements.push(tree);
  }
  for (const tag of SEQUENCES) {
    const place = `in ${formatTag(tag)}`;
    const deeper: Tree = {
      tag: 0x0040a170,
      vr: 'SQ',
      value: [nested(aviary, `two deep ${place}`)],
    };
    const item = [...nested(aviary, place), deeper].sort((a, b) => a.tag - b.tag);
    elements.push({ tag, vr: 'SQ', value: [item] });
  }
  elements.push(
    { tag: 0x00090010, vr: 'LO', value: aviary.word('private creator') },
    { tag: 0x00091001, vr: 'LO', value: aviary.word('private LO') },
    { tag: 0x00091002, vr: 'OB', value: ascii(aviary.word('private OB').padEnd(16)) },
    { tag: 0x00091003, vr: 'SQ', value: [nested(aviary, 'private SQ')] },
    ...csaElements(aviary),
    { tag: 0x60000022, vr: 'LO', value: aviary.word('overlay description') },
    { tag: 0x60004000, vr: 'LT', value: aviary.word('overlay comments') },
  );
  return instanceBytes({
    elements,
    meta: [{ tag: 0x00020016, vr: 'AE', value: aviary.word('source AE') }],
    preamble: ascii(`II*\0${aviary.word('preamble')}`.padEnd(128, ' ')),
  });
}

export const PLACES = [
  'listed in E.1-1',
  'not listed, coded (CS)',
  'not listed, other VRs',
  'in sequences, UN',
  'private',
  'overlays, curves',
  'preamble, meta group, behind the end',
] as const;

/** Where a marker of either file lies. */
export function placeOf({ place, tag, vr }: Canary): (typeof PLACES)[number] {
  if (place.startsWith('(')) {
    if (profileRow(tag)) return 'listed in E.1-1';
    return vr === 'CS' ? 'not listed, coded (CS)' : 'not listed, other VRs';
  }
  if (/^private information/.test(place)) return 'preamble, meta group, behind the end';
  if (/private|^(safe|CSA|gzip|zlib|base64|UTF|swapped)/.test(place)) return 'private';
  if (/\bin (\(|UN)/.test(place)) return 'in sequences, UN';
  return /overlay|curve/.test(place) ? 'overlays, curves' : 'preamble, meta group, behind the end';
}
