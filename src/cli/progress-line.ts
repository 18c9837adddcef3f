/** One line on a terminal that says how far the work is. */
import type { Progress, Stage } from '../core/progress.ts';
import type { Terminal } from './terminal.ts';

export interface ProgressLine {
  /** @param subject what is worked on, of our own words only */
  show(subject: string, progress: Progress): void;
  clear(): void;
}

const WORDS: Readonly<Record<Stage, string>> = {
  read: 'reading',
  decode: 'decoding',
  find: 'looking for the head',
  segment: 'finding face and ears',
  deface: 'removing',
  check: 'checking',
  write: 'writing',
  verify: 'verifying',
};

const REDRAW_MS = 100;

export function createProgressLine(terminal: Terminal, isQuiet: boolean): ProgressLine {
  if (isQuiet || !terminal.isInteractive) {
    return { show: () => undefined, clear: () => undefined };
  }
  let drawn = -Infinity;
  return {
    show(subject, { stage, done, total }) {
      if (performance.now() - drawn < REDRAW_MS) return;
      drawn = performance.now();
      const share = total > 0 ? ` ${Math.round((100 * done) / total)} %` : '';
      const line = `${subject}: ${WORDS[stage]}${share}`;
      terminal.err(`\r\x1b[2K${terminal.columns > 1 ? line.slice(0, terminal.columns - 1) : line}`);
    },
    clear() {
      if (drawn > -Infinity) terminal.err('\r\x1b[2K');
      drawn = -Infinity;
    },
  };
}
