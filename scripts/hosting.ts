/** The headers of the page for common servers, and a text that says what they are for. */
import { SECURITY_HEADERS } from '../src/cli/headers.ts';

const HEADERS = Object.entries(SECURITY_HEADERS);
/** Files whose names say their content may be kept for good; all others are asked for again. */
const FOREVER = 'public, max-age=31536000, immutable';
const ASK = 'no-cache';

/** Name → content, to lie beside index.html. */
export function hostingFiles(version: string): Readonly<Record<string, string>> {
  return {
    _headers: netlify(),
    '.htaccess': apache(),
    'nginx.conf.example': nginx(),
    'HOSTING.txt': hosting(version),
  };
}

/** Netlify and Cloudflare Pages read this file; both join the headers of all rules that fit. */
function netlify(): string {
  const all = HEADERS.map(([name, value]) => `  ${name}: ${value}`);
  const cached = ([path, value]: readonly [string, string]): string[] => [
    path,
    `  Cache-Control: ${value}`,
  ];
  const rules = [
    ['/', ASK],
    ['/index.html', ASK],
    ['/service-worker.js', ASK],
    ['/assets/*', FOREVER],
  ] as const;
  return ['/*', ...all, ...rules.flatMap(cached), ''].join('\n');
}

function apache(): string {
  const set = HEADERS.map(([name, value]) => `  Header always set ${name} "${value}"`);
  return [
    '# Needs mod_headers, and AllowOverride FileInfo for this folder.',
    '<IfModule mod_headers.c>',
    ...set,
    `  Header set Cache-Control "${ASK}"`,
    `  <If "%{REQUEST_URI} =~ m#/assets/#">`,
    `    Header set Cache-Control "${FOREVER}"`,
    '  </If>',
    '</IfModule>',
    'AddType application/wasm .wasm',
    'AddType text/javascript .js',
    'AddType application/manifest+json .webmanifest',
    '',
  ].join('\n');
}

function nginx(): string {
  const add = (cache: string): string[] =>
    [...HEADERS, ['Cache-Control', cache] as const].map(
      ([name, value]) => `    add_header ${name} "${value}" always;`,
    );
  return [
    '# Inside the server block. Headers of a location replace those outside it, so both have all.',
    'types {',
    '    text/html html; text/javascript js; text/css css; application/json json;',
    '    application/wasm wasm; image/svg+xml svg; image/png png;',
    '    application/manifest+json webmanifest;',
    '}',
    'location / {',
    '    index index.html;',
    ...add(ASK),
    '}',
    'location /assets/ {',
    ...add(FOREVER),
    '}',
    '',
  ].join('\n');
}

function hosting(version: string): string {
  return `Efface ${version}: the page as static files

Unpack this into any folder of a web server; the page needs nothing but its own files, in the
same folder or a deeper one. It must be served by https, or from localhost: browsers run no
service worker otherwise. Opening index.html from the disk does not work.

Headers
  Netlify, Cloudflare Pages   _headers lies here and is read by them
  Apache                      .htaccess lies here (mod_headers)
  nginx                       copy nginx.conf.example into the server block
  others                      send what _headers lists with every file

What is less without these headers
  Cross-Origin-Opener-Policy, Cross-Origin-Embedder-Policy
                  no shared memory: voxels are copied between the worker and the page, so large
                  scans need more memory. Everything works.
  Content-Security-Policy
                  the page carries the same policy in itself; only that no other site may frame
                  it needs the header.
  Cache-Control   an update may be seen later.

Nothing here sends data anywhere; the server only ever gives out these files.
`;
}
