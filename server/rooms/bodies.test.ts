import { describe, expect, it } from 'vitest';
import { emptyBody } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
import { ARM, LEAN } from '../../shared/rules/reach.ts';
import { FakeVenue, row } from '../../tests/support/fake-venue.ts';
import type { Guest, SeenPose } from '../../tests/support/fake-venue.ts';
import { roomServices, testLayout } from '../../tests/support/venue.ts';
import { MIDDLE_PEOPLE, NEAR_PEOPLE } from './viewer.ts';

/** Long enough that everybody's first pose is sent and every ranking is renewed. */
const SETTLED = 25;

/** Somebody upright, whose right hand is `up` metres above the floor. */
function body(up = 1): Body {
  const made = emptyBody();
  Object.assign(made.head, { x: 0, y: 1.6, z: 0 });
  Object.assign(made.left, { x: 0.3, y: 1, z: 0.2, shape: 'open' });
  Object.assign(made.right, { x: -0.3, y: up, z: 0.2, shape: 'grip' });
  return made;
}

/** What a viewer was sent of somebody, oldest first. */
function told(viewer: Guest, of: Guest): SeenPose[] {
  return viewer.line.frames.flatMap(({ records }) => records).filter(({ index }) => index === of.person.index);
}

describe('a person in a headset', () => {
  it('is shown with head and hands at once to those near, who are told 20 times a second of a hand that moves', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = await row(fake, 2) as [Guest, Guest];
    fake.wear(ann, body());
    fake.tick();
    expect(told(ben, ann)).toHaveLength(1);
    expect(told(ben, ann)[0]?.body?.right).toMatchObject({ x: expect.closeTo(-0.3, 2) as number, y: expect.closeTo(1, 2) as number, shape: 'grip' });
    fake.tick(20);
    expect(told(ben, ann), 'nothing has moved').toHaveLength(1);
    ben.line.clear();
    for (let i = 1; i <= 20; i += 1) {
      fake.wear(ann, body(1 + i / 100));
      fake.tick();
    }
    expect(told(ben, ann).map((pose) => pose.body?.right.y.toFixed(2))).toEqual(Array.from({ length: 20 }, (_, i) => (1 + (i + 1) / 100).toFixed(2)));
    expect(told(ann, ann)).toEqual([]);
  });

  it('costs those farther off nothing, and tells them nothing', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, NEAR_PEOPLE + MIDDLE_PEOPLE + 20);
    const ann = guests[0] as Guest;
    for (let i = 1; i <= 40; i += 1) {
      fake.wear(ann, body(1 + (i % 30) / 100));
      fake.tick();
    }
    // In a row the nearest of somebody stand on both sides of them.
    const near = NEAR_PEOPLE / 2;
    const times = guests.slice(1).map((guest) => told(guest, ann).length);
    expect(times.slice(0, near)).toEqual(new Array(near).fill(40));
    expect(times.slice(near)).toEqual(new Array(times.length - near).fill(0));
    fake.put(ann, 0, 0.1);
    fake.tick(SETTLED);
    for (const guest of guests.slice(near + 1)) expect(told(guest, ann).map((pose) => pose.body)).toEqual([null]);
  });

  it('comes into sight with head and hands, and whoever goes farther off is told that it is over, though nobody has moved', async () => {
    const fake = await FakeVenue.open();
    const guests = await row(fake, NEAR_PEOPLE + 2);
    const [ann, ben] = [guests[0] as Guest, guests.at(-1) as Guest];
    fake.put(ben, 200, 0);
    fake.tick(SETTLED);
    fake.wear(ann, body());
    fake.tick(SETTLED);
    ben.line.clear();
    fake.put(ben, 0, 0.5);
    fake.tick(6);
    expect(told(ben, ann).map((pose) => pose.body !== null), 'near').toEqual([true]);
    ben.line.clear();
    fake.put(ben, 200, 0);
    fake.tick(SETTLED);
    expect(told(ben, ann).map((pose) => pose.body), 'farther off').toEqual([null]);
    fake.tick(SETTLED);
    expect(told(ben, ann)).toHaveLength(1);
  });

  it('is shown to whoever comes in, and to whom a block hid them', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = await row(fake, 2) as [Guest, Guest];
    fake.wear(ann, body());
    fake.tick(2);
    const cec = await fake.join('cec');
    fake.tick();
    expect(told(cec, ann)[0]?.body?.head.y).toBeCloseTo(1.6, 2);
    fake.send(ben, 'block', { person: ann.person.id, on: true });
    ben.line.clear();
    fake.wear(ann, body(1.2));
    fake.tick(SETTLED);
    expect(told(ben, ann)).toEqual([]);
    fake.send(ben, 'block', { person: ann.person.id, on: false });
    fake.tick(SETTLED);
    expect(told(ben, ann).at(-1)?.body?.right.y).toBeCloseTo(1.2, 2);
  });

  it('is shown without them when the headset is off, and with them when it is on again in the same way', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = await row(fake, 2) as [Guest, Guest];
    for (const worn of [body(), null, body(), null]) {
      ben.line.clear();
      fake.wear(ann, worn);
      fake.tick(5);
      expect(told(ben, ann).map((pose) => pose.body !== null)).toEqual([worn !== null]);
    }
    // Off and on again between two frames of a line that was busy.
    fake.wear(ann, body());
    fake.tick(2);
    ben.line.clear();
    ben.line.busy = true;
    fake.wear(ann, null);
    fake.tick();
    fake.wear(ann, body(1.3));
    fake.tick();
    ben.line.busy = false;
    fake.tick();
    expect(told(ben, ann).at(-1)?.body?.right.y).toBeCloseTo(1.3, 2);
  });

  it('loses head and hands with the connection', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = await row(fake, 2) as [Guest, Guest];
    fake.wear(ann, body());
    fake.tick(2);
    ben.line.clear();
    fake.venue.drop(ann.presence, false);
    fake.tick(2);
    expect(ann.person.body).toBeNull();
    expect(told(ben, ann).map((pose) => pose.body)).toEqual([null]);
  });

  it('leaves them behind with the scene, and what was under way is not taken for the next', async () => {
    const fake = await FakeVenue.open(roomServices({ scenes: { garden: { layout: testLayout() } } }));
    const ann = await fake.join('ann');
    fake.wear(ann, body());
    expect(ann.person.body).not.toBeNull();
    fake.send(ann, 'jump', { kind: 'scene', id: 'garden' });
    await expect.poll(() => ann.person.scene.id).toBe('garden');
    expect(ann.person.body).toBeNull();
    fake.wear(ann, body());
    expect(ann.person.body).toBeNull();
    fake.arrive(ann);
    fake.wear(ann, body());
    expect(ann.person.body).not.toBeNull();
  });

  it('may lean and reach no farther than a person can', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    const far = body();
    Object.assign(far.head, { x: 1.2, z: 0.9 });
    Object.assign(far.right, { x: -1.2, y: 0, z: -1.2 });
    fake.wear(ann, far);
    const { head, right } = ann.person.body ?? emptyBody();
    expect(Math.hypot(head.x, head.z)).toBeCloseTo(LEAN, 6);
    expect(head.x / head.z).toBeCloseTo(1.2 / 0.9, 1);
    expect(Math.hypot(right.x - head.x, right.y - head.y, right.z - head.z)).toBeCloseTo(ARM, 6);
    expect(ann.line.of('refused')).toEqual([]);
  });

  it('does not shake while walking: a hand that stands still in the world is sent so, though footings are rounded', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = await row(fake, 2) as [Guest, Guest];
    const held = { x: 0.4, y: 1.2, z: 0.3 };
    for (let i = 0; i < 100; i += 1) {
      fake.put(ann, i * 0.0037, i * 0.0021);
      const { footing } = ann.person;
      const moving = body();
      Object.assign(moving.right, { x: held.x - footing.x, y: held.y - footing.y, z: held.z - footing.z });
      fake.wear(ann, moving);
      fake.tick();
    }
    const seen = told(ben, ann);
    expect(seen).toHaveLength(100);
    for (const { x, y, z, body: shown } of seen) {
      for (const [axis, foot] of [['x', x], ['y', y], ['z', z]] as const) expect(Math.abs(foot + (shown?.right[axis] ?? 9) - held[axis])).toBeLessThan(0.0027);
    }
  });
});
