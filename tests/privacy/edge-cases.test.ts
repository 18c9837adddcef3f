/** Strange files of ../shared/data: each is de-identified without a trace, or refused with a code. */
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { planHeader } from '../../src/core/deidentify/apply.ts';
import { collectIdentifiers } from '../../src/core/deidentify/identifiers.ts';
import { createPseudonyms } from '../../src/core/deidentify/pseudonyms.ts';
import { isPrivate } from '../../src/core/dicom/dictionary.ts';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { writeEdited } from '../../src/core/dicom/span-writer.ts';
import { EffaceError } from '../../src/core/errors.ts';
import { searchFor } from '../../src/core/export/leaks.ts';
import { filesBelow, hasProgram, readBytes, sharedDicom } from '../support/shared-data.ts';
import { hmacWith } from '../support/secrets.ts';

const data = sharedDicom();

/** Creators; slices, their duration, bandwidth and times; type and numbers of the CSA image header. */
// prettier-ignore
const MOSAIC_ELEMENTS = [
  0x00190010, 0x0019100a, 0x0019100b, 0x0019100c, 0x0019100e, 0x00191027, 0x00191028, 0x00191029,
  0x00290010, 0x00291008, 0x00291010,
];

describe.skipIf(data === null)('edge cases', () => {
  const files = data === null ? [] : filesBelow(path.join(data, 'cases'));

  test.each(files.map((file) => [path.relative(path.join(data ?? '', 'cases'), file), file]))(
    '%s',
    async (_, file) => {
      const parsed = attempt(() => parsePart10(readBytes(file)));
      if (parsed === null) return;
      const collector = collectIdentifiers();
      collector.add(parsed);
      const plan = await planHeader(parsed, {
        version: '1.0.0',
        profile: 'basic',
        defaced: true,
        approved: true,
        pseudonyms: createPseudonyms(hmacWith('key')),
        identifiers: collector.found,
        exported: new Set(),
      });
      const bytes = writeEdited(parsed, { ...plan, zeroPreamble: true, dropTrailing: true });
      const written = parsePart10(bytes);

      expect(searchFor(collector.found, new Set()).find(written)).toBeNull();
      // Of mosaics stays what tells their slices apart (core/deidentify/mosaic-elements.ts).
      const mayStay = file.includes('mosaic') ? MOSAIC_ELEMENTS : [];
      const kept = written.dataSet.filter(({ tag }) => isPrivate(tag)).map(({ tag }) => tag);
      expect(kept.filter((tag) => !mayStay.includes(tag))).toEqual([]);
      expect(dcmdumpFails(bytes) && !dcmdumpFails(readBytes(file))).toBe(false);
    },
  );
});

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
