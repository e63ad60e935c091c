/** A whole session by the agenda, in real browsers with real WebRTC: who speaks is heard where they should be, and nobody else is. */
import { expect, test } from '@playwright/test';
import type { Browser, Locator } from '@playwright/test';
import { DIST } from '../../scripts/bundle/build.ts';
import { launchChromium } from '../support/chromium.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { SessionPage, hearsOnlyOf } from '../support/session-page.ts';
import type { SessionGuest } from '../support/session-page.ts';

/** No multiples of each other, on bins of the measuring transform. */
const TONES = { chair: 703, kenya: 1102, france: 1500, fiji: 1898, enfr: 2297, frru: 2695 };
const ALL = Object.values(TONES);

let browser: Browser;
let server: TestServer;
let session: string;
let secretary: PlenaryTestClient;

const hearsOnly = (listener: SessionPage, ...wanted: readonly number[]): Promise<void> => hearsOnlyOf(ALL, listener, wanted);

async function hear(listener: SessionPage, channel: RegExp, under?: string): Promise<void> {
  await listener.button(/^What you hear/).click();
  await listener.page.locator('label.channel').filter({ hasText: channel }).click();
  if (under !== undefined) await listener.page.getByRole('slider', { name: 'Floor beneath the interpretation' }).fill(under);
  await listener.page.keyboard.press('Escape');
}

/** Unfolds an item of the agenda. */
async function unfold({ page }: SessionPage, title: string): Promise<Locator> {
  const item = page.locator('.item').filter({ hasText: title });
  const details = item.locator('.item__details');
  if (await details.getAttribute('open') === null) await item.locator('.item__summary').click();
  return item;
}

const come = (guest: SessionGuest): Promise<SessionPage> => SessionPage.enter(browser, server, session, guest);
const staff = { entity: 'Secretariat', entityType: 'secretariat' } as const;

test.beforeAll(async () => {
  browser = await launchChromium({ withoutGl: true });
  server = await startTestServer({ client: DIST });
  const { pass } = await server.invite({ ...staff, role: 'secretariat' });
  const { token } = await server.openSession(pass);
  session = await createSession(server.url, token, 'First plenary meeting');
  secretary = await PlenaryTestClient.join({ port: server.port, session, token });
  for (const [number, title, group] of [['PL-1', 'Strategic plan', 'discussed'], ['PL-2', 'Dates of the next sessions', 'discussed']] as const) {
    await secretary.act({ kind: 'putItem', item: null, number, title, group, minutes: 10, documents: [] });
  }
  await secretary.act({ kind: 'putBooth', booth: null, name: 'English-French', languages: ['fr', 'en'] });
  await secretary.act({ kind: 'putBooth', booth: null, name: 'French-Russian', languages: ['ru', 'fr'] });
});
test.afterAll(async () => {
  secretary.cut();
  await browser.close();
  await server.stop();
});

test('a whole session by the agenda', async () => {
  test.setTimeout(300_000);
  const [chair, kenya, france, fiji] = await Promise.all([
    come({ who: { name: 'Amélie Rochat', entity: 'Switzerland', country: 'ch', role: 'chair' }, hertz: TONES.chair }),
    come({ who: { name: 'Grace Otieno', entity: 'Kenya', country: 'ke' }, hertz: TONES.kenya }),
    come({ who: { name: 'Luc Martin', entity: 'France', country: 'fr' }, hertz: TONES.france }),
    come({ who: { name: 'Tomasi Vaka', entity: 'Fiji', country: 'fj' }, hertz: TONES.fiji }),
  ]);
  const [enfr, frru, captioner, passive] = await Promise.all([
    come({ who: { ...staff, name: 'Booth one', role: 'interpreter' }, hertz: TONES.enfr }),
    come({ who: { ...staff, name: 'Booth two', role: 'interpreter' }, hertz: TONES.frru }),
    come({ who: { ...staff, name: 'Captions', role: 'captioner' } }),
    come({ who: { name: 'Listener', entity: 'Forum', entityType: 'organisation', role: 'guest' } }),
  ]);
  const booths = Object.values(secretary.state?.booths ?? {});
  const boothOf = (name: string): string => booths.find((booth) => booth.name === name)?.id ?? '';

  await test.step('opening, and the first item', async () => {
    await chair.button('Take the chair').click();
    await chair.button('Open the session').first().click();
    await chair.tab('Agenda');
    await (await unfold(chair, 'Strategic plan')).getByRole('button', { name: 'Open the item' }).click();
    await expect(passive.page.getByText('Item PL-1: Strategic plan').first()).toBeVisible();
  });

  await test.step('list and floor: one microphone, for everybody', async () => {
    await kenya.button('Raise nameplate').click();
    await expect(kenya.page.getByText('Raised · number 1 on the list')).toBeVisible();
    await chair.button('Give the floor to Kenya').click();
    await hearsOnly(passive, TONES.kenya);
    await hearsOnly(chair, TONES.kenya);
    await hearsOnly(kenya);
  });

  await test.step('interpretation: a language each, the Russian on relay from French', async () => {
    await enfr.console({ kind: 'enter', booth: boothOf('English-French') });
    await frru.console({ kind: 'enter', booth: boothOf('French-Russian') });
    await enfr.console({ kind: 'microphone', on: true });
    await frru.console({ kind: 'incoming', channel: 'fr' });
    await frru.console({ kind: 'microphone', on: true });
    await hearsOnly(frru, TONES.enfr);
    await hearsOnly(enfr, TONES.kenya);
    await hear(passive, /Français/, '0');
    await hearsOnly(passive, TONES.enfr);
    await hear(passive, /Русский/);
    await hearsOnly(passive, TONES.frru);
    await hear(passive, /中文/);
    await expect(passive.page.getByText('is silent: you hear the floor').first()).toBeVisible();
    await hearsOnly(passive, TONES.kenya);
    await hear(passive, /Floor/);
  });

  await test.step('a point of order in the middle: heard at once, and back', async () => {
    await france.button('Point of order, motion').click();
    await france.page.locator('.choice').filter({ hasText: 'Point of order' }).click();
    await france.page.getByRole('dialog').getByRole('button', { name: 'Raise it' }).click();
    await chair.button('Hear the mover').first().click();
    await hearsOnly(passive, TONES.france);
    await hearsOnly(kenya, TONES.france);
    await chair.button('Uphold').first().click();
    await chair.button('Back to Kenya').first().click();
    await hearsOnly(passive, TONES.kenya);
    await kenya.button('I have finished').click();
    await hearsOnly(passive);
  });

  const [first, second] = Object.values(secretary.state?.items ?? {}).sort((a, b) => a.position - b.position);
  const conclude = async (title: string, text: string): Promise<void> => {
    await (await unfold(chair, title)).getByRole('button', { name: 'Put a conclusion' }).click();
    const dialog = chair.page.getByRole('dialog');
    await dialog.getByLabel('Text').fill(text);
    await dialog.getByLabel('Time for objections, seconds').fill('15');
    await dialog.getByRole('button', { name: 'Put to the meeting' }).click();
  };

  await test.step('a conclusion is put; the session goes on while there is time to object', async () => {
    await conclude(first?.title ?? '', 'The Council proposes to note the plan.');
    await expect(fiji.page.getByRole('heading', { name: /Proposed conclusion on PL-1/ })).toBeVisible();
  });

  await test.step('captions reach whoever reads the language', async () => {
    await passive.tab('Captions');
    await passive.page.locator('#plenary-panel').getByText('Language and look of the captions').click();
    await passive.page.locator('#plenary-panel').getByLabel('Language of the captions').selectOption('en');
    const began = Date.now();
    await captioner.caption('en', 'Thank you, Madam Chair.', true);
    await expect(passive.page.getByText('Thank you, Madam Chair.').first()).toBeVisible();
    const took = Date.now() - began;
    test.info().annotations.push({ type: 'captions', description: `from push to screen at most ${took} ms` });
    console.log(`captions: from push to screen at most ${took} ms`);
  });

  await test.step('the list is closed', async () => {
    await chair.button('Close the list').click();
    await expect(fiji.button('Raise nameplate')).toBeDisabled();
  });

  await test.step('one conclusion is objected to, the other stands', async () => {
    await chair.tab('Agenda');
    await conclude(second?.title ?? '', 'The next session is in June.');
    await fiji.page.locator('.window').filter({ hasText: 'PL-2' }).getByRole('button', { name: 'Object' }).click();
    await fiji.page.getByRole('dialog').getByRole('button', { name: 'Object' }).click();
    await expect.poll(() => secretary.state?.items[second?.id ?? '']?.status, { message: 'one objection defers it' }).toBe('deferred');
    await expect(passive.page.getByRole('heading', { name: /Proposed conclusion on PL-2/ })).toHaveCount(0);
    await expect.poll(() => secretary.state?.items[first?.id ?? '']?.status, { message: 'it stands when the time is over' }).toBe('concluded');
  });

  await test.step('a closed part that nobody outside sees or hears', async () => {
    await chair.tab('Meeting');
    await chair.button('Begin a closed part').click();
    await chair.page.getByRole('dialog').getByRole('button', { name: 'Close the doors' }).click();
    await expect(passive.page.getByText('A closed part is in progress').first()).toBeVisible();
    await chair.button('Speak from the chair').click();
    await hearsOnly(kenya, TONES.chair);
    const counters = await server.relay.counters();
    for (const outside of [passive, enfr, frru, captioner]) expect(counters.find(({ peer }) => peer === `${session}:${outside.id}`), 'nothing goes outside').toBeUndefined();
    await chair.button('End the closed part').click();
    await expect(passive.page.locator('.plenary')).toBeVisible();
    await chair.button('Speak from the chair').click();
    await hearsOnly(passive, TONES.chair);
    await chair.button('I have finished').click();
  });

  await test.step('the record', async () => {
    await kenya.tab('Record');
    for (const entry of [/Grace Otieno.* spoke on behalf of Kenya/, /Luc Martin.* raised: Point of order/, /Point of order of Luc Martin.*: upheld/, /speakers’ list was closed/, /it stands as a proposed conclusion on PL-1/, /Tomasi Vaka.* objected to the conclusion on PL-2/, /A closed part began/]) {
      await expect(kenya.page.locator('#plenary-panel').getByText(entry).first()).toBeVisible();
    }
  });
});
