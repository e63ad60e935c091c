import { describe, expect, it } from 'vitest';
import { TELEPORT_REACH } from '../../shared/rules/movement.ts';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { gather, hears, membersOf, standing } from '../../tests/support/talking.ts';
import { roomServices, testLayout } from '../../tests/support/venue.ts';
import { LEAVE_DISTANCE } from './talks/talks.ts';

/** Long enough to have saved up the longest teleport. */
const SAVED = 80;

async function rested(fake: FakeVenue, id = 'ann'): Promise<Guest> {
  const guest = await fake.join(id);
  fake.tick(SAVED);
  guest.line.clear();
  return guest;
}

describe('a teleport', () => {
  it('sets down where one asked for, looking as before', async () => {
    const fake = await FakeVenue.open();
    const ann = await rested(fake);
    fake.put(ann, 10, 0, 2.5);
    fake.send(ann, 'teleport', { to: [16, 0, -4] });
    expect(ann.line.sent.map(({ name }) => name)).toEqual(['placed']);
    expect(ann.line.last('placed')).toEqual({ x: 16, y: 0, z: -4, yaw: 2.5, cause: 'teleport', seat: '', seq: null, reason: null });
    expect(ann.person.footing).toMatchObject({ x: 16, z: -4 });
  });

  it.each([
    ['farther than its reach', [10 + TELEPORT_REACH + 1, 0, 0], 'NOT_REACHABLE'],
    ['off the ground', [10, 9, 0], 'NOT_REACHABLE'],
    ['nowhere at all', [Number.NaN, 0, 0], 'MESSAGE_INVALID'],
  ] as const)('to %s is refused', async (_name, to, reason) => {
    const fake = await FakeVenue.open();
    const ann = await rested(fake);
    const before = { ...ann.person.footing };
    fake.send(ann, 'teleport', { to: [...to] });
    expect(ann.line.sent).toEqual([{ name: 'refused', message: { what: 'teleport', reason } }]);
    expect(ann.person.footing).toEqual(before);
  });

  it('is never faster than running, however often it is asked for', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    for (let i = 0; i < 40; i += 1) {
      fake.now += 600;
      const { x } = ann.person.footing;
      fake.send(ann, 'teleport', { to: [x < 12 ? 15 : 10, 0, 0] });
    }
    // 24 s at 4.2 m/s, in leaps of 5 m.
    const granted = ann.line.of('placed').length;
    expect(granted).toBeGreaterThan(15);
    expect(granted).toBeLessThanOrEqual(20);
    expect(new Set(ann.line.of('refused').map(({ reason }) => reason))).toEqual(new Set(['TOO_FAST']));
  });

  it('is saved up by standing still, also before a jump', async () => {
    const fake = await FakeVenue.open();
    const ann = await rested(fake);
    fake.send(ann, 'jump', { kind: 'place', id: 'podium' });
    fake.send(ann, 'teleport', { to: [30, 0, -10] });
    expect(ann.line.last('placed').cause).toBe('teleport');
  });

  it('gets nobody off a seat, nor through a scene that they have not loaded', async () => {
    const fake = await FakeVenue.open(roomServices({ scenes: { garden: { layout: testLayout() } } }));
    const ann = await rested(fake);
    fake.send(ann, 'sit', { seat: 'seat-0' });
    fake.send(ann, 'teleport', { to: [21, 0, 12] });
    expect(ann.line.last('refused')).toEqual({ what: 'teleport', reason: 'SEATED' });
    fake.send(ann, 'jump', { kind: 'scene', id: 'garden' });
    await expect.poll(() => ann.person.scene.id).toBe('garden');
    fake.send(ann, 'teleport', { to: [12, 0, 0] });
    expect(ann.line.last('refused')).toEqual({ what: 'teleport', reason: 'NOT_ARRIVED' });
  });

  it('leads into no room that is closed to one, and into one that is closed to others', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await rested(fake), await rested(fake, 'ben')];
    for (const guest of [ann, ben]) fake.put(guest, 2, 0);
    ann.person.scene.setDoors(new Map([['lounge', (who) => who === ben.person]]));
    fake.send(ann, 'teleport', { to: [-2, 0, 0] });
    fake.send(ben, 'teleport', { to: [-2, 0, 0] });
    expect([ann.line.last('refused').reason, ann.person.footing.x]).toEqual(['ROOM_BOOKED', 2]);
    expect(ben.person.footing.x).toBeCloseTo(-2, 3);
  });

  it('is not undone by the steps that were under way', async () => {
    const fake = await FakeVenue.open();
    const ann = await rested(fake);
    fake.walk(ann, { seq: 1, x: 10, z: 0 });
    fake.send(ann, 'teleport', { to: [16, 0, 0] });
    fake.now += 60;
    fake.walk(ann, { seq: 2, x: 10.1, z: 0, moving: true });
    expect(ann.person.footing.x).toBe(16);
    fake.now += 60;
    fake.walk(ann, { seq: 3, x: 16.1, z: 0, moving: true });
    expect(ann.person.footing.x).toBeCloseTo(16.1, 3);
    expect(ann.line.of('placed').map(({ cause }) => cause)).toEqual(['teleport']);
  });

  it('is heard and seen where it leads, and out of a talk it leads out of the talk, in the same call', async () => {
    const { fake, guests } = await standing('ann', 'ben', 'cec');
    const [ann, ben, cec] = guests as [Guest, Guest, Guest];
    gather(fake, ann, ben);
    fake.tick(SAVED);
    expect(membersOf(ben)).toEqual(['ann', 'ben']);
    cec.line.clear();
    const { x, z } = ben.person.footing;
    fake.send(ben, 'teleport', { to: [x + LEAVE_DISTANCE + 2, 0, z] });
    expect(ben.line.last('placed').cause).toBe('teleport');
    expect([ben.line.last('talk').why, hears(fake, ben), ben.person.mic]).toEqual(['walkedOut', [], 'muted']);
    fake.tick();
    expect(cec.line.frames.flatMap(({ records }) => records).findLast(({ index }) => index === ben.person.index)?.x).toBeCloseTo(x + LEAVE_DISTANCE + 2, 1);
  });
});
