/** Runs one of our commands in a process of its own, with an environment of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningCommand {
  readonly child: ChildProcess;
  /** Standard output and error so far, as they came. */
  text(): string;
  /** Exit code; null if it was killed. */
  readonly exit: Promise<number | null>;
}

/** @param script relative to the repository. */
export function runCommand(script: string, args: readonly string[], env: Readonly<Record<string, string>>): RunningCommand {
  const child = spawn(process.execPath, [script, ...args], { cwd: REPOSITORY, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const exit = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });
  return { child, text: () => text, exit };
}
