/** A guided tour from the foyer through a link: real browsers, real microphones, the real scenes; what is heard far from the guide is recorded. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Venue } from '../../shared/scene/layout.ts';
import { HEARING_RANGE } from '../../shared/rules/audibility.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { BrowserPerson, until } from '../support/person.ts';
import type { PersonOptions } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { decibels, tone, toneAmplitude, writeWav } from '../support/sound.ts';
import { Visitors } from '../support/visitors.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const GUIDE_HERTZ = 700;
const MEMBER_HERTZ = 1200;
const [HERE, THERE] = ['geneva', 'marrakesh'];
/** Another acoustic space, beyond hearing range from where one comes in. */
const FAR = 'exhibition-middle';

interface Somebody {
  readonly guest: Guest;
  readonly person: BrowserPerson;
  readonly page: Page;
}

let server: TestServer;
let visitors: Visitors;
let abroad: Venue;

test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS, env: { PLENUM_SCENE: HERE } });
  abroad = JSON.parse(await readFile(join(ASSETS, 'scenes', THERE, 'venue.json'), 'utf8')) as Venue;
});
test.beforeEach(() => { visitors = new Visitors(); });
test.afterEach(async () => {
  expect(await visitors.close()).toEqual([]);
});
test.afterAll(async () => { await server.stop(); });

/** Comes into the lounge beside the others. */
async function comeIn(name: string, x: number, options: PersonOptions = {}): Promise<Somebody> {
  const guest = await server.inviteTo(HERE, { x, y: 0, z: -5.3, yaw: 0 }, { name });
  const person = await visitors.comeIn(guest.link, options);
  return { guest, person, page: person.page };
}

const bar = ({ page }: Somebody): Locator => page.getByRole('region', { name: 'Guided tour' });
const panel = ({ page }: Somebody): Locator => page.getByRole('complementary');

/** How far apart two are, by what one of them sees; Infinity while they do not see each other. */
async function apart(one: Somebody, other: Somebody): Promise<number> {
  const { me, people: seen } = await one.person.diagnostics();
  const at = seen.find(({ id }) => id === other.guest.person.id);
  return me === null || at === undefined ? Infinity : Math.hypot(at.x - me.x, at.z - me.z);
}

async function jumpTo({ page }: Somebody, place: string): Promise<void> {
  const name = abroad.names[place]?.en ?? place;
  await page.getByRole('button', { name: `Jump there: ${name}`, exact: true }).first().click();
}

const forwarded = async (speaker: Somebody, listener: Somebody): Promise<number> =>
  (await server.relay.counters()).find((each) => each.peer === listener.guest.person.id)?.packetsFrom[speaker.guest.person.id] ?? 0;

async function toneHeard({ person }: Somebody, hertz: number): Promise<number> {
  const { left, right, sampleRate } = await person.record();
  return Math.max(...[left, right].map((ear) => decibels(toneAmplitude(ear, hertz, sampleRate))));
}

const showTour = (somebody: Somebody): Promise<void> => bar(somebody).getByRole('button', { name: 'Show the tour' }).click();

/** So that it covers nothing of the page. */
const closePanel = (somebody: Somebody): Promise<void> => panel(somebody).getByRole('button', { name: 'Close' }).click();

/** Anna starts a tour and asks everybody near; Ben comes along, Cec does not. */
async function gather(anna: Somebody, ben: Somebody, cec: Somebody): Promise<void> {
  await anna.page.getByRole('button', { name: 'Guided tour', exact: true }).last().click();
  await panel(anna).getByRole('button', { name: 'Start a tour' }).click();
  await panel(anna).getByRole('button', { name: 'Invite everybody near' }).click();
  await expect(anna.page.getByText('Invitations sent: 2').first()).toBeVisible();
  const question = ben.page.getByRole('region', { name: /Anna Keller.* invites you on a guided tour/ });
  await question.getByRole('button', { name: 'Come along' }).click();
  await expect(question).toBeHidden();
  await cec.page.getByRole('button', { name: 'No, thank you' }).click();
  await expect(anna.page.getByText(/Cec Moreau.* would rather not come along/).first()).toBeVisible();
  await expect(bar(anna)).toContainText('Your tour: 1 person with you');
  await expect(bar(ben)).toContainText('You walk along with the guide.');
  await expect(bar(cec)).toBeHidden();
  await closePanel(anna);
}

test('a guide leads a group from the foyer through a link, is heard by it where nobody else does, and they still hear each other', async () => {
  test.setTimeout(240_000);
  const anna = await comeIn('Anna Keller', 0, { microphoneWav: writeWav('guide', tone(GUIDE_HERTZ)) });
  const ben = await comeIn('Ben Okafor', -2, { microphoneWav: writeWav('member', tone(MEMBER_HERTZ)) });
  const cec = await comeIn('Cec Moreau', -4);
  await ben.person.hears(anna.guest.person.id);
  await cec.person.hears(anna.guest.person.id);
  await gather(anna, ben, cec);

  // Anna walks up to the way out, all through the lounge; Ben presses nothing.
  const where = abroad.names['scene']?.en ?? THERE;
  await anna.page.getByRole('button', { name: `Walk there: ${where}`, exact: true }).first().click();
  const question = anna.page.getByRole('region', { name: `Go to ${where}?` });
  await expect(question).toBeVisible();
  await until(async () => {
    const metres = await apart(ben, anna);
    return metres > 1 && metres < 4 ? null : `Ben is ${metres.toFixed(1)} m behind Anna`;
  }, 30_000);
  await until(async () => {
    const metres = await apart(ben, cec);
    return metres > 8 ? null : `Ben is ${metres.toFixed(1)} m from Cec, who stayed`;
  });
  await question.getByRole('button', { name: 'Enter' }).click();
  await Promise.all([anna.person.isIn(THERE), ben.person.isIn(THERE)]);
  await cec.person.isIn(HERE);
  expect(await apart(ben, anna), 'they arrive side by side').toBeLessThan(5);
  await anna.person.hears(ben.guest.person.id);
  await ben.person.hears(anna.guest.person.id);
  for (const { person } of [anna, ben]) expect((await person.diagnostics()).media, 'on the same connection').toBe('live');

  // What Anna shows is read by Ben, by its name, and by nobody else.
  const [exhibit = ''] = Object.keys(abroad.exhibits ?? {});
  const title = abroad.exhibits?.[exhibit]?.title.en ?? '';
  await showTour(anna);
  await panel(anna).getByRole('button', { name: `Point at it: ${title}`, exact: true }).click();
  await expect(bar(ben)).toContainText(`points at: ${title}`);
  await panel(anna).getByRole('button', { name: 'Stop pointing' }).first().click();
  await expect(bar(ben)).not.toContainText('points at');
  await closePanel(anna);

  // Cec comes too, by himself. Ben stays with him; Anna goes far away, into another acoustic space.
  await cec.page.getByRole('button', { name: `Jump there: ${where}`, exact: true }).first().click();
  await cec.person.isIn(THERE);
  await cec.person.hears(anna.guest.person.id);
  await bar(ben).getByRole('button', { name: 'Look around by myself' }).click();
  await expect(bar(ben)).toContainText('You still hear the guide');
  await jumpTo(anna, FAR);
  await until(async () => {
    const metres = await apart(anna, ben);
    return metres > HEARING_RANGE ? null : `Anna is ${metres.toFixed(1)} m away`;
  });
  await cec.person.see((seen) => (seen.slots.every(({ person }) => person !== anna.guest.person.id) ? null : 'Cec still has Anna in a slot'));
  const [toBen, toCec] = [await forwarded(anna, ben), await forwarded(anna, cec)];
  const [benHears, cecHears] = [await toneHeard(ben, GUIDE_HERTZ), await toneHeard(cec, GUIDE_HERTZ)];
  console.log(`${(await apart(anna, ben)).toFixed(0)} m from the guide: ${benHears.toFixed(1)} dBFS on the tour, ${cecHears.toFixed(1)} dBFS beside it`);
  expect(benHears, 'the guide is heard on the tour').toBeGreaterThan(-40);
  expect(cecHears, 'and by nobody else').toBeLessThan(-60);
  expect(await forwarded(anna, ben)).toBeGreaterThan(toBen);
  expect(await forwarded(anna, cec), 'not one packet').toBe(toCec);
  // "Who can hear me" tells the guide the same.
  await anna.person.see(({ hearers }) => (hearers.count === 1 ? null : `${hearers.count} hear Anna`));
  // Members hear each other by their places: Cec, in earshot, hears Ben; Anna, who is far, does not.
  await cec.person.hears(ben.guest.person.id);
  await anna.person.see((seen) => (seen.slots.every(({ person }) => person !== ben.guest.person.id) ? null : 'Anna hears Ben from afar'));

  // One press, and Ben walks all the way after her; then they hear each other again.
  await bar(ben).getByRole('button', { name: 'Walk along' }).click();
  await until(async () => {
    const metres = await apart(ben, anna);
    return metres < 4 ? null : `Ben is ${metres.toFixed(1)} m from Anna`;
  }, 60_000);
  await anna.person.hears(ben.guest.person.id);
  await ben.person.hears(anna.guest.person.id);

  // The end is asked for, told, and ends what the place alone does not let be heard.
  await showTour(anna);
  await panel(anna).getByRole('button', { name: 'End the tour' }).click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'End the tour' }).click();
  await expect(ben.page.getByText(/Anna Keller.* has ended the tour/).first()).toBeVisible();
  await expect(bar(ben)).toBeHidden();
  await closePanel(anna);
  await jumpTo(anna, 'gate-to-geneva');
  await ben.person.see((seen) => (seen.slots.every(({ person }) => person !== anna.guest.person.id) ? null : 'Ben still hears Anna'));
});

test('a tour waits for a guide whose line drops, and walking by oneself ends the walking along only', async () => {
  const anna = await comeIn('Anna Keller', 0);
  const ben = await comeIn('Ben Okafor', -2);
  const cec = await comeIn('Cec Moreau', -4);
  await gather(anna, ben, cec);
  for (const { page } of [anna, ben]) {
    expect(await accessibilityFaults(page)).toEqual([]);
  }
  await anna.page.evaluate(() => { (window as unknown as { plenum: { dropConnection(): void } }).plenum.dropConnection(); });
  await anna.person.see((seen) => (seen.connection === 'online' ? null : seen.connection));
  await expect(bar(anna)).toContainText('Your tour: 1 person with you');
  await expect(bar(ben)).toContainText('You walk along with the guide.');

  await ben.page.getByRole('button', { name: 'Walk there: Coffee bar', exact: true }).first().click();
  await expect(bar(ben)).toContainText('You look around by yourself');
  await ben.page.locator('#venue-title').focus();
  await ben.page.keyboard.press('f');
  await expect(bar(ben)).toContainText('You walk along with the guide.');
  await showTour(ben);
  await panel(ben).getByRole('button', { name: 'Leave the tour' }).click();
  await expect(bar(ben)).toBeHidden();
  await expect(bar(anna)).toContainText('nobody with you yet');
});
