/** Somebody with an (emulated) headset in the venue: one press, and everything that the desktop does is done with head and hands. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { frames, headsetScript, headsetTargets, moveHand, moveHead, offers, pinch, pointAt, pressMenu, pressPanel, pullTrigger, pushStick, takeBareHands } from '../support/headset.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { TEST_ANNEX, TEST_SCENE, writeTestAssets } from '../support/scene.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** What takes time is pixels. */
const WINDOW = { width: 240, height: 180 };
const FAR = { x: 0.2, y: 1.3, z: -0.3 };

let assets: string;
let server: TestServer;
let anna: BrowserPerson;
let ben: BrowserPerson;

interface Facts {
  readonly frames: number;
  readonly views: number;
}

const facts = (person: BrowserPerson): Promise<Facts | null> => person.page.evaluate(() => (window as unknown as { plenum: { headset(): Facts | null } }).plenum.headset());

async function worn(person: BrowserPerson): Promise<void> {
  await until(async () => (await facts(person) === null ? `no headset is worn; the world is ${(await person.diagnostics()).world}` : null), 90_000);
  await frames(person.page, 3);
}

async function me(person: BrowserPerson): Promise<{ x: number; y: number; z: number; yaw: number; seat: string }> {
  const found = (await person.diagnostics()).me;
  if (found === null) throw new Error('not in the venue');
  return found;
}

/** Where the server tells Ben that Anna is. */
async function annaSeenByBen(): Promise<{ x: number; z: number; yaw: number; posture: string; gesture: string }> {
  const [first] = (await ben.diagnostics()).people;
  if (first === undefined) throw new Error('Ben sees nobody');
  return first;
}

const turn = (from: number, to: number): number => Math.atan2(Math.sin(to - from), Math.cos(to - from));

test.beforeAll(async () => {
  assets = await writeTestAssets('real');
  server = await startTestServer({ assets, env: { PLENUM_SCENE: TEST_SCENE } });
  const a = await server.inviteTo(TEST_SCENE, { x: -3, y: 0, z: 0, yaw: Math.PI }, { name: 'Anna Keller' });
  const b = await server.inviteTo(TEST_SCENE, { x: -3, y: 0, z: -2.2, yaw: 0 }, { name: 'Ben Okafor', entity: 'Nigeria', country: 'ng' });
  [anna, ben] = await Promise.all([
    BrowserPerson.open(a.link, { initScript: headsetScript(), viewport: WINDOW, settings: { textOnly: false, quality: 'low', view: 'first', comfort: 'standard' } }),
    BrowserPerson.open(b.link),
  ]);
  await ben.enter(false);
});
test.afterAll(async () => {
  expect([...anna.foreignRequests, ...anna.forbidden]).toEqual([]);
  await Promise.all([anna.close(), ben.close()]);
  await server.stop();
  await rm(assets, { recursive: true });
});

test('one press leads into the venue; head, sticks and real steps move one by the rules of the server', async () => {
  const { page } = anna;
  await page.getByRole('button', { name: 'Enter in VR' }).click();
  await worn(anna);
  const start = await me(anna);
  expect(start.x).toBeCloseTo(-3, 1);
  await until(async () => ((await ben.diagnostics()).people.length === 1 ? null : 'Ben does not see Anna'));

  // The head turns: so does the person, for everybody.
  await moveHead(page, { x: 0, y: 1.6, z: 0 }, 0.6);
  await until(async () => (Math.abs(turn(start.yaw, (await annaSeenByBen()).yaw) - 0.6) < 0.05 ? null : `yaw ${(await annaSeenByBen()).yaw}`));
  await moveHead(page, { x: 0, y: 1.6, z: 0 });

  // A snap turn is a twelfth of a circle, once a push.
  await frames(page, 2);
  const before = (await me(anna)).yaw;
  await pushStick(page, 'right', 1, 0);
  await frames(page, 4);
  await pushStick(page, 'right', 0, 0);
  await frames(page, 2);
  expect(turn(before, (await me(anna)).yaw)).toBeCloseTo(-Math.PI / 6, 2);

  // A real step of half a metre, ahead in the room.
  const here = await me(anna);
  await moveHead(page, { x: 0, y: 1.6, z: -0.5 });
  await until(async () => {
    const now = await me(anna);
    return Math.hypot(now.x - here.x, now.z - here.z) > 0.4 ? null : `moved ${Math.hypot(now.x - here.x, now.z - here.z)} m`;
  });

  // By stick, backwards; Ben sees it.
  const walked = await annaSeenByBen();
  await pushStick(page, 'left', 0, 1);
  await until(async () => {
    const now = await annaSeenByBen();
    return Math.hypot(now.x - walked.x, now.z - walked.z) > 0.8 ? null : 'does not walk';
  });
  await pushStick(page, 'left', 0, 0);
});

test('an arc leads to another spot; a ray chooses a seat, and one stands up again', async () => {
  const { page } = anna;
  const from = await me(anna);
  await moveHand(page, 'right', FAR, { pitch: -0.35 });
  await pushStick(page, 'right', 0, -1);
  await frames(page, 4);
  await pushStick(page, 'right', 0, 0);
  await until(async () => {
    const now = await me(anna);
    return Math.hypot(now.x - from.x, now.z - from.z) > 0.7 ? null : 'has not been set down elsewhere';
  });
  await until(async () => {
    const [mine, seen] = [await me(anna), await annaSeenByBen()];
    return Math.hypot(mine.x - seen.x, mine.z - seen.z) < 0.1 ? null : 'Ben sees her elsewhere';
  });

  await pressMenu(page);
  await pressPanel(page, 'page:places');
  await pressPanel(page, 'jump:place:west-centre');
  await until(async () => {
    const { x, z } = await me(anna);
    return Math.hypot(x + 3, z) < 0.2 ? null : `at ${x}, ${z}`;
  });
  // In front of west-centre one looks along +Z of the scene, which is -Z of the room: the seat is behind, five metres off.
  await frames(page, 3);
  const head = await page.evaluate(() => {
    const { x, z } = (window as unknown as { emulator: { position: { x: number; z: number } } }).emulator.position;
    return { x, z };
  });
  await pointAt(page, 'right', { x: head.x + 2, y: 0.4, z: head.z + 5 });
  await frames(page, 2);
  await pullTrigger(page);
  await pressPanel(page, 'sit');
  await until(async () => ((await me(anna)).seat === 'west-1' ? null : 'not seated'));
  await until(async () => ((await annaSeenByBen()).posture === 'seated' ? null : 'Ben sees her standing'));
  await pushStick(page, 'left', 0, -1);
  await until(async () => ((await me(anna)).seat === '' ? null : 'still seated'));
  await pushStick(page, 'left', 0, 0);
});

test('a hand held up is seen; a private talk is asked for, and left', async () => {
  const { page } = anna;
  await moveHand(page, 'left', { x: -0.2, y: 1.95, z: -0.2 });
  await until(async () => ((await annaSeenByBen()).gesture === 'raiseHand' ? null : 'Ben sees no raised hand'));
  await moveHand(page, 'left', { x: -0.2, y: 1.1, z: -0.3 });
  await until(async () => ((await annaSeenByBen()).gesture === 'none' ? null : 'the hand is still up'));

  const benId = (await ben.diagnostics()).me?.id ?? '';
  await pressPanel(page, 'page:people');
  await pressPanel(page, `person:${benId}`);
  await pressPanel(page, `invite:${benId}`);
  await ben.page.getByRole('region', { name: 'Anna Keller asks you into a private talk' }).getByRole('button', { name: 'Join' }).click();
  await pressPanel(page, 'page:talk');
  await pressPanel(page, 'leaveTalk');
  await until(async () => ((await headsetTargets(page)).some(({ id }) => id === 'leaveTalk') ? 'still in the talk' : null));
});

test('a way out leads into the next scene, and the headset goes along', async () => {
  const { page } = anna;
  await pressPanel(page, 'page:places');
  await pressPanel(page, 'jump:link:to-annex');
  await anna.isIn(TEST_ANNEX);
  await worn(anna);
  await pressPanel(page, 'page:places');
  await pressPanel(page, 'jump:link:back');
  await anna.isIn(TEST_SCENE);
  await worn(anna);
});

test('bare hands do as well; leaving and coming back keeps place and sound', async () => {
  const { page } = anna;
  // Back to where the tests point from.
  await moveHead(page, { x: 0, y: 1.6, z: 0 });
  await takeBareHands(page, true);
  await frames(page, 3);
  const target = await offers(page, 'page:chat');
  const from = { x: 0.15, y: 1.3, z: -0.15 };
  await moveHand(page, 'right', from, { bare: true, yaw: Math.atan2(from.x - target.x, from.z - target.z), pitch: Math.atan2(target.y - from.y, Math.hypot(target.x - from.x, target.z - from.z)) });
  await frames(page, 2);
  await pinch(page, 'right', true);
  await frames(page, 2);
  await pinch(page, 'right', false);
  await offers(page, /Yes\./);

  const place = await me(anna);
  await takeBareHands(page, false);
  await frames(page, 3);
  await pressPanel(page, 'leave', true);
  await until(async () => (await facts(anna) === null ? null : 'still worn'));
  expect(Math.hypot((await me(anna)).x - place.x, (await me(anna)).z - place.z)).toBeLessThan(0.05);
  expect((await anna.diagnostics()).media).toBe('live');
  await page.setViewportSize({ width: 900, height: 600 });
  await page.getByRole('button', { name: 'Put on the headset' }).click();
  await worn(anna);
  expect(Math.hypot((await me(anna)).x - place.x, (await me(anna)).z - place.z)).toBeLessThan(0.05);
  expect((await anna.diagnostics()).media).toBe('live');
});

test('a session is attended by hand: the nameplate goes up with it, the floor is given, the channel chosen', async () => {
  const { page } = anna;
  const join = async (who: { name: string; entity: string; entityType: 'member-state' | 'secretariat'; role: 'chair' | 'secretariat'; country: string }): Promise<string> => (await server.openSession((await server.invite(who)).pass)).token;
  const token = await join({ name: 'Ivo Marti', entity: 'Secretariat', entityType: 'secretariat', role: 'secretariat', country: '' });
  const session = await createSession(server.url, token, 'First plenary meeting');
  const chair = await PlenaryTestClient.join({ port: server.port, session, token: await join({ name: 'Amélie Rochat', entity: 'Kenya', entityType: 'member-state', role: 'chair', country: 'ke' }) });
  expect(await chair.act({ kind: 'preside' })).toBeNull();
  expect(await chair.act({ kind: 'status', status: 'open' })).toBeNull();
  await pressPanel(page, `attend:${session}`);
  await until(async () => (await page.evaluate(() => {
    const { store } = (window as unknown as { plenum: { session(): { store: { me: { peek(): unknown }; state: { peek(): { meeting: { status: string } } | null } } } | null } }).plenum.session() ?? {};
    return store !== undefined && store.me.peek() !== null && store.state.peek()?.meeting.status === 'open';
  })) ? null : 'is not in the session');

  await moveHand(page, 'left', { x: -0.2, y: 1.95, z: -0.2 });
  await until(() => (chair.state?.list.entries.length === 1 ? null : 'nobody is on the list'));
  await moveHand(page, 'left', { x: -0.2, y: 1.1, z: -0.3 });
  const [entry] = chair.state?.list.entries ?? [];
  expect(entry?.speaker.entity).toBe('Switzerland');
  expect(await chair.act({ kind: 'give', entry: entry?.id ?? '' })).toBeNull();
  await pressMenu(page);
  await pressPanel(page, 'page:session');
  await offers(page, 'yield');
  await pressPanel(page, 'tab:sound');
  await pressPanel(page, 'channel:fr');
  await until(async () => (await page.evaluate(() => (window as unknown as { plenum: { session(): { store: { listening: { peek(): { channel: string } } } } | null } }).plenum.session()?.store.listening.peek().channel) === 'fr' ? null : 'does not listen to French'));
  await pressPanel(page, 'tab:floor');
  await pressPanel(page, 'yield');
  await until(() => (chair.state?.floor.turn === null ? null : 'still has the floor'));
  chair.cut();
});
