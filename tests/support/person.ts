/** A person in a real browser: opens a pass link, goes through the device check, and is asked what they see and hear. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { DiagnosticsReport } from '../../client/app/diagnostics.ts';
import type { Settings } from '../../client/app/contracts.ts';
import { launchChromium } from './chromium.ts';
import { PATIENCE_MS } from './patience.ts';

/** What most tests want: no 3D (two cores would starve), no processing that would eat a test tone. */
export const PLAIN: Partial<Settings> = { textOnly: true, originalSound: true, language: 'en' };

export interface PersonOptions {
  /** WAV file that the microphone plays; without it the person only listens. */
  readonly microphoneWav?: string;
  readonly settings?: Partial<Settings>;
  readonly viewport?: { width: number; height: number };
  readonly browserArgs?: readonly string[];
  /** A phone: touch screen, mobile viewport. */
  readonly touch?: boolean;
  /** Granted to the page; the microphone unless told otherwise. */
  readonly permissions?: readonly string[];
  /** Answer the browser's own permission question with yes. On unless switched off. */
  readonly fakePrompt?: boolean;
  /** For measurements that put a worklet of their own into the page. */
  readonly bypassCSP?: boolean;
  /** What the browser says it is. */
  readonly userAgent?: string;
  /** Run in the page before anything else. */
  readonly initScript?: string;
  /** Another executable than the Chromium that was found. */
  readonly executable?: string;
}

/** Polls `probe` until it returns null (what is awaited is true); fails with the last reason otherwise. */
export async function until(probe: () => Promise<string | null> | string | null, timeoutMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const reason = await probe();
    if (reason === null) return;
    if (Date.now() > end) throw new Error(`after ${timeoutMs} ms: ${reason}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface Recording {
  readonly sampleRate: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** The browser of everybody who needs none of their own: starting and ending one takes most of a second. */
let common: Promise<Browser> | null = null;

function commonBrowser(): Promise<Browser> {
  common = (common ?? launchFor({})).then((browser) => (browser.isConnected() ? browser : launchFor({})), () => launchFor({}));
  return common;
}

/** A microphone, switches and a wrapper are of a whole browser, 3D views in one browser would be drawn one after the other, and what is measured is measured alone. */
function needsOwnBrowser({ microphoneWav, browserArgs, fakePrompt = true, bypassCSP = false, executable, settings }: PersonOptions): boolean {
  return bypassCSP || microphoneWav !== undefined || browserArgs !== undefined || !fakePrompt || executable !== undefined || settings?.textOnly === false;
}

function launchFor(options: PersonOptions): Promise<Browser> {
  return launchChromium({
    ...(options.microphoneWav === undefined ? {} : { microphoneWav: options.microphoneWav }),
    ...(options.browserArgs === undefined ? {} : { args: options.browserArgs }),
    fakePrompt: options.fakePrompt ?? true,
    withoutGl: options.settings?.textOnly !== false,
    ...(options.executable === undefined ? {} : { executable: options.executable }),
  });
}

/** One profile with one microphone and one page, in a browser of its own if it must be. */
export class BrowserPerson {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses outside our own server that the page tried to reach: must stay empty. */
  readonly foreignRequests: string[] = [];
  /** What the page asked for and our content security policy forbade, as `directive address`: must stay empty too. */
  readonly forbidden: string[] = [];
  private readonly browser: Browser | null;

  private constructor(browser: Browser | null, context: BrowserContext, page: Page) {
    this.browser = browser;
    this.context = context;
    this.page = page;
  }

  static async open(link: string, options: PersonOptions = {}): Promise<BrowserPerson> {
    const own = needsOwnBrowser(options);
    const browser = await (own ? launchFor(options) : commonBrowser());
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 800, height: 600 },
      permissions: [...(options.permissions ?? ['microphone'])],
      ...(options.touch === true ? { hasTouch: true, isMobile: true } : {}),
      ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
      ignoreHTTPSErrors: true,
      bypassCSP: options.bypassCSP ?? false,
      locale: 'en-GB',
    });
    const page = await context.newPage();
    const person = new BrowserPerson(own ? browser : null, context, page);
    const home = new URL(link).origin;
    await context.route((url) => url.origin !== home && url.protocol.startsWith('http'), (route) => {
      person.foreignRequests.push(route.request().url());
      return route.abort();
    });
    await context.exposeFunction('plenumForbidden', (what: string) => person.forbidden.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        (window as unknown as { plenumForbidden(what: string): void }).plenumForbidden(`${effectiveDirective} ${blockedURI}`);
      });
    });
    await page.addInitScript((settings) => {
      if (localStorage.getItem('plenum.settings') === null) localStorage.setItem('plenum.settings', settings);
    }, JSON.stringify({ ...PLAIN, ...options.settings }));
    if (options.initScript !== undefined) await page.addInitScript(options.initScript);
    await page.goto(link);
    return person;
  }

  /** From the device check into the venue. */
  async enter(withMicrophone: boolean): Promise<void> {
    const name = withMicrophone ? 'Enter with microphone' : 'Enter and only listen';
    await this.page.getByRole('button', { name }).click();
    await this.inVenue();
  }

  /** Leaves through the toolbar, confirming. */
  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: 'Leave', exact: true }).last().click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await until(async () => ((await this.diagnostics()).phase === 'left' ? null : 'still inside'));
  }

  /** From the page after leaving back into the venue. */
  async enterAgain(withMicrophone: boolean): Promise<void> {
    await this.page.getByRole('button', { name: 'Enter again' }).click();
    await this.enter(withMicrophone);
  }

  async inVenue(): Promise<void> {
    await until(async () => {
      const { phase, me } = await this.diagnostics();
      return phase === 'venue' && me !== null ? null : `the phase is ${phase}`;
    }, 40_000);
  }

  diagnostics(): Promise<DiagnosticsReport> {
    return this.page.evaluate(() => (window as unknown as { plenum: { diagnostics(): Promise<DiagnosticsReport> } }).plenum.diagnostics());
  }

  /** Polls the diagnostics until `check` returns null. */
  async see(check: (report: DiagnosticsReport) => string | null, timeoutMs = PATIENCE_MS): Promise<void> {
    await until(async () => check(await this.diagnostics()), timeoutMs);
  }

  /** Waits until somebody's voice comes in. `person`: their id. */
  hears(person: string): Promise<void> {
    return this.see(({ slots }) => (slots.some((slot) => slot.person === person && slot.level > 0.1) ? null : `hears ${JSON.stringify(slots)}`));
  }

  /** Waits until they have come into a scene. */
  isIn(scene: string): Promise<void> {
    return this.see((seen) => (seen.scene === scene && seen.journey === null ? null : `in ${seen.scene}, on the way ${JSON.stringify(seen.journey)}`), 40_000);
  }

  /** Waits until the 3D view has drawn something. Without a GPU the first picture takes a while. */
  seesView(): Promise<void> {
    return this.see(({ world, frame }) => (world === 'ready' && (frame as { drawCalls: number }).drawCalls > 0 ? null : `the world is ${world}`), 90_000);
  }

  /** Records what goes to the two ears, after the limiter: the last 0.68 s. */
  record(): Promise<Recording> {
    return this.page.evaluate(async () => {
      const output = (window as unknown as { plenum: { audioOutput(): AudioNode | null } }).plenum.audioOutput();
      if (output === null) throw new Error('there is no audio output');
      const context = output.context as AudioContext;
      const splitter = context.createChannelSplitter(2);
      const analysers = [0, 1].map((channel) => {
        const analyser = context.createAnalyser();
        analyser.fftSize = 32_768;
        splitter.connect(analyser, channel);
        return analyser;
      });
      output.connect(splitter);
      const end = context.currentTime + 1;
      while (context.currentTime < end) await new Promise((resolve) => setTimeout(resolve, 20));
      const [left, right] = analysers.map((analyser) => {
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        return Array.from(samples);
      });
      output.disconnect(splitter);
      return { sampleRate: context.sampleRate, left: left ?? [], right: right ?? [] };
    });
  }

  async close(): Promise<void> {
    await (this.browser ?? this.context).close();
  }
}
