import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import { PlenaryTestClient, createSession } from '../support/plenary-client.ts';
import { Random } from '../support/random.ts';
import { writeTestAssets } from '../support/scene.ts';
import { soon } from '../support/soon.ts';

/** How often the server is killed. The whole of it, `PLENUM_CRASHES=50`, takes a minute or two. */
const CRASHES = Number(process.env['PLENUM_CRASHES'] ?? 8);
const SCRIPT = fileURLToPath(new URL('../support/plenary-crash-process.ts', import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  readonly url: string;
  readonly tokens: readonly string[];
}

let assets: string;
let data: string;

beforeAll(async () => {
  assets = await writeTestAssets();
  data = await mkdtemp(join(tmpdir(), 'plenum-crash-'));
});

afterAll(async () => {
  await rm(assets, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
});

async function boot(first: boolean): Promise<Running> {
  const child = spawn(process.execPath, [SCRIPT, data, assets, first ? 'first' : ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) return { child, ...(JSON.parse(line) as Omit<Running, 'child'>) };
  }
  throw new Error('the server did not start');
}

async function kill({ child }: Running): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** What was acknowledged, as it must be found again: a name, and how to see it. */
interface Claim {
  readonly what: string;
  readonly holds: (state: PlenaryState) => boolean;
}

const has = (of: PlenaryState, test: (text: string) => boolean): boolean => Object.values(of.record).some(({ text, fact }) => test(text) || test(JSON.stringify(fact)));

/** Deeds of each of the five that leave something behind which nothing later takes away. */
function deedOf(who: number, mark: string, state: PlenaryState): { deed: PlenaryDeed; claim: Claim } {
  const item = Object.values(state.items).find(({ group, status }) => group === 'approved' && status !== 'concluded')?.id ?? 'none';
  const pending = Object.values(state.items).find(({ status, group }) => status === 'pending' && group === 'discussed')?.id ?? 'none';
  if (who === 0) {
    return { deed: { kind: 'conclude', items: [pending], text: mark, seconds: 1800 }, claim: { what: `conclusion ${mark}`, holds: (of) => Object.values(of.conclusions).some(({ text }) => text === mark) && has(of, (text) => text.includes(mark)) } };
  }
  if (who === 1) {
    return Number(mark.slice(-1)) % 2 === 0
      ? { deed: { kind: 'putItem', item: null, number: mark, title: mark, group: 'discussed', minutes: 5, documents: [] }, claim: { what: `item ${mark}`, holds: (of) => Object.values(of.items).some(({ number }) => number === mark) } }
      : { deed: { kind: 'write', after: null, text: mark }, claim: { what: `record ${mark}`, holds: (of) => has(of, (text) => text === mark) } };
  }
  return Number(mark.slice(-1)) % 2 === 0
    ? { deed: { kind: 'raise', capacity: 'group', onBehalfOf: mark }, claim: { what: `list ${mark}`, holds: (of) => of.list.entries.some(({ onBehalfOf }) => onBehalfOf === mark) } }
    : { deed: { kind: 'comment', item, text: mark }, claim: { what: `comment ${mark}`, holds: (of) => Object.values(of.items).some(({ comments }) => comments.some(({ text }) => text === mark)) && has(of, (text) => text.includes(mark)) } };
}

it(`loses nothing that was acknowledged when the server is killed ${CRASHES} times in the middle of it`, async () => {
  const random = new Random(2026);
  let server = await boot(true);
  const { tokens } = server;
  const session = await createSession(server.url, tokens[1] ?? '');
  const claims: Claim[] = [];
  let marks = 0;
  for (let crash = 0; crash <= CRASHES; crash += 1) {
    const clients = await Promise.all(tokens.map((token) => PlenaryTestClient.join({ port: server.port, token, session })));
    for (const client of clients) await soon(() => client.state, 'everybody is told the state').not.toBeNull();
    const [chair, staff] = clients;
    const state = chair?.state;
    if (chair === undefined || staff === undefined || state === null || state === undefined) throw new Error('nobody joined');
    expect(claims.filter(({ holds }) => !holds(state)).map(({ what }) => what), `after crash ${crash}`).toEqual([]);
    if (crash === CRASHES) break;
    if (crash === 0) {
      await chair.act({ kind: 'preside' });
      await chair.act({ kind: 'status', status: 'open' });
      await staff.act({ kind: 'putItem', item: null, number: 'A-1', title: 'Approved', group: 'approved', minutes: 0, documents: [] });
    }
    let over = false;
    // Everybody does one thing after the other, as fast as they are answered, until there is no answer any more.
    clients.forEach((client, who) => void (async () => {
      while (!over) {
        marks += 1;
        const { deed, claim } = deedOf(who, `mark-${marks}`, client.state ?? state);
        if (await client.act(deed) === null) claims.push(claim);
        await new Promise((resolve) => { setTimeout(resolve, 20 + random.below(60)); });
      }
    })());
    const before = claims.length;
    await soon(() => claims.length, 'deeds are acknowledged').toBeGreaterThan(before + 3);
    await new Promise((resolve) => { setTimeout(resolve, random.below(250)); });
    await kill(server);
    over = true;
    server = await boot(false);
  }
  await kill(server);
  console.log(`${claims.length} acknowledged deeds, ${CRASHES} crashes, nothing lost`);
  expect(claims.length).toBeGreaterThan(CRASHES * 4);
}, 600_000);
