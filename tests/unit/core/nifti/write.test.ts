import fc from 'fast-check';
import { gunzipSync, gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { loadNiftiScan, readNifti } from '../../../../src/core/nifti/read.ts';
import { verifyNifti, writeNifti, writeNiftiMask } from '../../../../src/core/nifti/write.ts';
import type { SourceFile } from '../../../../src/core/source-file.ts';
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

const asFile = (bytes: Uint8Array<ArrayBuffer>): SourceFile => memorySource('a.nii', bytes);
const TEXTS_2 = { 240: 'TE=30;Time=1200;DOE', 320: '/home/jane', 508: 'DOE', 525: 'jane DOE' };

describe('writeNifti', () => {
  test('is the identity without a delta and without scrubbing, for every type and byte order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NIFTI_TYPES),
        fc.boolean(),
        fc.constantFrom(1, 2),
        fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 27, maxLength: 27 }),
        async (type, littleEndian, version, values) => {
          const bytes = niftiFile(
            {
              type,
              littleEndian,
              version,
              dim: [3, 3, 3, 3],
              texts: version === 1 ? TEXTS : TEXTS_2,
            },
            (v) => values[v] as number,
          );
          expect(await writeNifti(asFile(bytes), null, { scrub: false })).toEqual(bytes);
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
          const written = await writeNifti(asFile(bytes), delta);

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

  test('changes the same voxels in every volume', async () => {
    for (const version of [1, 2] as const) {
      const bytes = niftiFile({ version, dim: [4, 4, 5, 6, 3], littleEndian: false }, (v) => v);
      const volume = await load(bytes);
      // The mean of v, v + 120 and v + 240.
      expect([volume.stored.length, volume.stored[7]]).toEqual([120, 127]);
      const delta = deltaOf(
        volume,
        [
          [0, 2],
          [117, 3],
        ],
        -5,
      );
      const written = await writeNifti(asFile(bytes), delta);

      const expected = niftiFile({ version, dim: [4, 4, 5, 6, 3], littleEndian: false }, (v) =>
        v % 120 < 2 || v % 120 > 116 ? -5 : v,
      );
      expect(written).toEqual(expected);
      await verifyNifti(asFile(written), asFile(bytes), delta);
    }
  });

  test('keeps a NaN bit for bit', async () => {
    const bytes = niftiFile({ type: 'float32' });
    new DataView(bytes.buffer).setUint32(352, 0x7fa0_1234, true);
    const volume = await load(bytes);

    expect(await writeNifti(asFile(bytes), deltaOf(volume, [[5, 1]], 9))).toSatisfy(
      (written: Uint8Array) => new DataView(written.buffer).getUint32(352, true) === 0x7fa0_1234,
    );
  });

  test('clears text that can name a person and keeps every number of the header', async () => {
    const bytes = niftiFile({ texts: TEXTS, sform: [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72] });
    const written = await writeNifti(asFile(bytes), null);
    const text = new TextDecoder('latin1').decode(written);

    for (const word of ['DOE', '4711', 'Time', 'jane']) expect(text).not.toContain(word);
    expect(text.slice(148, 153)).toBe('TE=30');
    const plain = niftiFile({ sform: [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72] });
    plain.set(new TextEncoder().encode('TE=30'), 148);
    expect(written).toEqual(plain);
  });

  test('clears the text of NIfTI-2 too', async () => {
    const extension = { code: 6, text: 'DOE' };
    const bytes = niftiFile({ version: 2, texts: TEXTS_2, extension });
    const written = await writeNifti(asFile(bytes), null);
    const text = new TextDecoder('latin1').decode(written);

    for (const word of ['DOE', 'Time', 'jane']) expect(text).not.toContain(word);
    expect(text.slice(240, 245)).toBe('TE=30');
    expect((await load(written)).stored).toEqual((await load(bytes)).stored);
  });

  test.each([2, 4, 6, 14, 32, 99])(
    'clears an extension of code %i without moving voxels',
    async (code) => {
      const bytes = niftiFile({ extension: { code, text: '(0010,0010) DOE^JANE born 1970' } });
      const written = await writeNifti(asFile(bytes), null);

      expect(new TextDecoder('latin1').decode(written)).not.toContain('DOE');
      expect(written.length).toBe(bytes.length);
      expect((await load(written)).stored).toEqual((await load(bytes)).stored);
    },
  );

  test('gives gzip for gzip, with time 0 and no name', async () => {
    const written = await writeNifti(asFile(niftiFile({ gz: true })), null);

    expect([...written.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
    expect(gunzipSync(written)).toEqual(niftiFile());
  });

  test('leaves out bytes after the voxels', async () => {
    const bytes = niftiFile({ trailing: 33 });

    expect((await writeNifti(asFile(bytes), null)).length).toBe(bytes.length - 33);
  });

  test('refuses a delta that belongs to another grid', async () => {
    const other = await load(niftiFile({ dim: [3, 4, 4, 4] }));

    await expect(writeNifti(asFile(niftiFile()), deltaOf(other, [[0, 1]], 1))).rejects.toThrow(
      /grid/,
    );
  });
});

describe('verifyNifti', () => {
  test.each([false, true])(
    'notices one wrong byte, in or out of the runs (gzip: %s)',
    async (gz) => {
      const bytes = niftiFile({ dim: [4, 4, 5, 6, 2] });
      const delta = deltaOf(await load(bytes), [[10, 4]], 77);
      const good = await writeNifti(asFile(bytes), delta);
      const source = asFile(gz ? gzipSync(bytes) : bytes);

      await verifyNifti(asFile(good), source, delta);
      for (const voxel of [3, 12, 120 + 11, 239]) {
        const bad = good.slice();
        bad[352 + 2 * voxel] = (bad[352 + 2 * voxel] as number) ^ 1;
        await expect(verifyNifti(asFile(bad), source, delta)).rejects.toMatchObject({
          code: 'output/verify',
        });
      }
    },
  );

  test('notices geometry that moved', async () => {
    const bytes = niftiFile({ sform: [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72] });
    const delta = deltaOf(await load(bytes), [[10, 4]], 77);
    const bad = await writeNifti(asFile(bytes), delta);
    new DataView(bad.buffer).setFloat32(292, 91, true);

    await expect(verifyNifti(asFile(bad), asFile(bytes), delta)).rejects.toMatchObject({
      code: 'output/verify',
    });
  });
});

describe('a delta for each volume', () => {
  const VOXELS = 4 * 5 * 6;
  /** Puts the largest value of the volume, and its number, into its first voxels. */
  const own =
    (grid: Volume['grid']) =>
    (n: number, stored: Volume['stored']): Promise<Delta> => {
      const values = stored.slice(0, 2);
      values.set([Math.max(...stored), n]);
      return Promise.resolve({ grid, runs: Uint32Array.of(3, 2), values });
    };

  test.each([
    [true, false],
    [false, false],
    [true, true],
  ])('is made of its own values (little endian: %s, gzip: %s)', async (littleEndian, gz) => {
    const dim = [4, 4, 5, 6, 3];
    const bytes = niftiFile({ dim, littleEndian }, (v) => 100 * (1 + Math.floor(v / VOXELS)));
    const { grid } = await load(bytes);
    const source = asFile(gz ? gzipSync(bytes) : bytes);
    const out = await writeNifti(source, own(grid), { scrub: false });
    const written = gz ? gunzipSync(out) : out;
    const view = new DataView(written.buffer, written.byteOffset);
    const at = (n: number, v: number): number =>
      view.getInt16(352 + 2 * (n * VOXELS + v), littleEndian);
    for (const n of [0, 1, 2]) {
      expect([2, 3, 4, 5].map((v) => at(n, v))).toEqual([
        ...[100 * (n + 1), 100 * (n + 1), n, 100 * (n + 1)],
      ]);
    }
    await verifyNifti(asFile(new Uint8Array(written)), asFile(bytes), own(grid));
  });

  test('is held against what was written, in each of them', async () => {
    const bytes = niftiFile({ dim: [4, 4, 5, 6, 3] });
    const { grid } = await load(bytes);
    const good = await writeNifti(asFile(bytes), own(grid));
    for (const voxel of [3, VOXELS + 4, 2 * VOXELS + 100]) {
      const bad = good.slice();
      bad[352 + 2 * voxel] = (bad[352 + 2 * voxel] as number) ^ 1;
      await expect(verifyNifti(asFile(bad), asFile(bytes), own(grid))).rejects.toMatchObject({
        code: 'output/verify',
        details: { different: 1 },
      });
    }
  });
});

describe('writeNiftiMask', () => {
  test('lies on the same grid, holds 0 and 1, and none of the text', async () => {
    const bytes = niftiFile({ texts: TEXTS, littleEndian: false, slope: 3, intercept: 7 });
    const volume = await load(bytes);
    const voxels = Uint8Array.from(volume.stored, (_, v) => (v % 7 === 0 ? 1 : 0));
    const written = await writeNiftiMask(asFile(bytes), {
      grid: volume.grid,
      voxels,
    });
    const mask = await load(written);

    expect(mask.grid).toEqual(volume.grid);
    expect(mask.stored).toEqual(voxels);
    expect(mask.rescale).toEqual([{ slope: 1, intercept: 0 }]);
    expect(new TextDecoder('latin1').decode(gunzipSync(written))).not.toContain('DOE');
  });
});
