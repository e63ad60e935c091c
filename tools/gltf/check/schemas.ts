/** The two JSON files of a scene against their schemas. */
import type { z } from 'zod';
import type { Findings } from '../findings.ts';
import { LIMITS } from '../guard/limits.ts';
import { size } from '../table.ts';

/** Parses a JSON file; every fault is a finding that names the exact path. Undefined if there is one. */
export function parseJsonFile<T>(file: { name: string; bytes: Uint8Array; fix: string }, schema: z.ZodType<T>, findings: Findings): T | undefined {
  if (file.bytes.byteLength > LIMITS.jsonFileBytes) {
    findings.error({ code: 'too-large', where: file.name, message: `it has ${size(file.bytes.byteLength)}, the most is ${size(LIMITS.jsonFileBytes)}.`, fix: file.fix });
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.bytes));
  } catch (error) {
    findings.error({ code: 'bad-json', where: file.name, message: `it is not JSON (${error instanceof Error ? error.message : String(error)}).`, fix: file.fix });
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    findings.error({ code: 'bad-schema', where: `${file.name} at ${pathOf(issue.path)}`, message: `${issue.message}.`, fix: file.fix });
  }
  return undefined;
}

/** `names.hall.ar`, `seats[3].height`. */
function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').replace(/^\./, '');
  return text || 'the top';
}
