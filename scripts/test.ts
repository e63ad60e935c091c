/** `npm test`: everything that CI runs, in the order in which it fails fastest. The last line counts all tests: `N passed, N failed`. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserMissing, ensureBrowsers } from './browsers.ts';
import type { Browsers } from './browsers.ts';

interface Count {
  passed: number;
  failed: number;
}

const folder = mkdtempSync(join(tmpdir(), 'plenum-test-'));

/** Runs a command with its output shown. @returns whether it exited with 0. */
function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): boolean {
  console.log(`\n== ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } }).status === 0;
}

/** A check that counts as one test. */
function check(command: string, ...args: string[]): Count {
  return run(command, args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Checks that count as one test each, side by side, since each keeps one core busy. What each says is shown when it is over. */
function checkTogether(...commands: readonly (readonly [command: string, ...args: string[]])[]): Promise<Count[]> {
  return Promise.all(commands.map(([command, ...args]) => new Promise<Count>((resolve) => {
    let output = `\n== ${[command, ...args].join(' ')}\n`;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text; });
    // A command that cannot be started is closed too.
    child.once('error', (error) => { output += error.message; }).once('close', (code) => {
      console.log(output);
      resolve(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    });
  })));
}

function readReport<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    console.error(`No report was written to ${file}.`);
    return null;
  }
}

function unitTests(): Count {
  const file = join(folder, 'vitest.json');
  const passed = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const report = readReport<{ numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }>(file);
  const count = { passed: report?.numPassedTests ?? 0, failed: Math.max(report?.numFailedTests ?? 1, passed ? 0 : 1) };
  return count.passed === 0 ? { passed: 0, failed: Math.max(1, count.failed) } : count;
}

/** One project of playwright.config.ts. */
function endToEndTests(browsers: Browsers, project: 'pages' | 'live', workers: number): Count {
  const file = join(folder, `playwright-${project}.json`);
  const passed = run('playwright', ['test', `--project=${project}`, `--workers=${workers}`, '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    PLENUM_CHROMIUM: browsers.chromium,
    ...(browsers.firefox === null ? {} : { PLENUM_FIREFOX: browsers.firefox }),
  });
  const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number } }>(file);
  const failed = (report?.stats.unexpected ?? 1) + (report?.stats.flaky ?? 0);
  return { passed: report?.stats.expected ?? 0, failed: Math.max(failed, passed ? 0 : 1) };
}

/** Before anything else, so that a missing browser is not found out after ten minutes. */
function findBrowsers(): Browsers | null {
  try {
    return ensureBrowsers();
  } catch (error) {
    if (!(error instanceof BrowserMissing)) throw error;
    console.error(`\n${error.message}`);
    return null;
  }
}

async function everything(browsers: Browsers): Promise<Count[]> {
  return [
    ...await checkTogether(['tsc'], ['eslint', '.', '--max-warnings', '0']),
    unitTests(),
    check('node', 'scripts/build.ts'),
    check('node', 'scripts/size.ts'),
    endToEndTests(browsers, 'pages', 2),
    endToEndTests(browsers, 'live', 1),
  ];
}

const started = Date.now();
const browsers = findBrowsers();
const counts = browsers === null ? [{ passed: 0, failed: 1 }] : await everything(browsers);
rmSync(folder, { recursive: true, force: true });
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\nIn ${Math.round((Date.now() - started) / 1000)} s.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
