/** A terminal that keeps what is written to it. */
import type { Terminal } from '../../src/cli/terminal.ts';

export interface KeptTerminal extends Terminal {
  readonly kept: { out: string; err: string };
}

export function keptTerminal(isInteractive = false): KeptTerminal {
  const kept = { out: '', err: '' };
  return {
    kept,
    out: (text) => {
      kept.out += text;
    },
    err: (text) => {
      kept.err += text;
    },
    isInteractive,
    columns: 80,
  };
}
