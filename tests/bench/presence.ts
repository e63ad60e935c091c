import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { BODY_BYTES } from '../../shared/protocol/body.ts';
import { next } from './support/processes.ts';
import { numberOption, pause, printResult, printTable, processCpuMicros, processMemoryBytes, rounded } from './support/measure.ts';
import type { ClientsCommand, ClientsReport, ServerCommand, ServerReport } from './support/presence-protocol.ts';

/**
 * `npm run bench:presence -- --people 300`: people who all walk in one hall, over real WebSockets. What the server costs, how long its ticks take,
 * and what each client is sent; beside it the bytes of a naive broadcast of the same movement by Colyseus state, 20 patches a second.
 * Ten of them wear headsets; the last line says what a client is sent of heads and hands besides, `bodyBytesPerClientPerSecond`. Somebody in a headset costs each of
 * those near 24 bytes 20 times a second, and all others nothing. Options: --seconds 20, --headsets 10, --profile 1 (writes a .cpuprofile of the server into the working folder).
 */

const people = numberOption('people', 300);
const seconds = numberOption('seconds', 20);
const headsets = numberOption('headsets', Math.min(10, people));
const profile = numberOption('profile', 0) === 1;
const SETTLE_MS = 4000;
const CLIENT_NICENESS = 10;
const CLIENT_PROCESSES = people > 400 ? 2 : 1;
/** What a client is sent does not depend on how many there are: a few measure it. */
const NAIVE_CLIENTS = 8;
const NAIVE_SECONDS = 8;

function start(file: string, options: { args?: string[]; profile?: boolean } = {}): ChildProcess {
  return fork(new URL(`./support/${file}`, import.meta.url), options.args ?? [], { execArgv: options.profile === true ? ['--cpu-prof', '--cpu-prof-interval', '500'] : [] });
}

function tell(child: ChildProcess, message: ClientsCommand | ServerCommand): void {
  child.send(message);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

/** Sum of the bytes that all clients of these processes have received. */
async function received(processes: readonly ChildProcess[]): Promise<Omit<Extract<ClientsReport, { type: 'received' }>, 'type'>> {
  const reports = await Promise.all(processes.map((child) => {
    const answer = next<ClientsReport, 'received'>(child, 'received');
    tell(child, { type: 'count' });
    return answer;
  }));
  const sum = (key: 'bytes' | 'clients' | 'bodies' | 'watched'): number => reports.reduce((total, each) => total + each[key], 0);
  return { bytes: sum('bytes'), clients: sum('clients'), bodies: sum('bodies'), watched: sum('watched') };
}

async function startClients(count: number): Promise<ChildProcess[]> {
  const processes = Array.from({ length: count }, () => start('presence-clients.ts'));
  // The walkers stand for machines elsewhere: they must not take the processor from the server that is measured.
  for (const { pid } of processes) if (pid !== undefined) setPriority(pid, CLIENT_NICENESS);
  await Promise.all(processes.map((child) => next<ClientsReport, 'ready'>(child, 'ready')));
  return processes;
}

interface Measured {
  readonly cpuPercent: number;
  readonly bytesPerClientPerSecond: number;
  readonly bodyBytesPerClientPerSecond: number;
  readonly memoryMb: number;
  readonly figures: Extract<ServerReport, { type: 'figures' }>;
}

async function measureVenue(): Promise<Measured> {
  const server = start('presence-server.ts', { profile });
  const clients = await Promise.all([next<ServerReport, 'listening'>(server, 'listening'), startClients(CLIENT_PROCESSES)]);
  const [{ port }, processes] = clients;
  try {
    const share = Math.ceil(people / processes.length);
    await Promise.all(processes.map((child, i) => {
      const joined = next<ClientsReport, 'joined'>(child, 'joined');
      tell(child, { type: 'walk', port, first: i * share, count: Math.min(share, people - i * share), headsets });
      return joined;
    }));
    await pause(SETTLE_MS);
    tell(server, { type: 'start-measuring' });
    const pid = server.pid as number;
    const before = { cpu: processCpuMicros(pid), ms: performance.now(), ...await received(processes) };
    await pause(seconds * 1000);
    const after = { cpu: processCpuMicros(pid), ms: performance.now(), ...await received(processes) };
    const answer = next<ServerReport, 'figures'>(server, 'figures');
    tell(server, { type: 'measured' });
    const figures = await answer;
    const micros = (after.ms - before.ms) * 1000;
    return {
      cpuPercent: ((after.cpu - before.cpu) / micros) * 100,
      bytesPerClientPerSecond: (after.bytes - before.bytes) / after.clients / (micros / 1e6),
      bodyBytesPerClientPerSecond: ((after.bodies - before.bodies) * BODY_BYTES) / after.watched / (micros / 1e6),
      memoryMb: processMemoryBytes(pid) / 2 ** 20,
      figures,
    };
  } finally {
    for (const child of processes) await end(child);
    await end(server);
  }
}

/** Bytes a second that the naive broadcast sends each client. */
async function measureNaive(): Promise<number> {
  const server = start('naive-server.ts', { args: ['--people', String(people)] });
  const [{ port }, [listeners]] = await Promise.all([next<ServerReport, 'listening'>(server, 'listening'), startClients(1)]);
  if (listeners === undefined) throw new Error('no client process was started');
  try {
    const joined = next<ClientsReport, 'joined'>(listeners, 'joined');
    tell(listeners, { type: 'listen', port, room: 'naive', count: NAIVE_CLIENTS });
    await joined;
    await pause(SETTLE_MS);
    const before = { ...await received([listeners]), ms: performance.now() };
    await pause(NAIVE_SECONDS * 1000);
    const after = { ...await received([listeners]), ms: performance.now() };
    return (after.bytes - before.bytes) / NAIVE_CLIENTS / ((after.ms - before.ms) / 1000);
  } finally {
    await end(listeners);
    await end(server);
  }
}

const venue = await measureVenue();
const naive = await measureNaive();
const { figures } = venue;
printTable([
  {
    what: 'pose frames by rank', people, headsets, 'cpu % of a core': rounded(venue.cpuPercent, 1), 'tick p50 ms': rounded(figures.tickP50Ms, 2), 'tick p99 ms': rounded(figures.tickP99Ms, 2),
    'tick max ms': rounded(figures.tickMaxMs, 2), 'ticks a second': rounded(figures.ticks / seconds, 1), 'KB/s a client': rounded(venue.bytesPerClientPerSecond / 1000, 2), 'of bodies': rounded(venue.bodyBytesPerClientPerSecond / 1000, 2), 'memory MB': rounded(venue.memoryMb, 0),
  },
  { what: 'naive state broadcast', people, 'KB/s a client': rounded(naive / 1000, 2) },
]);
for (const [what, count] of figures.refusals) console.log(`refused: ${what} ${count}`);
printResult({
  people,
  serverCpuPercent: rounded(venue.cpuPercent, 1),
  tickP99Ms: rounded(figures.tickP99Ms, 2),
  bytesPerClientPerSecond: Math.round(venue.bytesPerClientPerSecond),
  headsets,
  bodyBytesPerClientPerSecond: Math.round(venue.bodyBytesPerClientPerSecond),
  naiveBytesRatio: rounded(naive / venue.bytesPerClientPerSecond, 1),
});
