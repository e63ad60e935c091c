import { networkInterfaces } from 'node:os';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';
import type { Route } from '../../server/relay/relay.ts';
import { Janus, janusInstalled } from './support/janus.ts';
import { LoadProcess } from './support/load-process.ts';
import type { LoadPlan, LoadReport } from './support/load-protocol.ts';
import { listenerName, speakerName, speakerOfSlot } from './support/load-protocol.ts';
import { numberOption, pause, printResult, printTable, processCpuMicros, processMemoryBytes, rounded } from './support/measure.ts';
import { PACKETS_PER_SECOND } from './support/voice.ts';

/**
 * `npm run bench:relay`: what a forwarded packet costs, what is lost, how long it takes, and the highest rate that one relay process holds;
 * the same load on Janus beside it. Options: --speakers 20 --listeners 60 --slots 8 --seconds 15 --step 30 --step-seconds 6.
 */

const speakers = numberOption('speakers', 20);
const listeners = numberOption('listeners', 60);
const slots = numberOption('slots', 8);
const seconds = numberOption('seconds', 15);
/** Listeners added at a time while searching for the highest rate. */
const step = numberOption('step', 30);
const stepSeconds = numberOption('step-seconds', 6);
/** Listeners that measure: enough for 100 streams, few enough not to be the bottleneck. */
const SAMPLED = 12;
const SETTLE_MS = 2000;
const LOSS_HELD_PERCENT = 0.1;
/** Far beyond what any core forwards: only ends the search if loss never comes. */
const MAX_ADDED = 2000;

/** Janus leaves out the loopback interface, so both relays are measured on an address of this machine that is not loopback. */
const address = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find((entry) => entry.family === 'IPv4' && !entry.internal)?.address;

interface Run {
  readonly report: LoadReport;
  readonly cpuMicrosPerPacket: number;
  readonly cpuPercent: number;
  readonly packetsPerSecond: number;
  readonly lossPercent: number;
  readonly memoryMb: number;
}

function plan(target: LoadPlan['target'], change: Partial<LoadPlan> = {}): LoadPlan {
  return { target, prefix: '', speakers, listeners, slots, sampled: Math.min(SAMPLED, listeners), janusPort: 0, address: address ?? '127.0.0.1', ...change };
}

function routesOf(prefix: string, count: number): Route[] {
  const routes: Route[] = [];
  for (let listener = 0; listener < count; listener += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      routes.push({ listener: listenerName(prefix, listener), slot, speaker: speakerName('', speakerOfSlot(listener, slot, speakers)) });
    }
  }
  return routes;
}

/** Measures while the load runs. Packets are those the relay has to send: each packet of a voice, once for every slot that hears it. */
async function measure(load: LoadProcess, pid: number, at: { seconds: number; hearing: number }): Promise<Run> {
  await pause(SETTLE_MS);
  load.startMeasuring();
  const before = { cpu: processCpuMicros(pid), ms: performance.now() };
  await pause(at.seconds * 1000);
  const cpu = processCpuMicros(pid) - before.cpu;
  const elapsedMs = performance.now() - before.ms;
  const report = await load.report();
  const packets = (report.packetsSent / speakers) * at.hearing * slots;
  const missing = report.lost + (report.slotsSampled - report.slotsHeard) * PACKETS_PER_SECOND * at.seconds;
  return {
    report,
    cpuMicrosPerPacket: cpu / packets,
    cpuPercent: cpu / elapsedMs / 10,
    packetsPerSecond: (packets / elapsedMs) * 1000,
    lossPercent: (100 * missing) / Math.max(1, missing + report.received),
    memoryMb: processMemoryBytes(pid) / 1e6,
  };
}

function row(name: string, heard: number, run: Run): Record<string, string | number> {
  return {
    relay: name,
    speakers,
    listeners: heard,
    slots,
    'packets/s': Math.round(run.packetsPerSecond),
    'CPU us/packet': rounded(run.cpuMicrosPerPacket, 2),
    'CPU %': rounded(run.cpuPercent, 1),
    'loss %': rounded(run.lossPercent, 4),
    'p50 ms': rounded(run.report.delayP50Ms, 2),
    'p99 ms': rounded(run.report.delayP99Ms, 2),
    'MB': Math.round(run.memoryMb),
    'late sends': run.report.late,
  };
}

/**
 * Adds listeners until packets are lost. They are real ones, which receive and decrypt on the same machine: where it has few cores, the
 * rate found is what relay and load reach together, and the relay alone does more.
 *
 * @returns the highest rate without loss
 */
async function searchHighest(relay: EmbeddedRelay, load: LoadProcess, table: Record<string, string | number>[]): Promise<number> {
  let highest = 0;
  for (let added = step; added <= MAX_ADDED; added += step) {
    const prefix = `added-${added}-`;
    const crowd = await LoadProcess.connect(plan('embedded', { prefix, speakers: 0, listeners: added, sampled: 0 }), joinOf(relay));
    relay.route(routesOf(prefix, added));
    const run = await measure(load, relay.pid ?? 0, { seconds: stepSeconds, hearing: listeners + added });
    table.push(row('embedded', listeners + added, run));
    for (let index = 0; index < added; index += 1) relay.leave(listenerName(prefix, index));
    await crowd.end();
    if (run.lossPercent >= LOSS_HELD_PERCENT) break;
    highest = run.packetsPerSecond;
  }
  return highest;
}

function joinOf(relay: EmbeddedRelay): (peer: string, offer: string) => Promise<string> {
  return async (peer, offer) => (await relay.join(peer, offer)).answer;
}

async function benchEmbedded(table: Record<string, string | number>[]): Promise<{ base: Run; highest: number }> {
  const relay = new EmbeddedRelay({ port: 0, bindAddress: address ?? '127.0.0.1', log: { info: () => undefined, warn: console.warn, error: console.error } });
  await relay.start();
  const load = await LoadProcess.connect(plan('embedded'), joinOf(relay));
  try {
    relay.route(routesOf('', listeners));
    const base = await measure(load, relay.pid ?? 0, { seconds, hearing: listeners });
    table.push(row('embedded', listeners, base));
    const highest = Math.max(base.lossPercent < LOSS_HELD_PERCENT ? base.packetsPerSecond : 0, await searchHighest(relay, load, table));
    return { base, highest };
  } finally {
    await load.end();
    await relay.stop();
  }
}

async function benchJanus(table: Record<string, string | number>[]): Promise<Run | null> {
  if (!janusInstalled() || address === undefined) {
    console.log('Janus: not installed, or no interface besides loopback; not run');
    return null;
  }
  const janus = await Janus.start(address);
  try {
    const load = await LoadProcess.connect(plan('janus', { janusPort: janus.port }), () => Promise.reject(new Error('Janus signals for itself')));
    try {
      const run = await measure(load, janus.pid, { seconds, hearing: listeners });
      table.push(row('janus', listeners, run));
      return run;
    } finally {
      await load.end();
    }
  } finally {
    await janus.stop();
  }
}

const table: Record<string, string | number>[] = [];
const { base, highest } = await benchEmbedded(table);
const janus = await benchJanus(table);
printTable(table);
printResult({
  cpuMicrosPerPacket: rounded(base.cpuMicrosPerPacket, 2),
  lossPercent: rounded(base.lossPercent, 4),
  delayP50Ms: rounded(base.report.delayP50Ms, 2),
  delayP99Ms: rounded(base.report.delayP99Ms, 2),
  maxPacketsPerSecond: Math.round(highest),
  janusCpuMicrosPerPacket: janus ? rounded(janus.cpuMicrosPerPacket, 2) : null,
});
process.exit(0);
