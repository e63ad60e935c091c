import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';
import type { EmbeddedRelayOptions } from '../../server/relay/embedded/embedded-relay.ts';
import { MediaPeer } from '../support/media-peer.ts';
import { soon } from '../support/soon.ts';
import { Record, Talker } from '../support/speech.ts';

/** The relay's process: it dies, hangs, loses its parent; everybody comes back, nothing stays behind. */

const OFFER = readFileSync(new URL('../../server/relay/embedded/fixtures/chromium.sdp', import.meta.url), 'utf8');
const relays: EmbeddedRelay[] = [];

async function started(options: EmbeddedRelayOptions = {}): Promise<EmbeddedRelay> {
  const relay = new EmbeddedRelay({ port: 0, bindAddress: '127.0.0.1', ...options });
  relays.push(relay);
  await relay.start();
  return relay;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Gone, or a zombie that its parent has not asked for yet. Linux only. */
function ended(pid: number): boolean {
  try {
    return /^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

function pidOf(relay: EmbeddedRelay): number {
  if (relay.pid === undefined) throw new Error('the relay has no process');
  return relay.pid;
}

/** Another process with a relay, which can be killed. `then`: what it does besides, with `relay`. */
function orphaning(then = ''): { readonly relayPid: Promise<number>; kill(): void } {
  const script = `
    const { EmbeddedRelay } = await import(${JSON.stringify(new URL('../../server/relay/embedded/embedded-relay.ts', import.meta.url).href)});
    const relay = new EmbeddedRelay({ port: 0, bindAddress: '127.0.0.1' });
    await relay.start();
    ${then}
    console.log(relay.pid);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const relayPid = new Promise<number>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
  return { relayPid, kill: () => { parent.kill('SIGKILL'); } };
}

afterEach(() => Promise.all(relays.splice(0).map((relay) => relay.stop())));

describe('the relay process', () => {
  test('killed: it is back by itself, says so, and routes that stood still stand', { timeout: 60_000 }, async () => {
    const relay = await started();
    let restarts = 0;
    relay.on('restarted', () => (restarts += 1));
    const connect = (name: string, ssrc: number | null, slots: number): Promise<MediaPeer> =>
      MediaPeer.connect({ name, ssrc, slots }, async (offer) => (await relay.join(name, offer)).answer);
    relay.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);

    for (let round = 1; round <= 2; round += 1) {
      const [ann, eve] = [await connect('ann', 7, 0), await connect('eve', null, 1)];
      const [talker, record] = [new Talker(ann), new Record(eve)];
      await soon(() => record.speakers(0), `round ${round}: the voice`).toEqual(new Set([7]));
      const before = pidOf(relay);
      process.kill(before, 'SIGKILL');
      await soon(() => restarts, `round ${round}: the restart`).toBe(round);
      expect(pidOf(relay)).not.toBe(before);
      expect(await relay.counters()).toEqual([]);
      talker.stop();
      ann.close();
      eve.close();
    }
  });

  test('while it is down, requests fail at once as unavailable', { timeout: 60_000 }, async () => {
    const relay = await started();
    const restarted = new Promise<void>((resolve) => relay.on('restarted', resolve));
    const waiting = relay.counters();
    process.kill(pidOf(relay), 'SIGKILL');
    await waiting.catch((error: unknown) => expect(error).toMatchObject({ reason: 'UNAVAILABLE' }));
    await soon(() => relay.pid, 'the end of the process').toBeUndefined();
    await expect(relay.join('ann', OFFER)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    await expect(relay.counters()).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    relay.leave('ann');
    relay.route([{ listener: 'a', slot: 0, speaker: 'b' }]);
    await restarted;
    await expect(relay.join('ann', OFFER)).resolves.toMatchObject({ slots: 8 });
  });

  test('hung: requests time out, and the process is replaced', { timeout: 60_000 }, async () => {
    const relay = await started();
    const hung = pidOf(relay);
    const restarted = new Promise<void>((resolve) => relay.on('restarted', resolve));
    process.kill(hung, 'SIGSTOP');
    await expect(relay.join('ann', OFFER)).rejects.toMatchObject({ reason: 'TIMEOUT' });
    await restarted;
    expect(alive(hung)).toBe(false);
    await expect(relay.join('ann', OFFER)).resolves.toMatchObject({ slots: 8 });
  });

  test('stopped: nothing is left, and nothing comes back', async () => {
    const relay = await started();
    const pid = pidOf(relay);
    await relay.join('ann', OFFER);
    let restarts = 0;
    relay.on('restarted', () => (restarts += 1));
    await relay.stop();
    expect(alive(pid)).toBe(false);
    expect(relay.pid).toBeUndefined();
    expect(restarts).toBe(0);
    await expect(relay.join('ann', OFFER)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    await relay.stop();
  });

  test.runIf(process.platform === 'linux')('stopped: what is due before its end is noticed is neither missed nor logged', async () => {
    const logged: object[] = [];
    const note = (fields: object): void => {
      logged.push(fields);
    };
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const relay = await started({ log: { info: note, warn: note, error: note } });
      const pid = pidOf(relay);
      const stopped = relay.stop();
      // Without giving way to events, so that the process has ended and nobody has been told.
      while (!ended(pid)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      vi.advanceTimersByTime(5000);
      relay.route([{ listener: 'eve', slot: 0, speaker: 'ann' }]);
      await stopped;
      expect(logged).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('its parent killed: it ends by itself', { timeout: 30_000 }, async () => {
    const parent = orphaning();
    const pid = await parent.relayPid;
    expect(alive(pid)).toBe(true);
    parent.kill();
    await soon(() => alive(pid), 'the end of the orphan').toBe(false);
  });

  test('ended in the middle of a recording, by a stop or with its parent: the file is whole', { timeout: 30_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plenum-relay-'));
    const order = { name: 'floor', speaker: null, startedAt: Date.now() - 3000 };
    const written = (file: string): Promise<Buffer> => readFile(join(folder, file)).catch(() => Buffer.alloc(0));
    // The last page says that it is the last (RFC 3533, section 6).
    const whole = (file: Buffer): boolean => ((file[file.lastIndexOf('OggS') + 5] ?? 0) & 4) !== 0;
    const relay = await started();
    relay.record({ ...order, file: join(folder, 'stopped.ogg') });
    await soon(async () => (await written('stopped.ogg')).length, 'it is recorded').toBeGreaterThan(200);
    expect(whole(await written('stopped.ogg'))).toBe(false);
    await relay.stop();
    expect(whole(await written('stopped.ogg'))).toBe(true);

    const parent = orphaning(`relay.record(${JSON.stringify({ ...order, file: join(folder, 'orphaned.ogg') })});`);
    const pid = await parent.relayPid;
    await soon(async () => (await written('orphaned.ogg')).length, 'it is recorded').toBeGreaterThan(200);
    parent.kill();
    await soon(() => alive(pid), 'the end of the orphan').toBe(false);
    expect(whole(await written('orphaned.ogg'))).toBe(true);
    await rm(folder, { recursive: true });
  });

  test('its port taken: the start fails with the reason, and is not retried', async () => {
    const taken = createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
    const relay = new EmbeddedRelay({ port: taken.address().port, bindAddress: '127.0.0.1' });
    await expect(relay.start()).rejects.toMatchObject({ reason: 'UNAVAILABLE', message: expect.stringContaining('EADDRINUSE') as string });
    expect(relay.pid).toBeUndefined();
    taken.close();
    await relay.start();
    await expect(relay.join('ann', OFFER)).resolves.toMatchObject({ slots: 8 });
    await relay.stop();
  });

  test('an address that is none is refused before anything starts', () => {
    expect(() => new EmbeddedRelay({ mediaAddresses: ['media.example.org'] })).toThrow('not an IP address');
  });

  test('a public address is what browsers are told', async () => {
    const relay = await started({ mediaAddresses: ['203.0.113.9'] });
    const { answer } = await relay.join('ann', OFFER);
    expect(answer.match(/^a=candidate:.*$/gm)).toEqual([`a=candidate:1 1 UDP 2130706431 203.0.113.9 ${relay.port} typ host`]);
  });

  test('full: no further peers, until one leaves', async () => {
    const relay = await started({ maxPeers: 2 });
    await relay.join('a', OFFER);
    await relay.join('b', OFFER);
    await expect(relay.join('c', OFFER)).rejects.toMatchObject({ reason: 'UNAVAILABLE', message: 'the relay is full' });
    await expect(relay.join('b', OFFER)).resolves.toMatchObject({ slots: 8 }); // replaces itself
    relay.leave('a');
    await expect(relay.join('c', OFFER)).resolves.toMatchObject({ slots: 8 });
  });
});
