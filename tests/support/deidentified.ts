/** De-identifies files in memory, all as one series. */
import { planHeader } from '../../src/core/deidentify/apply.ts';
import type { AttributeAction } from '../../src/core/deidentify/actions.ts';
import { collectIdentifiers, type Identifiers } from '../../src/core/deidentify/identifiers.ts';
import type { DeidOption } from '../../src/core/deidentify/options.ts';
import { createPseudonyms } from '../../src/core/deidentify/pseudonyms.ts';
import type { Part10File } from '../../src/core/dicom/element.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { toDicom } from '../../src/core/export/to-dicom.ts';
import { hmacWith } from './secrets.ts';

export interface Deidentified {
  readonly file: Part10File;
  readonly actions: readonly AttributeAction[];
  readonly identifiers: Identifiers;
}

export interface Choices {
  readonly profile?: 'basic' | 'none';
  readonly options?: readonly DeidOption[];
  readonly face?: boolean;
  readonly patientIds?: ReadonlyMap<string, string>;
  readonly defaced?: boolean;
  readonly approved?: boolean;
  readonly key?: string;
}

export async function deidentified(
  files: readonly Uint8Array<ArrayBuffer>[],
  own: Choices = {},
): Promise<Deidentified[]> {
  const { profile = 'basic', options = [], defaced = true, approved = true, key = 'key' } = own;
  const { face = defaced, patientIds } = own;
  const collector = collectIdentifiers(options);
  for (const bytes of files) collector.add(parsePart10(bytes));
  const pseudonyms = createPseudonyms(hmacWith(key), patientIds);
  const results: Deidentified[] = [];
  for (const bytes of files) {
    const file = parsePart10(bytes);
    const plan = await planHeader(file, {
      version: '1.0.0',
      profile,
      options,
      defaced,
      face,
      approved,
      pseudonyms,
      identifiers: collector.found,
      exported: new Set(),
    });
    const written = await toDicom({
      file,
      plan,
      profile,
      change: null,
      decode: () => Promise.reject(new Error('not compressed')),
    });
    results.push({
      file: parsePart10(written),
      actions: plan.actions,
      identifiers: collector.found,
    });
  }
  return results;
}

export async function deidentifiedOne(
  bytes: Uint8Array<ArrayBuffer>,
  choices?: Choices,
): Promise<Deidentified> {
  const [one] = await deidentified([bytes], choices);
  if (!one) throw new Error('one file in, one file out');
  return one;
}
