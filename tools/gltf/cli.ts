/**
 * The scene authors' command line: `npm run scene -- COMMAND FOLDER`.
 * Results go to standard output, progress and complaints to standard error. Exit codes: 0 fine (perhaps with warnings), 1 the scene has errors,
 * 2 the command line is wrong, 3 the tool itself failed.
 */
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bakeCommand } from './commands/bake.ts';
import { checkCommand } from './commands/check.ts';
import { UsageError } from './commands/command.ts';
import type { Command } from './commands/command.ts';
import { newCommand } from './commands/new.ts';
import { packCommand } from './commands/pack.ts';
import { previewCommand } from './commands/preview.ts';
import { SceneError, sentence } from './findings.ts';
import type { Finding } from './findings.ts';

export const COMMANDS: readonly Command[] = [newCommand, bakeCommand, packCommand, checkCommand, previewCommand];

export const EXIT = { fine: 0, sceneErrors: 1, usage: 2, failure: 3 } as const;

/** Where a run of the tool writes; tests give their own. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** Runs the tool with the arguments after its own name. Returns the exit code; never throws. */
export async function main(args: readonly string[], output: Output): Promise<number> {
  const json = args.includes('--json');
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === 'help' || name === '--help') {
      output.out(help());
      return name === undefined ? EXIT.usage : EXIT.fine;
    }
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (!command) throw new UsageError(`There is no command "${name}".`);
    return await runCommand(command, rest, output);
  } catch (error) {
    if (error instanceof UsageError) {
      output.err(`${error.message}\n\n${help()}`);
      return EXIT.usage;
    }
    if (error instanceof SceneError) {
      report(error.findings, { json, facts: {}, output });
      return EXIT.sceneErrors;
    }
    output.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return EXIT.failure;
  }
}

async function runCommand(command: Command, args: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parse(command, args);
  if (values['help'] === true) {
    output.out(help());
    return EXIT.fine;
  }
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError(`${command.name} wants one scene folder.`);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory() && !(found === undefined && command.creates === true)) throw new UsageError(`"${folder}" is not a folder.`);
  const json = values['json'] === true;
  const result = await command.run(folder, values, (step) => {
    output.err(`${command.name}: ${step}`);
  });
  if (!json && result.text) output.out(result.text);
  report(result.findings, { json, facts: result.facts, output });
  return result.findings.some(({ severity }) => severity === 'error') ? EXIT.sceneErrors : EXIT.fine;
}

function parse(command: Command, args: readonly string[]): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean' } } });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The findings, and for scripts one JSON line at the end of standard output. */
function report(findings: readonly Finding[], { json, facts, output }: { json: boolean; facts: Record<string, unknown>; output: Output }): void {
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (json) {
    output.out(JSON.stringify({ ok: errors === 0, errors, warnings, ...facts, findings }));
    return;
  }
  for (const finding of findings) output.err(`${finding.severity}: ${sentence(finding)}`);
  if (errors + warnings > 0) output.err(`${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`);
}

function help(): string {
  const commands = COMMANDS.map(({ name, summary, help: options }) =>
    [`  ${name} FOLDER`.padEnd(26) + summary, ...options.map(([option, what]) => `    ${option}`.padEnd(26) + what)].join('\n'),
  );
  return `npm run scene -- COMMAND FOLDER [options]\n\n${commands.join('\n')}\n\nEvery command takes --json: progress on standard error, one JSON line on standard output.\nThe page for authors is tools/gltf/README.md.`;
}

if (import.meta.main) {
  process.exitCode = await main(process.argv.slice(2), { out: (text) => console.log(text), err: (text) => console.error(text) });
}
