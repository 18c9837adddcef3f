/** Group 0002 of what we write (PS3.10 §7.1): by whom, with no trace of who sent it. */
import type { NewElement, Part10File } from '../dicom/element.ts';
import type { AttributeAction, HeaderPlan } from './actions.ts';
import { formatTag } from '../dicom/dictionary.ts';
import { bytesOf, encodeText, find, textAt, textElement, textOf } from './element-value.ts';
import type { DeidOption } from './options.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Our own, drawn once: it names the writer of the file, not a machine or a site. */
const IMPLEMENTATION_CLASS_UID = '2.25.40078085089559623400678528046279591999';

/** (0002,0013) is SH: at most 16 characters. */
export function implementationVersionName(version: string): string {
  return `EFFACE_${version}`.slice(0, 16);
}

const VERSION = 0x00020001;
const SOP_CLASS = 0x00020002;
const SOP_INSTANCE = 0x00020003;
const TRANSFER_SYNTAX = 0x00020010;
const IMPLEMENTATION_CLASS = 0x00020012;
const IMPLEMENTATION_VERSION = 0x00020013;
const GROUP_LENGTH = 0x00020000;

export interface MetaOptions {
  readonly pseudonyms: Pseudonyms;
  readonly version: string;
  readonly profile: 'basic' | 'none';
  readonly options: readonly DeidOption[];
  /** A file without a meta group gets none (files that are replaced where they lie). */
  readonly keepLayout?: boolean;
}

/**
 * Plans the meta group: class and transfer syntax stay, the instance UID follows the data
 * set, the writer is us; under `basic` application entities, addresses and private
 * information go. A file without a meta group gets one, unless its layout is kept.
 */
export async function planMeta(
  file: Part10File,
  plan: HeaderPlan,
  { pseudonyms, version, profile, options, keepLayout = false }: MetaOptions,
): Promise<void> {
  if (keepLayout && file.meta.length === 0) return;
  const sopClass = textAt(file, file.dataSet, 0x00080016);
  const original = textAt(file, file.dataSet, 0x00080018);
  const instance = options.includes('uids') ? original : await pseudonyms.uid(original);
  const wanted = new Map<number, string>([
    // A private class is no class of the standard: its UID can name its maker's machine.
    [SOP_CLASS, profile === 'basic' ? await pseudonyms.uid(sopClass) : sopClass],
    [SOP_INSTANCE, instance],
    [TRANSFER_SYNTAX, file.transferSyntaxUID],
    [IMPLEMENTATION_CLASS, IMPLEMENTATION_CLASS_UID],
  ]);
  const record = (action: Omit<AttributeAction, 'path' | 'rule'>): void => {
    plan.actions.push({ ...action, path: formatTag(action.tag), rule: { kind: 'meta' } });
  };
  for (const element of file.meta) {
    const { tag } = element;
    if (tag === GROUP_LENGTH) continue; // the span writer computes it
    const text =
      wanted.get(tag) ??
      (tag === IMPLEMENTATION_VERSION ? implementationVersionName(version) : null);
    wanted.delete(tag);
    if (text !== null) {
      if (text === textOf(file, element)) record({ tag, element, action: 'kept', after: '' });
      else {
        const vr = tag === IMPLEMENTATION_VERSION ? 'SH' : 'UI';
        plan.edits.set(element, { kind: 'replace', value: encodeText(text, vr) });
        record({ tag, element, action: 'replaced', after: text });
      }
    } else if (profile === 'none' || (tag === VERSION && bytesOf(file, element).length === 2)) {
      record({ tag, element, action: 'kept', after: '' });
    } else {
      plan.edits.set(element, { kind: 'remove' });
      record({ tag, element, action: 'removed', after: '' });
    }
  }
  const insert = (element: NewElement, after: string): void => {
    plan.insertMeta.push(element);
    record({ tag: element.tag, element: null, action: 'added', after });
  };
  if (!find(file.meta, VERSION)) {
    insert({ tag: VERSION, vr: 'OB', value: new Uint8Array([0, 1]) }, '00 01');
  }
  for (const [tag, text] of wanted) insert(textElement(tag, 'UI', text), text);
  if (!find(file.meta, IMPLEMENTATION_VERSION)) {
    const name = implementationVersionName(version);
    insert(textElement(IMPLEMENTATION_VERSION, 'SH', name), name);
  }
}
