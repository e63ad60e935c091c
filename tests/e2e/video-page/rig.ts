/** A speaker and a delegate in real browsers, with a relay between them and a way of its own for each. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { build, preview } from 'vite';
import type { InlineConfig } from 'vite';
import { EmbeddedRelay } from '../../../server/relay/embedded/embedded-relay.ts';
import type { PictureLayer, PictureSize } from '../../../server/relay/relay.ts';
import { launchChromium } from '../../support/chromium.ts';
import { NarrowWay } from '../../support/narrow-way.ts';
import type { VideoPage } from './page.ts';

/** The page's functions as the test calls them. */
declare global {
  interface Window {
    readonly video: VideoPage;
  }
}

export async function servePage(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'plenum-video-'));
  const config: InlineConfig = { configFile: false, root: import.meta.dirname, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2022' } };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0, strictPort: false } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the page has no address');
  return {
    url,
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

export class Participant {
  readonly id: string;
  readonly page: Page;
  readonly way: NarrowWay;
  private readonly browser: Browser;

  private constructor(id: string, parts: { page: Page; way: NarrowWay; browser: Browser }) {
    this.id = id;
    this.page = parts.page;
    this.way = parts.way;
    this.browser = parts.browser;
  }

  /** @param seed of what is lost on this person's way */
  static async open(id: string, url: string, relay: EmbeddedRelay, seed: number): Promise<Participant> {
    const way = await NarrowWay.open(relay.port, seed);
    const browser = await launchChromium({ args: ['--use-fake-device-for-media-stream=fps=30'] });
    const page = await browser.newPage();
    await page.exposeFunction('joinVoice', async (sdp: string) => way.through((await relay.join(id, sdp)).answer));
    await page.exposeFunction('joinPicture', async (line: PictureLayer | 'view', sdp: string) => {
      const options = line === 'view' ? { voice: id } : { layer: line };
      return way.through((await relay.pictures.join(`${id}/${line}`, sdp, options)).answer);
    });
    await page.exposeFunction('setSize', (size: PictureSize) => { relay.pictures.setSize(`${id}/view`, size); });
    relay.pictures.onWanted((line, wanted) => {
      const [who, layer] = line.split('/');
      if (who === id && (layer === 'high' || layer === 'low')) void page.evaluate(([each, is]) => { window.video.setWanted(each, is); }, [layer, wanted] as const).catch(() => undefined);
    });
    await page.goto(url.replace('127.0.0.1', 'localhost'));
    return new Participant(id, { page, way, browser });
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.way.close();
  }
}

/** The longest stretch of a recording under a tenth of its usual loudness (-20 dB), ms. `windowMs`: of each value. */
export function longestGap(loudness: readonly number[], windowMs: number): number {
  const usual = [...loudness].sort((a, b) => a - b)[Math.floor(loudness.length / 2)] ?? 0;
  let longest = 0;
  let run = 0;
  for (const value of loudness) {
    run = value < usual / 10 ? run + windowMs : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

export interface Frame {
  readonly at: number;
  readonly width: number;
}

/** The longest time without a new frame, ms. */
export function longestFreeze(frames: readonly Frame[], from: number, to: number): number {
  let longest = 0;
  let last = from;
  for (const { at } of frames) {
    if (at < from || at > to) continue;
    longest = Math.max(longest, at - last);
    last = at;
  }
  return Math.max(longest, to - last);
}
