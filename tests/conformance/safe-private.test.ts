/** dcm2niix takes a de-identified mosaic apart as it did the original: slices, sides, timing. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeidOption } from '../../src/core/deidentify/options.ts';
import { deidentifiedOne } from '../support/deidentified.ts';
import { hasProgram, readBytes, sharedDicom } from '../support/shared-data.ts';

const data = sharedDicom();
const ready = data !== null && hasProgram('dcm2niix');

interface Converted {
  readonly dims: readonly number[];
  readonly affine: string;
  readonly voxels: string;
  readonly json: Readonly<Record<string, unknown>>;
}

function convert(bytes: Uint8Array): Converted {
  const folder = mkdtempSync(path.join(tmpdir(), 'efface-mosaic-'));
  try {
    mkdirSync(path.join(folder, 'in'));
    writeFileSync(path.join(folder, 'in/a.dcm'), bytes);
    spawnSync('dcm2niix', ['-z', 'n', '-f', 'a', '-o', folder, path.join(folder, 'in')]);
    const name = readdirSync(folder).find((one) => one.endsWith('.nii')) ?? '';
    const nii = readFileSync(path.join(folder, name));
    return {
      dims: [1, 2, 3].map((axis) => nii.readInt16LE(40 + 2 * axis)),
      affine: nii.subarray(252, 328).toString('hex'),
      voxels: nii.subarray(nii.readFloatLE(108)).toString('base64'),
      json: JSON.parse(
        readFileSync(path.join(folder, name.replace('.nii', '.json')), 'utf8'),
      ) as Converted['json'],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!ready)('a Siemens mosaic of 35 slices', () => {
  const original = ready
    ? readBytes(path.join(data, 'cases/enhanced/mosaic_35slices_explicit.dcm'))
    : new Uint8Array();

  test.each<readonly [string, readonly DeidOption[]]>([
    ['Basic', []],
    ['safe private elements', ['private']],
  ])('keeps slices, sides and voxels under %s', async (_, options) => {
    const before = convert(original);
    const { file } = await deidentifiedOne(original, { options });
    const after = convert(file.bytes);

    expect(before.dims[2]).toBe(35);
    expect(after.dims).toEqual(before.dims);
    expect(after.affine).toBe(before.affine);
    expect(after.voxels).toBe(before.voxels);
    expect(Buffer.from(file.bytes).toString('latin1')).not.toMatch(/1\.3\.12\.2\.1107/);
    const timing = ['SliceTiming', 'TotalReadoutTime', 'PhaseEncodingDirection'];
    for (const field of timing) {
      expect(before.json[field]).toBeDefined();
      if (options.length > 0) expect(after.json[field]).toEqual(before.json[field]);
    }
  });
});
