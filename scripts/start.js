// `npm start`: build the page where it is missing or older than its sources, then serve it.
// Plain JavaScript, so that it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const built = path.join(root, 'dist/page/index.html');
const sources = ['src', 'workers', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

if (!existsSync(built) || newest(sources) > statSync(built).mtimeMs) {
  console.error('Building the page (once; it takes about half a minute) …');
  // The bundler's notes on its dependencies say nothing to a user: they are shown when it fails.
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(stderr);
    process.exit(status ?? 1);
  }
}
process.argv.splice(2, 0, 'serve');
await import(new URL('dist/cli/main.js', `file://${root}/`).href);

function newest(names) {
  let time = 0;
  for (const name of names) {
    const file = path.join(root, name);
    if (!existsSync(file)) continue;
    const stat = statSync(file);
    time = Math.max(time, stat.mtimeMs);
    if (stat.isDirectory()) {
      const inside = readdirSync(file).map((entry) => path.join(name, entry));
      time = Math.max(time, newest(inside));
    }
  }
  return time;
}
