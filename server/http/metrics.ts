import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { PeerCounters, Relay } from '../relay/relay.ts';
import type { PlenaryMessageKind } from '../plenary/limits.ts';
import type { Diagnostics, RefusedThing } from '../rooms/services.ts';

const NANOS = 1e9;
const LOOP_RESOLUTION_MS = 10;
/** Around the budget of a tick: 10 ms at 300 people, 25 ms at 1,000 (seconds, as Prometheus has it). */
const TICK_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1];
/** A relay that does not answer must not hold up the scrape. */
const RELAY_TIMEOUT_MS = 1000;

/** The figures of `GET /metrics`, in Prometheus' text format. Sums only: nothing in them is about a person. */
export interface Metrics extends Omit<Diagnostics, 'refused'> {
  refused(what: RefusedThing | PlenaryMessageKind, reason: Reason): void;
  readonly contentType: string;
  text(): Promise<string>;
  stop(): void;
}

export interface MetricsDeps {
  readonly relay: Pick<Relay, 'counters'>;
  readonly rooms: () => number;
  readonly connections: () => number;
  /** People in any room, held places included. */
  readonly present: () => number;
  /** People by id of the scene, held places included. */
  readonly census: () => ReadonlyMap<string, number>;
}

/** Sums the per-peer counters, which begin at 0 at every join, into totals that only grow. */
class PacketTotals {
  in = 0;
  out = 0;
  private last = new Map<string, { in: number; out: number }>();

  update(counters: readonly PeerCounters[]): void {
    const next = new Map<string, { in: number; out: number }>();
    for (const { peer, packetsIn, packetsOut } of counters) {
      const now = { in: packetsIn, out: packetsOut.reduce((sum, packets) => sum + packets, 0) };
      const before = this.last.get(peer);
      const rejoined = before === undefined || now.in < before.in || now.out < before.out;
      this.in += rejoined ? now.in : now.in - before.in;
      this.out += rejoined ? now.out : now.out - before.out;
      next.set(peer, now);
    }
    this.last = next;
  }
}

/** Asks the relay, but not for ever. Null: it did not answer. */
export async function askRelay(relay: Pick<Relay, 'counters'>): Promise<readonly PeerCounters[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), RELAY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([relay.counters().catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns what brings the relay's figures up to date; they cannot collect themselves, as one answer of the relay feeds four of them. */
function addRelay(registry: Registry, relay: MetricsDeps['relay']): () => Promise<void> {
  const totals = new PacketTotals();
  const registers = [registry];
  const up = new Gauge({ name: 'plenum_relay_up', help: '1 if the media relay answers', registers });
  const joined = new Gauge({ name: 'plenum_relay_joined', help: 'Peers joined to the relay', registers });
  const connected = new Gauge({ name: 'plenum_relay_connected', help: 'Peers whose media connection is up', registers });
  const packets = new Counter({ name: 'plenum_relay_packets_total', help: 'RTP packets, as seen at the scrapes', labelNames: ['direction'], registers });
  return async () => {
    const counters = await askRelay(relay);
    up.set(counters === null ? 0 : 1);
    if (counters === null) return;
    const before = { in: totals.in, out: totals.out };
    totals.update(counters);
    packets.inc({ direction: 'in' }, totals.in - before.in);
    packets.inc({ direction: 'out' }, totals.out - before.out);
    joined.set(counters.length);
    connected.set(counters.filter((peer) => peer.connected).length);
  };
}

/** @returns how to end the measurement. */
function addProcess(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  // The histogram holds the time between two timers, so a loop without any delay shows the resolution.
  const late = (percentile: number): number => Math.max(0, delay.percentile(percentile) / NANOS - LOOP_RESOLUTION_MS / 1000);
  delay.enable();
  const registers = [registry];
  new Gauge({
    name: 'plenum_event_loop_delay_seconds', help: 'Delay of the event loop since the last scrape', labelNames: ['quantile'], registers,
    collect() {
      this.set({ quantile: '0.5' }, late(50));
      this.set({ quantile: '0.99' }, late(99));
      delay.reset();
    },
  });
  new Gauge({
    name: 'plenum_memory_bytes', help: 'Memory of the server process', labelNames: ['kind'], registers,
    collect() {
      const { rss, heapUsed, external } = process.memoryUsage();
      this.set({ kind: 'resident' }, rss);
      this.set({ kind: 'heap' }, heapUsed);
      this.set({ kind: 'external' }, external);
    },
  });
  new Gauge({
    name: 'plenum_cpu_seconds_total', help: 'Processor time of the server process', registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.set((user + system) / 1e6);
    },
  });
  return () => delay.disable();
}

export function createMetrics({ relay, rooms, connections, present, census }: MetricsDeps): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const tick = new Histogram({ name: 'plenum_tick_seconds', help: 'Duration of a room tick', buckets: TICK_BUCKETS, registers });
  const bytes = new Counter({ name: 'plenum_room_sent_bytes_total', help: 'Bytes handed to the sockets, framing not included', registers });
  const refused = new Counter({ name: 'plenum_refused_total', help: 'Refused messages, steps and joins', labelNames: ['what', 'reason'], registers });
  // Asked for at the scrape instead of taken from `tick`, which each room calls for its own people.
  const figures: [string, string, () => number][] = [
    ['plenum_people', 'People present, held places included', present], ['plenum_connections', 'Live connections to rooms', connections], ['plenum_rooms', 'Rooms open', rooms],
  ];
  for (const [name, help, read] of figures) {
    new Gauge({
      name, help, registers,
      collect() {
        this.set(read());
      },
    });
  }
  new Gauge({
    name: 'plenum_scene_people', help: 'People in a scene, held places included', labelNames: ['scene'], registers,
    collect() {
      this.reset();
      for (const [scene, people] of census()) this.set({ scene }, people);
    },
  });
  const updateRelay = addRelay(registry, relay);
  const stopProcess = addProcess(registry);
  return {
    contentType: registry.contentType,
    text: async () => {
      await updateRelay();
      return registry.metrics();
    },
    tick: (millis) => tick.observe(millis / 1000),
    sent: (count) => bytes.inc(count),
    refused: (what: RefusedThing | PlenaryMessageKind, reason: Reason) => refused.inc({ what, reason }),
    stop: () => {
      stopProcess();
      registry.clear();
    },
  };
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** `GET /metrics`. With a token, callers must bear it. */
export function metricsRoute(metrics: Metrics, token: string | null): RequestHandler {
  return async (request, response) => {
    if (token !== null && !sameSecret(request.headers.authorization ?? '', `Bearer ${token}`)) {
      response.status(401).setHeader('WWW-Authenticate', 'Bearer').end();
      return;
    }
    response.type(metrics.contentType).setHeader('Cache-Control', 'no-store').send(await metrics.text());
  };
}
