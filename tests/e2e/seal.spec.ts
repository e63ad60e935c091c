/**
 * Sealed talks with real browsers and the real relay: members hear each other, whoever has no key hears nothing although the packets reach them,
 * and a voice that the server slips in is not heard either.
 */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { DiagnosticsReport } from '../../client/app/diagnostics.ts';
import { isSealed } from '../../client/audio/seal/frame.ts';
import { parseRtp, emptyPacket } from '../../server/relay/embedded/rtp.ts';
import { SceneGround } from '../support/lines.ts';
import { MediaPeer } from '../support/media-peer.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { accept, invite, leaveTalk } from '../support/private-talk.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { tone, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
/** A slot that nobody is heard on by themselves: three people need two. */
const SPY_SLOT = 7;
const SPY = 'spy';
/** Packets after which a decoder has let go of an earlier voice. */
const FADE = 40;

let server: TestServer;
let guests: Guest[];
let people: BrowserPerson[];
let anna: BrowserPerson;
let ben: BrowserPerson;
let cleo: BrowserPerson;
let annaId: string;
let benId: string;
let cleoId: string;

/** Makes of a browser one of before `RTCRtpScriptTransform`: Chromium 140. */
async function age({ page }: BrowserPerson): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'RTCRtpScriptTransform'));
  await page.reload();
}

test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
  const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  const row = scene.line('lounge', 1.2, 2.4);
  scene.dispose();
  guests = [
    await server.inviteTo('geneva', row.listener, { name: 'Anna Keller' }),
    await server.inviteTo('geneva', row.near, { name: 'Ben Okafor' }),
    await server.inviteTo('geneva', row.far, { name: 'Cleo Marin' }),
  ];
  people = [];
  for (const [at, { link }] of guests.entries()) {
    const person = await BrowserPerson.open(link, { microphoneWav: writeWav(`seal${at}`, tone(600 + 300 * at)) });
    people.push(person);
    if (at === 2) await age(person);
    await person.enter(true);
  }
  [anna, ben, cleo] = people as [BrowserPerson, BrowserPerson, BrowserPerson];
  [annaId, benId, cleoId] = guests.map(({ person }) => person.id) as [string, string, string];
});
test.afterAll(async () => {
  await Promise.all(people.map((person) => person.close()));
  await server.stop();
});

type Frames = NonNullable<DiagnosticsReport['seal']['frames']>;

async function frames(person: BrowserPerson): Promise<Frames> {
  const { seal } = await person.diagnostics();
  if (seal.frames === null) throw new Error('no frames are counted');
  return seal.frames;
}

/** Waits until all show that the talk is sealed. @returns the code that all show */
async function sealed(...members: BrowserPerson[]): Promise<string> {
  for (const member of members) await member.see(({ seal }) => (seal.status?.state === 'sealed' ? null : `sealed: ${JSON.stringify(seal.status)}`));
  const codes = await Promise.all(members.map(async (member) => (await member.diagnostics()).seal.status?.code.join(' ') ?? ''));
  expect(new Set(codes).size, codes.join(', ')).toBe(1);
  return codes[0] ?? '';
}

/** The relay cheats: sends a speaker's packets to somebody, on a slot of its own choice. @returns how many came, and the loudest of what was heard of them, 0..1 */
async function divert(speaker: string, listener: string, person: BrowserPerson): Promise<{ packets: number; level: number }> {
  const arrived = async (): Promise<DiagnosticsReport['inbound'][number]> => {
    const slot = (await person.diagnostics()).inbound[SPY_SLOT];
    if (slot === undefined) throw new Error('there is no such slot');
    return slot;
  };
  const before = (await arrived()).packetsReceived;
  let level = 0;
  let packets = 0;
  server.relay.route([{ listener, slot: SPY_SLOT, speaker }]);
  await until(async () => {
    const now = await arrived();
    packets = now.packetsReceived - before;
    // A decoder that is fed again first fades out what it played last.
    if (packets > FADE) level = Math.max(level, now.level);
    return packets > 140 ? null : `${packets} packets yet`;
  });
  server.relay.route([{ listener, slot: SPY_SLOT, speaker: null }]);
  return { packets, level };
}

/** What the relay can read of a speaker: payloads as they pass it. */
async function payloads(speaker: string, count: number): Promise<Buffer[]> {
  const seen: Buffer[] = [];
  const spy = await MediaPeer.connect({ name: SPY, ssrc: null, slots: 1 }, async (offer) => (await server.relay.join(SPY, offer)).answer);
  spy.onSlotPacket(0, (packet) => {
    const parsed = emptyPacket();
    if (parseRtp(packet, 0, parsed)) seen.push(Buffer.from(packet.subarray(parsed.payloadStart, parsed.payloadEnd)));
  });
  server.relay.route([{ listener: SPY, slot: 0, speaker }]);
  await until(() => (seen.length >= count ? null : `${seen.length} packets seen`));
  server.relay.leave(SPY);
  spy.close();
  return seen;
}

/** Bits of order in bytes, 0 to 8 each (Shannon, 1948): noise has 8, given enough of it. */
function entropy(bytes: Buffer): number {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / bytes.length) * Math.log2(count / bytes.length)), 0);
}

test('a sealed talk: heard by its members, noise to the relay, silence to whoever has no key', async () => {
  await test.step('in public nothing is sealed, and what is sent is heard', async () => {
    await cleo.hears(annaId);
    expect((await payloads(annaId, 100)).some((payload) => isSealed(new Uint8Array(payload)))).toBe(false);
    expect((await divert(annaId, cleoId, cleo)).level, 'a diverted plain voice is sound').toBeGreaterThan(0.5);
  });

  let code = '';
  await test.step('two agree, and hear each other', async () => {
    await invite(anna, 'Ben Okafor');
    await accept(ben);
    code = await sealed(anna, ben);
    expect(code).toMatch(/^\d{4} \d{4} \d{4}$/);
    const before = await frames(anna);
    console.log(`silent while agreeing: ${before.held * 20} ms`);
    await anna.hears(benId);
    await ben.hears(annaId);
    await until(async () => ((await frames(anna)).opened - before.opened > 50 ? null : 'few frames were opened'));
    const after = await frames(anna);
    expect(after.held - before.held, 'nothing is held').toBe(0);
    expect(after.refused.forged).toBe(0);
  });

  await test.step('the relay sees noise', async () => {
    const seen = await payloads(annaId, 300);
    // The first may still be of before.
    const all = seen.slice(10);
    expect(all.every((payload) => isSealed(new Uint8Array(payload)))).toBe(true);
    const bits = entropy(Buffer.concat(all.map((payload) => payload.subarray(12))));
    console.log(`${all.length} payloads of ${new Set(all.map(({ length }) => length)).size} lengths, ${bits.toFixed(3)} bits a byte`);
    expect(bits).toBeGreaterThan(7.9);
    expect(new Set(all.map((payload) => payload.subarray(4, 12).toString('hex'))).size, 'each counter once').toBe(all.length);
  });

  await test.step('whoever has no key hears nothing, though the packets come', async () => {
    const before = await frames(cleo);
    const heard = await divert(annaId, cleoId, cleo);
    expect(heard.packets).toBeGreaterThan(100);
    expect(heard.level, 'silence').toBe(0);
    expect((await frames(cleo)).refused.unknownKey - before.refused.unknownKey).toBeGreaterThan(90);
  });

  await test.step('a plain voice that the relay slips into the talk is not heard', async () => {
    const before = await frames(anna);
    const heard = await divert(cleoId, annaId, anna);
    expect(heard.level).toBe(0);
    expect((await frames(anna)).refused.plain - before.refused.plain).toBeGreaterThan(90);
  });

  await test.step('a third joins: new keys, a new code, all hear all', async () => {
    const before = await frames(anna);
    await invite(anna, 'Cleo Marin');
    await accept(cleo);
    expect(await sealed(anna, ben, cleo)).not.toBe(code);
    expect((await frames(anna)).held - before.held, 'the old members go on speaking meanwhile').toBe(0);
    for (const [listener, ids] of [[anna, [benId, cleoId]], [ben, [annaId, cleoId]], [cleo, [annaId, benId]]] as const) for (const id of ids) await listener.hears(id);
  });

  await test.step('who left opens nothing more, and is not heard', async () => {
    await leaveTalk(cleo);
    await cleo.see(({ seal }) => (seal.status === null ? null : 'still in the talk'));
    const again = await sealed(anna, ben);
    expect(again).not.toBe(code);
    const heard = await divert(annaId, cleoId, cleo);
    expect(heard.level).toBe(0);
    await anna.hears(benId);
  });

  await test.step('in public again everything is plain', async () => {
    await leaveTalk(ben);
    for (const person of [anna, ben]) {
      await person.see(({ seal }) => (seal.status === null ? null : 'still in a talk'));
      await person.page.keyboard.press('m');
      await person.see(({ mic }) => (mic.state === 'live' ? null : `the microphone is ${mic.state}`));
    }
    await cleo.hears(annaId);
    await anna.hears(benId);
    expect((await payloads(annaId, 60)).some((payload) => isSealed(new Uint8Array(payload)))).toBe(false);
  });
  for (const person of people) expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
});
