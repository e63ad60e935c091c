/** Runs a program that may be fed hostile input: in a process of its own, with limits that the system enforces, and nothing of our environment. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { CheckLimits } from '../limits.ts';

export type Ending = 'exited' | 'time' | 'output' | 'aborted';

export interface Outcome {
  readonly ending: Ending;
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** The end of what it said beside its results. */
  readonly stderr: string;
}

export interface ChildOptions {
  readonly limits: CheckLimits;
  readonly signal: AbortSignal;
}

/** Kept of standard error: the last words tell why. */
const LAST_WORDS = 8192;
/** Seconds of processor time beyond the time by the clock: ends the process also if we are gone and cannot. Several threads spend it. */
const PROCESSOR_TIMES = 4;

/**
 * A shell sets the limits of its own process and then becomes the program. Memory is
 * limited by RLIMIT_DATA, not by address space, of which V8 and WebAssembly reserve gigabytes that they never touch. Where a system does not know a
 * limit (macOS: data) the others hold. Windows has no `ulimit`: there, the heap and the clock are the limits.
 */
function limited(command: readonly string[], { timeMs, dataMegabytes }: CheckLimits): readonly string[] {
  if (process.platform === 'win32') return command;
  const seconds = Math.ceil(timeMs / 1000) * PROCESSOR_TIMES;
  const script = `ulimit -d ${dataMegabytes * 1024} 2>/dev/null; ulimit -t ${seconds} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$@"`;
  return ['/bin/sh', '-c', script, 'sh', ...command];
}

/** Ends the process with all that it may have started: it leads a group of its own. */
function killAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in this moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The server's people come first. */
function yieldToOthers(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here, or already over: it then runs as it is.
  }
}

async function collect(stream: Readable, take: (chunk: Buffer) => void): Promise<void> {
  stream.on('data', take);
  await finished(stream).catch(() => undefined);
}

/**
 * Runs `command` to its end, or to the first limit. Resolves for whatever the program does; rejects only if it cannot be started (the system's error).
 * @param command absolute path and arguments; no shell interprets them.
 */
export async function runLimited(command: readonly string[], { limits, signal }: ChildOptions): Promise<Outcome> {
  const [file, ...args] = limited(command, limits);
  if (file === undefined) throw new Error('no command');
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', env: { LANG: 'C.UTF-8' }, cwd: '/', windowsHide: true });
  let ending: Ending = 'exited';
  const end = (why: Ending): void => {
    if (ending === 'exited') ending = why;
    killAll(child);
  };
  const out: Buffer[] = [];
  let size = 0;
  let stderr = '';
  const takeOut = (chunk: Buffer): void => {
    size += chunk.byteLength;
    if (size > limits.outputBytes) end('output');
    else out.push(chunk);
  };
  const takeErr = (chunk: Buffer): void => {
    stderr = (stderr + chunk.toString()).slice(-LAST_WORDS);
  };
  const timer = setTimeout(() => end('time'), limits.timeMs);
  const onAbort = (): void => end('aborted');
  signal.addEventListener('abort', onAbort);
  try {
    const closed = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, by) => resolve({ code, signal: by }));
    });
    yieldToOthers(child);
    if (signal.aborted) end('aborted');
    const [over] = await Promise.all([closed, collect(child.stdout, takeOut), collect(child.stderr, takeErr)]);
    return { ending, ...over, stdout: Buffer.concat(out).toString(), stderr };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
