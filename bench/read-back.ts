/** What a batch wrote, read back by another tool (pydicom), and compared with what was made. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../src/core/report/report.ts';
import type { MadeSeries } from './visits.ts';

export interface ReadBack {
  readonly series: number;
  readonly files: number;
  /** Decisions and reasons of the report, and how many series have them. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What is not as it should be, in words. */
  readonly faults: readonly string[];
}

/** The last series of a file's path: how many files each has, and what could not be read. */
interface Found {
  readonly folders: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
  readonly report: Report;
}

/** @param from a ZIP or a folder */
export async function readBack(from: string, made: readonly MadeSeries[]): Promise<ReadBack> {
  const script = path.join(import.meta.dirname, 'read-back.py');
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [script, from], {
    maxBuffer: 2 ** 28,
  });
  const { folders, broken, report } = JSON.parse(stdout) as Found;
  const written = report.series.filter(({ output }) => output.length > 0);
  const faults = [...broken];
  for (const { n, output } of written) {
    const [first = ''] = output;
    const there = folders[path.posix.dirname(first)] ?? 0;
    if (there !== output.length) faults.push(`series ${n}: ${there} of ${output.length} files`);
  }
  // Each series has the slices with which it was made, but one that was cut off.
  const sizes = (of: readonly number[]): string => [...of].sort((a, b) => a - b).join();
  const expected = made.flatMap(({ fault, files }) => {
    if (fault === 'cut off') return [files - 1];
    return fault === 'no head' || fault === 'unknown syntax' ? [] : [files];
  });
  if (sizes(expected) !== sizes(written.map(({ output }) => output.length)))
    faults.push(`${written.length} series written, ${expected.length} could be`);
  return {
    series: written.length,
    files: Object.values(folders).reduce((sum, n) => sum + n, 0),
    outcomes: counted(
      report.series.map(({ decision, reason }) => [decision, reason?.code ?? ''].join(' ')),
    ),
    faults,
  };
}

export function counted(of: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of of) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}
