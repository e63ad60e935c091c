/** Entry, walking, hearing and the 3D view in a real Firefox: it hears a Chromium, and a Chromium hears it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import type { Settings } from '../../client/app/contracts.ts';
import type { DiagnosticsReport } from '../../client/app/diagnostics.ts';
import type { Venue } from '../../shared/scene/layout.ts';
import { FirefoxMachine, findFirefox } from '../support/firefox.ts';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, PLAIN, until } from '../support/person.ts';
import { invite, leaveTalk } from '../support/private-talk.ts';
import { startTestServer } from '../support/server.ts';
import { tone, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const APPEARANCE = { id: 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 };

/** Nothing of the page lies over the view there, in the window of 800 x 600 that Firefox opens with. CSS pixels. */
const OPEN_VIEW = { x: 100, y: 120, width: 600, height: 320 };
/** Without a GPU the view takes its time to appear. */
const VIEW_MS = 120_000;

function diagnosticsOf({ page }: FirefoxMachine): Promise<DiagnosticsReport> {
  return page.evaluate(() => (window as unknown as { plenum: { diagnostics(): Promise<DiagnosticsReport> } }).plenum.diagnostics());
}

/** Opens the link with settings of one's own and presses a button of the device check. */
async function enter({ page }: FirefoxMachine, link: string, how: { settings: Partial<Settings>; button: string }): Promise<void> {
  await page.goto(`${new URL(link).origin}/`);
  await page.evaluate((settings) => localStorage.setItem('plenum.settings', settings), JSON.stringify({ ...PLAIN, ...how.settings }));
  await page.goto(link);
  await page.reload();
  const button = await page.waitForSelector(`::-p-aria([name="${how.button}"][role="button"])`);
  await button?.click();
}

/** Number of different colours (32 levels a channel) in the open part of the view. */
async function coloursDrawn({ page }: FirefoxMachine): Promise<number> {
  const picture = await page.screenshot({ clip: OPEN_VIEW });
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colours = new Set<number>();
  for (let i = 0; i < data.length; i += info.channels) colours.add(((data[i] ?? 0) >> 3) << 10 | ((data[i + 1] ?? 0) >> 3) << 5 | (data[i + 2] ?? 0) >> 3);
  return colours.size;
}

test('a delegate with Firefox enters, walks, is heard and hears', async () => {
  const executable = findFirefox();
  test.skip(executable === undefined, 'no Firefox with a display and a sound server could be installed');
  const server = await startTestServer({ assets: ASSETS });
  const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  const row = scene.line('lounge', 2, 3);
  const goal = scene.layout.places.find(({ space, position: [x, , z] }) => space === 'lounge' && Math.hypot(x - row.listener.x, z - row.listener.z) > 5);
  const venue = JSON.parse(await readFile(join(ASSETS, 'scenes/geneva/venue.json'), 'utf8')) as Venue;
  const goalName = venue.names[goal?.id ?? '']?.en ?? '';
  scene.dispose();
  const [foxGuest, otherGuest] = [await server.invite(), await server.invite()];
  await server.store.places.saveAll(new Map([
    [foxGuest.person.id, { scene: 'geneva', placement: row.listener, seat: '', appearance: APPEARANCE }],
    [otherGuest.person.id, { scene: 'geneva', placement: row.near, seat: '', appearance: APPEARANCE }],
  ]), Date.now());
  const firefox = await FirefoxMachine.start(executable ?? '');
  const other = await BrowserPerson.open(otherGuest.link, { microphoneWav: writeWav('other', tone(900)) });
  try {
    const { page } = firefox;
    const diagnostics = (): Promise<DiagnosticsReport> => diagnosticsOf(firefox);
    const see = (check: (report: DiagnosticsReport) => string | null): Promise<void> => until(async () => check(await diagnostics()), 40_000);
    await enter(firefox, foxGuest.link, { settings: { textOnly: true }, button: 'Enter with microphone' });
    await see((seen) => (seen.phase === 'venue' && seen.media === 'live' && seen.mic.state === 'live' ? null : `phase ${seen.phase}, media ${seen.media}, microphone ${JSON.stringify(seen.mic)}`));
    await other.enter(true);

    await see((seen) => (seen.slots.some((slot) => slot.person === otherGuest.person.id && slot.level > 0.1) ? null : `Firefox hears nobody: ${JSON.stringify(seen.slots)}`));
    await other.hears(foxGuest.person.id);

    // A talk between the two kinds of browsers is sealed by itself.
    await invite(other, foxGuest.person.name);
    await (await page.waitForSelector('::-p-aria([name="Join"][role="button"])'))?.click();
    const heardSealed = ({ seal: { status, frames } }: DiagnosticsReport): string | null => (status?.state === 'sealed' && (frames?.opened ?? 0) > 50 ? null : JSON.stringify([status, frames]));
    await see(heardSealed);
    await other.see(heardSealed);
    await see((seen) => (seen.slots.some((slot) => slot.person === otherGuest.person.id && slot.level > 0.1) ? null : `Firefox hears nobody in the talk: ${JSON.stringify(seen.slots)}`));
    await other.hears(foxGuest.person.id);
    expect((await diagnostics()).seal.status?.code).toEqual((await other.diagnostics()).seal.status?.code);
    await leaveTalk(other);

    const before = (await diagnostics()).me;
    await (await page.waitForSelector(`[aria-label="Walk there: ${goalName}"]`))?.click();
    await see((seen) => (Math.hypot((seen.me?.x ?? 0) - (before?.x ?? 0), (seen.me?.z ?? 0) - (before?.z ?? 0)) > 2 ? null : 'has not walked 2 m yet'));
    await other.see((seen) => {
      const fox = seen.people.find((person) => person.id === foxGuest.person.id);
      return fox !== undefined && Math.hypot(fox.x - (before?.x ?? 0), fox.z - (before?.z ?? 0)) > 1 ? null : 'the other does not see Firefox walk';
    });
    expect(other.foreignRequests).toEqual([]);
  } finally {
    await firefox.stop();
    await other.close();
    await server.stop();
  }
});

test('the 3D view in Firefox loads, draws, and walks by keys', async () => {
  test.setTimeout(300_000);
  const executable = findFirefox();
  test.skip(executable === undefined, 'no Firefox with a display and a sound server could be installed');
  const server = await startTestServer({ assets: ASSETS });
  const firefox = await FirefoxMachine.start(executable ?? '');
  const see = (check: (report: DiagnosticsReport) => string | null, ms?: number): Promise<void> => until(async () => check(await diagnosticsOf(firefox)), ms);
  try {
    const { page } = firefox;
    await page.evaluateOnNewDocument(() => {
      const forbidden: string[] = [];
      Object.assign(window, { forbidden });
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => forbidden.push(`${effectiveDirective} ${blockedURI}`));
    });
    await enter(firefox, (await server.invite()).link, { settings: { textOnly: false, quality: 'low', view: 'first' }, button: 'Enter and only listen' });
    await see(({ world }) => (world === 'ready' ? null : `the world is ${world}`), VIEW_MS);
    await until(async () => {
      const colours = await coloursDrawn(firefox);
      return colours > 300 ? null : `${colours} colours are drawn`;
    }, VIEW_MS);

    const start = (await diagnosticsOf(firefox)).me;
    await page.focus('canvas');
    await page.keyboard.down('ArrowUp');
    await see(({ me }) => {
      const walked = Math.hypot((me?.x ?? 0) - (start?.x ?? 0), (me?.z ?? 0) - (start?.z ?? 0));
      return walked > 0.5 ? null : `walked ${walked.toFixed(2)} m`;
    }, 30_000);
    await page.keyboard.up('ArrowUp');
    expect(await page.evaluate(() => (window as unknown as { forbidden: string[] }).forbidden), 'by our content security policy').toEqual([]);
  } finally {
    await firefox.stop();
    await server.stop();
  }
});
