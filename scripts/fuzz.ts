/**
 * `npm run fuzz [-- COPIES [FIRST]]`: damaged copies of small files and edge cases through
 * the whole tool (tests/support/fuzz.ts), in a process of their own that is watched: a copy
 * may take 2 s, and may not make the process grow by more than 256 MB and 50 times its size.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fuzzBases, goThrough, mutated } from '../tests/support/fuzz.ts';
import { sharedDicom } from '../tests/support/shared-data.ts';

const LIMIT_MS = 2000;
const GROWTH_BYTES = 256e6;
const GROWTH_TIMES = 50;

interface Answer {
  readonly outcome: string;
  /** Bytes that the process grew by, at its largest. */
  readonly grew: number;
  readonly size: number;
}

if (process.send) await beChild();
else await beParent();

async function beChild(): Promise<void> {
  const bases = await fuzzBases(sharedDicom());
  // What is loaded and compiled on first use is no growth of a copy.
  for (const base of bases) await goThrough(base).catch(() => 'fault');
  process.on('message', (n: number) => {
    const base = bases[n % bases.length];
    const other = bases[(7 * n + 3) % bases.length];
    if (!base || !other) return;
    const bytes = mutated(base, other, n);
    const before = process.resourceUsage().maxRSS;
    goThrough(bytes)
      .catch((error: unknown) => `FAULT ${error instanceof Error ? error.message : 'not an Error'}`)
      .then((outcome) => {
        const grew = (process.resourceUsage().maxRSS - before) * 1024;
        process.send?.({ outcome, grew, size: bytes.length } satisfies Answer);
      })
      .catch(() => process.exit(1));
  });
  process.send?.('ready');
}

async function beParent(): Promise<void> {
  const [copies = 5000, first = 0] = process.argv.slice(2).map(Number);
  const outcomes = new Map<string, number>();
  const faults: string[] = [];
  let child = await started();
  for (let n = first; n < first + copies; n++) {
    let answer = await answered(child, n);
    if (!answer) {
      // A busy machine can take as long: only a copy that does it twice hangs.
      child.kill('SIGKILL');
      child = await started();
      answer = await answered(child, n);
    }
    const outcome = answer?.outcome ?? 'HANG';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (!answer) {
      faults.push(`copy ${n}: no answer within ${LIMIT_MS} ms`);
      child.kill('SIGKILL');
      child = await started();
    } else if (outcome.startsWith('FAULT')) {
      faults.push(`copy ${n}: ${outcome}`);
    } else if (answer.grew > GROWTH_BYTES + GROWTH_TIMES * answer.size) {
      faults.push(`copy ${n}: grew by ${Math.round(answer.grew / 1e6)} MB`);
    }
  }
  child.kill();
  const sorted = [...outcomes].sort(([, a], [, b]) => b - a);
  for (const [outcome, count] of sorted) console.log(`${String(count).padStart(6)}  ${outcome}`);
  for (const fault of faults) console.log(fault);
  console.log(`${copies} copies, ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

function started(): Promise<ChildProcess> {
  const child = fork(new URL(import.meta.url), { execArgv: process.execArgv });
  return new Promise((resolve) => {
    child.once('message', () => {
      resolve(child);
    });
  });
}

function answered(child: ChildProcess, n: number): Promise<Answer | null> {
  return new Promise((resolve) => {
    const end = (answer: Answer | null): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(answer);
    };
    const timer = setTimeout(() => {
      end(null);
    }, LIMIT_MS);
    child.once('message', (answer) => {
      end(answer as Answer);
    });
    child.once('exit', () => {
      end(null);
    });
    child.send(n);
  });
}
