/**
 * How much JavaScript the page needs before a scan is opened: what index.html loads, and
 * whatever that imports at once. Fails above the limit. `npm run build` first.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const PAGE = resolve(import.meta.dirname, '../dist/page');
const LIMIT_KB = 60;

if (!existsSync(join(PAGE, 'index.html'))) {
  console.error('dist/page is not built: npm run build');
  process.exit(1);
}
const sizes = [...loadedAtOnce(join(PAGE, 'index.html'))].map((path) => ({
  name: path.slice(PAGE.length + 1),
  kb: gzipSync(readFileSync(path)).length / 1000,
}));
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
for (const { name, kb } of sizes) console.log(`${kb.toFixed(1).padStart(7)} kB  ${name}`);
console.log(`${total.toFixed(1).padStart(7)} kB  gzip in all, at most ${LIMIT_KB}`);
if (total > LIMIT_KB) process.exitCode = 1;

/** The scripts of a page, and what they import statically. */
function loadedAtOnce(html: string): ReadonlySet<string> {
  const found = new Set<string>();
  const text = readFileSync(html, 'utf8');
  const tags = text.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.js)"/g);
  const waiting = [...tags].map(([, path]) => join(dirname(html), path as string));
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    // Static imports of the bundler: `from"./x.js"` or a bare `import"./x.js"`.
    for (const [, other] of readFileSync(path, 'utf8').matchAll(
      /(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g,
    )) {
      waiting.push(join(dirname(path), other as string));
    }
  }
  return found;
}
