import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';

/** Finds and starts the Chromium that tests and benchmarks drive: no GPU, no sound card, no permission prompts, microphones that play files. */

const COMMON_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser named by PLENUM_CHROMIUM, else one installed in a common place, else the one that Playwright installed; undefined if none is there. */
export function findChromium(): string | undefined {
  const named = process.env['PLENUM_CHROMIUM'];
  if (named) {
    if (!existsSync(named)) throw new Error(`PLENUM_CHROMIUM names a file that is not there: ${named}`);
    return named;
  }
  return [...COMMON_PATHS, chromium.executablePath()].find((path) => existsSync(path));
}

export interface ChromiumOptions {
  /** WAV file that the fake microphone plays over and over; without it the microphone beeps. */
  microphoneWav?: string;
  /** Further command-line switches. */
  args?: readonly string[];
  /** Answer the browser's permission question for the microphone with yes; on unless switched off. */
  fakePrompt?: boolean;
  /** Instead of the browser that is found: a wrapper around it, say. */
  executable?: string;
  /**
   * For pages without 3D: the page is put together without GL, as a browser does by itself where there is no GPU. By the GL that is emulated here every picture of a page
   * takes half a tenth of a second of all cores, an eighth of that without.
   */
  withoutGl?: boolean;
}

/** Command-line switches for a headless Chromium on a machine without GPU and sound card. */
export function chromiumArgs(options: ChromiumOptions = {}): string[] {
  return [
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
    '--autoplay-policy=no-user-gesture-required',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    ...(options.withoutGl === true ? ['--disable-gpu-compositing'] : []),
    ...(options.fakePrompt === false ? [] : ['--use-fake-ui-for-media-stream']),
    '--use-fake-device-for-media-stream',
    // Some test machines have no other interface; browsers leave loopback out by themselves.
    '--allow-loopback-in-peer-connection',
    // A page in the background must hear and speak on: that is for the product to arrange, but timers of a hidden test page must not be slowed.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    ...(options.microphoneWav === undefined ? [] : [`--use-file-for-fake-audio-capture=${options.microphoneWav}`]),
    ...(options.args ?? []),
  ];
}

/** @throws Error that says how to get a browser, if none is installed */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = options.executable ?? findChromium();
  if (!executablePath) throw new Error('No Chromium found: install one (Debian: apt-get install chromium) or set PLENUM_CHROMIUM.');
  return chromium.launch({ executablePath, headless: true, args: chromiumArgs(options) });
}
