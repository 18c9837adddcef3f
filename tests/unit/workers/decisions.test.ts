import { expect, test } from 'vitest';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import type { Said } from '../../../src/app/kept-decisions.ts';
import { openScans, type OpenedScans } from '../../../src/app/open-scans.ts';
import type { SourceFile } from '../../../src/core/source-file.ts';
import { Decisions } from '../../../workers/decisions.ts';
import { dicomSeries } from '../../support/dicom-series.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { filesInMemory, keyOf, shelfIn, type FilesInMemory } from '../../support/shelf.ts';

const RESULT = 'of these voxels';
const ONE = dicomSeries({ uid: '1.2.3', patient: 'P1' });
const TWO = dicomSeries({ uid: '1.2.4', patient: 'P2', folder: 'other' });
/** Too few slices: left out. */
const SHORT = dicomSeries({ uid: '1.2.5', patient: 'P1', folder: 'short', slices: 2 });

async function opened(...files: readonly SourceFile[][]): Promise<OpenedScans> {
  return openScans(files.flat(), {});
}

/** Of a page that was just loaded. */
function load(files: FilesInMemory, key = keyOf(1)): Decisions {
  const decisions = new Decisions();
  decisions.use(shelfIn(files, key));
  return decisions;
}

function first<T>(of: readonly T[]): T {
  const [one] = of;
  if (!one) throw new Error('nothing is open');
  return one;
}

/** A file of the series with one byte of its last voxel changed. */
function touched(files: readonly SourceFile[]): Promise<SourceFile[]> {
  return Promise.all(
    files.map(async (file, n) => {
      const bytes = await file.read();
      if (n === 0) bytes[bytes.length - 1] = 77;
      return memorySource(file.path, bytes);
    }),
  );
}

test('about a result are found again after a reload, in any order of the files', async () => {
  const files = filesInMemory();
  const decisions = load(files);
  const { scans } = await opened(ONE, TWO);
  const [one, two] = scans;
  if (!one || !two) throw new Error('two scans were opened');
  expect(await decisions.about(one, RESULT)).toBeNull();
  expect(await decisions.keep(one, { decision: 'approved' }, RESULT)).toBe(true);
  expect(await decisions.keep(two, { decision: 'rejected' }, 'another')).toBe(true);

  const again = load(files);
  const back = await opened(TWO, ONE);
  expect(await again.earlier(back)).toEqual({ said: [], decided: 2 });
  const [second, third] = back.scans;
  if (!second || !third) throw new Error('two scans were opened');
  expect(await again.about(second, 'another')).toBe('rejected');
  expect(await again.about(third, RESULT)).toBe('approved');
});

test('are void where the result or one byte of the files is another', async () => {
  const files = filesInMemory();
  await load(files).keep(first((await opened(ONE)).scans), { decision: 'approved' }, RESULT);
  const again = load(files);
  const same = first((await opened(ONE)).scans);
  expect(await again.about(same, `${RESULT}, by another method`)).toBe('void');
  expect(await again.about(same, null)).toBe('void');
  const other = first((await opened(await touched(ONE))).scans);
  expect(await again.about(other, RESULT)).toBe('void');
  expect(await again.about(same, RESULT)).toBe('approved');
});

test('about files alone hold at once, and not for other bytes', async () => {
  const files = filesInMemory();
  const decisions = load(files);
  const { scans, left } = await opened(ONE, SHORT);
  const out: Said = { included: false, removed: true };
  await decisions.keep(first(scans), { ...out, decision: 'approved' }, RESULT);
  await decisions.keep(first(left), { included: true }, null);

  const again = load(files);
  const back = await opened(SHORT, ONE);
  const { said, decided } = await again.earlier(back);
  expect(decided).toBe(1);
  expect(said).toEqual([
    { scan: first(back.scans).id, said: out },
    { scan: first(back.left).id, said: { included: true } },
  ]);
  const changed = await opened(await touched(ONE), await touched(SHORT));
  expect((await again.earlier(changed)).said).toEqual([]);
});

test('of NIfTI files are told apart by their voxels, not by name or size', async () => {
  const files = filesInMemory();
  const decisions = load(files);
  const nifti = (name: string, value: number): SourceFile =>
    memorySource(
      name,
      niftiFile({ dim: [3, 16, 16, 16, 1, 1, 1, 1] }, (v) => (v % 97) + value),
    );
  const { scans } = await opened([nifti('a.nii', 1), nifti('b.nii', 2)]);
  expect(scans).toHaveLength(2);
  await decisions.keep(first(scans), { included: false }, null);
  const again = load(files);
  const renamed = await opened([nifti('a.nii', 2), nifti('c.nii', 1)]);
  const { said } = await again.earlier(renamed);
  expect(said.map(({ scan }) => renamed.scans.find(({ id }) => id === scan)?.description)).toEqual([
    'c.nii',
  ]);
});

test('that are taken back leave nothing; later ones win', async () => {
  const files = filesInMemory();
  const decisions = load(files);
  const one = first((await opened(ONE)).scans);
  await decisions.keep(one, { decision: 'approved' }, RESULT);
  await Promise.all([
    decisions.keep(one, { decision: 'rejected' }, RESULT),
    decisions.keep(one, { decision: 'approved' }, 'later'),
  ]);
  expect(await decisions.about(one, 'later')).toBe('approved');
  expect(files.all.size).toBe(1);
  await decisions.keep(one, {}, RESULT);
  expect(files.all.size).toBe(0);
  expect(await decisions.about(one, 'later')).toBeNull();
});

test('that are being written are there to be cleared with the others', async () => {
  const files = filesInMemory();
  const decisions = load(files);
  const one = first((await opened(ONE)).scans);
  void decisions.keep(one, { decision: 'approved' }, RESULT);
  // Who opens the same files at once finds what was said last.
  expect(await decisions.earlier(await opened(ONE))).toEqual({ said: [], decided: 1 });
  void decisions.keep(one, {}, RESULT);
  await decisions.written();
  expect(files.all.size).toBe(0);
});

test('are sealed: no name, path, number or word of them is readable, and no other key finds them', async () => {
  const files = filesInMemory();
  const decisions = load(files);
  const named = dicomSeries({ uid: '1.2.3.4', patient: 'Patient7', folder: 'folder' });
  const one = first((await opened(named)).scans);
  await decisions.keep(one, { decision: 'approved' }, RESULT);
  const [name, bytes] = first([...files.all]);
  const all = name + new TextDecoder('latin1').decode(bytes);
  // Long ones: sealed bytes are random, and two letters come up in them once in a while.
  for (const word of ['approved', 'Patient7', '1.2.3.4', 'folder', 'decision', RESULT]) {
    expect(all).not.toContain(word);
  }
  const other = load(files, keyOf(2));
  expect(await other.about(one, RESULT)).toBeNull();
  expect(files.all.size).toBe(0);
});

test('that cannot be kept stop nothing', async () => {
  const full = load(filesInMemory(true));
  const nowhere = new Decisions();
  const all = await opened(ONE);
  for (const decisions of [full, nowhere]) {
    expect(await decisions.keep(first(all.scans), { decision: 'approved' }, RESULT)).toBe(false);
    expect(await decisions.about(first(all.scans), RESULT)).toBeNull();
    expect(await decisions.earlier(all)).toEqual({ said: [], decided: 0 });
  }
});

test('about files that cannot be read any more stop neither opening nor a result', async () => {
  const files = filesInMemory();
  const { scans } = await opened(ONE, TWO);
  await load(files).keep(first(scans.slice(1)), { included: false }, null);
  let isGone = false;
  const leaving = ONE.map((file) => ({
    ...file,
    read: (...range: Parameters<SourceFile['read']>) =>
      isGone ? Promise.reject(new Error('the drive was unplugged')) : file.read(...range),
  }));
  const all = await opened(leaving, TWO);
  isGone = true;
  const again = load(files);
  const [gone, there] = all.scans;
  if (!gone || !there) throw new Error('two scans were opened');
  expect(await again.earlier(all)).toEqual({
    said: [{ scan: there.id, said: { included: false } }],
    decided: 0,
  });
  expect(await again.about(gone, RESULT)).toBeNull();
});

test('about a result of which something was said, and that cannot be compared, are void', async () => {
  const files = filesInMemory();
  let left = Infinity;
  const leaving = ONE.map((file) => ({
    ...file,
    read: (...range: Parameters<SourceFile['read']>) =>
      left-- > 0 ? file.read(...range) : Promise.reject(new Error('the drive was unplugged')),
  }));
  const one = first((await opened(leaving)).scans);
  await load(files).keep(one, { decision: 'approved' }, RESULT);
  const again = load(files);
  // Its name is found, and then the files are gone.
  left = 3;
  expect(await again.about(one, RESULT)).toBe('void');
});
