import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JANUS_ROOM } from './janus-load.ts';
import { pause } from './measure.ts';

/** Janus of the Debian package, with nothing loaded but the videoroom and its WebSocket API, as the peer that the relay is compared with. */

const BINARY = '/usr/bin/janus';
const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 3000;

export function janusInstalled(): boolean {
  return existsSync(BINARY);
}

function libraryFolder(): string | undefined {
  return readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'janus')).find((path) => existsSync(path));
}

function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Janus loads whatever lies in its folders, so they hold links to what is wanted. */
function writeConfiguration(folder: string, libraries: string, at: { port: number; address: string }): void {
  for (const [kind, name] of [['plugins', 'libjanus_videoroom.so'], ['transports', 'libjanus_websockets.so']] as const) {
    mkdirSync(join(folder, kind));
    symlinkSync(join(libraries, kind, name), join(folder, kind, name));
  }
  for (const kind of ['events', 'loggers']) mkdirSync(join(folder, kind));
  writeFileSync(
    join(folder, 'janus.jcfg'),
    `general: { configs_folder = "${folder}" plugins_folder = "${folder}/plugins" transports_folder = "${folder}/transports" events_folder = "${folder}/events" loggers_folder = "${folder}/loggers" debug_level = 2 }
media: { ipv6 = false rtp_port_range = "30000-39000" }
nat: { ice_lite = true ice_enforce_list = "${at.address}" }
`,
  );
  writeFileSync(
    join(folder, 'janus.plugin.videoroom.jcfg'),
    `general: {}
room-${JANUS_ROOM}: { description = "bench" publishers = 200 bitrate = 128000 audiocodec = "opus" record = false require_pvtid = false audiolevel_ext = false audiolevel_event = false notify_joining = false }
`,
  );
  writeFileSync(
    join(folder, 'janus.transport.websockets.jcfg'),
    `general: { ws = true ws_port = ${at.port} ws_ip = "127.0.0.1" }
admin: { admin_ws = false }
`,
  );
}

export class Janus {
  readonly port: number;
  readonly pid: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(parts: { process: ChildProcess; pid: number; folder: string; port: number }) {
    this.#process = parts.process;
    this.#folder = parts.folder;
    this.pid = parts.pid;
    this.port = parts.port;
  }

  /** @param address to carry media: Janus does not use the loopback interface */
  static async start(address: string): Promise<Janus> {
    const libraries = libraryFolder();
    if (!libraries) throw new Error('Janus has no library folder');
    const folder = mkdtempSync(join(tmpdir(), 'plenum-janus-'));
    const port = await freeTcpPort();
    writeConfiguration(folder, libraries, { port, address });
    const process = spawn(BINARY, ['--configs-folder', folder, '--config', join(folder, 'janus.jcfg')], { stdio: 'ignore' });
    const janus = new Janus({ process, pid: process.pid ?? 0, folder, port });
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await janus.#listening())) {
      if (process.exitCode !== null || performance.now() > deadline) {
        await janus.stop();
        throw new Error('Janus did not start');
      }
      await pause(100);
    }
    return janus;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#process.kill('SIGTERM');
      const deadline = setTimeout(() => this.#process.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(deadline);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #listening(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${this.port}`, 'janus-protocol');
      socket.addEventListener('open', () => {
        socket.close();
        resolve(true);
      });
      socket.addEventListener('error', () => resolve(false));
    });
  }
}
