/** A whole server in a process of its own that is there to be killed. Argument: the data folder and the assets. Says its address and the passes of those who take part as one line of JSON. */
import { startTestServer } from './server.ts';
import { TEST_SCENE } from './scene.ts';
import type { RosterEntry } from '../../server/store/store.ts';

const [dataFolder = '', assets = '', first = ''] = process.argv.slice(2);

const CAST: readonly Partial<RosterEntry>[] = [
  { role: 'chair' }, { role: 'secretariat', entity: 'Secretariat', entityType: 'secretariat' }, { entity: 'Ghana', country: 'gh' }, { entity: 'Benin', country: 'bj' }, { entity: 'Fiji', country: 'fj' },
];

const server = await startTestServer({ dataFolder, assets, env: { PLENUM_SCENE: TEST_SCENE }, logLevel: 'error' });
const tokens: string[] = [];
if (first === 'first') {
  for (const fields of CAST) tokens.push((await server.openSession((await server.invite(fields)).pass)).token);
}
console.log(JSON.stringify({ port: server.port, url: server.url, tokens }));
