/**
 * `npm start`: builds what is missing or outdated, then runs the venue on one port with no other service.
 * `npm start -- --https`, `--links`, `--no-build`, `--help`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../server/config.ts';
import type { Config } from '../server/config.ts';
import { StartError } from '../server/errors.ts';
import { lanAddresses } from '../server/http/certificate.ts';
import { makeDemoSession } from '../server/plenary/demo.ts';
import { makeDemo } from '../server/identity/demo.ts';
import { printableLinks } from '../server/identity/links.ts';
import { startServer } from '../server/main.ts';
import type { RunningServer } from '../server/main.ts';
import type { PersonRecord } from '../server/store/store.ts';
import type { Role } from '../shared/protocol/vocabulary.ts';
import { DIST, REPOSITORY, buildState } from './bundle/build.ts';

const HELP = `npm start                  Build if needed, then run the venue (http://localhost:2567).
npm start -- --https       Serve HTTPS with a self-made certificate, for headsets and phones on the local network.
npm start -- --links       Print new pass links of the demonstration event.
npm start -- --no-build    Run with the build that is there.
Configuration is by environment variables: see server/README.md.`;

/** Links shown at the first start: enough to try out a conversation, and to hold a formal session. */
const SHOWN_ROLES: readonly Role[] = ['chair', 'delegate', 'delegate', 'secretariat'];

interface Flags {
  readonly https: boolean;
  readonly links: boolean;
  readonly build: boolean;
}

function readFlags(): Flags | null {
  const { values } = parseArgs({
    options: { https: { type: 'boolean' }, links: { type: 'boolean' }, build: { type: 'boolean', default: true }, help: { type: 'boolean' } },
    allowNegative: true,
  });
  return values.help === true ? null : { https: values.https ?? false, links: values.links ?? false, build: values.build };
}

/** In a process of its own, so that the bundler's memory is given back before anybody enters. */
function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(REPOSITORY, 'scripts', 'build.ts')], { stdio: 'inherit', cwd: REPOSITORY });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new StartError('The client could not be built (see above).', 'Run "npm ci" and try again; if it still fails, the sources have an error that the lines above name.'));
    });
  });
}

async function ensureBuilt(): Promise<void> {
  const state = buildState();
  if (state === 'current') return;
  console.log(state === 'missing' ? 'First start: the client has to be built, which takes about a minute.' : 'The sources have changed since the last build.');
  await runBuild();
}

/** Somebody of each of the shown roles, in their order. */
function shownFirst(people: readonly PersonRecord[]): readonly PersonRecord[] {
  const left = [...people];
  return SHOWN_ROLES.flatMap((role) => {
    const at = left.findIndex((person) => person.role === role);
    return at < 0 ? [] : left.splice(at, 1);
  });
}

async function printLinks(server: RunningServer, config: Config, wanted: boolean): Promise<void> {
  const made = await makeDemo(server.store, Date.now());
  if (made) await makeDemoSession(server.sessions);
  const event = await server.store.event.get();
  if (wanted && event?.demo === false) {
    console.log('This is no demonstration event: print pass links with "npm run roster -- links".');
    return;
  }
  if (!made && !wanted) return;
  const base = config.publicUrl ?? server.url;
  const everybody = await server.store.people.list();
  const people = wanted ? everybody : shownFirst(everybody);
  const links = await printableLinks(server.store, people, { base, days: config.passDays, now: Date.now() });
  console.log(made ? '\nThe data folder is new, so there is a demonstration event. Enter as:\n' : '\nNew pass links of the demonstration event:\n');
  for (const { who, link } of links) console.log(`  ${who}\n    ${link}`);
  console.log('\nOpen two of them in two windows to meet yourself. With /plenary/ before the # a link opens the formal session. Links for all: npm start -- --links\n');
}

function printAddresses(server: RunningServer, config: Config): void {
  console.log(`\nPlenum is running: ${config.publicUrl ?? server.url}`);
  if (config.host !== undefined) return;
  const scheme = new URL(server.url).protocol;
  const addresses = lanAddresses().map((address) => `${scheme}//${address}:${server.port}`);
  if (addresses.length > 0) console.log(`On the local network: ${addresses.join('  ')}`);
  if (config.https.kind === 'self-made') {
    console.log('Put that address in place of "localhost" in a pass link. The certificate is self-made: each device asks once whether to trust it.');
  }
}

function stopOnSignals(server: RunningServer): void {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1); // Asked twice: do not wait any longer.
      asked = true;
      console.log('\nStopping: telling everybody and saving. Once more to stop at once.');
      void server.stop().then(() => process.exit(0));
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      server.log.error({ err: error }, `unexpected error (${event}): stopping`);
      void server.stop('at-once').then(() => process.exit(1));
    });
  }
}

function explain(error: unknown): void {
  if (error instanceof StartError) console.error(`\n${error.message}\nWhat to do: ${error.advice}`);
  else if (error instanceof ConfigError) console.error(`\n${error.message}`);
  else console.error(error);
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags === null) {
    console.log(HELP);
    return;
  }
  const config = loadConfig({ ...process.env, ...(flags.https ? { PLENUM_HTTPS: 'on' } : {}) });
  if (flags.build) await ensureBuilt();
  // What was built carries compressed forms; without a build the assets are served as they are.
  const assets = buildState() === 'missing' ? config.files.assets : DIST;
  const server = await startServer({ ...config, files: { ...config.files, assets } });
  stopOnSignals(server);
  printAddresses(server, config);
  await printLinks(server, config, flags.links);
}

main().catch((error: unknown) => {
  explain(error);
  process.exit(1);
});
