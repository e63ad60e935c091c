/** Judges an unpacked scene by the authors' own command line, `tools/gltf`, in a process with limits. The server never loads that code itself. */
import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { SceneFigures, SceneFinding, UploadReport } from '../../../shared/protocol/staff.ts';
import type { CheckLimits } from '../limits.ts';
import { PackageError } from '../package/fault.ts';
import { runLimited } from './child.ts';
import type { Outcome } from './child.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
/** What the tool is made of: it may read this and the scene, and write nothing. */
const TOOL_PARTS = ['tools', 'shared', 'server/http', 'node_modules', 'package.json'];
const TOOL = 'tools/gltf/cli.ts';

/** Exit codes of the tool: the scene is sound, the scene has errors. */
const JUDGED: ReadonlySet<number | null> = new Set([0, 1]);
const FINDINGS_KEPT = 100;
const TEXT_KEPT = 600;
const OUT_OF_MEMORY = /out of memory|heap limit|bad_alloc|memory[ _]allocation[ _]failed|allocation failed|(cannot|could not|failed to) allocate/i;

const text = z.string().transform((value) => value.slice(0, TEXT_KEPT));
const Finding = z.object({ severity: z.enum(['error', 'warning', 'notice']).catch('notice'), code: text, where: text, message: text, fix: text });
const amount = z.number().nonnegative().finite();
const Verdict = z.object({
  ok: z.boolean(), errors: amount, warnings: amount,
  drawCalls: amount, triangles: amount, textureBytes: amount, wireBytes: amount,
  findings: z.array(Finding),
});
/** A scene that could not even be opened has findings, and no figures. */
const ShortVerdict = Verdict.pick({ ok: true, errors: true, warnings: true, findings: true });

export interface CheckOptions {
  readonly limits: CheckLimits;
  readonly signal: AbortSignal;
  /** Instead of the authors' tool: a script that is given the same arguments (tests). */
  readonly tool?: string;
}

const RANK: Readonly<Record<SceneFinding['severity'], number>> = { error: 0, warning: 1, notice: 2 };

function worstFirst(findings: readonly SceneFinding[]): SceneFinding[] {
  return findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]).slice(0, FINDINGS_KEPT);
}

function parseVerdict(stdout: string): UploadReport | null {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  let json: unknown;
  try {
    json = JSON.parse(last);
  } catch {
    return null; // Whatever it printed is no verdict.
  }
  const short = ShortVerdict.safeParse(json);
  if (!short.success) return null;
  const whole = Verdict.safeParse(json);
  const figures: SceneFigures | null = whole.success
    ? { drawCalls: whole.data.drawCalls, triangles: whole.data.triangles, textureBytes: whole.data.textureBytes, wireBytes: whole.data.wireBytes }
    : null;
  const { errors, warnings, findings } = short.data;
  return { fault: null, figures, errors, warnings, findings: worstFirst(findings) };
}

function refuse({ ending, code, stderr }: Outcome): PackageError {
  const cause = new Error(`the check ended (${ending}, ${code ?? 'by a signal'}): ${stderr.slice(-TEXT_KEPT)}`);
  if (ending === 'time') return new PackageError('CHECK_TIME', '', { cause });
  if (ending === 'output') return new PackageError('CHECK_OUTPUT', '', { cause });
  return new PackageError(OUT_OF_MEMORY.test(stderr) ? 'CHECK_MEMORY' : 'CHECK_FAILED', '', { cause });
}

/** Node's arguments: heap limit, and its permission model, under which the tool can neither write nor start anything. Add-ons: sharp decodes pictures. */
function nodeArguments(folder: string, tool: string, { heapMegabytes }: CheckLimits): string[] {
  // Also by their real names: `node_modules` or the data folder may be a link. Beside the scene lie those that its links lead to.
  const readable = new Set([...TOOL_PARTS.map((part) => join(REPOSITORY, part)), dirname(tool), dirname(folder)].flatMap((path) => [path, realpathSync(path)]));
  return [
    '--permission', '--allow-addons', ...[...readable].map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${heapMegabytes}`, '--no-warnings',
  ];
}

/**
 * Checks the scene in `folder`. Rejects with a `PackageError` CHECK_TIME, CHECK_MEMORY, CHECK_OUTPUT or CHECK_FAILED if there is no verdict (its cause has
 * the tool's last words), with the reason of `signal`, or with the system's error if the tool cannot be started.
 */
export async function checkScene(folder: string, { limits, signal, tool = join(REPOSITORY, TOOL) }: CheckOptions): Promise<UploadReport> {
  const outcome = await runLimited([process.execPath, ...nodeArguments(folder, tool, limits), tool, 'check', '--json', folder], { limits, signal });
  signal.throwIfAborted();
  const report = outcome.ending === 'exited' && JUDGED.has(outcome.code) ? parseVerdict(outcome.stdout) : null;
  if (report === null) throw refuse(outcome);
  return report;
}
