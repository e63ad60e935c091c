import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandSchema, reportSchema } from './ipc.ts';
import { parseOffer } from './offer.ts';

const offer = parseOffer(readFileSync(new URL('./fixtures/chromium.sdp', import.meta.url), 'utf8'));

/** As the channel delivers it: JSON there and back. */
function channel(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message)) as unknown;
}

describe('commands', () => {
  test.each([
    { type: 'start', settings: { port: 0, mediaAddresses: ['192.0.2.1'], maxPeers: 10 } },
    { type: 'join', request: 1, peer: 'ann', offer },
    { type: 'leave', peer: 'ann' },
    { type: 'route', changes: [{ listener: 'eve', slot: 15, speaker: null }] },
    { type: 'counters', request: 2 },
    { type: 'ping', request: 3 },
  ])('$type passes unchanged', (command) => {
    expect(commandSchema.parse(channel(command))).toEqual(command);
  });

  test.each([
    ['an unknown type', { type: 'shutdown' }],
    ['no message', null],
    ['a port out of range', { type: 'start', settings: { port: 70_000, mediaAddresses: [], maxPeers: 10 } }],
    ['a nameless peer', { type: 'leave', peer: '' }],
    ['an offer as text', { type: 'join', request: 1, peer: 'ann', offer: 'v=0' }],
    ['a slot that no offer has', { type: 'route', changes: [{ listener: 'eve', slot: 16, speaker: null }] }],
    ['half a slot', { type: 'route', changes: [{ listener: 'eve', slot: 0.5, speaker: null }] }],
    ['no speaker at all', { type: 'route', changes: [{ listener: 'eve', slot: 0 }] }],
  ])('%s does not pass', (_what, command) => {
    expect(commandSchema.safeParse(channel(command)).success).toBe(false);
  });
});

describe('reports', () => {
  test.each([
    { type: 'ready', port: 2568 },
    { type: 'failed', why: 'EADDRINUSE' },
    { type: 'joined', request: 1, answer: 'v=0', slots: 8 },
    { type: 'refused', request: 1, why: 'full' },
    { type: 'counters', request: 2, peers: [{ peer: 'eve', connected: true, packetsIn: 0, packetsOut: [1, 2], packetsFrom: { ann: 3 } }] },
    { type: 'pong', request: 3 },
    { type: 'activity', batch: [{ peer: 'ann', level: 0.5 }] },
    { type: 'connected', peer: 'ann' },
    { type: 'lost', peer: 'ann' },
    { type: 'overload', dropped: 100 },
  ])('$type passes unchanged', (report) => {
    expect(reportSchema.parse(channel(report))).toEqual(report);
  });

  test('counts by speaker keep names that mean something to JavaScript', () => {
    const packetsFrom = JSON.parse('{"__proto__": 1, "constructor": 2}') as Record<string, number>;
    const parsed = reportSchema.parse({ type: 'counters', request: 1, peers: [{ peer: 'e', connected: true, packetsIn: 0, packetsOut: [], packetsFrom }] });
    expect(parsed.type === 'counters' && parsed.peers[0]?.packetsFrom['constructor']).toBe(2);
  });

  test('a report of another version does not pass', () => {
    expect(reportSchema.safeParse({ type: 'joined', request: 1, sdp: 'v=0' }).success).toBe(false);
  });
});
