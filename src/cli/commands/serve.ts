/** `efface serve`: the page on this machine, for this machine only. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { UsageError, type ServeCommand } from '../args.ts';
import { EXIT } from '../exit-codes.ts';
import { createStaticHandler } from '../static-files.ts';
import type { Terminal } from '../terminal.ts';

const USUAL_PORT = 8460;
const PORTS_TRIED = 20;
const LOOPBACK = '127.0.0.1';

/**
 * Serves until cancelled.
 *
 * @returns the exit code
 * @throws UsageError where the port is taken or the page is not built
 */
export async function serve(
  { port, open }: ServeCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const server = createServer(createStaticHandler(pageFolder(import.meta.dirname)));
  const taken = await listen(server, port);
  const address = `http://localhost:${taken}/`;
  terminal.out(`Efface is at ${address}\n`);
  terminal.err('Nothing that you open there leaves this machine. Stop with Ctrl+C.\n');
  if (open && terminal.isInteractive) openBrowser(address);
  if (!signal.aborted) await once(signal, 'abort');
  server.closeAllConnections();
  server.close();
  return EXIT.done;
}

/** The built page, below the first folder upwards that has one. */
function pageFolder(start: string): string {
  for (let at = start; ; at = path.dirname(at)) {
    const folder = path.join(at, 'dist/page');
    if (existsSync(path.join(folder, 'index.html'))) return folder;
    if (path.dirname(at) === at) {
      throw new UsageError('The page is not built: run "npm run build" first.');
    }
  }
}

/** Listens on the port; where none was named, on the usual one or the next that is free. */
async function listen(server: Server, port: number | null): Promise<number> {
  const first = port ?? USUAL_PORT;
  const last = port === null ? USUAL_PORT + PORTS_TRIED : first;
  for (let next = first; ; next++) {
    try {
      server.listen(next, LOOPBACK);
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address ? address.port : next;
    } catch (cause) {
      if (next === last) throw new UsageError(`Port ${next} cannot be used.`, { cause });
    }
  }
}

/** As well as it goes: the address is printed anyway. */
function openBrowser(address: string): void {
  const [program, ...args] = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address],
  }[process.platform as string] ?? ['xdg-open', address];
  if (program === undefined) return;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
