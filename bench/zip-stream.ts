/**
 * Run as a process of its own by bench/zip.ts: 2,000 slices of 512², twenty series, the
 * whole way out (de-identify, deface, write, read back, verify) into a ZIP file. Prints the
 * peak of its resident memory (MB), the time (s) and the bytes written.
 */
import { statSync } from 'node:fs';
import { createFrameDecoder } from '../src/adapters/codecs/node.ts';
import { createFileTarget } from '../src/adapters/node/file-target.ts';
import { createSecrets } from '../src/adapters/secrets/web-crypto.ts';
import { createZipSink } from '../src/adapters/zip/zip-sink.ts';
import { exportScans, type ExportItem } from '../src/app/export-scans.ts';
import { openScans } from '../src/app/open-scans.ts';
import type { SourceFile } from '../src/core/source-file.ts';
import { boxed } from '../tests/support/defaced.ts';
import { BASIC } from '../src/core/deidentify/options.ts';
import { instanceBytes } from '../tests/support/dicom-instance.ts';

const [SERIES, SLICES, SIDE] = [20, 100, 512] as const;
const [out = ''] = process.argv.slice(2);

const decoder = createFrameDecoder();
const startMb = process.resourceUsage().maxRSS / 1024;
const began = performance.now();
const report = await exportScans(
  items(),
  {
    deidentification: BASIC,
    mask: false,
    acceptReview: true,
    tool: { version: 'bench', model: null, backend: null },
    chosen: {},
    left: [],
    skipped: [],
  },
  {
    sink: createZipSink(await createFileTarget(out, { force: true })),
    secrets: await createSecrets(),
    decoder,
  },
);
process.stdout.write(
  JSON.stringify({
    files: report.totals.filesWritten,
    bytes: statSync(out).size,
    seconds: (performance.now() - began) / 1000,
    startMb,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);

/** One series after the other, each made when it is asked for, as in a run over a folder. */
async function* items(): AsyncGenerator<ExportItem> {
  for (let n = 0; n < SERIES; n++) {
    const { scans } = await openScans(Array.from({ length: SLICES }, (_, k) => slice(n, k)));
    const [scan] = scans;
    if (!scan) throw new Error('the series was not recognized');
    yield {
      scan,
      defaced: boxed(scan.grid, { scan: scan.id, value: 3, like: new Uint16Array(1) }),
      approved: { by: 'policy', note: 'bench' },
    };
  }
}

/** A file that is made when it is read, and forgotten. */
function slice(n: number, k: number): SourceFile {
  const header = instanceBytes({
    rows: 8,
    columns: 8,
    z: 1.6 * k,
    sopInstanceUID: `1.3.12.2.1107.5.2.32.35131.${n}.${k}`,
    seriesInstanceUID: `1.3.12.2.1107.5.2.32.35131.8${n}`,
    elements: [
      { tag: 0x00280010, vr: 'US', value: Uint8Array.of(SIDE & 255, SIDE >> 8) },
      { tag: 0x00280011, vr: 'US', value: Uint8Array.of(SIDE & 255, SIDE >> 8) },
      { tag: 0x00280030, vr: 'DS', value: '0.45\\0.45' },
    ],
  });
  const pixels = SIDE * SIDE * 2;
  // The small frame is the end of the file: its length is made right, and noise follows.
  const size = header.length - 128 + pixels;
  const make = (): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(size);
    bytes.set(header.subarray(0, header.length - 128));
    new DataView(bytes.buffer).setUint32(size - pixels - 4, pixels, true);
    let state = (n * 4096 + k + 1) >>> 0;
    for (let at = size - pixels; at < size; at += 2) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[at] = state >>> 24;
      bytes[at + 1] = (state >>> 16) & 3;
    }
    return bytes;
  };
  return {
    path: `${n}/${k}`,
    size,
    read: (start = 0, end = size) => Promise.resolve(make().slice(start, end)),
  };
}
