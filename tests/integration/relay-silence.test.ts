import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';

/** Peers that fall silent without a word: the relay finds out by itself. Slow, because the time-outs are real; both run at once. */

const OFFER = readFileSync(new URL('../../server/relay/embedded/fixtures/chromium.sdp', import.meta.url), 'utf8');
/** ICE consent ends 30 s after the last answer (RFC 7675), a connection that never came about 20 s after the join. */
const SILENCE_MS = 60_000;

let relay: EmbeddedRelay;
const lost: string[] = [];

beforeAll(async () => {
  relay = new EmbeddedRelay({ port: 0, bindAddress: '127.0.0.1' });
  await relay.start();
  relay.on('lost', (peer) => lost.push(peer));
});

afterAll(() => relay.stop());

describe.concurrent('silent peers', () => {
  test('a browser that is killed is lost when its ICE consent ends', { timeout: 2 * SILENCE_MS }, async () => {
    const peer = fork(new URL('../support/media-peer-process.ts', import.meta.url), ['killed'], { execArgv: [] });
    const connected = new Promise<void>((resolve) => {
      peer.on('message', (message: { offer?: string }) => {
        if (message.offer === undefined) resolve();
        else void relay.join('killed', message.offer).then(({ answer }) => peer.send(answer));
      });
    });
    await connected;
    peer.kill('SIGKILL');
    await expect.poll(() => lost, { timeout: SILENCE_MS, message: 'the loss of the killed peer' }).toContain('killed');
    expect((await relay.counters()).some((entry) => entry.peer === 'killed')).toBe(false);
  });

  test('a peer that joins and never connects is dropped', { timeout: 2 * SILENCE_MS }, async () => {
    await relay.join('never', OFFER);
    await expect.poll(() => lost, { timeout: SILENCE_MS, message: 'the loss of the peer that never came' }).toContain('never');
    expect((await relay.counters()).some((entry) => entry.peer === 'never')).toBe(false);
  });
});
