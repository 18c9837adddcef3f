/**
 * Hundreds of visits on the command line: `npm run bench:visits-cli -- [--visits 200] [--jobs 2]
 * [--in DIR]`. All its processes are killed half way, the same command goes on, and what it
 * wrote is read back. Figures are of one machine, in one run (Linux only).
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { counted, readBack } from './read-back.ts';
import { processesOf, statusMb } from './renderer-memory.ts';
import { madeVisits } from './visits.ts';

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '200' },
    jobs: { type: 'string', default: '2' },
    in: { type: 'string' },
  },
});
/** The built command; another build can be tried by EFFACE_CLI. */
const MAIN = path.resolve(
  process.env['EFFACE_CLI'] ?? path.join(import.meta.dirname, '../dist/cli/main.js'),
);
const EVERY_MS = 500;

const folder = await mkdtemp(path.join(os.tmpdir(), 'efface-visits-'));
const out = path.join(folder, 'out');
const visits = values.in ?? path.join(folder, 'visits');
/** Largest resident size (MB) of each process so far, and that of all at once. */
const largest = new Map<string, number>();
let most = 0;
/** Series put aside, and the size of all processes then. */
const samples: { readonly done: number; readonly mb: number }[] = [];

const say = (name: string, value: string): void => {
  console.log(`${name.padEnd(58)} ${value}`);
};
try {
  const made = await madeVisits(visits, Number(values.visits));
  const began = performance.now();
  const killed = await run(Math.floor(made.length / 2));
  const second = performance.now();
  const ended = await run(Infinity);
  const now = performance.now();
  const read = await readBack(out, made);
  say('visits, series', `${values.visits}, ${made.length}`);
  say('killed after', `${killed.done} series, ${((second - began) / 60_000).toFixed(1)} min`);
  say('the rest', `${((now - second) / 60_000).toFixed(1)} min, exit status ${ended.status}`);
  say('largest process (MB)', Math.max(...largest.values()).toFixed(0));
  say('all processes at once (MB, what they share counted for each)', most.toFixed(0));
  for (const { done, mb } of samples) say(`  after ${done} series (MB)`, mb.toFixed(0));
  say('series and files written', `${read.series}, ${read.files}`);
  for (const [what, n] of read.outcomes) say(`  ${what}`, String(n));
  for (const [fault, n] of counted(made.map(({ fault }) => fault ?? 'whole')))
    say(`  made: ${fault}`, String(n));
  for (const fault of read.faults) say('  not as it should be', fault);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Until so many results lie there, then kills it; or to its end. */
async function run(until: number): Promise<{ done: number; status: number | null }> {
  const args = ['deface', visits, '--out', out, '--jobs', values.jobs, '--resume', '--quiet'];
  const child = spawn(
    process.execPath,
    [MAIN, ...args, '--approved-by-policy', 'A bench.', '--accept-review'],
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  let status: number | null | undefined;
  child.once('exit', (code) => (status = code));
  let [done, sampled] = [0, 0];
  while (status === undefined) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    const kept = await readdir(path.join(out, '.efface-part-resume')).catch(() => []);
    done = Math.max(done, kept.length);
    const mb = await look();
    if (Math.floor(done / 25) > sampled) {
      sampled = Math.floor(done / 25);
      samples.push({ done, mb });
      console.error(
        `${new Date().toISOString().slice(11, 19)} ${done} series, ${mb.toFixed(0)} MB`,
      );
    }
    if (done >= until) {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      return { done, status: null };
    }
  }
  return { done, status };
}

async function look(): Promise<number> {
  let all = 0;
  for (const { pid } of await processesOf(out)) {
    const mb = await statusMb(pid, 'VmRSS');
    largest.set(pid, Math.max(largest.get(pid) ?? 0, mb));
    all += mb;
  }
  most = Math.max(most, all);
  return all;
}
