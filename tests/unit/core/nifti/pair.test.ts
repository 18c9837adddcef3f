/** NIfTI pairs: header and voxels in two files, read and written back as two. */
import fc from 'fast-check';
import { gunzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { loadNiftiScan, readNifti, type NiftiScan } from '../../../../src/core/nifti/read.ts';
import { verifyNifti, writeNiftiMask, writeNiftiPair } from '../../../../src/core/nifti/write.ts';
import type { Delta } from '../../../../src/core/volume/delta.ts';
import { NIFTI_TYPES, niftiFile, niftiPair } from '../../../support/nifti-file.ts';

const PLACE = { id: '1', patient: 1, visit: 1 };
const files = ({ head, image }: ReturnType<typeof niftiPair>) => ({
  head: memorySource('a.hdr', head),
  image: memorySource('a.img', image),
});
const read = ({ head, image }: ReturnType<typeof files>): Promise<NiftiScan> =>
  readNifti(head, PLACE, {}, image);

const anyPair = fc.record({
  type: fc.constantFrom(...NIFTI_TYPES),
  littleEndian: fc.boolean(),
  version: fc.constantFrom(1, 2),
  headGz: fc.boolean(),
  imageGz: fc.boolean(),
  lead: fc.constantFrom(0, 16, 352),
});

describe('a pair', () => {
  test('holds what the single file would, whatever its type, order, version and packing', async () => {
    await fc.assert(
      fc.asyncProperty(anyPair, async (options) => {
        const pair = await loadNiftiScan(await read(files(niftiPair(options))));
        const { type, littleEndian, version } = options;
        const file = memorySource('a.nii', niftiFile({ type, littleEndian, version }));
        expect(pair).toEqual(await loadNiftiScan(await readNifti(file, PLACE)));
      }),
      { numRuns: 60 },
    );
  });

  test('comes back byte for byte without a delta and without scrubbing', async () => {
    await fc.assert(
      fc.asyncProperty(anyPair, async (options) => {
        const pair = niftiPair({ ...options, lead: 0 });
        const back = await writeNiftiPair(files(pair), null, { scrub: false });
        const plain = (bytes: Uint8Array, gz: boolean): Uint8Array =>
          gz ? gunzipSync(bytes) : bytes;
        const same = (part: 'head' | 'image', gz: boolean): void => {
          expect(plain(back[part], gz)).toEqual(plain(pair[part], gz));
          expect(back[part][0] === 0x1f).toBe(gz);
        };
        same('head', options.headGz);
        same('image', options.imageGz);
      }),
      { numRuns: 60 },
    );
  });

  test('loses its text, its extensions and what stands before the voxels, and keeps its geometry', async () => {
    const pair = niftiPair({
      texts: { 148: 'DOE^JANE' },
      extension: { code: 6, text: 'DOE JANE' },
      sform: [-2, 0, 0, 90, 0, 3, 0, -126, 0, 0, 4, -72],
      lead: 16,
    });
    const back = await writeNiftiPair(files(pair), null);
    expect(Buffer.from(back.head).toString('latin1')).not.toContain('DOE');
    expect(back.image.subarray(0, 16)).toEqual(new Uint8Array(16));
    const [before, after] = await Promise.all([read(files(pair)), read(files(back))]);
    expect(after.header).toEqual(before.header);
  });

  test('is held against what was written', async () => {
    const pair = niftiPair({ littleEndian: false });
    const scan = await read(files(pair));
    const values = (await loadNiftiScan(scan)).stored.slice(0, 4).fill(7);
    const delta: Delta = { grid: scan.grid, runs: Uint32Array.of(10, 4), values };
    const back = await writeNiftiPair(files(pair), delta);
    const verify = (image: Uint8Array<ArrayBuffer>): Promise<void> =>
      verifyNifti(
        memorySource('b.hdr', back.head),
        memorySource('a.hdr', pair.head),
        delta,
        {},
        {
          written: memorySource('b.img', image),
          source: memorySource('a.img', pair.image),
        },
      );
    await verify(back.image);
    const bad = back.image.slice();
    bad[100] = (bad[100] as number) ^ 1;
    await expect(verify(bad)).rejects.toMatchObject({ code: 'output/verify' });
  });

  test('is refused without its image, cut short with its bytes', async () => {
    const { head, image } = files(niftiPair());
    await expect(readNifti(head, PLACE)).rejects.toMatchObject({
      code: 'nifti/unsupported',
      details: { reason: 'nifti/two-files' },
    });
    const cut = memorySource('a.img', new Uint8Array(await image.read(0, 100)));
    await expect(readNifti(head, PLACE, {}, cut)).rejects.toMatchObject({
      code: 'nifti/truncated',
    });
  });

  test.each([1, 2] as const)('has a mask in one file (NIfTI-%i)', async (version) => {
    const { head, image } = files(niftiPair({ version }));
    const scan = await readNifti(head, PLACE, {}, image);
    const voxels = Uint8Array.from({ length: 120 }, (_, v) => (v % 3 === 0 ? 1 : 0));
    const bytes = await writeNiftiMask(head, { grid: scan.grid, voxels }, {}, image);
    const mask = await readNifti(memorySource('m.nii.gz', bytes), PLACE);
    expect(mask.grid).toEqual(scan.grid);
    expect((await loadNiftiScan(mask)).stored).toEqual(voxels);
  });
});
