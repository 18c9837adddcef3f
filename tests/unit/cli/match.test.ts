import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { phantomNifti } from '../../../src/core/phantom/as-nifti.ts';
import { defaultGrid, makeHead, scanHead } from '../../../src/core/phantom/head.ts';
import { niftiFile } from '../../support/nifti-file.ts';
import { keptTerminal } from '../../support/terminal.ts';

const SLOW = 180_000;

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-match-'));
  await mkdir(path.join(root, 'others'));
});
afterEach(() => rm(root, { recursive: true }));

const put = (name: string, bytes: Uint8Array | string): Promise<void> =>
  writeFile(path.join(root, name), bytes);

async function match(...words: readonly string[]) {
  const terminal = keptTerminal();
  const at = words.map((word) => (word.startsWith('-') ? word : path.join(root, word)));
  const code = await run(['match', ...at], terminal, new AbortController().signal);
  return { code, ...terminal.kept };
}

describe('efface match', () => {
  test('refuses photographs', async () => {
    await put('me.jpg', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]));
    const { code, err } = await match('me.jpg', '--gallery', 'others');
    expect(code).toBe(1);
    expect(err).toMatch(/photographs and other pictures are refused/);
  });

  test('needs other people, and to be told who it is', async () => {
    await put('scan.nii', niftiFile({ dim: [3, 8, 9, 10] }));
    await put('others/one.nii', niftiFile({ dim: [3, 8, 9, 10] }));
    expect(await match('scan.nii', '--gallery', 'others')).toMatchObject({ code: 1 });
    await put('others/two.nii', niftiFile({ dim: [3, 8, 9, 10] }));
    const { code, err } = await match('scan.nii', '--gallery', 'others');
    expect(code).toBe(2);
    expect(err).toMatch(/--same PATH\. Who a scan shows is never told/);
  });

  test(
    'finds a person by another scan in another pose, and writes nothing',
    async () => {
      for (const seed of [401, 402]) {
        const head = await makeHead(seed);
        const grid = defaultGrid(2);
        const { volume } = await scanHead(head, { seed, kind: 'MR', grid });
        await put(`others/${seed}.nii`, phantomNifti(volume));
        if (seed !== 402) continue;
        const pose = { pitchDeg: 6, yawDeg: -5, shift: [4, 6, -5] } as const;
        const again = await scanHead(head, { seed: 9, kind: 'MR', grid: defaultGrid(2.2), pose });
        await put('402.nii', phantomNifti(again.volume));
      }
      const { code, out } = await match('402.nii', '--gallery', 'others', '--json');
      expect(code).toBe(0);
      const document = JSON.parse(out) as { views: readonly { view: string; rank: number }[] };
      expect(document).toMatchObject({
        schema: 'efface-match/1',
        gallery: 2,
        power: { shown: true },
      });
      expect(document.views[0]).toEqual({ view: 'face', rank: 1, of: 2, told: true });
      expect(out).not.toContain('402');
      expect((await readdir(root, { recursive: true })).toSorted()).toEqual([
        '402.nii',
        'others',
        'others/401.nii',
        'others/402.nii',
      ]);
    },
    SLOW,
  );
});
