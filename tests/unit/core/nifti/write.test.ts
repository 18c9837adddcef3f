import fc from 'fast-check';
import { gunzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { loadNiftiScan, readNifti } from '../../../../src/core/nifti/read.ts';
import { writeNifti, writeNiftiMask } from '../../../../src/core/nifti/write.ts';
import type { Delta } from '../../../../src/core/volume/delta.ts';
import type { Volume } from '../../../../src/core/volume/volume.ts';
import { NIFTI_TYPES, niftiFile } from '../../../support/nifti-file.ts';

const load = async (bytes: Uint8Array<ArrayBuffer>): Promise<Volume> =>
  loadNiftiScan(await readNifti(memorySource('a.nii', bytes), { id: '1', patient: 1, visit: 1 }));
const TEXTS = {
  4: 'DOE^JANE',
  14: 'PATIENT 4711',
  148: 'TE=30;Time=135835.760;phase=1',
  228: '/home/jane/DOE.dcm',
  328: 'DOE intent',
};

/** The new values of the runs, in the volume's own array type. */
function deltaOf(volume: Volume, runs: readonly [number, number][], value: number): Delta {
  const count = runs.reduce((sum, [, length]) => sum + length, 0);
  const values = volume.stored.slice(0, count).fill(value);
  return { grid: volume.grid, runs: Uint32Array.from(runs.flat()), values };
}

describe('writeNifti', () => {
  test('is the identity without a delta and without scrubbing, for every type and byte order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NIFTI_TYPES),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 27, maxLength: 27 }),
        async (type, littleEndian, values) => {
          const bytes = niftiFile(
            { type, littleEndian, dim: [3, 3, 3, 3], texts: TEXTS },
            (v) => values[v] as number,
          );
          expect(await writeNifti(bytes, null, { scrub: false })).toEqual(bytes);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('changes the voxels of the runs and no other byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NIFTI_TYPES),
        fc.boolean(),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        async (type, littleEndian, start, length) => {
          const bytes = niftiFile({ type, littleEndian });
          const before = await load(bytes);
          const delta = deltaOf(
            before,
            [
              [start, length],
              [start + length + 5, 3],
            ],
            101,
          );
          const written = await writeNifti(bytes, delta);

          const after = await load(written);
          const expected = before.stored.slice().fill(101, start, start + length);
          expected.fill(101, start + length + 5, start + length + 8);
          expect(after.stored).toEqual(expected);
          expect(after.grid).toEqual(before.grid);
          expect(written.subarray(0, 352)).toEqual(bytes.subarray(0, 352));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('keeps a NaN bit for bit', async () => {
    const bytes = niftiFile({ type: 'float32' });
    new DataView(bytes.buffer).setUint32(352, 0x7fa0_1234, true);
    const volume = await load(bytes);

    expect(await writeNifti(bytes, deltaOf(volume, [[5, 1]], 9))).toSatisfy(
      (written: Uint8Array) => new DataView(written.buffer).getUint32(352, true) === 0x7fa0_1234,
    );
  });

  test('clears text that can name a person and keeps every number of the header', async () => {
    const bytes = niftiFile({ texts: TEXTS, sform: [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72] });
    const written = await writeNifti(bytes, null);
    const text = new TextDecoder('latin1').decode(written);

    for (const word of ['DOE', '4711', 'Time', 'jane']) expect(text).not.toContain(word);
    expect(text.slice(148, 153)).toBe('TE=30');
    const plain = niftiFile({ sform: [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72] });
    plain.set(new TextEncoder().encode('TE=30'), 148);
    expect(written).toEqual(plain);
  });

  test.each([2, 4, 6, 14, 32, 99])(
    'clears an extension of code %i without moving voxels',
    async (code) => {
      const bytes = niftiFile({ extension: { code, text: '(0010,0010) DOE^JANE born 1970' } });
      const written = await writeNifti(bytes, null);

      expect(new TextDecoder('latin1').decode(written)).not.toContain('DOE');
      expect(written.length).toBe(bytes.length);
      expect((await load(written)).stored).toEqual((await load(bytes)).stored);
    },
  );

  test('gives gzip for gzip, with time 0 and no name', async () => {
    const written = await writeNifti(niftiFile({ gz: true }), null);

    expect([...written.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    expect(gunzipSync(written)).toEqual(niftiFile());
  });

  test('leaves out bytes after the voxels', async () => {
    const bytes = niftiFile({ trailing: 33 });

    expect((await writeNifti(bytes, null)).length).toBe(bytes.length - 33);
  });

  test('refuses a delta that belongs to another grid', async () => {
    const other = await load(niftiFile({ dim: [3, 4, 4, 4] }));

    await expect(writeNifti(niftiFile(), deltaOf(other, [[0, 1]], 1))).rejects.toThrow(/grid/);
  });
});

describe('writeNiftiMask', () => {
  test('lies on the same grid, holds 0 and 1, and none of the text', async () => {
    const bytes = niftiFile({ texts: TEXTS, littleEndian: false, slope: 3, intercept: 7 });
    const volume = await load(bytes);
    const voxels = Uint8Array.from(volume.stored, (_, v) => (v % 7 === 0 ? 1 : 0));
    const written = await writeNiftiMask(bytes, { grid: volume.grid, voxels });
    const mask = await load(written);

    expect(mask.grid).toEqual(volume.grid);
    expect(mask.stored).toEqual(voxels);
    expect(mask.rescale).toEqual([{ slope: 1, intercept: 0 }]);
    expect(new TextDecoder('latin1').decode(gunzipSync(written))).not.toContain('DOE');
  });
});
