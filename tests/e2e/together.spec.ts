/** Two people in one lounge: text, mute, deafen, block, gestures, and "who can hear me", through the page as a person uses it. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { tone, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const APPEARANCE = { id: 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 };

let server: TestServer;
let annaGuest: Guest;
let benGuest: Guest;
let anna: BrowserPerson;
let ben: BrowserPerson;

test.beforeEach(async () => {
  server = await startTestServer({ assets: ASSETS });
  const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  const row = scene.line('lounge', 2, 3);
  scene.dispose();
  annaGuest = await server.invite({ name: 'Anna Keller', entity: 'Switzerland', country: 'ch' });
  benGuest = await server.invite({ name: 'Ben Okafor', entity: 'Nigeria', country: 'ng' });
  await server.store.places.saveAll(new Map([
    [annaGuest.person.id, { scene: 'geneva', placement: row.listener, seat: '', appearance: APPEARANCE }],
    [benGuest.person.id, { scene: 'geneva', placement: row.near, seat: '', appearance: APPEARANCE }],
  ]), Date.now());
  anna = await BrowserPerson.open(annaGuest.link);
  ben = await BrowserPerson.open(benGuest.link, { microphoneWav: writeWav('ben', tone(1200)) });
  await anna.enter(false);
  await ben.enter(true);
  await anna.hears(benGuest.person.id);
});
test.afterEach(async () => {
  expect([anna, ben].flatMap(({ foreignRequests, forbidden }) => [...foreignRequests, ...forbidden])).toEqual([]);
  await Promise.all([anna.close(), ben.close()]);
  await server.stop();
});

/** Packets of Ben's that the relay sent to Anna so far. */
async function forwarded(): Promise<number> {
  const counters = await server.relay.counters();
  return counters.find((each) => each.peer === annaGuest.person.id)?.packetsFrom[benGuest.person.id] ?? 0;
}

/** Waits until the relay has stopped sending Anna anything of Ben's for a second. */
async function silenceAtTheRelay(): Promise<void> {
  let last = -1;
  let quietSince = Date.now();
  await until(async () => {
    const now = await forwarded();
    if (now !== last) quietSince = Date.now();
    last = now;
    return Date.now() - quietSince > 1000 ? null : `packets still arrive: ${now}`;
  });
}

test('who can hear me names the listener; mute and deafen stop the packets, not only the sound', async () => {
  const { page } = ben;
  await expect(page.getByText('1 person can hear you').first()).toBeVisible();
  await page.getByRole('button', { name: /can hear you/ }).first().click();
  await expect(page.getByRole('complementary').getByText('Anna Keller')).toBeVisible();

  await page.getByRole('button', { name: 'Mute', exact: true }).last().click();
  await silenceAtTheRelay();
  await ben.see((seen) => (seen.hearers.count === 0 && seen.mic.state === 'muted' ? null : `hearers ${seen.hearers.count}, microphone ${seen.mic.state}`));
  await page.getByRole('button', { name: 'Unmute', exact: true }).last().click();
  await anna.hears(benGuest.person.id);

  await anna.page.getByRole('button', { name: 'Stop hearing' }).last().click();
  await silenceAtTheRelay();
  await ben.see((seen) => (seen.hearers.count === 0 ? null : `${seen.hearers.count} can hear Ben`));
});

test('text reaches whom it is for, and a raised hand is seen', async () => {
  await ben.page.getByRole('button', { name: 'Chat', exact: true }).last().click();
  const box = ben.page.getByRole('textbox', { name: 'Write a message' });
  await box.fill('Shall we meet at the coffee bar? <b>14:30</b>');
  await box.press('Enter');
  await anna.page.getByRole('button', { name: /^Chat/ }).last().click();
  await expect(anna.page.getByText('Shall we meet at the coffee bar? <b>14:30</b>').last()).toBeVisible();

  await ben.page.getByRole('button', { name: 'Raise hand' }).last().click();
  await anna.see((seen) => (seen.people.some((person) => person.id === benGuest.person.id && person.gesture === 'raiseHand') ? null : 'no hand is raised'));
});

test('who is blocked is neither heard nor seen, by either side, until it is undone', async () => {
  const { page } = anna;
  await page.getByRole('button', { name: 'People', exact: true }).last().click();
  const panel = page.getByRole('complementary');
  await panel.getByRole('button', { name: /Ben Okafor/ }).first().click();
  await panel.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await silenceAtTheRelay();
  await ben.see((seen) => (seen.people.length === 0 && seen.hearers.count === 0 ? null : 'Ben still sees Anna'));
  await anna.see((seen) => (seen.people.length === 0 ? null : 'Anna still sees Ben'));
  await panel.getByText('1 person blocked').click();
  await panel.getByRole('button', { name: 'Unblock Ben Okafor' }).click();
  await anna.hears(benGuest.person.id);
});
