import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PeerCounters } from '../relay/relay.ts';
import { RelayError } from '../relay/relay.ts';
import type { Metrics } from './metrics.ts';
import { createMetrics } from './metrics.ts';

describe('metrics', () => {
  let peers: PeerCounters[] | null;
  let metrics: Metrics;
  beforeEach(() => {
    peers = [];
    const counters = (): Promise<PeerCounters[]> => (peers === null ? Promise.reject(new RelayError('UNAVAILABLE', 'down')) : Promise.resolve(peers));
    metrics = createMetrics({ relay: { counters }, rooms: () => 2, connections: () => 5, present: () => 7, census: () => new Map([['geneva', 4], ['marrakesh', 3]]) });
  });
  afterEach(() => metrics.stop());
  const figure = async (line: string): Promise<number> => {
    const text = await metrics.text();
    return Number(text.split('\n').find((row) => row.startsWith(`${line} `))?.slice(line.length + 1) ?? NaN);
  };
  const peer = (id: string, packetsIn: number, packetsOut: number[], connected = true): PeerCounters => ({ peer: id, connected, packetsIn, packetsOut, packetsFrom: {} });
  const packets = async (): Promise<number[]> => [await figure('plenum_relay_packets_total{direction="in"}'), await figure('plenum_relay_packets_total{direction="out"}')];

  it('read people, connections and rooms when asked', async () => {
    expect([await figure('plenum_people'), await figure('plenum_connections'), await figure('plenum_rooms')]).toEqual([7, 5, 2]);
  });

  it('count packets upwards, over leaving, joining anew and a restart of the relay', async () => {
    peers = [peer('a', 10, [1, 2]), peer('b', 5, [], false)];
    expect(await packets()).toEqual([15, 3]);
    expect([await figure('plenum_relay_joined'), await figure('plenum_relay_connected'), await figure('plenum_relay_up')]).toEqual([2, 1, 1]);
    peers = [peer('a', 12, [2, 2])];
    expect(await packets()).toEqual([17, 4]);
    peers = null;
    expect([...await packets(), await figure('plenum_relay_up')]).toEqual([17, 4, 0]);
    // Everybody has joined anew: counters began at 0.
    peers = [peer('a', 3, [1, 0]), peer('b', 4, [])];
    expect(await packets()).toEqual([24, 5]);
  });

  it('sort ticks into buckets, in seconds', async () => {
    for (const millis of [0.4, 4, 60]) metrics.tick(millis, 1, 1);
    expect(await Promise.all(['0.0005', '0.005', '0.05', '+Inf'].map((le) => figure(`plenum_tick_seconds_bucket{le="${le}"}`)))).toEqual([1, 2, 2, 3]);
    expect(await figure('plenum_tick_seconds_sum')).toBeCloseTo(0.0644, 6);
  });

  it('count refusals by what and why', async () => {
    metrics.refused('chat', 'RATE_LIMITED');
    metrics.refused('chat', 'RATE_LIMITED');
    expect(await figure('plenum_refused_total{what="chat",reason="RATE_LIMITED"}')).toBe(2);
  });

  it('do not wait for a relay that does not answer', async () => {
    metrics.stop();
    metrics = createMetrics({ relay: { counters: () => new Promise(() => undefined) }, rooms: () => 0, connections: () => 0, present: () => 0, census: () => new Map() });
    expect(await figure('plenum_relay_up')).toBe(0);
  });
});
