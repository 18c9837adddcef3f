/**
 * `npm run bench:zip`: memory of 2,000 slices streamed into a ZIP, in a process of its own,
 * and an archive beyond 4 GB (ZIP64), written to a file with holes and read back.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileSource } from '../src/adapters/node/file-source.ts';
import { zipReader } from '../src/adapters/zip/zip-reader.ts';
import { createZipSink, type ByteTarget } from '../src/adapters/zip/zip-sink.ts';
import { askWorker } from '../tests/e2e/support/in-worker.ts';
import { startBrowser } from '../tests/support/browser.ts';
import { peakMb } from './renderer-memory.ts';

const GOAL_MB = 1024;
const MEBIBYTE = 2 ** 20;

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-zip-'));
try {
  streamed(path.join(folder, 'streamed.zip'));
  await beyond4GB(path.join(folder, 'sparse.zip'));
  await inPage();
} finally {
  await rm(folder, { recursive: true, force: true });
}

function streamed(out: string): void {
  const script = path.join(import.meta.dirname, 'zip-stream.ts');
  const child = spawnSync(process.execPath, ['--import', 'tsx', script, out], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  const { files, bytes, seconds, startMb, peakMb } = JSON.parse(child.stdout) as Record<
    'files' | 'bytes' | 'seconds' | 'startMb' | 'peakMb',
    number
  >;
  say(
    `${files} slices of 512² into a ZIP of ${(bytes / 1e6).toFixed(0)} MB`,
    `${seconds.toFixed(0)} s`,
  );
  say('peak memory of the process', `${peakMb.toFixed(0)} MB`, `goal ≤ ${GOAL_MB} MB`);
  say('  before the first slice', `${startMb.toFixed(0)} MB`);
  if (peakMb > GOAL_MB) process.exitCode = 1;
}

/** Four entries of 1 GiB and 300 MiB of zeros each, which take no room, and a small one behind them. */
async function beyond4GB(file: string): Promise<void> {
  const began = performance.now();
  const sink = createZipSink(await sparseTarget(file));
  const zeros = new Uint8Array(1324 * MEBIBYTE);
  for (let n = 1; n <= 4; n++) await sink.write(`zeros-${n}`, zeros);
  await sink.write('last', new TextEncoder().encode('behind 4 GiB'));
  await sink.commit();
  const { size, blocks } = await stat(file);
  const found: string[] = [];
  for await (const entry of zipReader.expand(fileSource(file, size))) {
    if (!('read' in entry)) throw new Error(entry.reason.code);
    found.push(path.basename(entry.path));
    if (
      entry.path.endsWith('last') &&
      new TextDecoder().decode(await entry.read()) !== 'behind 4 GiB'
    ) {
      throw new Error('what lies behind 4 GiB reads otherwise');
    }
  }
  if (found.length !== 5) throw new Error('entries are missing');
  const script =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(len(z.namelist()), z.read("last").decode())';
  const python = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
  const said =
    python.status === null ? 'Python is not there' : python.stdout.trim() || python.stderr;
  say(
    `an archive of ${(size / 2 ** 30).toFixed(2)} GiB (${(blocks * 512) / 1024} KiB on the disk)`,
    `${((performance.now() - began) / 1000).toFixed(0)} s`,
    `Python reads: ${said}`,
  );
  if (python.status !== null && said !== '5 behind 4 GiB') process.exitCode = 1;
}

/** The same in a page: what its process takes (the archive lies in a file of the origin). */
async function inPage(): Promise<void> {
  const browser = await startBrowser({ gl: false });
  try {
    const page = await browser.newPage();
    // tsx wraps named functions in a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>bench</title>' }),
    );
    await page.goto('http://localhost:1');
    const began = performance.now();
    const bytes = Number(await askWorker(page, 'archive.worker.ts', 2000));
    const seconds = (performance.now() - began) / 1000;
    say(
      `2000 slices of 512² into a ZIP of ${(bytes / 1e6).toFixed(0)} MB in a page`,
      `${seconds.toFixed(0)} s`,
    );
    const mb = await peakMb();
    say('peak memory of the page', `${mb.toFixed(0)} MB`, `goal ≤ ${GOAL_MB} MB`);
    if (mb > GOAL_MB) process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** A file in which zeros are holes. */
async function sparseTarget(file: string): Promise<ByteTarget> {
  const handle = await open(file, 'wx+');
  let length = 0;
  return {
    async write(bytes) {
      const isHole = bytes.length >= MEBIBYTE;
      if (!isHole) await handle.write(bytes, 0, bytes.length, length);
      length += bytes.length;
      if (isHole) await handle.truncate(length);
    },
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      await handle.read(bytes, 0, bytes.length, start);
      return bytes;
    },
    truncate: () => Promise.reject(new Error('nothing is withdrawn here')),
    close: () => handle.close(),
    discard: () => handle.close(),
  };
}

function say(name: string, value: string, more = ''): void {
  console.log(`${name.padEnd(64)} ${value.padStart(8)}   ${more}`);
}
