/** Finds the browsers that the tests drive, and installs those that are missing from the system's packages. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Browsers {
  readonly chromium: string;
  /** Null where it cannot be had. */
  readonly firefox: string | null;
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'];
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
/** Firefox needs a display with WebGL and a sound server: see the README of tests/. */
const FIREFOX_PACKAGES = ['firefox-esr', 'xvfb', 'pulseaudio', 'libgl1-mesa-dri', 'libglx-mesa0'];

function first(paths: readonly (string | undefined)[]): string | null {
  return paths.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}

function onPath(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

function installPackages(packages: readonly string[]): boolean {
  if (!onPath('apt-get')) return false;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  const command = root ? 'apt-get' : 'sudo';
  const prefix = root ? [] : ['-n', 'apt-get'];
  const run = (args: readonly string[]): boolean =>
    spawnSync(command, [...prefix, ...args], { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  console.log(`Installing ${packages.join(', ')} for the tests...`);
  return run(['update', '-qq']) && run(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

function playwrightChromium(): string | null {
  const result = spawnSync('npx', ['playwright', 'install', '--with-deps', 'chromium'], { stdio: 'inherit' });
  if (result.status !== 0) return null;
  const script = "import { chromium } from '@playwright/test'; console.log(chromium.executablePath())";
  return first([execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim()]);
}

/**
 * Finds or installs the browsers.
 * @throws Error telling what to install by hand, if there is no Chromium and none can be installed.
 */
export function ensureBrowsers(): Browsers {
  let chromium = first([process.env['PLENUM_CHROMIUM'], ...CHROMIUM]);
  if (chromium === null && installPackages(['chromium'])) chromium = first(CHROMIUM);
  chromium ??= playwrightChromium();
  if (chromium === null) {
    throw new Error('The tests need Chromium. Install it (Debian: apt-get install chromium) or set PLENUM_CHROMIUM to its path.');
  }
  let firefox = first([process.env['PLENUM_FIREFOX'], ...FIREFOX]);
  if (firefox === null || !onPath('Xvfb') || !onPath('pulseaudio')) {
    firefox = installPackages(FIREFOX_PACKAGES) ? first(FIREFOX) : null;
  }
  // For the tests that pull a network cable; without it they are skipped.
  if (!onPath('ip')) installPackages(['iproute2']);
  return { chromium, firefox };
}
