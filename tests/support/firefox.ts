/**
 * A real Firefox, driven over WebDriver BiDi, on a display and a sound server of its own: headless Firefox has no WebGL, and it crashes on
 * its first `AudioContext` when it runs as root without a sound server.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { until } from './person.ts';

const PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** The Firefox named by PLENUM_FIREFOX or installed in a common place; undefined if there is none, or no display or sound server to be had. */
export function findFirefox(): string | undefined {
  const tools = ['Xvfb', 'pulseaudio', 'pactl'].every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0);
  return tools ? [process.env['PLENUM_FIREFOX'], ...PATHS].find((path) => path !== undefined && existsSync(path)) : undefined;
}

export class FirefoxMachine {
  readonly page: Page;
  private readonly browser: Browser;
  private readonly display: ChildProcess;
  private readonly folder: string;
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(parts: { browser: Browser; page: Page; display: ChildProcess; folder: string; environment: NodeJS.ProcessEnv }) {
    this.browser = parts.browser;
    this.page = parts.page;
    this.display = parts.display;
    this.folder = parts.folder;
    this.environment = parts.environment;
  }

  static async start(executable: string): Promise<FirefoxMachine> {
    const folder = mkdtempSync(join(tmpdir(), 'plenum-firefox-'));
    const number = 90 + (process.pid % 900);
    const display = spawn('Xvfb', [`:${number}`, '-screen', '0', '1280x800x24'], { stdio: 'ignore' });
    const environment = { ...process.env, DISPLAY: `:${number}`, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder, MOZ_DISABLE_CONTENT_SANDBOX: '1' };
    spawnSync('pulseaudio', ['--start', '--exit-idle-time=-1', '--load=module-null-sink', '--load=module-native-protocol-unix'], { env: environment });
    await until(() => (existsSync(`/tmp/.X11-unix/X${number}`) ? null : 'the display is not up'));
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: executable,
      headless: false,
      env: environment,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.peerconnection.ice.loopback': true,
        'media.autoplay.default': 0,
        'intl.accept_languages': 'en-GB',
        'webgl.force-enabled': true,
      },
    });
    const page = await browser.newPage();
    return new FirefoxMachine({ browser, page, display, folder, environment });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.display.kill();
    spawnSync('pulseaudio', ['--kill'], { env: this.environment });
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
