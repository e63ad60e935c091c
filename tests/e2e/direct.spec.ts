/** Issue figure 5, peer to peer: two browsers that talk directly hear each other with the relay process stopped, and the relay has carried nothing of it. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { fitsAcross, PHONE, pressOn, told } from '../support/by-hand.ts';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { accept, invite, leaveTalk, openTalks } from '../support/private-talk.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { decibels, tone, toneAmplitude, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const ANNA_HERTZ = 900;
const BEN_HERTZ = 1300;

let server: TestServer;
let anna: BrowserPerson;
let ben: BrowserPerson;
let annaId: string;
let benId: string;

test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
  const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  const row = scene.line('lounge', 1.2, 2.4);
  scene.dispose();
  const annaGuest = await server.inviteTo('geneva', row.listener, { name: 'Anna Keller' });
  const benGuest = await server.inviteTo('geneva', row.near, { name: 'Ben Okafor' });
  [annaId, benId] = [annaGuest.person.id, benGuest.person.id];
  [anna, ben] = await Promise.all([
    BrowserPerson.open(annaGuest.link, { microphoneWav: writeWav('anna', tone(ANNA_HERTZ)) }),
    BrowserPerson.open(benGuest.link, { microphoneWav: writeWav('ben', tone(BEN_HERTZ)), ...PHONE }),
  ]);
  await anna.enter(true);
  await ben.enter(true);
});
test.afterAll(async () => {
  await Promise.all([anna.close(), ben.close()]);
  await server.stop();
});

const both = (): BrowserPerson[] => [anna, ben];

/** What the relay has got of either, and sent to either, so far. */
async function carried(): Promise<number> {
  const counters = await server.relay.counters();
  return counters.reduce((sum, { packetsIn, packetsFrom }) => sum + packetsIn + Object.values(packetsFrom).reduce((total, each) => total + each, 0), 0);
}

async function loudness(person: BrowserPerson, hertz: number): Promise<number> {
  const { left, right, sampleRate } = await person.record();
  return Math.max(decibels(toneAmplitude(left, hertz, sampleRate)), decibels(toneAmplitude(right, hertz, sampleRate)));
}

/** Waits until everybody's talk is in that state; null: over the relay. */
async function direct(state: string | null): Promise<void> {
  for (const person of both()) await person.see((seen) => ((seen.direct.status?.state ?? null) === state ? null : `direct: ${JSON.stringify(seen.direct)}`));
}

/** Anna has a keyboard and nothing else, Ben a phone. */
async function askAndAgree(): Promise<void> {
  await openTalks(anna);
  await pressOn(anna, 'button', /^Talk without the relay$/);
  const question = anna.page.getByRole('dialog', { name: 'Talk from browser to browser' });
  await expect(question, 'what it reveals is said before').toContainText('learns the internet address of your device');
  await expect(question.getByRole('button', { name: 'Cancel' }), 'the safe choice first').toBeFocused();
  await pressOn(anna, 'button', /^Ask Ben Okafor$/);
  await told(ben, 'Anna Keller asks to talk from browser to browser', 'assertive');
  const asked = ben.page.getByRole('region', { name: /asks to talk from browser to browser/ });
  await expect(asked).toContainText('learns the internet address of your device');
  await fitsAcross(asked);
  expect(await accessibilityFaults(ben.page, '.talk-question')).toEqual([]);
  await asked.getByRole('button', { name: 'Agree' }).tap();
  for (const [each, other] of [[anna, 'Ben Okafor'], [ben, 'Anna Keller']] as const) await told(each, `Only ${other} hears you, straight from your browser.`, 'assertive');
}

test('two browsers talk with the relay stopped, and it has carried nothing of it', async () => {
  await test.step('a talk of two, over the relay', async () => {
    await invite(anna, 'Ben Okafor');
    await accept(ben);
    await anna.hears(benId);
  });

  await test.step('from browser to browser: the relay gets and sends not a packet more', async () => {
    await askAndAgree();
    await direct('direct');
    let before = -1;
    // The last packets of before are on their way.
    await until(async () => {
      const now = await carried();
      const isStill = now === before;
      before = now;
      return isStill ? null : 'packets still come';
    });
    await until(async () => ((await loudness(anna, BEN_HERTZ)) > -40 && (await loudness(ben, ANNA_HERTZ)) > -40 ? null : 'they do not hear each other'));
    expect(await carried()).toBe(before);
    for (const person of both()) {
      const { hearers, direct: state, seal } = await person.diagnostics();
      expect(hearers.count, 'who can hear me: the other one').toBe(1);
      expect(state.path, 'no TURN server').toMatch(/^(host|srflx|prflx) - (host|srflx|prflx)$/);
      expect(seal.status?.state, 'sealed as well').toBe('sealed');
    }
  });

  await test.step('the relay process is stopped: they hear each other on', async () => {
    await server.relay.stop();
    await anna.see(({ media }) => (media === 'live' ? 'the relay is still there' : null));
    const [atAnna, atBen] = [await loudness(anna, BEN_HERTZ), await loudness(ben, ANNA_HERTZ)];
    console.log(`without a relay: ${atAnna.toFixed(1)} and ${atBen.toFixed(1)} dBFS`);
    expect(Math.min(atAnna, atBen)).toBeGreaterThan(-40);
    const opened = async (): Promise<number> => (await anna.diagnostics()).seal.frames?.opened ?? 0;
    const before = await opened();
    await until(async () => ((await opened()) - before > 50 ? null : 'what comes directly is not sealed'));
    await anna.see(({ direct: { level } }) => (level > 0.1 ? null : `the mouth of the other one does not move: ${level}`));
  });

  await test.step('mute sends not a packet; deafened is silent', async () => {
    await ben.page.keyboard.press('m');
    await anna.see(({ direct: { level } }) => (level === 0 ? null : `still hears ${level}`));
    const { packetsReceived } = (await anna.diagnostics()).direct;
    await ben.see(({ hearers }) => (hearers.count === 0 ? null : 'is said to be heard'));
    expect((await anna.diagnostics()).direct.packetsReceived).toBe(packetsReceived);
    await ben.page.keyboard.press('m');
    await until(async () => ((await loudness(anna, BEN_HERTZ)) > -40 ? null : 'is not heard again'));
  });

  await test.step('ending it is silence, until both agree to the relay or try again', async () => {
    await openTalks(ben);
    const panel = ben.page.getByRole('complementary', { name: 'Private talks' });
    await fitsAcross(panel);
    await panel.getByRole('button', { name: 'End the direct way' }).tap();
    await direct('failed');
    await told(anna, 'There is no direct way now', 'assertive');
    const way = anna.page.getByRole('region', { name: 'There is no direct way now' });
    await expect(way).toContainText('Neither of you hears the other until there is a direct way, or both of you agree to use the relay.');
    await expect(way).toMatchAriaSnapshot(`
      - region "There is no direct way now":
        - button "Try again"
        - button "Use the relay"
    `);
    expect(await accessibilityFaults(anna.page)).toEqual([]);
    await pressOn(anna, 'button', /^Use the relay$/);
    await told(anna, 'You have agreed to use the relay. Ben Okafor has not answered yet.', 'assertive');
    await anna.see(({ direct: { status } }) => (status?.relay.length === 1 ? null : 'has not agreed'));
    await direct('failed');
    for (const person of both()) expect((await person.diagnostics()).hearers.count).toBe(0);
    await ben.page.getByRole('button', { name: 'Try again' }).last().tap();
    await direct('direct');
    await until(async () => ((await loudness(anna, BEN_HERTZ)) > -40 ? null : 'they do not hear each other'));
  });

  await test.step('hanging up frees everything', async () => {
    await leaveTalk(anna);
    for (const person of both()) {
      await person.see(({ direct: { status, path } }) => (status === null && path === null ? null : `still there: ${JSON.stringify({ status, path })}`));
      await person.see(({ mic }) => (mic.state === 'muted' ? null : `the microphone is ${mic.state}`));
    }
  });
  for (const person of both()) expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  expect(annaId).not.toBe(benId);
});
