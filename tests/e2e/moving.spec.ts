/** Getting about by lists and keys alone, in the venue as text: what a delegate with a screen reader does. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Layout, Venue } from '../../shared/scene/layout.ts';
import { BrowserPerson } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const SCENE = join(ASSETS, 'scenes/geneva');

let server: TestServer;
let layout: Layout;
let venue: Venue;

test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
  layout = JSON.parse(await readFile(join(SCENE, 'layout.json'), 'utf8')) as Layout;
  venue = JSON.parse(await readFile(join(SCENE, 'venue.json'), 'utf8')) as Venue;
});
test.afterAll(() => server.stop());

test('walks to a place, jumps to another, sits down and stands up', async () => {
  const { link } = await server.invite();
  const person = await BrowserPerson.open(link);
  try {
    await person.enter(false);
    const start = (await person.diagnostics()).me;
    const distance = ([x, , z]: readonly number[]): number => Math.hypot((x ?? 0) - (start?.x ?? 0), (z ?? 0) - (start?.z ?? 0));
    const goal = layout.places.filter(({ space, position }) => space === 'lounge' && distance(position) > 5)
      .sort((a, b) => distance(a.position) - distance(b.position))[0];
    if (goal === undefined) throw new Error('the lounge has no second place');
    await person.page.getByRole('button', { name: 'Places', exact: true }).click();
    const panel = person.page.getByRole('complementary');
    await panel.getByRole('button', { name: `Walk there: ${venue.names[goal.id]?.en}` }).click();
    await person.see(({ me }) => {
      const left = Math.hypot((me?.x ?? 0) - goal.position[0], (me?.z ?? 0) - goal.position[2]);
      return left < 0.5 ? null : `${left.toFixed(1)} m from ${goal.id}, ${me?.posture}`;
    }, 40_000);

    await panel.getByRole('button', { name: `Jump there: ${venue.names['hall-podium']?.en}` }).click();
    await person.see(({ space }) => (space === 'hall' ? null : `in ${space}`));

    await person.page.keyboard.press('Escape');
    await person.page.getByRole('button', { name: 'Sit down' }).first().click();
    await person.see(({ me }) => (me?.seat !== '' && me?.posture === 'seated' ? null : 'not seated'));
    await expect(person.page.getByText('You are seated.').first()).toBeVisible();
    await person.page.getByRole('button', { name: 'Stand up' }).first().click();
    await person.see(({ me }) => (me?.seat === '' && me.posture === 'standing' ? null : 'not standing'));
    expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await person.close();
  }
});
