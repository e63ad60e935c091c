import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';
import { RelayError } from '../relay.ts';
import { END_SIGNAL, reportSchema } from './ipc.ts';
import type { Command, RelaySettings, Report } from './ipc.ts';

/** Node and the native library load in under a second; ten times that on a machine busy with something else. */
const START_TIMEOUT_MS = 10_000;
/**
 * A relay that works answers within milliseconds; it hangs when native code holds its event loop. Five beats leave room for a
 * machine that swaps, and are short enough that everybody hears again within ten seconds. Beats are counted instead of time, so that
 * a pause of the parent (a debugger, a suspended laptop) is not held against the child.
 */
const HEARTBEAT_MS = 1000;
const MISSED_BEATS = 5;
/** Crashing at once, again and again, has a lasting cause: retry ever more slowly, but never give up on a meeting. */
const FIRST_RESTART_MS = 100;
const SLOWEST_RESTART_MS = 5000;
/** It closes its files within a second (child.ts); one that hangs does not. */
const END_MS = 1500;
/** A process that lived this long did not die of its start: the next restart is fast again. */
const STEADY_MS = 30_000;
/** What the process may know of the environment: how to find its libraries, no secrets. It parses what strangers send. */
const ENVIRONMENT = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TMPDIR', 'TZ'];

export interface RelayProcessEvents {
  /** Anything but `ready`, `failed` and `pong`. */
  report(report: Report): void;
  /** The process has died or hung; it knows nobody any more. */
  down(): void;
  /** It has been started again by itself. */
  restarted(): void;
}

export type RelayLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/** Keeps one relay process running: starts it, listens to its heartbeat, restarts it when it dies. */
export class RelayProcess {
  readonly #settings: RelaySettings;
  readonly #log: RelayLog;
  readonly #events: RelayProcessEvents;
  #child: ChildProcess | null = null;
  #ready = false;
  #wanted = false;
  #port = 0;
  #failures = 0;
  #readyAtMs = 0;
  #unanswered = 0;
  #heartbeat: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;

  constructor(settings: RelaySettings, log: RelayLog, events: RelayProcessEvents) {
    this.#settings = settings;
    this.#log = log;
    this.#events = events;
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** UDP port of the running process. */
  get port(): number {
    return this.#port;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws RelayError UNAVAILABLE if the process cannot be started now; it is not retried then */
  async start(): Promise<void> {
    if (this.#wanted) throw new RelayError('UNAVAILABLE', 'the relay is already started');
    this.#wanted = true;
    this.#failures = 0;
    try {
      await this.#launch();
    } catch (error) {
      this.#wanted = false;
      throw error;
    }
  }

  /** @returns false if there is no process to take it */
  send(command: Command): boolean {
    if (!this.#ready || !this.#wanted || !this.#child?.connected) return false;
    this.#post(this.#child, command);
    return true;
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#restart);
    // A beat into the channel of a process that is being ended would only fail.
    clearInterval(this.#heartbeat);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(END_SIGNAL);
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await gone;
    clearTimeout(late);
  }

  #post(child: ChildProcess, command: Command): void {
    if (!child.connected) return;
    child.send(command, (error) => {
      // The child is dying; 'exit' follows and is acted on. Of one that was told to end, nobody misses what it had not read yet.
      if (error !== null && this.#wanted) this.#log.warn({ err: error }, 'relay: message not delivered');
    });
  }

  /** Resolves when the process reports ready, rejects if it cannot, dies first, or takes too long. */
  #launch(): Promise<void> {
    const env = Object.fromEntries(ENVIRONMENT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
    const child = fork(new URL('./child.ts', import.meta.url), [], { execArgv: ['--expose-gc'], env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child = child;
    return new Promise<void>((resolve, reject) => {
      let why = 'the relay process did not start';
      const deadline = setTimeout(() => {
        why = `the relay process was not ready within ${START_TIMEOUT_MS} ms`;
        child.kill('SIGKILL');
      }, START_TIMEOUT_MS);
      const gone = (code: number | null, signal: NodeJS.Signals | null): void => {
        clearTimeout(deadline);
        reject(new RelayError('UNAVAILABLE', why));
        this.#exited(child, code, signal);
      };
      child.once('exit', gone);
      child.on('error', (error) => {
        this.#log.error({ err: error }, 'relay: process error');
        // A process that could not even be made (no memory, too many) has no exit.
        if (child.pid === undefined) gone(null, null);
      });
      child.on('message', (message) => {
        const report = this.#read(message, child);
        if (report?.type === 'failed') {
          why = report.why;
          child.kill('SIGKILL');
        } else if (report?.type === 'ready') {
          clearTimeout(deadline);
          this.#becomeReady(child, report.port);
          resolve();
        } else if (report?.type === 'pong') this.#unanswered = 0;
        else if (report && child === this.#child) this.#events.report(report);
      });
      this.#post(child, { type: 'start', settings: this.#settings });
    });
  }

  /** A process that speaks another language cannot be trusted with who hears whom: it is replaced. */
  #read(message: unknown, child: ChildProcess): Report | null {
    const parsed = reportSchema.safeParse(message);
    if (parsed.success) return parsed.data;
    this.#log.error({ err: parsed.error }, 'relay: message of unknown shape, restarting the process');
    child.kill('SIGKILL');
    return null;
  }

  #becomeReady(child: ChildProcess, port: number): void {
    this.#ready = true;
    this.#port = port;
    this.#readyAtMs = performance.now();
    this.#unanswered = 0;
    this.#heartbeat = setInterval(() => {
      if (this.#unanswered >= MISSED_BEATS) {
        this.#log.error({ missed: this.#unanswered }, 'relay: no heartbeat, ending the process');
        child.kill('SIGKILL');
        return;
      }
      this.#unanswered += 1;
      this.#post(child, { type: 'ping', request: this.#unanswered });
    }, HEARTBEAT_MS);
  }

  #exited(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (child !== this.#child) return;
    clearInterval(this.#heartbeat);
    this.#child = null;
    const wasReady = this.#ready;
    this.#ready = false;
    if (wasReady) {
      if (performance.now() - this.#readyAtMs > STEADY_MS) this.#failures = 0;
      this.#events.down();
    }
    if (!this.#wanted || (!wasReady && this.#failures === 0)) return;
    this.#scheduleRestart({ code, signal });
  }

  #scheduleRestart(cause: { code: number | null; signal: NodeJS.Signals | null }): void {
    const delayMs = Math.min(SLOWEST_RESTART_MS, FIRST_RESTART_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#log.error({ ...cause, delayMs }, 'relay: process ended, restarting');
    this.#restart = setTimeout(() => {
      this.#launch().then(
        () => this.#events.restarted(),
        (error: unknown) => this.#log.error({ err: error }, 'relay: restart failed'),
      );
    }, delayMs);
  }
}
