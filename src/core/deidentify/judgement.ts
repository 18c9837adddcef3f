/** What may become of an element, and what the decision looks at. */
import type { Element, Part10File } from '../dicom/element.ts';
import { componentsOf, textAt } from './element-value.ts';
import { effectiveVr, type Identifiers } from './identifiers.ts';
import type { DeidOption } from './options.ts';
import { leastLeft } from './profile.ts';
import type { Rule } from './rules.ts';

export type Judgement = { readonly rule: Rule } & (
  | { readonly kind: 'keep' | 'remove' | 'empty' | 'uid' | 'patient' | 'accession' | 'shift' }
  /** The same rules inside its items; in those of a code its parts stay. */
  | { readonly kind: 'items'; readonly codes: 'judged' | 'kept' | 'retained' }
  /** Text in place of what was there: coded strings that may stay, an age, a dummy. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
);

export interface JudgeContext {
  readonly file: Part10File;
  readonly identifiers: Identifiers;
  readonly options: readonly DeidOption[];
  readonly sopClassUID: string;
  /** Whether the image is a Siemens mosaic: slices side by side in one frame. */
  readonly mosaic: boolean;
}

export function judgeContext(
  file: Part10File,
  identifiers: Identifiers,
  options: readonly DeidOption[],
): JudgeContext {
  const sopClassUID = textAt(file, file.dataSet, 0x00080016).trim();
  return { file, identifiers, options, sopClassUID, mosaic: isMosaic(file) };
}

/** Whether ImageType says MOSAIC. */
export function isMosaic(file: Part10File): boolean {
  return componentsOf(textAt(file, file.dataSet, 0x00080008)).includes('MOSAIC');
}

/** Takes the value away and leaves what the image object must have (Type 1: a dummy). */
export function dropped(element: Element, { sopClassUID }: JudgeContext, rule: Rule): Judgement {
  const least = leastLeft(element.tag, sopClassUID);
  if (least === 'D') return { kind: 'text', text: dummyOf(effectiveVr(element)), rule };
  return { kind: least === 'Z' ? 'empty' : 'remove', rule };
}

/** A value that is legal and says nothing. 1900, because year 1 is refused by checkers. */
function dummyOf(vr: string): string {
  const dummies: Readonly<Record<string, string>> = {
    DA: '19000101',
    TM: '000000',
    DT: '19000101000000',
    DS: '0',
    IS: '0',
    PN: 'Anonymous',
  };
  return dummies[vr] ?? 'REMOVED';
}
