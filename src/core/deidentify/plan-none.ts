/** The header is left as it is, but for what went with the old pixels. */
import { formatTag, isPrivate } from '../dicom/dictionary.ts';
import type { Element, Part10File } from '../dicom/element.ts';
import type { HeaderPlan } from './actions.ts';
import { MARK_TAGS } from './declare.ts';
import { textAt, textOf } from './element-value.ts';
import { edit, keep, replaceText } from './plan-edits.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Rule } from './rules.ts';
import { replaceUids } from './uid-values.ts';

export interface NoneOptions {
  readonly pseudonyms: Pseudonyms;
  readonly defaced: boolean;
  /** SOP Instance UIDs of this run, whose references follow the new UIDs. */
  readonly exported: ReadonlySet<string>;
}

/**
 * Gone with the old pixels under any profile: small pictures of them, figures of them,
 * signatures over them, and values of the series that may no longer be true.
 */
// prettier-ignore
const GONE_WITH_PIXELS: ReadonlySet<number> = new Set([
  0x00280108, 0x00280109, 0x00280110, 0x00280111, 0x00603000, 0x00880200, 0x4ffe0001, 0xfffafffa,
]);

const SOP_INSTANCE = 0x00080018;
const REFERENCED_SOP_INSTANCE = 0x00081155;

/** Profile `none`: a new SOP Instance UID, and nothing that shows or describes the old pixels. */
export async function planNone(
  file: Part10File,
  plan: HeaderPlan,
  options: NoneOptions,
): Promise<void> {
  const untouched: Rule = { kind: 'untouched' };
  const planner = { file, plan };
  const walk = async (elements: readonly Element[], within: string): Promise<void> => {
    for (const element of elements) {
      if (within === '' && MARK_TAGS.has(element.tag)) continue;
      const path = `${within}${formatTag(element.tag)}`;
      const { tag } = element;
      const isOwn = within === '' && tag === SOP_INSTANCE;
      if (options.defaced && (GONE_WITH_PIXELS.has(tag) || isThumbnail(file, elements, tag))) {
        edit(planner, element, path, { kind: 'remove' }, '', { kind: 'pixels' });
      } else if (element.items) {
        for (const [n, item] of element.items.entries())
          await walk(item.elements, `${path}[${n + 1}] `);
      } else if (
        isOwn ||
        (tag === REFERENCED_SOP_INSTANCE && options.exported.has(textOf(file, element)))
      ) {
        const after = await replaceUids(textOf(file, element), options.pseudonyms);
        replaceText(planner, element, path, after, { kind: 'uid' });
      } else if (within === '') keep(planner, element, path, untouched);
    }
  };
  await walk(file.dataSet, '');
}

/** GE's private blocks `GEIIS` hold a picture of the picture. */
function isThumbnail(file: Part10File, elements: readonly Element[], tag: number): boolean {
  if (!isPrivate(tag) || (tag & 0xffff) < 0x1000) return false;
  const creator = ((tag & 0xffff0000) | ((tag & 0xff00) >>> 8)) >>> 0;
  return textAt(file, elements, creator).trim() === 'GEIIS';
}
