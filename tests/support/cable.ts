/**
 * A machine of its own for a browser: a network namespace joined to this machine by a virtual cable, which can be pulled out and put back, or
 * given another address. What a browser sees is what it sees when a real cable is pulled: no events but those of the network itself.
 * Linux only, as root (CI is); `Cable.possible()` tells.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let made = 0;

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' });
}

export class Cable {
  /** Address of this machine as the browser sees it. */
  readonly host: string;
  private readonly namespace: string;
  private readonly near: string;
  private readonly far: string;
  private readonly subnet: string;
  private readonly folder: string;
  private address: string;

  private constructor() {
    made += 1;
    const tag = `${process.pid % 10_000}${made}`;
    this.namespace = `plenum-${tag}`;
    this.near = `pla${tag}`;
    this.far = `plb${tag}`;
    this.subnet = `10.${200 + made}.${process.pid % 250}`;
    this.host = `${this.subnet}.1`;
    this.address = `${this.subnet}.2`;
    this.folder = mkdtempSync(join(tmpdir(), 'plenum-cable-'));
  }

  /** Tried out, since many a container lets root do everything but this. */
  static possible(): boolean {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
    const probe = `plenum-probe-${process.pid}`;
    const made = spawnSync('ip', ['netns', 'add', probe]).status === 0 && spawnSync('ip', ['netns', 'exec', probe, 'true']).status === 0;
    spawnSync('ip', ['netns', 'del', probe]);
    return made;
  }

  static lay(): Cable {
    const cable = new Cable();
    ip('netns', 'add', cable.namespace);
    ip('link', 'add', cable.near, 'type', 'veth', 'peer', 'name', cable.far);
    ip('link', 'set', cable.far, 'netns', cable.namespace);
    ip('addr', 'add', `${cable.host}/24`, 'dev', cable.near);
    ip('link', 'set', cable.near, 'up');
    cable.inside('ip', 'link', 'set', 'lo', 'up');
    cable.inside('ip', 'addr', 'add', `${cable.address}/24`, 'dev', cable.far);
    cable.inside('ip', 'link', 'set', cable.far, 'up');
    return cable;
  }

  /** An executable that runs `executable` on the far machine, with the same arguments. */
  wrap(executable: string): string {
    const path = join(this.folder, 'run');
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.namespace} ${executable} "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  cut(): void {
    this.inside('ip', 'link', 'set', this.far, 'down');
  }

  mend(): void {
    this.inside('ip', 'link', 'set', this.far, 'up');
  }

  /** The far machine is on another network from now on: its old address is gone, as when a phone leaves the wireless network. */
  changeAddress(): void {
    const next = `${this.subnet}.${Number(this.address.split('.').at(-1)) + 1}`;
    this.inside('ip', 'addr', 'del', `${this.address}/24`, 'dev', this.far);
    this.inside('ip', 'addr', 'add', `${next}/24`, 'dev', this.far);
    this.address = next;
  }

  remove(): void {
    spawnSync('ip', ['netns', 'del', this.namespace]);
    spawnSync('ip', ['link', 'del', this.near]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private inside(...command: string[]): void {
    ip('netns', 'exec', this.namespace, ...command);
  }
}
