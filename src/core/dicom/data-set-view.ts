/** A data set or an item, whoever split it into elements: what headers are read from. */
import type dicomParser from 'dicom-parser';
import { vrOf } from './dictionary.ts';
import type { Element, Part10File } from './element.ts';
import { findElement, rawValueOf, textOf, type RawValue } from './values.ts';

export interface DataSetView {
  /** The value of the first element with a tag; null where there is none. */
  value(tag: number): RawValue | null;
  /** The items of a sequence; none where it is missing or no sequence. */
  items(tag: number): readonly DataSetView[];
}

/** The value of a private element by the creator of its block (PS3.5 §7.8.1). */
export function privateValue(
  view: DataSetView,
  group: number,
  creator: string,
  element: number,
): RawValue | null {
  for (let block = 0x10; block <= 0xff; block++) {
    const name = view.value(group * 0x10000 + block);
    if (name && textOf(name).trim() === creator) {
      const found = view.value(group * 0x10000 + block * 0x100 + element);
      if (found) return found;
    }
  }
  return null;
}

/** What our own tokenizer read. */
export function viewOfElements(file: Part10File, elements: readonly Element[]): DataSetView {
  return {
    value(tag) {
      const element = findElement(tag >>> 16 === 2 ? file.meta : elements, tag);
      if (!element) return null;
      const value = rawValueOf(file, element);
      return { ...value, vr: known(value.vr, tag) };
    },
    items: (tag) =>
      (findElement(elements, tag)?.items ?? []).map((item) => viewOfElements(file, item.elements)),
  };
}

/** What dicom-parser read. */
export function viewOfDataSet(
  { elements, byteArray }: dicomParser.DataSet,
  littleEndian: boolean,
): DataSetView {
  const find = (tag: number): dicomParser.Element | undefined =>
    elements[`x${tag.toString(16).padStart(8, '0')}`];
  return {
    value(tag) {
      const element = find(tag);
      if (!element) return null;
      const { dataOffset, length, vr } = element;
      // Typed as either; we parse Uint8Arrays only.
      const bytes = (byteArray as Uint8Array).subarray(dataOffset, dataOffset + length);
      return { bytes, vr: known(vr, tag), littleEndian };
    },
    items: (tag) =>
      (find(tag)?.items ?? []).flatMap(({ dataSet }) =>
        dataSet ? [viewOfDataSet(dataSet, littleEndian)] : [],
      ),
  };
}

/** Archives that do not know an attribute pass it on as UN. */
function known(vr: string | null | undefined, tag: number): string | null {
  return vr === null || vr === undefined || vr === 'UN' ? vrOf(tag) : vr;
}
