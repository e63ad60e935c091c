import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { CLOCK_SLACK, RUN_SPEED } from '../../shared/rules/movement.ts';

/** Joins and lets the time pass in which steps from an earlier place are ignored. */
async function walker(fake: FakeVenue): Promise<Guest> {
  const guest = await fake.join('ann');
  fake.tick(30);
  guest.line.clear();
  return guest;
}

describe('walking', () => {
  it('takes honest steps as they are and says nothing', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    const from = { ...guest.person.footing };
    for (let i = 1; i <= 40; i += 1) {
      fake.now += 50;
      fake.walk(guest, { seq: i, x: from.x + i * 0.2, z: from.z, running: true, moving: true });
    }
    expect(guest.person.footing.x).toBeCloseTo(from.x + 8, 3);
    expect(guest.person.posture).toBe('running');
    expect(guest.line.of('placed')).toEqual([]);
  });

  it('takes steps that the network held back and delivered at once', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    const from = { ...guest.person.footing };
    fake.now += 400;
    for (let i = 1; i <= 8; i += 1) fake.walk(guest, { seq: i, x: from.x + i * 0.2, z: from.z, running: true, moving: true });
    expect(guest.person.footing.x).toBeCloseTo(from.x + 1.6, 3);
    expect(guest.line.of('placed')).toEqual([]);
  });

  it('pulls back who teleports, with the step that was refused', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    const from = { ...guest.person.footing };
    fake.walk(guest, { seq: 7, x: from.x + 30, z: from.z, moving: true });
    const placed = guest.line.last('placed');
    expect(placed).toMatchObject({ cause: 'correction', seq: 7, reason: 'TOO_FAST' });
    expect(placed.x).toBeLessThan(from.x + 3);
    expect(placed.x).toBeCloseTo(guest.person.footing.x, 6);
    expect(fake.services.diagnostics.refusals.get('walk TOO_FAST')).toBe(1);
  });

  it('lets nobody cross the hall faster than running, by whatever sequence of frames', async () => {
    const step = fc.record({
      seq: fc.integer({ min: 0, max: 0xffff }), x: fc.double({ min: -60, max: 60, noNaN: true }), z: fc.double({ min: -60, max: 60, noNaN: true }),
      yaw: fc.double({ min: 0, max: 6, noNaN: true }), moving: fc.boolean(), running: fc.boolean(), wait: fc.integer({ min: 0, max: 400 }),
    });
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const fake = await FakeVenue.open();
      const guest = await fake.join('ann');
      const began = fake.now;
      let walked = 0;
      for (const { wait, ...wish } of steps) {
        fake.now += wait;
        const from = { ...guest.person.footing };
        fake.walk(guest, wish);
        walked += Math.hypot(guest.person.footing.x - from.x, guest.person.footing.z - from.z);
        expect(walked).toBeLessThanOrEqual(((fake.now - began) / 1000) * RUN_SPEED * CLOCK_SLACK + 1e-6);
      }
    }), { seed: 20261121, numRuns: 200 });
  });

  it('drops replayed and old steps', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    const { x, z } = guest.person.footing;
    fake.walk(guest, { seq: 10, x: x + 0.2, z, moving: true });
    fake.now += 50;
    fake.walk(guest, { seq: 10, x: x + 0.4, z, moving: true });
    fake.walk(guest, { seq: 9, x: x + 0.4, z, moving: true });
    fake.walk(guest, { seq: 10 + 0x9000, x: x + 0.4, z, moving: true });
    expect(guest.person.footing.x).toBeCloseTo(x + 0.2, 4);
    fake.walk(guest, { seq: 11, x: x + 0.4, z, moving: true });
    expect(guest.person.footing.x).toBeCloseTo(x + 0.4, 4);
  });

  it('ignores steps from before a jump, then answers them', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    const { x, z } = guest.person.footing;
    fake.send(guest, 'jump', { kind: 'place', id: 'podium' });
    const there = { ...guest.person.footing };
    fake.now += 100;
    fake.walk(guest, { seq: 1, x: x + 0.2, z, moving: true });
    expect(guest.person.footing).toEqual(there);
    expect(guest.line.of('placed').map(({ cause }) => cause)).toEqual(['jump']);
    fake.now += 2000;
    fake.walk(guest, { seq: 2, x: x + 0.2, z, moving: true });
    expect(guest.line.last('placed')).toMatchObject({ cause: 'correction', reason: 'TOO_FAST' });
  });

  it('keeps the seated in their seat, but lets them look around', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    fake.send(guest, 'sit', { seat: 'seat-0' });
    const { x, z } = guest.person.footing;
    fake.now += 2000;
    fake.walk(guest, { seq: 1, x: x + 0.3, z, yaw: 1, moving: true });
    expect(guest.person.footing).toMatchObject({ x, z });
    expect(guest.line.last('placed')).toMatchObject({ cause: 'correction', reason: 'SEATED', seat: 'seat-0' });
    fake.walk(guest, { seq: 2, x, z, yaw: 2 });
    expect(guest.person.yaw).toBeCloseTo(2, 3);
    expect(guest.person.posture).toBe('seated');
  });

  it('lets legs rest when steps stop coming or go nowhere', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    const { x, z } = guest.person.footing;
    fake.walk(guest, { seq: 1, x: x + 0.1, z, moving: true });
    expect(guest.person.posture).toBe('walking');
    fake.tick(10);
    expect(guest.person.posture).toBe('standing');
    fake.put(guest, 50, 0);
    fake.walk(guest, { seq: 2, x: 51, z: 0, moving: true });
    expect(guest.person.posture).toBe('standing');
  });

  it('sends corrections no faster than they can cross the wire', async () => {
    const fake = await FakeVenue.open();
    const guest = await walker(fake);
    for (let i = 1; i <= 20; i += 1) {
      fake.now += 10;
      fake.walk(guest, { seq: i, x: 45, z: 45, moving: true });
    }
    expect(guest.line.of('placed').length).toBeLessThanOrEqual(3);
  });
});
