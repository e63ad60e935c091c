/** Packs and checks a copy of the scene in a process of its own, so that the preview can tell what will be published without waiting for it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Venue } from '../../../shared/scene/layout.ts';
import type { PreviewFinding, PreviewReport } from '../../../shared/scene/preview.ts';
import { readIfThere } from '../io.ts';

const CLI = path.join(import.meta.dirname, '../cli.ts');
/** An author waits for the picture, not for the check: it begins when the picture should be there, and leaves the processor to whoever wants it. */
const AFTER_MS = 2500;
/** A process that is still busy after this is stopped, ms. */
const PATIENCE_MS = 300_000;

export interface CheckRun {
  /** Null if it was cancelled or the tool failed. */
  readonly report: Promise<PreviewReport | null>;
  cancel(): void;
}

/**
 * Starts a check of the folder as it is now.
 * @param input the file that the scene is made of, relative to the folder; null if the folder is packed and has no other
 */
export function startCheck(folder: string, input: string | null): CheckRun {
  const running = new Set<ChildProcess>();
  const wait = new AbortController();
  let cancelled = false;
  const run = (args: readonly string[]): Promise<PreviewReport | null> => cancelled ? Promise.resolve(null) : runTool(args, running);
  const report = (async () => {
    await setTimeout(AFTER_MS, undefined, { signal: wait.signal });
    if (input === null) return run(['check', folder]);
    const workshop = await mkdtemp(path.join(tmpdir(), 'plenum-preview-'));
    try {
      const copy = await copyScene(folder, workshop);
      const source = path.resolve(folder, input);
      const packed = await run(['pack', copy, '--input', source]);
      if (packed === null) return null;
      if (packed.findings.some(({ severity }) => severity === 'error')) return null;
      const checked = await run(['check', copy, '--input', source]);
      return checked && { ...checked, findings: merged(packed.findings, checked.findings), ...await budgets(copy) };
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  })().catch(() => null);
  return {
    report,
    cancel() {
      cancelled = true;
      wait.abort();
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

/** The files of the folder, without its source, beside its neighbours: links are checked against them. */
async function copyScene(folder: string, workshop: string): Promise<string> {
  const whole = path.resolve(folder);
  const copy = path.join(workshop, path.basename(whole));
  await mkdir(copy);
  for (const entry of await readdir(whole, { withFileTypes: true })) {
    if (entry.isFile()) await cp(path.join(whole, entry.name), path.join(copy, entry.name));
  }
  for (const entry of await readdir(path.dirname(whole), { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== path.basename(whole)) await symlink(path.join(path.dirname(whole), entry.name), path.join(workshop, entry.name)).catch(() => undefined);
  }
  return copy;
}

/** Both commands may say the same. */
function merged(...lists: readonly (readonly PreviewFinding[])[]): PreviewFinding[] {
  const known = new Map(lists.flat().map((finding) => [`${finding.code} ${finding.where} ${finding.message}`, finding]));
  return [...known.values()];
}

async function budgets(folder: string): Promise<Pick<PreviewReport, 'budgets'>> {
  const bytes = await readIfThere(path.join(folder, 'venue.json'));
  const parsed = bytes && Venue.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed?.success ? { budgets: parsed.data.budgets } : {};
}

/** It may have ended already, or the system may not allow it. */
function yieldTo(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It runs all the same.
  }
}

/** Runs a command of the tool. @returns its last line, or null if it gave none */
function runTool(args: readonly string[], running: Set<ChildProcess>): Promise<PreviewReport | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args, '--json'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: PATIENCE_MS, killSignal: 'SIGKILL' });
    running.add(child);
    if (child.pid !== undefined) yieldTo(child.pid);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.once('error', reject);
    child.once('close', () => {
      running.delete(child);
      const line = out.trim().split('\n').at(-1) ?? '';
      resolve(line.startsWith('{') ? JSON.parse(line) as PreviewReport : null);
    });
  });
}
