import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';
import { launchChromium } from '../support/chromium.ts';

/** Real browsers through the relay: what one plays, the other must hear, measured in the listener's own audio graph. */

const SLOTS = 4;
const TONE_A_HZ = 440;
const TONE_B_HZ = 1320;
/** Neighbouring bins of a 4096-point spectrum at 48 kHz are 12 Hz apart. */
const TONE_TOLERANCE_HZ = 25;

interface Inbound {
  packetsReceived: number;
  packetsLost: number;
  packetsDiscarded: number;
  concealmentEvents: number;
  remotePackets: number;
}

interface Heard {
  peakHz: number;
  level: number;
}

let browser: Browser;
let relay: EmbeddedRelay;

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  // A secure context, which microphones need, without a server.
  await page.route('http://localhost/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>relay</title>' }));
  await page.goto('http://localhost/');
  await page.exposeFunction('relayJoin', async (peer: string, offer: string) => (await relay.join(peer, offer)).answer);
  return page;
}

/** Joins as a browser client does: the offer goes out at once, without candidates. `hertz` null listens only. */
async function joinFrom(page: Page, peer: string, setup: { hertz: number | null; slots: number }): Promise<void> {
  await page.evaluate(
    async ({ peer, setup }) => {
      const scope = window as unknown as { relayJoin(peer: string, offer: string): Promise<string>; pc: RTCPeerConnection; analysers: AnalyserNode[]; context: AudioContext };
      const context = new AudioContext({ sampleRate: 48_000 });
      await context.resume();
      const pc = new RTCPeerConnection();
      if (setup.hertz === null) pc.addTransceiver('audio', { direction: 'inactive' });
      else {
        const tone = new OscillatorNode(context, { frequency: setup.hertz });
        const output = context.createMediaStreamDestination();
        tone.connect(new GainNode(context, { gain: 0.3 })).connect(output);
        tone.start();
        const [track] = output.stream.getAudioTracks();
        if (track) pc.addTransceiver(track, { direction: 'sendonly', streams: [output.stream] });
      }
      const analysers: AnalyserNode[] = [];
      for (let i = 0; i < setup.slots; i += 1) {
        const { receiver } = pc.addTransceiver('audio', { direction: 'recvonly' });
        const stream = new MediaStream([receiver.track]);
        // Chromium feeds a remote stream into Web Audio only while a media element holds it too.
        const element = new Audio();
        element.muted = true;
        element.srcObject = stream;
        void element.play();
        const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(stream).connect(analyser);
        analysers.push(analyser);
      }
      Object.assign(scope, { pc, analysers, context });
      await pc.setLocalDescription();
      const answer = await scope.relayJoin(peer, pc.localDescription?.sdp ?? '');
      await pc.setRemoteDescription({ type: 'answer', sdp: answer });
      await new Promise<void>((resolve, reject) => {
        const check = (): void => {
          if (pc.connectionState === 'connected') resolve();
          if (pc.connectionState === 'failed') reject(new Error('the connection failed'));
        };
        pc.addEventListener('connectionstatechange', check);
        check();
      });
    },
    { peer, setup },
  );
}

async function heard(page: Page, slot: number): Promise<Heard> {
  return page.evaluate((slot) => {
    const scope = window as unknown as { analysers: AnalyserNode[]; context: AudioContext };
    const analyser = scope.analysers[slot];
    if (!analyser) throw new Error('no such slot');
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    let peak = 0;
    spectrum.forEach((decibels, bin) => {
      if (decibels > (spectrum[peak] ?? -Infinity)) peak = bin;
    });
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    return { peakHz: (peak * scope.context.sampleRate) / analyser.fftSize, level };
  }, slot);
}

async function inbound(page: Page, slot: number): Promise<Inbound> {
  return page.evaluate(async (slot) => {
    const scope = window as unknown as { pc: RTCPeerConnection };
    const receiver = scope.pc.getTransceivers().filter((transceiver) => transceiver.direction === 'recvonly')[slot]?.receiver;
    const out = { packetsReceived: 0, packetsLost: 0, packetsDiscarded: 0, concealmentEvents: 0, remotePackets: 0 };
    for (const entry of ((await receiver?.getStats()) ?? new Map<string, never>()).values() as Iterable<Record<string, unknown>>) {
      if (entry['type'] === 'inbound-rtp') {
        for (const key of ['packetsReceived', 'packetsLost', 'packetsDiscarded', 'concealmentEvents'] as const) out[key] = Number(entry[key] ?? 0);
      } else if (entry['type'] === 'remote-outbound-rtp') out.remotePackets = Number(entry['packetsSent'] ?? 0);
    }
    return out;
  }, slot);
}

async function expectTone(page: Page, slot: number, hertz: number): Promise<void> {
  await expect.poll(async () => Math.abs((await heard(page, slot)).peakHz - hertz), { timeout: 10_000, message: `${hertz} Hz on slot ${slot}` }).toBeLessThan(TONE_TOLERANCE_HZ);
  await expect.poll(async () => (await heard(page, slot)).level, { timeout: 10_000, message: `sound on slot ${slot}` }).toBeGreaterThan(0.05);
}

beforeAll(async () => {
  relay = new EmbeddedRelay({ port: 0 });
  [browser] = await Promise.all([launchChromium(), relay.start()]);
});

afterAll(async () => {
  await browser?.close();
  await relay?.stop();
});

describe('the relay with Chromium', () => {
  test('what one browser plays another hears, across switches, without a lost packet', { timeout: 90_000 }, async () => {
    const [speakerA, speakerB, listener] = await Promise.all([openPage(), openPage(), openPage()]);
    const levels = new Map<string, number>();
    relay.on('activity', (batch) => batch.forEach(({ peer, level }) => levels.set(peer, level)));
    await joinFrom(speakerA, 'a', { hertz: TONE_A_HZ, slots: 1 });
    await joinFrom(speakerB, 'b', { hertz: TONE_B_HZ, slots: 1 });
    await joinFrom(listener, 'listener', { hertz: null, slots: SLOTS });

    relay.route([{ listener: 'listener', slot: 0, speaker: 'a' }, { listener: 'listener', slot: SLOTS - 1, speaker: 'b' }]);
    await expectTone(listener, 0, TONE_A_HZ);
    await expectTone(listener, SLOTS - 1, TONE_B_HZ);
    // RFC 6464 levels: two tones of one amplitude, well above silence.
    await expect.poll(() => Math.min(levels.get('a') ?? 0, levels.get('b') ?? 0), { message: 'activity of both' }).toBeGreaterThan(0.5);

    for (const speaker of ['b', 'a', 'b', 'a', 'b']) {
      relay.route([{ listener: 'listener', slot: 0, speaker }]);
      await expectTone(listener, 0, speaker === 'a' ? TONE_A_HZ : TONE_B_HZ);
    }
    relay.route([{ listener: 'listener', slot: 0, speaker: null }]);
    await expect.poll(async () => (await heard(listener, 0)).level, { timeout: 10_000, message: 'silence on slot 0' }).toBeLessThan(0.001);
    // Sender reports reach the browser: it knows how much was sent to it.
    await expect.poll(async () => (await inbound(listener, SLOTS - 1)).remotePackets, { timeout: 15_000, message: 'a sender report' }).toBeGreaterThan(0);

    for (const slot of [0, SLOTS - 1]) {
      const statistics = await inbound(listener, slot);
      expect(statistics.packetsReceived, `packets on slot ${slot}`).toBeGreaterThan(20);
      expect(statistics.packetsLost, `loss on slot ${slot}`).toBe(0);
    }
    expect((await inbound(listener, 1)).packetsReceived, 'packets on a slot that was never routed').toBe(0);
    const counters = (await relay.counters()).find(({ peer }) => peer === 'listener');
    expect(Object.keys(counters?.packetsFrom ?? {}).sort()).toEqual(['a', 'b']);
  });

  test('a speaker with a microphone gets receiver reports back', { timeout: 60_000 }, async () => {
    const page = await openPage();
    await joinFrom(page, 'reported', { hertz: TONE_A_HZ, slots: 1 });
    const remote = (): Promise<{ lost: number; rtt: number } | null> =>
      page.evaluate(async () => {
        const scope = window as unknown as { pc: RTCPeerConnection };
        for (const entry of (await scope.pc.getStats()).values() as Iterable<Record<string, unknown>>) {
          if (entry['type'] === 'remote-inbound-rtp') return { lost: Number(entry['packetsLost']), rtt: Number(entry['roundTripTime'] ?? -1) };
        }
        return null;
      });
    await expect.poll(remote, { timeout: 30_000, message: 'a receiver report with a round trip' }).toMatchObject({ lost: 0, rtt: expect.closeTo(0, 0) as number });
  });

  test('a closed page is noticed and its voice ends', { timeout: 60_000 }, async () => {
    const [speaker, listener] = await Promise.all([openPage(), openPage()]);
    await joinFrom(speaker, 'leaver', { hertz: TONE_A_HZ, slots: 1 });
    await joinFrom(listener, 'stayer', { hertz: null, slots: 1 });
    const lost: string[] = [];
    relay.on('lost', (peer) => lost.push(peer));
    relay.route([{ listener: 'stayer', slot: 0, speaker: 'leaver' }]);
    await expectTone(listener, 0, TONE_A_HZ);
    await speaker.evaluate(() => (window as unknown as { pc: RTCPeerConnection }).pc.close());
    await expect.poll(() => lost, { timeout: 10_000, message: 'the news that the speaker is gone' }).toContain('leaver');
    expect(lost).not.toContain('stayer');
  });
});
