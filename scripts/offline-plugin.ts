/**
 * Tells the service worker which files the build consists of, so that it can store them all.
 * Files of `public` count too; what is only there to be read by people is left out.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'service-worker.js';
const NOT_NEEDED = /\.(md|map|txt)$|^_headers$|\.schema\.json$/;

export function offlinePlugin(): Plugin {
  let publicDir = '';
  return {
    name: 'efface-offline',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[WORKER];
        if (worker?.type !== 'chunk') return;
        const hash = createHash('sha256');
        const files = Object.keys(bundle).filter(
          (name) => name !== WORKER && !NOT_NEEDED.test(name),
        );
        for (const name of files.toSorted()) {
          const part = bundle[name];
          hash.update(name).update(part?.type === 'chunk' ? part.code : (part?.source ?? ''));
        }
        const copied = publicDir ? filesUnder(publicDir) : [];
        for (const path of copied) hash.update(path).update(readFileSync(join(publicDir, path)));
        const stored = [...files, ...copied].map((path) => `./${path}`);
        worker.code = worker.code
          .replace('__OFFLINE_FILES__', () => JSON.stringify(stored))
          .replace('__OFFLINE_VERSION__', () => JSON.stringify(hash.digest('hex').slice(0, 16)));
      },
    },
  };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !NOT_NEEDED.test(path))
    .toSorted();
}
