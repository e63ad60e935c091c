/** A server in a process of its own, which can be killed and started again on the same data and ports. Run as a script it is that process. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Placement } from '../../shared/protocol/messages.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));

/** What the parent may ask of the process, one JSON object a line. */
type Command = { invite: Placement | null } | { relayPid: true } | { stop: true };
type Reply = { link: string; id: string } | { pids: number[] } | { ready: true };

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

export class ServerProcess {
  readonly port: number;
  private readonly host: string;
  private readonly data: string;
  private readonly mediaPort: number;
  private child: ChildProcess | null = null;
  private replies: ((reply: Reply) => void)[] = [];

  private constructor(port: number, mediaPort: number, host: string) {
    this.port = port;
    this.mediaPort = mediaPort;
    this.host = host;
    this.data = mkdtempSync(join(tmpdir(), 'plenum-data-'));
  }

  /** `host`: the address by which browsers reach this machine. */
  static async start(host = 'localhost'): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), await freePort(), host);
    await server.boot();
    return server;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Starts the process on the data and the ports of before. */
  async boot(): Promise<void> {
    const origin = `http://${this.host}:${this.port}`;
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env, PLENUM_PORT: String(this.port), PLENUM_MEDIA_PORT: String(this.mediaPort), PLENUM_HOST: '*',
        PLENUM_PUBLIC_URL: origin, PLENUM_TEST_DATA: this.data, PLENUM_STOP_SECONDS: '3',
      },
    });
    this.child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) this.replies.shift()?.(JSON.parse(line) as Reply);
    });
    await this.nextReply();
  }

  async invite(placement: Placement | null): Promise<{ link: string; id: string }> {
    return (await this.ask({ invite: placement })) as { link: string; id: string };
  }

  /** Kills the relay process, as a crash of native code would. */
  async killRelay(): Promise<void> {
    const { pids } = (await this.ask({ relayPid: true })) as { pids: number[] };
    if (pids.length === 0) throw new Error('the server has no relay process');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  }

  /** Stops the server in order, as for an update. */
  async stop(): Promise<void> {
    const child = this.child;
    if (child === null) return;
    const gone = once(child, 'exit');
    child.stdin?.write(`${JSON.stringify({ stop: true } satisfies Command)}\n`);
    await gone;
    this.child = null;
  }

  /** Kills the whole server without a word, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.child;
    if (child === null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.child = null;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  private nextReply(): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.replies.push(resolve);
      this.child?.once('exit', () => reject(new Error('the server process ended')));
    });
  }

  private ask(command: Command): Promise<Reply> {
    this.child?.stdin?.write(`${JSON.stringify(command)}\n`);
    return this.nextReply();
  }
}

/** Direct children of this process that run the relay. */
async function relayPids(): Promise<number[]> {
  const { readFileSync, readdirSync } = await import('node:fs');
  const isRelay = (pid: string): boolean => {
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('relay');
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && isRelay(entry)).map(Number);
}

async function serve(): Promise<void> {
  const { startTestServer } = await import('./server.ts');
  const server = await startTestServer({ assets: ASSETS, dataFolder: process.env['PLENUM_TEST_DATA'] ?? '', env: process.env });
  const answer = (reply: Reply): void => console.log(JSON.stringify(reply));
  createInterface({ input: process.stdin }).on('line', (line) => {
    void (async () => {
      const command = JSON.parse(line) as Command;
      if ('invite' in command) {
        const { person, link } = await (command.invite === null ? server.invite() : server.inviteTo('geneva', command.invite));
        answer({ link: link.replace(/^https?:\/\/[^/]+/, process.env['PLENUM_PUBLIC_URL'] ?? ''), id: person.id });
      } else if ('relayPid' in command) {
        answer({ pids: await relayPids() });
      } else {
        await server.stop();
        process.exit(0);
      }
    })();
  });
  answer({ ready: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve();
