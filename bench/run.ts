/**
 * `npm run bench`: speed and memory of the whole way on 300 slices of 512², as ratios
 * within one run, so that a slow machine does not look like slow code. The scan is the
 * phantom, written as DICOM into a temporary folder and read back from there.
 *
 * Prints a table; `npm run bench -- --json` one JSON document. No test depends on it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createFrameDecoder } from '../src/adapters/codecs/node.ts';
import { createFileTarget } from '../src/adapters/node/file-target.ts';
import { walkFiles } from '../src/adapters/node/folder-source.ts';
import { createSecrets } from '../src/adapters/secrets/web-crypto.ts';
import { createNodeSegmenter } from '../src/adapters/tfjs/node.ts';
import { createZipSink } from '../src/adapters/zip/zip-sink.ts';
import { defaceScan } from '../src/app/deface-scan.ts';
import { exportScans } from '../src/app/export-scans.ts';
import { loadVolume } from '../src/app/load-volume.ts';
import { openScans } from '../src/app/open-scans.ts';
import { DEFAULT_DEFACE } from '../src/core/deface/options.ts';
import { segment } from '../src/core/segmentation/segment.ts';
import { displayVoxels } from '../src/core/volume/display.ts';
import { SIZE, writeScan } from './scan.ts';
import { BASIC } from '../src/core/deidentify/options.ts';

const VOLUME_MB = (SIZE[0] * SIZE[1] * SIZE[2] * 2) / 1e6;

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-bench-'));
try {
  const scans = path.join(folder, 'scan');
  const files = await writeScan(scans);
  const read = await timed(async () => {
    for (const file of files) await readFile(file);
  });
  const decoder = createFrameDecoder();
  const opened = await timed(async () => {
    const { scans: found } = await openScans(walkFiles([scans]));
    const scan = found[0];
    if (!scan) throw new Error('the phantom was not recognized');
    const volume = await loadVolume(scan, decoder);
    displayVoxels(volume);
    return { scan, volume };
  });
  const { scan, volume } = opened.value;
  const segmenter = await createNodeSegmenter();
  const segmented = await timed(() => segment(volume, segmenter));

  const whole = await timed(async () => {
    const { scans: found } = await openScans(walkFiles([scans]));
    const again = found[0];
    if (!again) throw new Error('the phantom was not recognized');
    const loaded = await loadVolume(again, decoder);
    const defaced = await defaceScan(again.id, loaded, { ...DEFAULT_DEFACE, seed: [] }, segmenter);
    const target = await createFileTarget(path.join(folder, 'out.zip'), { force: true });
    return exportScans(
      [{ scan: again, defaced, approved: { by: 'policy', note: 'bench' } }],
      {
        deidentification: BASIC,
        mask: false,
        acceptReview: true,
        tool: { version: 'bench', model: segmenter.model, backend: segmenter.backend },
        chosen: {},
        left: [],
        skipped: [],
      },
      { sink: createZipSink(target), secrets: await createSecrets(), decoder },
    );
  });
  const peakMb = process.resourceUsage().maxRSS / 1000;
  const steps = whole.value.series[0]?.timingsMs;
  const result = {
    slices: scan.files,
    readMs: read.ms,
    openMs: opened.ms,
    openPerRead: opened.ms / read.ms,
    segmentMs: segmented.ms,
    wholeMs: whole.ms,
    wholePerRead: whole.ms / read.ms,
    steps,
    decision: whole.value.series[0]?.decision,
    peakMb,
    peakPerVolume: (peakMb - 1000) / VOLUME_MB,
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else print(result);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function print(result: Record<string, unknown>): void {
  const say = (name: string, value: string, goal: string): void => {
    console.log(`${name.padEnd(52)} ${value.padStart(10)}   ${goal}`);
  };
  const n = (key: string): number => result[key] as number;
  say('read the files', `${n('readMs').toFixed(0)} ms`, '');
  say('files → decoded volume ready to show', `${n('openMs').toFixed(0)} ms`, '');
  say('  as a multiple of reading', `× ${n('openPerRead').toFixed(1)}`, 'goal ≤ 3 in the page');
  say(
    'find, label, label mirrored (wasm, one thread)',
    `${n('segmentMs').toFixed(0)} ms`,
    'goal ≤ 3000 ms',
  );
  say(
    'read → segment → blank → check → de-identify → ZIP → verify',
    `${n('wholeMs').toFixed(0)} ms`,
    'goal ≤ 25000 ms',
  );
  for (const [step, ms] of Object.entries((result['steps'] ?? {}) as Record<string, number>)) {
    say(`  ${step}`, `${ms.toFixed(0)} ms`, '');
  }
  say('peak memory of the process', `${n('peakMb').toFixed(0)} MB`, '');
  say(
    '  (peak − 1 GB) as a multiple of the volume',
    `× ${n('peakPerVolume').toFixed(1)}`,
    'goal ≤ 4',
  );
}

async function timed<T>(
  run: () => Promise<T>,
): Promise<{ readonly value: T; readonly ms: number }> {
  const start = performance.now();
  const value = await run();
  return { value, ms: performance.now() - start };
}
