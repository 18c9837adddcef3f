/** What a browser that was started takes (Linux only). */
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** Largest resident size so far of the browser's largest process for pages (MB). */
export async function peakMb(): Promise<number> {
  if (process.platform !== 'linux') return NaN;
  const pids = execFileSync('pgrep', ['-f', '--', '--type=renderer'], { encoding: 'utf8' });
  let most = 0;
  for (const pid of pids.trim().split('\n')) most = Math.max(most, await statusMb(pid, 'VmHWM'));
  return most;
}

export interface BrowserMemory {
  /** The largest process for pages: page and worker. */
  readonly pageMb: number;
  readonly pagePeakMb: number;
  /** All processes; what several share counts once (Pss). */
  readonly allMb: number;
  readonly pagePid: number;
}

/** @param profile folder of its user data, by which its processes are told from those of others */
export async function memoryOf(profile: string): Promise<BrowserMemory> {
  const none = { pageMb: NaN, pagePeakMb: NaN, allMb: NaN, pagePid: NaN };
  if (process.platform !== 'linux') return none;
  let [pageMb, pagePeakMb, allMb, pagePid] = [0, 0, 0, NaN];
  for (const { pid, isPage } of await processesOf(profile)) {
    allMb += await pssMb(pid);
    const now = isPage ? await statusMb(pid, 'VmRSS') : 0;
    if (now <= pageMb) continue;
    [pageMb, pagePeakMb, pagePid] = [now, await statusMb(pid, 'VmHWM'), Number(pid)];
  }
  return { pageMb, pagePeakMb, allMb, pagePid };
}

export interface Process {
  readonly pid: string;
  readonly isPage: boolean;
}

/** Processes whose command names something, and all that descend from them. */
export async function processesOf(named: string): Promise<readonly Process[]> {
  const all = new Map<string, { parent: string; command: string }>();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // The name of the program, in brackets, may hold spaces.
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
    if (stat) all.set(pid, { parent, command });
  }
  const isOwn = (pid: string): boolean => {
    const one = all.get(pid);
    return one !== undefined && (one.command.includes(named) || isOwn(one.parent));
  };
  return [...all]
    .filter(([pid]) => isOwn(pid))
    .map(([pid, { command }]) => ({ pid, isPage: command.includes('--type=renderer') }));
}

export async function statusMb(pid: string, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1000;
}

async function pssMb(pid: string): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1000;
}
