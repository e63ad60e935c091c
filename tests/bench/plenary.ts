import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces, setPriority } from 'node:os';
import { EmbeddedRelay } from '../../server/relay/embedded/embedded-relay.ts';
import { PlenaryTestClient } from '../support/plenary-client.ts';
import { LoadProcess } from './support/load-process.ts';
import { listenerName, speakerName } from './support/load-protocol.ts';
import { numberOption, pause, printResult, printTable, processCpuMicros, processMemoryBytes, quantile, rounded } from './support/measure.ts';
import { next } from './support/processes.ts';
import type { AttendeesCommand, AttendeesReport, HallReport } from './support/plenary-protocol.ts';
import { machineTime } from './support/plenary-protocol.ts';

/**
 * `npm run bench:plenary`: a session with active and passive participants over real WebSockets, on the whole server with its store. How long it takes from the chair's press until everybody
 * has been told of a change of the floor, written down in between; and what the server costs meanwhile. Then the relay with listeners of two channels each, the floor and one language.
 * Options: --active 300 --passive 2000 --changes 60 --listeners 300 --seconds 15.
 */

const active = numberOption('active', 300);
const passive = numberOption('passive', 2000);
const changes = numberOption('changes', 60);
const listeners = numberOption('listeners', 300);
const seconds = numberOption('seconds', 15);
const CHANNELS = 2;
/** Floor and six languages. */
const SPEAKERS = 7;
/** Lively, for a plenary. */
const BETWEEN_CHANGES_MS = 500;
const SETTLE_MS = 4000;
const ATTENDEE_NICENESS = 10;
const ATTENDEE_PROCESSES = 2;
const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;

function start(file: string, args: readonly string[] = []): ChildProcess {
  return fork(new URL(`./support/${file}`, import.meta.url), [...args], { execArgv: [] });
}

async function ask<K extends AttendeesReport['type']>(child: ChildProcess, command: AttendeesCommand, type: K): Promise<Extract<AttendeesReport, { type: K }>> {
  const answer = next<AttendeesReport, K>(child, type);
  child.send(command);
  return answer;
}

/** The attendees stand for machines elsewhere: they must not take the processor from the server that is measured. */
async function crowd(hall: HallReport): Promise<ChildProcess[]> {
  const processes = Array.from({ length: ATTENDEE_PROCESSES }, () => start('plenary-attendees.ts'));
  await Promise.all(processes.map((child) => next<AttendeesReport, 'ready'>(child, 'ready')));
  for (const { pid } of processes) if (pid !== undefined) setPriority(pid, ATTENDEE_NICENESS);
  const share = (tokens: readonly string[], index: number): string[] => tokens.filter((_, i) => i % ATTENDEE_PROCESSES === index);
  // Those with a seat come first.
  for (const tokens of [hall.active, hall.passive]) await Promise.all(processes.map((child, i) => ask(child, { type: 'attend', at: hall.at, tokens: share(tokens, i) }, 'attending')));
  return processes;
}

/** @returns when the chair pressed, by change */
async function conduct(chair: PlenaryTestClient, speakers: readonly string[]): Promise<number[]> {
  const pressed: number[] = [];
  for (let i = 0; i < changes; i += 1) {
    const due = machineTime() + BETWEEN_CHANGES_MS;
    pressed.push(machineTime());
    const reason = await chair.act({ kind: 'giveTo', person: speakers[i % speakers.length] ?? '', ...OWN });
    if (reason !== null) throw new Error(`the floor was refused: ${reason}`);
    await pause(Math.max(0, due - machineTime()));
  }
  return pressed;
}

async function measureState(): Promise<{ p50: number; p99: number; max: number; cpu: number; memoryMb: number; told: number }> {
  const server = start('plenary-server.ts', [String(active), String(passive)]);
  const hall = await next<HallReport, 'open'>(server, 'open');
  const processes = await crowd(hall);
  const chair = await PlenaryTestClient.join({ port: hall.at.port, session: hall.at.session, token: hall.chair });
  try {
    for (const deed of [{ kind: 'preside' }, { kind: 'status', status: 'open' }] as const) await chair.act(deed);
    await pause(SETTLE_MS);
    await Promise.all(processes.map((child) => ask(child, { type: 'measure' }, 'measuring')));
    const pid = server.pid ?? 0;
    const before = { cpu: processCpuMicros(pid), ms: performance.now() };
    const pressed = await conduct(chair, hall.speakers);
    const cpu = (processCpuMicros(pid) - before.cpu) / (performance.now() - before.ms) / 10;
    await pause(SETTLE_MS);
    const reports = await Promise.all(processes.map((child) => ask(child, { type: 'report' }, 'arrivals')));
    const delays = pressed.flatMap((at, i) => reports.flatMap(({ arrivals }) => (arrivals[i] ?? []).map((time) => time - at)));
    const expected = (hall.active.length + hall.passive.length) * changes;
    if (delays.length !== expected) throw new Error(`${delays.length} of ${expected} were told`);
    return { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), max: quantile(delays, 1), cpu, memoryMb: processMemoryBytes(pid) / 1e6, told: delays.length };
  } finally {
    chair.cut();
    for (const child of processes) child.kill('SIGKILL');
    const gone = once(server, 'exit');
    server.disconnect();
    await gone;
  }
}

async function measureRelay(): Promise<{ cpuMicros: number; cpu: number; loss: number; p99: number; packets: number }> {
  const address = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find((entry) => entry.family === 'IPv4' && !entry.internal)?.address ?? '127.0.0.1';
  const relay = new EmbeddedRelay({ port: 0, bindAddress: address, log: { info: () => undefined, warn: console.warn, error: console.error } });
  await relay.start();
  const load = await LoadProcess.connect({ target: 'embedded', prefix: '', speakers: SPEAKERS, listeners, slots: CHANNELS, sampled: Math.min(24, listeners), janusPort: 0, address }, async (peer, offer) => (await relay.join(peer, offer)).answer);
  try {
    relay.route(Array.from({ length: listeners }, (_, i) => [0, 1 + (i % (SPEAKERS - 1))].map((speaker, slot) => ({ listener: listenerName('', i), slot, speaker: speakerName('', speaker) }))).flat());
    await pause(SETTLE_MS);
    load.startMeasuring();
    const pid = relay.pid ?? 0;
    const before = { cpu: processCpuMicros(pid), ms: performance.now() };
    await pause(seconds * 1000);
    const cpu = processCpuMicros(pid) - before.cpu;
    const elapsed = performance.now() - before.ms;
    const report = await load.report();
    const packets = (report.packetsSent / SPEAKERS) * listeners * CHANNELS;
    return { cpuMicros: cpu / packets, cpu: cpu / elapsed / 10, loss: (100 * report.lost) / Math.max(1, report.lost + report.received), p99: report.delayP99Ms, packets: (packets / elapsed) * 1000 };
  } finally {
    await load.end();
    await relay.stop();
  }
}

const state = await measureState();
const relay = await measureRelay();
printTable([{ active, passive, changes, 'p50 ms': rounded(state.p50, 1), 'p99 ms': rounded(state.p99, 1), 'max ms': rounded(state.max, 1), 'server CPU %': rounded(state.cpu, 1), MB: Math.round(state.memoryMb), told: state.told }]);
printTable([{ listeners, channels: CHANNELS, 'packets/s': Math.round(relay.packets), 'CPU us/packet': rounded(relay.cpuMicros, 2), 'relay CPU %': rounded(relay.cpu, 1), 'loss %': rounded(relay.loss, 4), 'p99 ms': rounded(relay.p99, 1) }]);
printResult({
  active, passive, floorChangeP50Ms: rounded(state.p50, 1), floorChangeP99Ms: rounded(state.p99, 1), serverCpuPercent: rounded(state.cpu, 1), relayCpuMicrosPerPacket: rounded(relay.cpuMicros, 2), lossPercent: rounded(relay.loss, 4),
});
process.exit(0);
