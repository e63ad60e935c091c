/** `npm run roster -- ...`: the roster from the terminal, also while the server runs. */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { StartError } from './errors.ts';
import * as commands from './identity/roster/commands.ts';
import { RosterFileError } from './identity/roster/file.ts';
import { openStore } from './store/open.ts';

const HELP = `npm run roster -- import people.csv [--links links.csv]   Add or update people; optionally write pass links of those who are new.
npm run roster -- list                                    Everybody, with ids.
npm run roster -- links [ID ...] [--file links.csv] [--replace] [--base https://venue.example.org]
                                                          New pass links for all or some; --replace revokes the earlier ones.
npm run roster -- revoke ID                               Revoke a person's passes and put them out.
npm run roster -- export ID                               Everything stored about a person, as JSON.
npm run roster -- erase ID [--yes]                        Erase a person.
npm run roster -- event "Name"                            Name the event; ends a demonstration.
Columns of people.csv: name, entity, entity type, role, language, and optionally e-mail, country. See server/identity/README.md.`;

/** The command line makes no sense: the help is shown. */
class UsageError extends Error {}

const OPTIONS = {
  links: { type: 'string' }, file: { type: 'string' }, base: { type: 'string' },
  replace: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
} as const;

function readArgs(argv: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true; args: string[] }>> {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'unreadable arguments', { cause });
  }
}

function one(rest: readonly string[], what: string): string {
  const [first, ...more] = rest;
  if (first === undefined || more.length > 0) throw new UsageError(`This command takes exactly one ${what}.`);
  return first;
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`${question} Type "yes": `)).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}

async function eraseAsked(context: commands.RosterContext, id: string, sure: boolean): Promise<string[]> {
  const person = await commands.describePerson(context, id);
  if (sure || await confirm(`Erase everything about ${person}? This cannot be undone.`)) return commands.erase(context, id);
  throw new commands.RosterCommandError('Nothing was erased. Confirm with "yes" at the question, or add --yes.');
}

function baseOf(config: Config, given: string | undefined): string {
  return given ?? config.publicUrl ?? `${config.https.kind === 'off' ? 'http' : 'https'}://localhost:${config.port}`;
}

async function run(argv: readonly string[], config: Config): Promise<string[]> {
  const { values, positionals: [command, ...rest] } = readArgs(argv);
  if (values.help || command === undefined) return [HELP];
  const store = openStore(config.dataFolder);
  const context = { store, base: baseOf(config, values.base), passDays: config.passDays, now: Date.now() };
  try {
    switch (command) {
      case 'import': return await commands.importFile(context, one(rest, 'file'), values.links ?? null);
      case 'list': return await commands.list(context);
      case 'links': return await commands.issueLinks(context, rest, { file: values.file ?? null, replace: values.replace });
      case 'revoke': return await commands.revoke(context, one(rest, 'id'));
      case 'export': return await commands.exportPerson(context, one(rest, 'id'));
      case 'erase': return await eraseAsked(context, one(rest, 'id'), values.yes);
      case 'event': return await commands.nameEvent(context, one(rest, 'name'));
      default: throw new UsageError(`There is no command "${command}".`);
    }
  } finally {
    await store.close();
  }
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
  if (error instanceof RosterFileError) console.error(`The file was not imported; nothing has been changed.\n${error.message}`);
  else if (error instanceof StartError) console.error(`${error.message}\nWhat to do: ${error.advice}`);
  else if (error instanceof commands.RosterCommandError || error instanceof ConfigError) console.error(error.message);
  else console.error(error);
  return 1;
}

try {
  for (const line of await run(process.argv.slice(2), loadConfig(process.env))) console.log(line);
} catch (error) {
  process.exitCode = explain(error);
}
