/**
 * Where the browser for the tests is, getting one if there is none: CHROMIUM_PATH, then
 * Playwright's own cache, then what is on PATH, then Debian's package where this may install it.
 * Says what it did on stderr; run by itself it prints the path.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
] as const;
const INSTALL_ATTEMPTS = 3;

/**
 * Path of a Chromium that can be started.
 *
 * @throws Error with what to do, when there is none and none can be had
 */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const given = env['CHROMIUM_PATH'];
  if (given) {
    if (!isExecutable(given)) throw new Error('CHROMIUM_PATH names no program that can be run');
    return found(given, 'CHROMIUM_PATH');
  }
  const cached = chromium.executablePath();
  if (isExecutable(cached)) return found(cached, 'the cache of Playwright');
  const installed = onPath(env);
  if (installed) return found(installed, 'PATH');
  if (mayInstall()) {
    install();
    const fresh = onPath(env);
    if (fresh) return found(fresh, 'the Debian package, installed just now');
  }
  throw new Error(
    'No Chromium was found. Install Chromium or Chrome, or set CHROMIUM_PATH to one; ' +
      '`npx playwright-core install chromium` gets one where the network allows it.',
  );
}

function onPath(env: Readonly<Record<string, string | undefined>>): string | null {
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (folder && isExecutable(path)) return path;
    }
  }
  return null;
}

/** Root on Debian or one of its kin. */
function mayInstall(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Another installer may hold the lock of the packages: try again. */
function install(): void {
  say('none found: installing the Debian package chromium');
  for (let attempt = 1; attempt <= INSTALL_ATTEMPTS; attempt++) {
    const { status } = spawnSync(
      'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium',
      {
        shell: true,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      },
    );
    if (status === 0) return;
    say(`installing did not work (attempt ${attempt} of ${INSTALL_ATTEMPTS})`);
    spawnSync('sleep', [String(attempt * 10)]);
  }
}

function found(path: string, where: string): string {
  say(`using ${path} (from ${where})`);
  return path;
}

function say(text: string): void {
  process.stderr.write(`chromium: ${text}\n`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.stdout.write(`${findChromium()}\n`);
  } catch (thrown) {
    say(thrown instanceof Error ? thrown.message : String(thrown));
    process.exitCode = 1;
  }
}
