/** Answers requests with the files of one folder, and nothing beside it. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { SECURITY_HEADERS } from './headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** Names under which only this machine reaches us: another site's name could be turned on us. */
const OWN_HOSTS = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

export function createStaticHandler(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(folder, request, response).catch(() => {
      if (!response.headersSent) refuse(response, 500);
      else response.destroy();
    });
  };
}

async function answer(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!OWN_HOSTS.test(request.headers.host ?? '')) {
    refuse(response, 403);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405);
    return;
  }
  const file = await fileOf(folder, request.url ?? '/');
  if (!file) {
    refuse(response, 404);
    return;
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': TYPES[path.extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': file.bytes,
    'Cache-Control': 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(file.path);
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

/** The file that a URL names, if it is one of the folder's. */
async function fileOf(
  folder: string,
  url: string,
): Promise<{ path: string; bytes: number } | null> {
  let name: string;
  try {
    name = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
  const parts = name.split('/').filter((part) => part !== '');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (parts.some((part) => part.startsWith('.') || /[\\:\0-\x1f]/.test(part))) return null;
  if (name.endsWith('/')) parts.push('index.html');
  try {
    const root = await realpath(folder);
    const real = await realpath(path.join(root, ...parts));
    if (!real.startsWith(root + path.sep)) return null;
    const info = await stat(real);
    return info.isFile() ? { path: real, bytes: info.size } : null;
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${status}\n`);
}
