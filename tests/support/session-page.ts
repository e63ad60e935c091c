/** Somebody in a formal session, in a page of a real browser: a microphone that plays a tone of their own, and what comes out of their loudspeaker. */
import { expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import type { Settings } from '../../client/app/contracts.ts';
import type { PlenaryClient } from '../../client/plenary/client.ts';
import type { RosterEntry } from '../../server/store/store.ts';
import { PATIENCE_MS } from './patience.ts';
import type { TestServer } from './server.ts';

/** As loud as a tone is when it is meant to be heard, and as quiet as when nothing is sent, dBFS. */
export const HEARD = -45;
export const SILENT = -75;

export interface SessionGuest {
  readonly who: Partial<RosterEntry>;
  /** Their microphone's tone; absent: they have none. */
  readonly hertz?: number;
  readonly options?: BrowserContextOptions;
  readonly settings?: Partial<Settings>;
}

/** Waits until somebody hears these of all tones, and silence in the place of all others. */
export async function hearsOnlyOf(all: readonly number[], listener: SessionPage, wanted: readonly number[]): Promise<void> {
  const inOrder = (tones: readonly number[]): number[] => [...tones].sort((a, b) => a - b);
  await expect.poll(async () => {
    const levels = await listener.hears(all);
    return inOrder(all.filter((hertz, i) => (levels[i] ?? -200) > (wanted.includes(hertz) ? HEARD : SILENT)));
  }, { message: `${wanted.join(', ')} Hz, and nothing else` }).toEqual(inOrder(wanted));
}

interface PlenaryWindow {
  plenaryEntrance: { phase: { peek(): { kind: string; client?: PlenaryClient } } };
  ears?: AnalyserNode;
}

export class SessionPage {
  readonly page: Page;
  readonly id: string;
  readonly hertz: number;

  private constructor(page: Page, id: string, hertz: number) {
    this.page = page;
    this.id = id;
    this.hertz = hertz;
  }

  /** Comes in by the link of a pass, and goes into the session. */
  static async enter(browser: Browser, server: TestServer, session: string, { who, hertz = 0, options = {}, settings = {} }: SessionGuest): Promise<SessionPage> {
    const { pass, person } = await server.invite(who);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', locale: 'en', permissions: ['microphone'], ...options });
    await context.addInitScript((stored) => { localStorage.setItem('plenum.settings', JSON.stringify(stored)); }, { language: 'en', originalSound: true, ...settings });
    await context.addInitScript(playTone, hertz);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${server.url}/plenary/?diagnostics&session=${session}#pass=${pass}`);
    if (hertz > 0) await page.getByRole('button', { name: /microphone/i }).first().click();
    await page.getByRole('button', { name: 'Enter the session' }).click();
    await page.locator('.plenary, .outside').first().waitFor();
    return new SessionPage(page, person.id, hertz);
  }

  button(name: string | RegExp): ReturnType<Page['getByRole']> {
    return this.page.getByRole('button', { name });
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name }).click();
  }

  /** What an interpreter does at the console, by the same client that the console drives. */
  async console(deed: Parameters<PlenaryClient['console']>[0]): Promise<void> {
    await this.page.evaluate((what) => (window as unknown as PlenaryWindow).plenaryEntrance.phase.peek().client?.console(what as never), deed);
  }

  async caption(language: string, text: string, final: boolean): Promise<void> {
    await this.page.evaluate(([of, line, whole]) => { (window as unknown as PlenaryWindow).plenaryEntrance.phase.peek().client?.caption(of as never, line, whole); }, [language, text, final] as const);
  }

  /** Levels of these tones in what goes to the ears, dBFS: the loudest over about a second. */
  async hears(hertz: readonly number[]): Promise<number[]> {
    return this.page.evaluate(measureTones, hertz);
  }
}

/** In the page: the microphone plays a steady tone. */
function playTone(hertz: number): void {
  navigator.mediaDevices.getUserMedia = async () => {
    if (hertz === 0) throw new DOMException('there is none', 'NotFoundError');
    const context = new AudioContext();
    await context.resume();
    const tone = new OscillatorNode(context, { frequency: hertz });
    const out = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    tone.start();
    return out.stream;
  };
}

async function measureTones(hertz: readonly number[]): Promise<number[]> {
  const page = window as unknown as PlenaryWindow;
  const sound = page.plenaryEntrance.phase.peek().client?.sound as unknown as { output: AudioNode } | undefined;
  if (sound === undefined) return hertz.map(() => -200);
  page.ears ??= (() => {
    const analyser = new AnalyserNode(sound.output.context, { fftSize: 8192, smoothingTimeConstant: 0, minDecibels: -140 });
    sound.output.connect(analyser);
    return analyser;
  })();
  const analyser = page.ears;
  const bins = new Float32Array(analyser.frequencyBinCount);
  const most = hertz.map(() => -200);
  for (let look = 0; look < 9; look += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    analyser.getFloatFrequencyData(bins);
    hertz.forEach((frequency, i) => {
      const bin = Math.round((frequency * analyser.fftSize) / analyser.context.sampleRate);
      for (let near = bin - 1; near <= bin + 1; near += 1) most[i] = Math.max(most[i] as number, bins[near] ?? -200);
    });
  }
  return most;
}
