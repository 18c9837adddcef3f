/**
 * Everything CI runs, in one go: `npm test`. Each step counts its own tests; a step without
 * a count (lint, types, build) counts as one. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const ONE_PASSED: Count = { passed: 1, failed: 0, skipped: 0 };
const ONE_FAILED: Count = { passed: 0, failed: 1, skipped: 0 };

mkdirSync('.cache', { recursive: true });
const counts: Count[] = [
  step('format', 'npm run --silent format:check'),
  step('lint', 'npm run --silent lint'),
  step('types', 'npm run --silent typecheck'),
  step('import directions', 'npm run --silent boundaries'),
  step('build', 'npm run --silent build'),
  step('size before a scan is opened', 'npm run --silent check:size'),
  vitest('unit, contract, conformance', 'vitest.config.ts'),
  vitest('in the browser', 'vitest.e2e.config.ts'),
];
const sum = (key: keyof Count): number => counts.reduce((total, count) => total + count[key], 0);
const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed ? 1 : 0;

function step(name: string, command: string): Count {
  return run(name, command) ? ONE_PASSED : ONE_FAILED;
}

function vitest(name: string, config: string): Count {
  const file = `.cache/${config}.json`;
  rmSync(file, { force: true });
  const fine = run(
    name,
    `npx vitest run --config ${config} --reporter=default --reporter=json --outputFile.json=${file}`,
  );
  if (!existsSync(file)) return ONE_FAILED;
  const result = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  };
  // A file that could not even be loaded holds no tests, and yet it failed.
  const failed = Math.max(result.numFailedTests, fine ? 0 : 1);
  return { passed: result.numPassedTests, failed, skipped: result.numPendingTests };
}

function run(name: string, command: string): boolean {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`);
  return status === 0;
}
