/** Compressed series in the built page: their decoders run under its policy, from its own files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFrameDecoder } from '../../src/adapters/codecs/node.ts';
import { encodeJpeg } from '../support/encoders.ts';
import { servePage, startBrowser, type Served } from '../support/browser.ts';
import { GE_PRIVATE, instanceBytes } from '../support/dicom-instance.ts';
import { openPage, PAGE } from './support/page.ts';

const JPEG = '1.2.840.10008.1.2.4.';
const SIDE = 64;
const SLICES = 20;

let browser: Browser;
let served: Served;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'efface-codecs-'));
  [browser, served] = await Promise.all([startBrowser(), servePage(PAGE)]);
});
afterAll(async () => {
  await browser.close();
  await served.close();
  rmSync(folder, { recursive: true });
});

/** A grey square on black: the middle of the picture is light, its corner dark. */
const square = Uint8Array.from({ length: SIDE * SIDE }, (_, n) => {
  const [i, j] = [n % SIDE, Math.floor(n / SIDE)];
  return Math.max(Math.abs(i - 32), Math.abs(j - 32)) < 20 ? 200 : 4;
});

/** Paths of a series of 8 bits with the same picture in each slice. */
function seriesOf(n: number, transferSyntaxUID: string, stream: Uint8Array | null): string[] {
  return Array.from({ length: SLICES }, (_, k) => {
    const path = join(folder, `${n}-${k}.dcm`);
    const bytes = instanceBytes({
      rows: SIDE,
      columns: SIDE,
      bitsAllocated: 8,
      pixels: [...square],
      transferSyntaxUID,
      sopInstanceUID: `1.2.77.${n}.${k + 1}`,
      seriesInstanceUID: `1.2.77.${n}`,
      z: 8 * k,
      elements: [{ tag: 0x00280030, vr: 'DS', value: '4\\4' }],
      ...(stream ? { stream, pixelVr: 'OB' } : {}),
    });
    writeFileSync(path, bytes);
    return path;
  });
}

test("baseline JPEG, HTJ2K, JPEG-LS, JPEG 2000 and GE's byte order show their picture", async () => {
  const codec = createFrameDecoder();
  const format = { rows: SIDE, columns: SIDE, bitsAllocated: 8, bitsStored: 8, signed: false };
  const encoded = async (syntax: string): Promise<Uint8Array> => {
    const own = { ...format, transferSyntaxUID: `${JPEG}${syntax}` };
    const bytes = await codec.encode?.(square, own);
    if (!bytes) throw new Error('not encoded');
    return bytes;
  };
  const files = [
    ...seriesOf(1, `${JPEG}50`, await encodeJpeg(square, SIDE)),
    ...seriesOf(2, `${JPEG}201`, await encoded('201')),
    ...seriesOf(3, `${JPEG}80`, await encoded('80')),
    ...seriesOf(4, `${JPEG}90`, await encoded('90')),
    ...seriesOf(5, GE_PRIVATE, null),
  ];
  const { page, offences, close } = await openPage(browser, served.url);
  await page.setInputFiles('#file-input', files);
  const pictures = page.getByRole('list', { name: 'Series' }).locator('canvas');
  await expect.poll(() => pictures.count(), { timeout: 60_000 }).toBe(5);
  const lights = await pictures.evaluateAll((all) =>
    (all as HTMLCanvasElement[]).map((canvas) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [0],
      };
      const middle =
        4 * (Math.floor(canvas.height / 2) * canvas.width + Math.floor(canvas.width / 2));
      return (data[middle] ?? 0) > 150 && (data[0] ?? 255) < 60;
    }),
  );
  expect(lights).toEqual([true, true, true, true, true]);
  expect(offences).toEqual([]);
  await close();
});
