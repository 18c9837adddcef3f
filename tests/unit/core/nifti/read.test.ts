import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../../src/adapters/memory/memory-source.ts';
import { guessModality } from '../../../../src/core/nifti/intensities.ts';
import { loadNiftiScan, readNifti, type NiftiScan } from '../../../../src/core/nifti/read.ts';
import { createRandom } from '../../../../src/core/random.ts';
import type { SourceFile } from '../../../../src/core/source-file.ts';
import { NIFTI_TYPES, niftiFile } from '../../../support/nifti-file.ts';

const PLACE = { id: '1', patient: 1, visit: 1 };
const read = (bytes: Uint8Array<ArrayBuffer>): Promise<NiftiScan> =>
  readNifti(memorySource('folder/head.nii', bytes), PLACE);

describe('readNifti', () => {
  test('gives a summary that names the file but not its folder', async () => {
    const scan = await read(niftiFile());

    expect(scan).toMatchObject({ kind: 'nifti', description: 'head.nii', files: 1, patient: 1 });
  });

  test.each([
    ['sub-01/pet/sub-01_trc-FDG_pet.nii.gz', 'PT'],
    ['pet.nii', 'PT'],
    ['sub-pet/anat/sub-pet_T1w.nii', 'MR'],
    ['carpet.nii', 'MR'],
  ])('knows a PET by the suffix of its name alone: %s', async (path, modality) => {
    const bytes = niftiFile({ gz: path.endsWith('.gz') });
    expect(await readNifti(memorySource(path, bytes), PLACE)).toMatchObject({ modality });
  });

  test('says when the file does not tell how the head lies', async () => {
    expect((await read(niftiFile())).warnings.map(({ id }) => id)).toEqual(['no-orientation']);
  });

  test.each([false, true])('says when bytes follow the voxels (gzip: %s)', async (gz) => {
    const scan = await read(niftiFile({ trailing: 10, gz }));

    expect(scan.warnings.map(({ id }) => id)).toContain('trailing-bytes');
  });

  test('reads gzip with bytes after its end, as gzip does', async () => {
    const gz = niftiFile({ gz: true });
    const padded = new Uint8Array(gz.length + 20);
    padded.set(gz);

    await expect(read(padded)).resolves.toMatchObject({ modality: 'MR' });
  });

  test('reads gzip of several members', async () => {
    const plain = niftiFile();
    const members = [plain.subarray(0, 400), plain.subarray(400)].map((part) => gzipSync(part));
    const joined = new Uint8Array(await new Blob(members).arrayBuffer());

    const volume = await loadNiftiScan(await read(joined));
    expect(volume.stored[119]).toBe(19);
  });

  test.each([false, true])('refuses a file that ends early (gzip: %s)', async (gz) => {
    const noise = createRandom(1);
    const whole = niftiFile({ gz, dim: [3, 20, 20, 20] }, () => noise.uniform() * 1000);

    await expect(read(whole.slice(0, whole.length - 3000))).rejects.toMatchObject({
      code: 'nifti/truncated',
    });
  });

  test('refuses gzip whose checksum does not match', async () => {
    const gz = niftiFile({ gz: true });
    gz[gz.length - 8] = (gz[gz.length - 8] as number) ^ 1;

    await expect(read(gz)).rejects.toMatchObject({ code: 'nifti/damaged' });
  });

  test('reads no more of a bomb than its header announces', async () => {
    const noise = createRandom(3);
    const beyond = Uint8Array.from({ length: 12 * 2 ** 20 }, () => 256 * noise.uniform());
    const plain = niftiFile();
    const long = new Uint8Array(plain.length + beyond.length);
    long.set(plain);
    long.set(beyond, plain.length);
    const source = memorySource('bomb.nii.gz', gzipSync(long));
    let bytesRead = 0;
    const read: SourceFile['read'] = (start, end) => {
      bytesRead += (end ?? source.size) - (start ?? 0);
      return source.read(start, end);
    };

    await readNifti({ ...source, read }, PLACE);
    expect(bytesRead).toBeLessThan(source.size / 2);
  });

  test('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort();

    await expect(
      readNifti(memorySource('a.nii', niftiFile()), PLACE, { signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('loadNiftiScan', () => {
  test.each(NIFTI_TYPES)('gives the stored values of %s in both byte orders', async (type) => {
    for (const littleEndian of [true, false]) {
      const scan = await read(niftiFile({ type, littleEndian }));
      const { stored } = await loadNiftiScan(scan);

      expect(stored.length).toBe(120);
      expect(stored[0]).toBe(0);
      expect(stored[117]).toBe(17);
      expect(stored.constructor.name.toLowerCase()).toBe(`${type}array`);
    }
  });

  test('names -1000 HU as the air of a CT, through its scaling', async () => {
    const hu = (v: number): number => (v % 3 === 0 ? -1003 : 40);
    const bytes = niftiFile({ slope: 0.5, intercept: -1024, type: 'uint16' }, (v) =>
      Math.round((hu(v) + 1024) / 0.5),
    );
    const scan = await read(bytes);

    expect(scan.modality).toBe('CT');
    expect((await loadNiftiScan(scan)).air).toEqual([48]);
  });

  test('takes the measured air of a CT that lies far from -1000 HU', async () => {
    const scan = await read(niftiFile({}, (v) => (v % 3 === 0 ? -950 : 40)));

    expect((await loadNiftiScan(scan)).air).toEqual([-950]);
  });

  test('takes 0 as the air of an MR whose lowest value it is, else the background', async () => {
    const zero = await read(niftiFile({}, (v) => (v % 2 ? 0 : v)));
    const noisy = await read(niftiFile({ dim: [3, 10, 10, 10] }, (v) => (v % 3 ? 12 : 5 + v)));

    expect((await loadNiftiScan(zero)).air).toEqual([0]);
    expect((await loadNiftiScan(noisy)).air[0]).toBeCloseTo(12, -1);
  });

  test('never overflows the type with the value of air', async () => {
    const scan = await read(
      niftiFile({ type: 'uint8', slope: 10, intercept: -900 }, (v) => (v % 3 ? 90 : 0)),
    );

    expect(scan.modality).toBe('MR');
    const volume = await loadNiftiScan({ ...scan, modality: 'CT' });
    expect(volume.air).toEqual([0]);
  });
});

describe('guessModality', () => {
  const random = createRandom(7);
  const many = (value: () => number): number[] => Array.from({ length: 20_000 }, value);

  test('does not take a phase image for CT', () => {
    expect(guessModality(many(() => Math.floor(random.uniform() * 3000) - 1500))).toBe('MR');
  });

  test('does not take a normalized MR for CT', () => {
    expect(guessModality(many(() => random.normal()))).toBe('MR');
  });

  test('takes noisy air at -1000 and tissue near 0 for CT', () => {
    const head = many(() =>
      random.uniform() < 0.5 ? -1000 + 20 * random.normal() : 40 + 30 * random.normal(),
    );

    expect(guessModality(head)).toBe('CT');
  });

  test('ignores voxels that are no number', () => {
    expect(guessModality([NaN, NaN, NaN])).toBe('MR');
  });
});
