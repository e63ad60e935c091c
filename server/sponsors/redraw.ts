/** Makes logos anew from their pixels, in a process with limits (`logo-tool.ts`): what is shown is never the file that was uploaded. */
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { runLimited } from '../publication/check/child.ts';
import type { CheckLimits } from '../publication/limits.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const TOOL = join(import.meta.dirname, 'logo-tool.ts');
/** What the tool is made of: it may read this and the picture, and write nothing. */
const TOOL_PARTS = ['server/sponsors', 'shared', 'node_modules', 'package.json'];
/** A logo of 24 million pixels takes under a second and 150 MB; photographs of cameras are no larger. */
export const LOGO_LIMITS: CheckLimits = { timeMs: 40_000, heapMegabytes: 256, dataMegabytes: 1024, outputBytes: 2 * 1024 * 1024 };
const WORDS_KEPT = 600;

const Result = z.union([
  z.object({ width: z.int().positive(), height: z.int().positive(), webp: z.base64() }),
  z.object({ fault: z.enum(['LOGO_TOO_LARGE', 'LOGO_DAMAGED']), why: z.string() }),
]);

export interface DrawnLogo {
  readonly webp: Buffer;
  readonly width: number;
  readonly height: number;
}

function resultOf(stdout: string): z.infer<typeof Result> | null {
  try {
    return Result.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  } catch {
    return null; // Whatever it printed is no result.
  }
}

/**
 * Decodes the picture in `file` and encodes it as WebP of bounded size. Rejects with a `ReasonedError` LOGO_TOO_LARGE or LOGO_DAMAGED (its cause has the
 * tool's last words), with the reason of `signal`, or with the system's error if the tool cannot be started.
 */
export async function redrawLogo(file: string, signal: AbortSignal, limits: CheckLimits = LOGO_LIMITS): Promise<DrawnLogo> {
  // Also by their real names: `node_modules` or the data folder may be a link.
  const readable = new Set([...TOOL_PARTS.map((part) => join(REPOSITORY, part)), file].flatMap((path) => [path, realpathSync(path)]));
  const { ending, code, stdout, stderr } = await runLimited([
    process.execPath, '--permission', '--allow-addons', ...[...readable].map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${limits.heapMegabytes}`, '--no-warnings', TOOL, file,
  ], { limits, signal });
  signal.throwIfAborted();
  const result = ending === 'exited' && code === 0 ? resultOf(stdout) : null;
  if (result !== null && 'webp' in result) return { webp: Buffer.from(result.webp, 'base64'), width: result.width, height: result.height };
  const why = result?.why ?? `the tool ended (${ending}, ${code ?? 'by a signal'}): ${stderr.slice(-WORDS_KEPT)}`;
  throw new ReasonedError(result?.fault ?? (ending === 'time' ? 'LOGO_TOO_LARGE' : 'LOGO_DAMAGED'), undefined, { cause: new Error(why) });
}
