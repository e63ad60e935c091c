/** Private talks among real browsers with real microphones: what goes to a bystander's ears, and over the relay to their browser, is measured. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { BrowserPerson, until } from '../support/person.ts';
import type { PersonOptions } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { decibels, tone, toneAmplitude, writeWav } from '../support/sound.ts';
import { Visitors } from '../support/visitors.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const HERE = 'geneva';
/** Heard at all, and nothing but rounding: dBFS. */
const HEARD = -50;
const SILENT = -75;
/** Between somebody's word and the last packet that it ends. */
const LAST_PACKET_MS = 300;

interface Somebody {
  readonly name: string;
  readonly hertz: number;
  readonly guest: Guest;
  readonly person: BrowserPerson;
  readonly page: Page;
}

let server: TestServer;
let visitors: Visitors;

test.beforeAll(async () => { server = await startTestServer({ assets: ASSETS, env: { PLENUM_SCENE: HERE } }); });
test.beforeEach(() => { visitors = new Visitors(); });
test.afterEach(async () => { expect(await visitors.close()).toEqual([]); });
test.afterAll(async () => { await server.stop(); });

/** Comes into the lounge at `x`, with a microphone that plays a tone of its own unless `hertz` is 0. */
async function comeIn(name: string, x: number, hertz: number, options: PersonOptions = {}): Promise<Somebody> {
  const guest = await server.inviteTo(HERE, { x, y: 0, z: -5.3, yaw: 0 }, { name });
  const person = await visitors.comeIn(guest.link, hertz === 0 ? options : { microphoneWav: writeWav('tone', tone(hertz, 0.12)), ...options });
  person.page.setDefaultTimeout(15_000);
  return { name, hertz, guest, person, page: person.page };
}

const idOf = ({ guest }: Somebody): string => guest.person.id;
const bar = ({ page }: Somebody): Locator => page.getByRole('region', { name: 'Private talks' });
const panel = ({ page }: Somebody): Locator => page.getByRole('complementary');

async function openTalks({ page }: Somebody): Promise<void> {
  await page.locator('#venue-title').focus();
  await page.keyboard.press('u');
  await expect(page.getByRole('complementary', { name: 'Private talks' })).toBeVisible();
}

const closePanel = (somebody: Somebody): Promise<void> => panel(somebody).getByRole('button', { name: 'Close' }).click();

async function invite(host: Somebody, ...guests: Somebody[]): Promise<void> {
  await openTalks(host);
  for (const { name } of guests) await panel(host).locator('label').filter({ hasText: name }).click();
  await panel(host).getByRole('button', { name: /^Invite \d/ }).click();
  for (const { page } of guests) {
    const question = page.getByRole('region', { name: `${host.name} asks you into a private talk` });
    await question.getByRole('button', { name: 'Join' }).click();
  }
  await closePanel(host);
  for (const each of [host, ...guests]) await expect(bar(each)).toContainText('In private with');
}

/** dBFS of each speaker's tone at the ears of `listener`, in one recording. */
async function tonesAt({ person }: Somebody, speakers: readonly Somebody[]): Promise<number[]> {
  const { left, right, sampleRate } = await person.record();
  return speakers.map(({ hertz }) => Math.max(...[left, right].map((ear) => decibels(toneAmplitude(ear, hertz, sampleRate)))));
}

/** Packets that the relay has forwarded to `listener`, by speaker. */
async function forwardedTo(listener: Somebody): Promise<Readonly<Record<string, number>>> {
  return (await server.relay.counters()).find(({ peer }) => peer === idOf(listener))?.packetsFrom ?? {};
}

async function hearsAll(listener: Somebody, speakers: readonly Somebody[]): Promise<void> {
  for (const speaker of speakers) await listener.person.hears(idOf(speaker));
}

/** Watches one listener: whatever happens, nothing of the `secret` may reach them. */
async function watch(listener: Somebody, secret: readonly Somebody[]): Promise<(when: string) => Promise<void>> {
  let before = await forwardedTo(listener);
  let loudest = -Infinity;
  return async (when) => {
    const levels = await tonesAt(listener, secret);
    loudest = Math.max(loudest, ...levels);
    console.log(`${when}: ${listener.name} hears at most ${Math.max(...levels).toFixed(0)} dBFS of ${secret.length} in private (loudest so far ${loudest.toFixed(0)})`);
    for (const [i, level] of levels.entries()) expect(level, `${secret[i]?.name ?? ''}, ${when}`).toBeLessThan(SILENT);
    const now = await forwardedTo(listener);
    for (const speaker of secret) expect(now[idOf(speaker)] ?? 0, `packets of ${speaker.name}, ${when}`).toBeLessThanOrEqual(before[idOf(speaker)] ?? 0);
    const inbound = (await listener.person.diagnostics()).slots.map(({ person }) => person);
    for (const speaker of secret) expect(inbound, when).not.toContain(idOf(speaker));
    before = now;
  };
}

function relayProcesses(): number[] {
  return execFileSync('pgrep', ['-P', String(process.pid), '-f', 'relay/embedded/child'], { encoding: 'utf8' }).trim().split('\n').map(Number);
}

test('two talks and a bystander one metre away: inside everybody is heard, outside nothing, whatever happens', async () => {
  test.setTimeout(300_000);
  const anna = await comeIn('Anna Keller', 0, 500);
  const ben = await comeIn('Ben Okafor', -1.2, 700);
  const cec = await comeIn('Cec Moreau', 3, 1100);
  const dora = await comeIn('Dora Lind', 4.2, 1300);
  const eve = await comeIn('Eve Novak', 1, 1700);
  const fay = await comeIn('Fay Tanaka', -3, 2300);
  const everybody = [anna, ben, cec, dora, eve, fay];

  // In public the bystander hears them all: the silence that follows is not that of a broken ear.
  await hearsAll(eve, [anna, ben, cec, dora]);
  for (const level of await tonesAt(eve, [anna, ben, cec, dora])) expect(level).toBeGreaterThan(HEARD);

  await invite(anna, ben);
  await invite(cec, dora);
  const silence = await watch(eve, [anna, ben, cec, dora]);
  await hearsAll(anna, [ben]);
  await hearsAll(ben, [anna]);
  await hearsAll(dora, [cec]);
  await silence('two talks go on');
  const [toAnna = 0, ofCec = 0, ofEve = 0] = await tonesAt(anna, [ben, cec, eve]);
  console.log(`Anna hears Ben at ${toAnna.toFixed(0)} dBFS, the other talk at ${ofCec.toFixed(0)}, the bystander at ${ofEve.toFixed(0)}`);
  expect(toAnna).toBeGreaterThan(HEARD);
  expect(ofCec, 'nor does one talk hear the other').toBeLessThan(SILENT);
  expect(ofEve, 'nor the public').toBeLessThan(SILENT);
  await anna.person.see(({ hearers }) => (hearers.count === 1 ? null : `${hearers.count} hear Anna`));

  // Somebody asks to join, and is let in.
  await openTalks(fay);
  await panel(fay).getByRole('button', { name: /Ask to join: .*Anna/ }).click();
  await anna.page.getByRole('button', { name: 'Let Fay Tanaka in' }).click();
  await expect(bar(fay)).toContainText('In private with');
  await hearsAll(fay, [anna, ben]);
  await hearsAll(ben, [anna, fay]);
  const closer = await watch(eve, [anna, ben, cec, dora, fay]);
  await closer('Fay has joined');

  // Locked: nobody can knock any more. Through the dome the bystander may walk, and hears nothing in it.
  await openTalks(anna);
  await panel(anna).getByRole('switch', { name: 'Locked' }).check();
  await closePanel(anna);
  await openTalks(eve);
  await expect(panel(eve).getByText('Locked').first()).toBeVisible();
  await expect(panel(eve).getByRole('button', { name: /Ask to join: .*Anna/ })).toBeHidden();
  await closePanel(eve);
  const row = eve.page.getByRole('listitem').filter({ has: eve.page.getByRole('button', { name: /^Anna Keller/ }) }).last();
  await row.getByRole('button', { name: /^Anna Keller/ }).click();
  await row.getByRole('button', { name: 'Jump there', exact: true }).click();
  await closer('Eve stands in the dome');

  // A line drops and comes back: still in the talk, still private.
  await ben.page.evaluate(() => { (window as unknown as { plenum: { dropConnection(): void } }).plenum.dropConnection(); });
  await closer('Ben has dropped');
  await ben.person.see(({ connection }) => (connection === 'online' ? null : connection));
  await expect(bar(ben)).toContainText('In private with');
  await hearsAll(anna, [ben]);
  await hearsAll(ben, [anna]);
  await closer('Ben is back');

  // The relay is killed; all join it again.
  for (const pid of relayProcesses()) process.kill(pid, 'SIGKILL');
  await until(async () => ((await server.relay.counters().catch(() => [])).length >= everybody.length ? null : 'not all have joined the relay again'), 30_000);
  await hearsAll(ben, [anna, fay]);
  await hearsAll(dora, [cec]);
  const after = await watch(eve, [anna, ben, cec, dora, fay]);
  await after('the relay has started again');

  // Whoever leaves is muted, and hears nothing more.
  await bar(fay).getByRole('button', { name: 'Leave the talk' }).click();
  await expect(fay.page.getByText('You have left the private talk. Your microphone is muted.').first()).toBeVisible();
  expect((await fay.person.diagnostics()).mic.state).toBe('muted');
  await after('Fay has left');
  const [annaAtFay = 0] = await tonesAt(fay, [anna]);
  expect(annaAtFay).toBeLessThan(SILENT);
  await fay.page.locator('#venue-title').focus();
  await fay.page.keyboard.press('m');
  await hearsAll(eve, [fay]);
  await anna.person.see(({ slots }) => (slots.every(({ person }) => person !== idOf(fay)) ? null : 'Anna hears Fay, who is in public'));
});

/** Milliseconds from a press of `button` to the last packet of `speaker` that the relay forwards to `listener`: counted until none has come for a second. */
async function lastPacket(speaker: Somebody, listener: Somebody, button: Locator): Promise<number> {
  const count = async (): Promise<number> => (await forwardedTo(listener))[idOf(speaker)] ?? 0;
  let last = await count();
  let at = Date.now();
  // The page's own clock, which is this machine's: how long the press takes to be carried out by the test is not counted.
  const pressing = button.evaluate((element: HTMLElement) => {
    const now = Date.now();
    element.click();
    return now;
  });
  await until(async () => {
    const now = await count();
    if (now > last) {
      last = now;
      at = Date.now();
    }
    return Date.now() - at > 1000 ? null : 'packets still come';
  });
  return at - await pressing;
}

test('a leave ends in 300 ms, both ways; whispers and walking away are as private', async () => {
  test.setTimeout(180_000);
  const anna = await comeIn('Anna Keller', 0, 500);
  const ben = await comeIn('Ben Okafor', -1.2, 700);
  const eve = await comeIn('Eve Novak', 1, 1700);
  await hearsAll(eve, [anna, ben]);

  // A whisper in public, held by a key: only the neighbour hears it, and afterwards all do again.
  await anna.page.locator('#venue-title').focus();
  await anna.page.keyboard.down('z');
  await expect(bar(anna)).toContainText('You are whispering to');
  const whispered = (await bar(anna).textContent())?.includes('Eve') === true ? eve : ben;
  const other = whispered === eve ? ben : eve;
  const outside = await watch(other, [anna]);
  await hearsAll(whispered, [anna]);
  await expect(whispered.page.getByText('Anna Keller is whispering to you. Only you hear it.').first()).toBeVisible();
  await outside('Anna whispers');
  await anna.page.keyboard.up('z');
  await hearsAll(other, [anna]);

  const figures: number[] = [];
  for (const [speaker, listener] of [[ben, anna], [anna, ben]] as const) {
    await invite(anna, ben);
    for (const each of [anna, ben]) {
      if ((await each.person.diagnostics()).mic.state === 'live') continue;
      await each.page.locator('#venue-title').focus();
      await each.page.keyboard.press('m');
    }
    await hearsAll(listener, [speaker]);
    figures.push(await lastPacket(speaker, listener, bar(ben).getByRole('button', { name: 'Leave the talk' })));
    await expect(bar(ben)).toBeHidden();
    await expect(anna.page.getByText(/The private talk is over/).first()).toBeVisible();
  }
  console.log(`from "leave" to the last packet: of the leaver ${figures[0]?.toFixed(0) ?? '-'} ms, to the leaver ${figures[1]?.toFixed(0) ?? '-'} ms`);
  for (const figure of figures) expect(figure).toBeLessThanOrEqual(LAST_PACKET_MS);

  // Walking away is leaving, and the microphone that was open in private does not go on in public.
  await invite(anna, ben);
  await ben.page.locator('#venue-title').focus();
  await ben.page.keyboard.press('m');
  await hearsAll(anna, [ben]);
  const quiet = await watch(eve, [ben]);
  await ben.page.getByRole('button', { name: 'Walk there: Quiet corner by the lake', exact: true }).first().click();
  await expect(ben.page.getByText('You have walked out of the private talk. Your microphone is muted.').first()).toBeVisible({ timeout: 20_000 });
  await quiet('Ben has walked out');
  expect((await ben.person.diagnostics()).mic.state).toBe('muted');
});

test('by keyboard alone and on a phone, with all of it told', async () => {
  const anna = await comeIn('Anna Keller', 0, 0);
  const ben = await comeIn('Ben Okafor', -1.2, 0, { viewport: { width: 360, height: 740 }, touch: true });
  const { keyboard } = anna.page;
  const told = ({ page }: Somebody, text: string): Promise<void> => expect(page.locator('[aria-live]').filter({ hasText: text }).first()).toBeAttached();
  /** Tabs on until something of this role and name has the focus. */
  const tabTo = async (role: 'button' | 'checkbox' | 'switch', name: RegExp): Promise<void> => {
    const wanted = anna.page.getByRole(role, { name });
    await until(async () => {
      if (await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return null;
      await keyboard.press('Tab');
      return `the focus does not come to ${name.source}`;
    });
  };
  await openTalks(anna);
  await tabTo('checkbox', /Ben Okafor/);
  await keyboard.press('Space');
  await tabTo('button', /^Invite 1 person/);
  await keyboard.press('Enter');
  await told(ben, 'Anna Keller asks you into a private talk');
  // What has scrolled under the question on so small a screen counts as hidden there, so only the question is looked at.
  expect(await accessibilityFaults(ben.page, '.talk-question')).toEqual([]);
  await ben.page.getByRole('region', { name: /asks you into a private talk/ }).getByRole('button', { name: 'Join' }).tap();
  await told(ben, 'You are now in a private talk. Only its members hear you.');
  await told(anna, 'Ben Okafor has joined the talk and hears you.');
  await tabTo('switch', /Others see who is in it/);
  await keyboard.press('Space');
  await expect(anna.page.getByRole('switch', { name: 'Others see who is in it' })).not.toBeChecked();
  await expect(anna.page.getByRole('complementary', { name: 'Private talks' })).toMatchAriaSnapshot(`
    - complementary "Private talks":
      - heading "Private talks" [level=2]
      - heading "In the talk" [level=3]
      - list:
        - listitem: /Anna Keller/
        - listitem: /Ben Okafor/
      - heading "How the talk shows" [level=3]
      - switch "Locked"
      - switch "Others see who is in it"
  `);
  expect(await accessibilityFaults(anna.page)).toEqual([]);
  expect(await accessibilityFaults(ben.page, '.talk-bar')).toEqual([]);
  await tabTo('button', /^Leave the talk/);
  await keyboard.press('Enter');
  await told(anna, 'You are in public again.');
  await told(ben, 'You are in public again.');
});
