import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECURITY_HEADERS } from '../../../src/cli/headers.ts';
import { createStaticHandler } from '../../../src/cli/static-files.ts';

let root = '';
const server = createServer((incoming, outgoing) => {
  createStaticHandler(path.join(root, 'page'))(incoming, outgoing);
});
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'efface-serve-'));
  await mkdir(path.join(root, 'page/assets'), { recursive: true });
  await writeFile(path.join(root, 'page/index.html'), '<h1>page</h1>');
  await writeFile(path.join(root, 'page/assets/a.js'), 'export {}');
  await writeFile(path.join(root, 'page/assets/a.wasm'), 'wasm');
  await writeFile(path.join(root, 'page/.hidden'), 'secret');
  await writeFile(path.join(root, 'secret.txt'), 'secret');
  await symlink(path.join(root, 'secret.txt'), path.join(root, 'page/link.txt'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is written: `fetch` would tidy the path up first. */
async function get(
  target: string,
  options: { method?: string; host?: string } = {},
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const headers = { Host: options.host ?? `localhost:${port}` };
  const outgoing = request({
    port,
    host: '127.0.0.1',
    path: target,
    method: options.method ?? 'GET',
    headers,
  });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

describe('the server of the page', () => {
  test('sends the page with every security header', async () => {
    const { status, headers, body } = await get('/');

    expect([status, body]).toEqual([200, '<h1>page</h1>']);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      expect(headers[name.toLowerCase()]).toBe(value);
    }
  });

  test.each([
    ['/index.html?x=1', 'text/html; charset=utf-8'],
    ['/assets/a.js', 'text/javascript; charset=utf-8'],
    ['/assets/a.wasm', 'application/wasm'],
  ])('names the type of %s', async (target, type) => {
    expect((await get(target)).headers['content-type']).toBe(type);
  });

  test('sends no body to HEAD', async () => {
    expect(await get('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/link.txt',
    '/.hidden',
    '/%00',
    '/%zz',
    '/assets',
    '/nothing',
  ])('does not answer %s with a file', async (target) => {
    const { status, body } = await get(target);

    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  test('answers only to its own name', async () => {
    expect((await get('/', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/', { host: '127.0.0.1:99' })).status).toBe(200);
  });

  test('takes nothing: there is no method to send with', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await get('/', { method })).status).toBe(405);
    }
  });
});
