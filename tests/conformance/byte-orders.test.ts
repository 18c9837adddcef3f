/** Series whose bytes dcmtk put into another order: they are read as before, and come out in that order. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePart10 } from '../../src/core/dicom/part10.ts';
import { storedOf } from '../../src/core/export/verify-dicom.ts';
import { instanceBytes } from '../support/dicom-instance.ts';
import { exportedSeries } from '../support/exported-series.ts';
import { filesBelow, hasProgram, readBytes, sharedDicom } from '../support/shared-data.ts';
import { differences, volumeOf } from '../support/volumes.ts';

const data = sharedDicom();
const hasDcmconv = hasProgram('dcmconv');
const never = (): Promise<never> => Promise.reject(new Error('nothing to decode'));

const ORDERS = [
  ['big endian', '+tb', '1.2.840.10008.1.2.2'],
  ['big endian pixels alone (GE)', '+tg', '1.2.840.113619.5.2'],
] as const;

describe.skipIf(data === null || !hasDcmconv)('a series with', () => {
  test.each(ORDERS)(
    '%s',
    async (_, option, transferSyntaxUID) => {
      const source = path.join(data ?? '', 'mr-siemens-thick-t1post');
      const root = mkdtempSync(path.join(tmpdir(), 'efface-order-'));
      mkdirSync(path.join(root, 'in'));
      for (const file of filesBelow(source)) {
        execFileSync('dcmconv', [option, file, path.join(root, 'in', path.basename(file))]);
      }
      const { after, region } = await exportedSeries(root, 'in');
      const syntaxes = after.map((file) => parsePart10(readBytes(file)).transferSyntaxUID);
      mkdirSync(path.join(root, 'back'));
      const back = after.map((file) => path.join(root, 'back', path.basename(file)));
      after.forEach((file, n) => execFileSync('dcmconv', ['+te', file, back[n] ?? '']));
      const old = await volumeOf(filesBelow(source));
      const [now, theirs] = [await volumeOf(after), await volumeOf(back)];
      const { inside, outside } = differences(old, now, region);
      const disagreed = differences(now, theirs, region);
      rmSync(root, { recursive: true });
      rmSync(path.resolve(path.dirname(after[0] ?? ''), '../../..'), { recursive: true });

      expect(new Set(syntaxes)).toEqual(new Set([transferSyntaxUID]));
      expect(outside).toBe(0);
      expect(disagreed).toEqual({ inside: 0, outside: 0 });
      expect(inside).toBeGreaterThan(0);
    },
    120_000,
  );
});

describe.skipIf(!hasDcmconv)('8 bits with', () => {
  test.each(
    ORDERS.flatMap(([name, option]) => [
      [name, option, 'OB'] as const,
      [name, option, 'OW'] as const,
    ]),
  )('%s from %s %s', async (_, option, pixelVr) => {
    const root = mkdtempSync(path.join(tmpdir(), 'efface-order-'));
    const pixels = Array.from({ length: 16 }, (__, n) => 3 * n);
    const [from, to] = [path.join(root, 'a.dcm'), path.join(root, 'b.dcm')];
    writeFileSync(from, instanceBytes({ bitsAllocated: 8, pixelVr, pixels }));
    execFileSync('dcmconv', [option, from, to]);
    const stored = await storedOf(parsePart10(readBytes(to)), never);
    rmSync(root, { recursive: true });
    expect([...stored]).toEqual(pixels);
  });
});
