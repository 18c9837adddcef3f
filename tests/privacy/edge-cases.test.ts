/** Strange files of ../shared/data: each is de-identified without a trace, or refused with a code. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { patientOf, planHeader } from '../../src/core/deidentify/apply.ts';
import { shifted } from '../../src/core/deidentify/dates.ts';
import { collectIdentifiers } from '../../src/core/deidentify/identifiers.ts';
import { isMosaic } from '../../src/core/deidentify/judgement.ts';
import type { DeidOption } from '../../src/core/deidentify/options.ts';
import { createPseudonyms } from '../../src/core/deidentify/pseudonyms.ts';
import { isPrivate } from '../../src/core/dicom/dictionary.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { writeEdited } from '../../src/core/dicom/span-writer.ts';
import { EffaceError } from '../../src/core/errors.ts';
import { searchFor } from '../../src/core/export/leaks.ts';
import { filesBelow, hasProgram, readBytes, sharedDicom } from '../support/shared-data.ts';
import { hmacWith } from '../support/secrets.ts';

const SETS: readonly (readonly DeidOption[])[] = [
  [],
  ['shifted-dates', 'patient', 'device', 'institution', 'private', 'descriptors'],
];
const data = sharedDicom();

describe.skipIf(data === null)('edge cases', () => {
  const files = data === null ? [] : filesBelow(path.join(data, 'cases'));

  const names = files.map((file) => path.relative(path.join(data ?? '', 'cases'), file));
  test.each(
    SETS.flatMap((options) => names.map((name, n) => [name, options, files[n] ?? ''] as const)),
  )('%s with %j', async (_, options, file) => {
    const parsed = attempt(() => parsePart10(readBytes(file)));
    if (parsed === null) return;
    const collector = collectIdentifiers(options);
    collector.add(parsed);
    const pseudonyms = createPseudonyms(hmacWith('key'));
    const days = await pseudonyms.days(patientOf(parsed));
    const plan = await planHeader(parsed, {
      version: '1.0.0',
      profile: 'basic',
      options,
      defaced: true,
      face: true,
      approved: true,
      pseudonyms,
      identifiers: collector.found,
      exported: new Set(),
    });
    const bytes = writeEdited(parsed, { ...plan, zeroPreamble: true, dropTrailing: true });
    const written = parsePart10(bytes);

    const moved = [...collector.found.dates].map((day) => shifted(day, 'DA', days));
    const dates = new Set(options.length > 0 ? moved : []);
    expect(searchFor(collector.found, { dates }).find(written)).toBeNull();
    // A mosaic keeps the numbers without which it cannot be taken apart.
    const privates = written.dataSet.map(({ tag }) => tag).filter(isPrivate);
    const known = isMosaic(parsed) ? MOSAIC_ELEMENTS : [];
    if (options.length === 0)
      expect(privates.filter((tag) => !known.includes(tag & 0xffff00ff))).toEqual([]);
    expect(dcmdumpFails(bytes) && !dcmdumpFails(readBytes(file))).toBe(false);
  });
});

/** Creators and elements of a mosaic's geometry, with the block taken out of the tag. */
const MOSAIC_ELEMENTS = [
  0x00190010, 0x0019000a, 0x00290010, 0x00290008, 0x00290009, 0x00290010, 0x00290011, 0x00290018,
  0x00290019,
];

/** What the reader refuses with a code is not written at all. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof EffaceError) return null;
    throw error;
  }
}

const hasDcmdump = hasProgram('dcmdump');

function dcmdumpFails(bytes: Uint8Array): boolean {
  if (!hasDcmdump) return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'efface-edge-'));
  const file = path.join(folder, 'a.dcm');
  writeFileSync(file, bytes);
  const { status } = spawnSync('dcmdump', ['-q', '-Un', file], { maxBuffer: 1 << 28 });
  rmSync(folder, { recursive: true });
  return status !== 0;
}
