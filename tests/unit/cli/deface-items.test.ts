import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFrameDecoder } from '../../../src/adapters/codecs/node.ts';
import { createMemorySink } from '../../../src/adapters/memory/memory-sink.ts';
import { memorySource } from '../../../src/adapters/memory/memory-source.ts';
import { createSecrets } from '../../../src/adapters/secrets/web-crypto.ts';
import { exportScans } from '../../../src/app/export-scans.ts';
import { openScans, type Scan } from '../../../src/app/open-scans.ts';
import { defaceItems, type ItemPorts } from '../../../src/cli/deface-items.ts';
import { startDefaceProcess } from '../../../src/cli/deface-process.ts';
import type { Defacer } from '../../../src/cli/defacers.ts';
import { startDefacers } from '../../../src/cli/defacers.ts';
import { encodeResult } from '../../../src/core/deface/kept-result.ts';
import { BASIC } from '../../../src/core/deidentify/options.ts';
import { EffaceError } from '../../../src/core/errors.ts';
import type { Report } from '../../../src/core/report/report.ts';
import type { Volume } from '../../../src/core/volume/volume.ts';
import { boxed } from '../../support/defaced.ts';
import { niftiFile } from '../../support/nifti-file.ts';

const OPTIONS = { regions: ['face'], depth: 'standard', method: 'blank' } as const;
const MODEL = { id: 'none', sha256: '' };
const KEY = new Uint8Array(16).fill(7);

async function scansOf(count: number): Promise<readonly Scan[]> {
  const files = Array.from({ length: count }, (_, n) => {
    const bytes = niftiFile({ dim: [3, 16, 16, 12], datatype: 4 });
    // Each another one.
    bytes[bytes.length - 1] = n % 100;
    bytes[bytes.length - 2] = Math.floor(n / 100);
    return memorySource(`${n}.nii`, bytes);
  });
  return (await openScans(files)).scans;
}

/** Removes a box; `fails` says of which scans it does not. */
function fakeDefacer(asked: string[], fails: (id: string) => Error | null = () => null): Defacer {
  return {
    model: MODEL,
    backend: 'none',
    async deface({ id }, { grid, stored }: Volume) {
      asked.push(id);
      await new Promise((resolve) => setTimeout(resolve, Number(id) % 3));
      const error = fails(id);
      if (error) throw error;
      return encodeResult(boxed(grid, { scan: id, value: 0, like: stored }), 'none');
    },
    end: () => undefined,
  };
}

async function run(
  scans: readonly Scan[],
  defacers: readonly Defacer[],
  more: Partial<ItemPorts> = {},
): Promise<{ report: Report; files: ReadonlyMap<string, Uint8Array> }> {
  const secrets = await createSecrets(KEY);
  const decoder = createFrameDecoder();
  const items = defaceItems(
    scans,
    { options: OPTIONS, policy: null },
    {
      defacers,
      decoder,
      secrets,
      kept: null,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...more,
    },
  );
  const sink = createMemorySink();
  const report = await exportScans(
    items,
    {
      deidentification: BASIC,
      mask: false,
      acceptReview: true,
      tool: { version: '0', model: null, backend: null },
      chosen: {},
      left: [],
      skipped: [],
    },
    { sink, secrets, decoder },
  );
  const names = report.series.flatMap(({ output }) => output);
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(name, await sink.read(name));
  return { report, files };
}

function keptInMemory(isResumed: boolean, kept = new Map<string, Uint8Array<ArrayBuffer>>()) {
  return {
    isResumed,
    kept,
    get: (name: string) => Promise.resolve(kept.get(name) ?? null),
    put: (name: string, bytes: Uint8Array<ArrayBuffer>) => {
      kept.set(name, bytes);
      return Promise.resolve();
    },
  };
}

describe('200 series in lanes', () => {
  test('come out as they do one after the other, and failures stay with their series', async () => {
    const scans = await scansOf(200);
    const fails = (id: string): Error | null =>
      id === '17' ? new EffaceError('job/crashed') : id === '90' ? new Error('planted') : null;
    const alone = await run(scans, [fakeDefacer([], fails)]);
    const asked: string[] = [];
    const lanes = [1, 2, 3].map(() => fakeDefacer(asked, fails));
    const many = await run(scans, lanes);

    expect(asked).toHaveLength(200);
    expect(many.files).toEqual(alone.files);
    expect(many.files.size).toBe(198);
    const refused = many.report.series.filter(({ decision }) => decision === 'refuse');
    expect(refused.map(({ n, reason }) => [n, reason?.code])).toEqual([
      [17, 'job/crashed'],
      [90, 'job/fault'],
    ]);
  });

  test('of an earlier run are not made again, and those of other options are', async () => {
    const scans = await scansOf(30);
    const first = keptInMemory(false);
    let stops = 0;
    const stopped = fakeDefacer([], () => {
      stops += 1;
      return stops > 20 ? new EffaceError('output/write') : null;
    });
    await expect(run(scans, [stopped], { kept: first })).rejects.toMatchObject({
      code: 'output/write',
    });
    expect(first.kept.size).toBe(20);

    const asked: string[] = [];
    const resumed = keptInMemory(true, first.kept);
    const { files } = await run(scans, [fakeDefacer(asked), fakeDefacer(asked)], { kept: resumed });
    expect(asked).toHaveLength(10);
    expect(files).toEqual((await run(scans, [fakeDefacer([])])).files);

    const again: string[] = [];
    const secrets = await createSecrets(new Uint8Array(16).fill(8));
    await run(scans, [fakeDefacer(again)], { kept: resumed, secrets });
    expect(again).toHaveLength(30);
  });
});

describe('a process of its own', () => {
  /** Speaks like deface-child.ts; dies of the scan 2, answers the others with a refusal. */
  const CHILD = `
    process.on('disconnect', () => process.exit());
    process.on('message', ({ scan }) => {
      if (scan.id === '2') process.kill(process.pid, 'SIGKILL');
      else if (scan.id === '3') return; // never answers
      else {
        const head = Buffer.from(JSON.stringify({ result: null, defaced: { scan: scan.id,
          decision: 'refuse', reasons: [], checks: null,
          timingsMs: { segment: process.pid, deface: 0, verify: 0 } } }));
        const length = Buffer.alloc(4);
        length.writeUInt32LE(head.length);
        process.send({ kind: 'done', result: new Uint8Array(Buffer.concat([length, head])) });
      }
    });
    process.send({ kind: 'ready', model: { id: 'none', sha256: '' }, backend: 'none' });
  `;
  let folder = '';
  let file = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'efface-child-'));
    file = path.join(folder, 'child.mjs');
    await writeFile(file, CHILD);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const start = () => startDefaceProcess({ file, execArgv: [] });

  test('that crashes takes one series with it, and another goes on', async () => {
    const scans = (await scansOf(6)).filter(({ id }) => id !== '3');
    const defacers = await startDefacers(2, start);
    const { report } = await run(scans, defacers);
    for (const defacer of defacers) defacer.end();
    const ends = report.series.map(({ reason }) => reason?.code ?? null);
    expect(ends).toEqual([null, 'job/crashed', null, null, null]);
  });

  test('ends at once when the run is cancelled', async () => {
    const [, , silent] = await scansOf(3);
    const [defacer, other] = await startDefacers(2, start);
    other?.end();
    if (!silent || !defacer) throw new Error('no scan');
    const controller = new AbortController();
    const items = run([silent], [defacer], { signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 50);
    await expect(items).rejects.toMatchObject({ name: 'AbortError' });
  });
});
