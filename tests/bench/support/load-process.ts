import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { FromLoad, LoadPlan, LoadReport, ToLoad } from './load-protocol.ts';

type Join = (peer: string, offer: string) => Promise<string>;

/** A load process as the benchmark holds it. */
export class LoadProcess {
  readonly #child: ChildProcess;
  readonly #join: Join;
  #waiting: { type: FromLoad['type']; resolve(message: FromLoad): void; reject(error: Error): void } | null = null;

  private constructor(join: Join) {
    this.#join = join;
    this.#child = fork(new URL('./media-load.ts', import.meta.url), [], { execArgv: [] });
    this.#child.on('message', (message: FromLoad) => this.#onMessage(message));
    this.#child.on('exit', (code, signal) => this.#waiting?.reject(new Error(`the load process ended (${signal ?? code})`)));
  }

  /** Starts a process and connects its peers. @param join answers an offer on behalf of the relay under test */
  static async connect(plan: LoadPlan, join: Join): Promise<LoadProcess> {
    const load = new LoadProcess(join);
    await load.#ask({ type: 'connect', plan }, 'connected');
    return load;
  }

  startMeasuring(): void {
    this.#send({ type: 'measure' });
  }

  async report(): Promise<LoadReport> {
    const message = await this.#ask({ type: 'report' }, 'measured');
    if (message.type !== 'measured') throw new Error(`unexpected ${message.type}`);
    return message.report;
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#waiting = null;
    this.#child.kill('SIGKILL');
    await gone;
  }

  #send(message: ToLoad): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #ask(message: ToLoad, type: FromLoad['type']): Promise<FromLoad> {
    return new Promise((resolve, reject) => {
      this.#waiting = { type, resolve, reject };
      this.#send(message);
    });
  }

  #onMessage(message: FromLoad): void {
    if (message.type === 'join') {
      const { request } = message;
      this.#join(message.peer, message.offer).then(
        (answer) => this.#send({ type: 'answer', request, answer }),
        (error: unknown) => this.#send({ type: 'refused', request, why: String(error) }),
      );
    } else if (message.type === 'failed') this.#waiting?.reject(new Error(message.why));
    else if (message.type === this.#waiting?.type) this.#waiting.resolve(message);
  }
}
