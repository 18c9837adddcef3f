/**
 * `npm run pack:static`: the built page as one ZIP that any web server can host, with headers
 * for common servers. The same build gives the same bytes.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { hostingFiles } from './hosting.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PAGE = join(ROOT, 'dist/page');
/** ZIP knows no time before 1980; this one is the same everywhere. */
const MTIME = new Date(1980, 0, 2);

if (!existsSync(join(PAGE, 'index.html'))) {
  console.error('dist/page is not built: npm run build');
  process.exit(1);
}
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};
const files: Zippable = {};
const put = (path: string, bytes: Uint8Array): void => {
  files[path] = [bytes, { mtime: MTIME, level: 9 }];
};
const paths = readdirSync(PAGE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(PAGE, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .toSorted();
for (const path of paths) put(path, readFileSync(join(PAGE, path)));
for (const [path, text] of Object.entries(hostingFiles(version))) {
  put(path, new TextEncoder().encode(text));
}
const zip = zipSync(files);
const out = join(ROOT, `dist/efface-${version}-static.zip`);
writeFileSync(out, zip);
console.log(
  `${relative(ROOT, out)}: ${Object.keys(files).length} files, ${(zip.length / 1e6).toFixed(1)} MB`,
);
