/** What a page of the browser that was started takes (Linux only). */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Largest resident size so far of the browser's largest process for pages (MB). */
export async function peakMb(): Promise<number> {
  if (process.platform !== 'linux') return NaN;
  const pids = execFileSync('pgrep', ['-f', '--', '--type=renderer'], { encoding: 'utf8' });
  let most = 0;
  for (const pid of pids.trim().split('\n')) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
  }
  return most;
}
