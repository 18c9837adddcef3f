/** A browser, and the built page served as it is for people: with the same headers. */
import { createServer, type Server } from 'node:http';
import { createReadStream, existsSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../../scripts/find-chromium.ts';
import { SECURITY_HEADERS } from '../../src/cli/headers.ts';

const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
/** WebGL without a graphics card: what Chromium has on a machine for tests. */
const SOFTWARE_GL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NO_GL = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

export async function startBrowser({ gl = true } = {}): Promise<Browser> {
  return chromium.launch(launching(gl));
}

/**
 * A browser with a profile on disk, as people have: what the page keeps is not in memory.
 *
 * @param port of its inspector, for those who connect once more
 */
export async function startProfile(folder: string, port: number): Promise<BrowserContext> {
  const { executablePath, args } = launching(true);
  return chromium.launchPersistentContext(folder, {
    executablePath,
    args: [...args, `--remote-debugging-port=${port}`],
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    locale: 'en-US',
  });
}

function launching(gl: boolean): { executablePath: string; args: string[] } {
  const isRoot = process.getuid?.() === 0;
  return {
    executablePath: findChromium(),
    args: [...QUIET, ...(gl ? SOFTWARE_GL : NO_GL), ...(isRoot ? ['--no-sandbox'] : [])],
  };
}

export interface Served {
  readonly url: string;
  /** Paths asked for so far. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves a built page from a folder of the project on a free port.
 *
 * @param headers those of a server that sets none, to see what still works
 */
export async function servePage(
  folder: string,
  headers: Readonly<Record<string, string>> = SECURITY_HEADERS,
): Promise<Served> {
  const root = resolve(import.meta.dirname, '../..', folder);
  if (!existsSync(join(root, 'index.html'))) throw new Error(`${folder} is not built`);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = join(root, normalize(decodeURIComponent(pathname)));
    const file = pathname.endsWith('/') ? join(path, 'index.html') : path;
    if (!file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type });
    createReadStream(file).pipe(response);
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    requests,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, 'localhost', done);
  });
}
