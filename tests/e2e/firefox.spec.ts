/** Entry, walking and hearing in a real Firefox: it hears a Chromium, and a Chromium hears it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { DiagnosticsReport } from '../../client/app/diagnostics.ts';
import type { Venue } from '../../shared/scene/layout.ts';
import { FirefoxMachine, findFirefox } from '../support/firefox.ts';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, PLAIN, until } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import { tone, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const APPEARANCE = { id: 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 };

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
    const diagnostics = (): Promise<DiagnosticsReport> =>
      page.evaluate(() => (window as unknown as { plenum: { diagnostics(): Promise<DiagnosticsReport> } }).plenum.diagnostics());
    const see = (check: (report: DiagnosticsReport) => string | null): Promise<void> => until(async () => check(await diagnostics()), 40_000);
    await page.goto(`${server.url}/`);
    await page.evaluate((settings) => localStorage.setItem('plenum.settings', settings), JSON.stringify({ ...PLAIN, textOnly: true }));
    await page.goto(foxGuest.link);
    await page.reload();
    const button = await page.waitForSelector('::-p-aria([name="Enter with microphone"][role="button"])');
    await button?.click();
    await see((seen) => (seen.phase === 'venue' && seen.media === 'live' && seen.mic.state === 'live' ? null : `phase ${seen.phase}, media ${seen.media}, microphone ${JSON.stringify(seen.mic)}`));
    await other.enter(true);

    await see((seen) => (seen.slots.some((slot) => slot.person === otherGuest.person.id && slot.level > 0.1) ? null : `Firefox hears nobody: ${JSON.stringify(seen.slots)}`));
    await other.see((seen) => (seen.slots.some((slot) => slot.person === foxGuest.person.id && slot.level > 0.1) ? null : `Firefox is not heard: ${JSON.stringify(seen.slots)}`));

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
