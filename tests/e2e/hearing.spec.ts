/** Issue figure 1, "really heard": real browsers, real microphones, the real scene; what a listener's ears get is recorded and analysed. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Placement } from '../../shared/protocol/messages.ts';
import { voiceGain } from '../../shared/rules/audibility.ts';
import { SceneGround } from '../support/lines.ts';
import type { StandingLine } from '../support/lines.ts';
import { BrowserPerson, until } from '../support/person.ts';
import type { Recording } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { decibels, tone, toneAmplitude, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
/** Above 2 kHz the head shadows well; the two tones are no multiples of each other. */
const NEAR_HERTZ = 2500;
const FAR_HERTZ = 1700;
const APPEARANCE = { id: 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 };

let server: TestServer;
let scene: SceneGround;
let row: StandingLine;

test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
  scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  row = scene.line('hall', 2, 4);
});
test.afterAll(async () => {
  scene.dispose();
  await server.stop();
});

/** Somebody who was last seen at `placement`: that is where they come in. */
async function guestAt(placement: Placement): Promise<Guest> {
  const guest = await server.invite();
  await putAt(guest, placement);
  return guest;
}

async function putAt(guest: Guest, placement: Placement): Promise<void> {
  await server.store.places.saveAll(new Map([[guest.person.id, { scene: 'geneva', placement, seat: '', appearance: APPEARANCE }]]), Date.now());
}

function level(recording: Recording, ear: 'left' | 'right', hertz: number): number {
  return decibels(toneAmplitude(recording[ear], hertz, recording.sampleRate));
}

async function packetsBetween(speaker: string, listener: string): Promise<{ sent: number; forwarded: number }> {
  const counters = await server.relay.counters();
  return {
    sent: counters.find((each) => each.peer === speaker)?.packetsIn ?? 0,
    forwarded: counters.find((each) => each.peer === listener)?.packetsFrom[speaker] ?? 0,
  };
}

test('a voice comes from where its avatar stands, falls with distance, and never enters another acoustic space', async () => {
  const [listenerGuest, speakerGuest, outsiderGuest] = [await guestAt(row.listener), await guestAt(row.near), await guestAt(scene.point('lounge'))];
  const listener = await BrowserPerson.open(listenerGuest.link);
  const speaker = await BrowserPerson.open(speakerGuest.link, { microphoneWav: writeWav('near', tone(NEAR_HERTZ)) });
  const outsider = await BrowserPerson.open(outsiderGuest.link, { microphoneWav: writeWav('far', tone(FAR_HERTZ)) });
  const everybody = [listener, speaker, outsider];
  try {
    await listener.enter(false);
    await speaker.enter(true);
    await outsider.enter(true);
    await listener.hears(speakerGuest.person.id);
    await until(async () => ((await packetsBetween(outsiderGuest.person.id, listenerGuest.person.id)).sent > 100 ? null : 'the outsider has not sent enough'));

    const near = await listener.record();
    const left = level(near, 'left', NEAR_HERTZ);
    const right = level(near, 'right', NEAR_HERTZ);
    console.log(`at 2 m on the left: ${left.toFixed(1)} dBFS left, ${right.toFixed(1)} dBFS right`);
    expect(left, 'the speaker on the left is heard').toBeGreaterThan(-40);
    expect(left - right, 'louder in the left ear by at least 6 dB').toBeGreaterThanOrEqual(6);

    // Another acoustic space: silent in the recording, and not one packet, by the relay's counters and by the browser's own.
    const silence = Math.max(level(near, 'left', FAR_HERTZ), level(near, 'right', FAR_HERTZ));
    console.log(`the other space: ${silence.toFixed(1)} dBFS`);
    expect(silence).toBeLessThan(-60);
    expect((await packetsBetween(outsiderGuest.person.id, listenerGuest.person.id)).forwarded).toBe(0);
    expect((await packetsBetween(speakerGuest.person.id, listenerGuest.person.id)).forwarded).toBeGreaterThan(0);
    const seen = await listener.diagnostics();
    const used = seen.slots.findIndex((slot) => slot.person === speakerGuest.person.id);
    for (const { slot, packetsReceived } of seen.inbound) {
      if (slot === used) expect(packetsReceived).toBeGreaterThan(0);
      else expect(packetsReceived, `slot ${slot} carries nobody`).toBe(0);
    }
    // "Who can hear me" tells the same: the speaker is heard by one, the outsider by none.
    expect((await speaker.diagnostics()).hearers.count).toBe(1);
    expect((await outsider.diagnostics()).hearers.count).toBe(0);

    // Twice the distance: leave, and come back two metres further on.
    await speaker.leave();
    await putAt(speakerGuest, row.far);
    await speaker.enterAgain(true);
    await listener.hears(speakerGuest.person.id);
    const far = await listener.record();
    const law = decibels(voiceGain(row.near, row.near.yaw, row.listener)) - decibels(voiceGain(row.far, row.far.yaw, row.listener));
    const measured = left - level(far, 'left', NEAR_HERTZ);
    console.log(`twice the distance: ${measured.toFixed(1)} dB quieter, the law says ${law.toFixed(1)} dB`);
    expect(law).toBeGreaterThan(5.5);
    expect(Math.abs(measured - law), 'quieter by the attenuation law within 2 dB').toBeLessThanOrEqual(2);
    for (const person of everybody) expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await Promise.all(everybody.map((person) => person.close()));
  }
});
