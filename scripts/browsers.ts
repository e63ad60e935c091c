/** Finds the browsers that the tests drive, and installs those that are missing from the system's packages. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Browsers {
  readonly chromium: string;
  /** Null where it cannot be had. */
  readonly firefox: string | null;
}

/** A browser that the tests cannot do without is missing; the message says how to get it. */
export class BrowserMissing extends Error {
  override readonly name = 'BrowserMissing';
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'];
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
/** Firefox needs a display with WebGL and a sound server: see the README of tests/. */
const FIREFOX_PACKAGES = ['firefox-esr', 'xvfb', 'pulseaudio', 'libgl1-mesa-dri', 'libglx-mesa0'];
/** Without a pseudo-terminal, which containers need not have. */
const APT_OPTIONS = ['-qq', '-o', 'Dpkg::Use-Pty=0'];

/** The first that is there and runs: on Ubuntu the path may be a script that only asks for a snap. */
function first(paths: readonly (string | undefined)[]): string | null {
  return paths.find((path) => path !== undefined && existsSync(path) && spawnSync(path, ['--version']).status === 0) ?? null;
}

function onPath(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Debian's package manager, as far as this user may use it. */
class Packages {
  private readonly there = onPath('apt-get');
  /** What comes before `apt-get`; null if the user may not install anything. */
  private readonly prefix = process.getuid?.() === 0 ? [] : spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
  private listed = false;

  /** Only an administrator can install anything here, and this user is none. */
  get forbidden(): boolean {
    return this.there && this.prefix === null;
  }

  /** @returns whether all of them are installed now. */
  install(packages: readonly string[]): boolean {
    if (!this.there || this.prefix === null) return false;
    console.log(`Installing ${packages.join(', ')} for the tests...`);
    // A foreign source that does not answer makes this fail, and Debian's lists may be fresh all the same.
    if (!this.listed) this.run('update');
    this.listed = true;
    return this.run('install', '-y', '--no-install-recommends', ...packages);
  }

  /** What to type in order to get them, as the end of a sentence. */
  advice(packages: readonly string[]): string {
    if (!this.there) return `install ${packages.join(', ')}`;
    const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
    return `run, as an administrator: ${this.prefix === null ? `sudo sh -c '${command}'` : command}`;
  }

  private run(...args: string[]): boolean {
    const [command = '', ...rest] = [...(this.prefix ?? []), 'apt-get', ...APT_OPTIONS, ...args];
    return spawnSync(command, rest, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  }
}

/** Where Debian's packages have none: other systems, Ubuntu without snaps. */
function playwrightChromium(): string | null {
  if (spawnSync('npx', ['playwright', 'install', '--with-deps', 'chromium'], { stdio: 'inherit' }).status !== 0) return null;
  const script = "import { chromium } from '@playwright/test'; console.log(chromium.executablePath())";
  return first([execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim()]);
}

function ensureChromium(packages: Packages): string {
  const named = process.env['PLENUM_CHROMIUM'];
  if (named !== undefined && named !== '' && !existsSync(named)) throw new BrowserMissing(`PLENUM_CHROMIUM names a file that is not there: ${named}`);
  // Playwright would ask for a password that nobody is there to type.
  const install = (): string | null => (packages.forbidden ? null : (packages.install(['chromium']) ? first(CHROMIUM) : null) ?? playwrightChromium());
  const found = first([named, ...CHROMIUM]) ?? install();
  if (found !== null) return found;
  throw new BrowserMissing(`The tests need Chromium, which is not installed. Set PLENUM_CHROMIUM to the path of one, or ${packages.advice(['chromium'])}`);
}

function ensureFirefox(packages: Packages): string | null {
  const complete = (): string | null => (onPath('Xvfb') && onPath('pulseaudio') && onPath('pactl') ? first([process.env['PLENUM_FIREFOX'], ...FIREFOX]) : null);
  const found = complete();
  if (found !== null) return found;
  packages.install(FIREFOX_PACKAGES);
  const installed = complete();
  if (installed === null) console.log(`The tests with Firefox are skipped. To have them, ${packages.advice(FIREFOX_PACKAGES)}`);
  return installed;
}

/**
 * Finds or installs the browsers, and says what cannot be had.
 * @throws BrowserMissing if there is no Chromium and none can be installed.
 */
export function ensureBrowsers(): Browsers {
  const packages = new Packages();
  const chromium = ensureChromium(packages);
  const firefox = ensureFirefox(packages);
  // For the tests that pull a network cable, which only root can.
  if (process.getuid?.() === 0 && !onPath('ip')) packages.install(['iproute2']);
  return { chromium, firefox };
}
