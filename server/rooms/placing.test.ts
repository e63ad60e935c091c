import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { ELBOW_ROOM, TALKING_DISTANCE } from './arrivals.ts';

const gap = (one: Guest, other: Guest): number => Math.hypot(one.person.footing.x - other.person.footing.x, one.person.footing.z - other.person.footing.z);

describe('jumping', () => {
  it('leads to a place by name, looking as the place says', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.send(ann, 'jump', { kind: 'place', id: 'podium' });
    expect(ann.line.last('placed')).toEqual({ x: 30, y: 0, z: -20, yaw: 2, cause: 'jump', seat: '', seq: null, reason: null });
    fake.send(ann, 'jump', { kind: 'place', id: 'kitchen' });
    expect(ann.line.last('refused')).toEqual({ what: 'jump', reason: 'PLACE_UNKNOWN' });
    expect(ann.person.footing).toMatchObject({ x: 30, z: -20 });
  });

  it('to a person lands in front of them, face to face', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.put(ben, 20, 20, Math.PI / 2);
    fake.send(ann, 'jump', { kind: 'person', id: 'ben' });
    expect(ann.person.footing.x).toBeCloseTo(20 + TALKING_DISTANCE, 3);
    expect(ann.person.footing.z).toBeCloseTo(20, 3);
    expect(Math.sin(ann.person.yaw)).toBeCloseTo(-1, 3);
  });

  it('to a person among others still leaves everybody elbow room', async () => {
    const fake = await FakeVenue.open();
    const ben = await fake.join('ben');
    const others: Guest[] = [];
    for (let i = 0; i < 6; i += 1) {
      others.push(await fake.join(`p${i}`));
      fake.now += 2000;
      fake.send(others[i] as Guest, 'jump', { kind: 'person', id: 'ben' });
    }
    for (const one of [ben, ...others]) for (const other of others) if (one !== other) expect(gap(one, other)).toBeGreaterThanOrEqual(ELBOW_ROOM - 1e-6);
  });

  it('to somebody at a wall stays on their side of it', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.put(ben, 49.8, 0, Math.PI / 2);
    fake.send(ann, 'jump', { kind: 'person', id: 'ben' });
    expect(Math.abs(ann.person.footing.x)).toBeLessThanOrEqual(50);
    expect(gap(ann, ben)).toBeGreaterThanOrEqual(ELBOW_ROOM - 1e-6);
  });

  it('to whom one blocks, or who blocks, is as if they were not there', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.send(ann, 'block', { person: 'ben', on: true });
    fake.send(ben, 'jump', { kind: 'person', id: 'ann' });
    fake.send(ann, 'jump', { kind: 'person', id: 'ben' });
    fake.send(ann, 'jump', { kind: 'person', id: 'nobody' });
    const unknown = { what: 'jump', reason: 'PERSON_UNKNOWN' };
    expect(ben.line.of('refused')).toEqual([unknown]);
    expect(ann.line.of('refused')).toEqual([unknown, unknown]);
  });

  it('gets up from a seat', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.send(ann, 'sit', { seat: 'seat-0' });
    fake.send(ann, 'jump', { kind: 'spawn' });
    expect(ann.line.last('placed')).toMatchObject({ cause: 'jump', seat: '' });
    expect(ann.person.posture).toBe('standing');
    fake.send(ben, 'sit', { seat: 'seat-0' });
    expect(ben.person.seat).toBe('seat-0');
  });
});

describe('seats', () => {
  it('put the sitter where the seat is', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.send(ann, 'sit', { seat: 'seat-1' });
    expect(ann.line.last('placed')).toMatchObject({ x: 21, y: 0, z: 10, yaw: 0, cause: 'sit', seat: 'seat-1' });
    expect(ann.person.posture).toBe('seated');
    fake.send(ann, 'sit', { seat: 'throne' });
    expect(ann.line.last('refused')).toEqual({ what: 'sit', reason: 'SEAT_UNKNOWN' });
    expect(ann.person.seat).toBe('seat-1');
  });

  it('are free again when the sitter takes another', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    fake.send(ann, 'sit', { seat: 'seat-0' });
    fake.send(ann, 'sit', { seat: 'seat-1' });
    fake.send(ben, 'sit', { seat: 'seat-0' });
    expect([ann.person.seat, ben.person.seat]).toEqual(['seat-1', 'seat-0']);
  });

  it('let the sitter up on the floor beside them', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.send(ann, 'sit', { seat: 'seat-1' });
    fake.send(ann, 'stand', {});
    expect(ann.line.last('placed')).toMatchObject({ cause: 'stand', seat: '' });
    expect(Math.hypot(ann.person.footing.x - 21, ann.person.footing.z - 10)).toBeLessThan(1);
    expect(ann.person.posture).toBe('standing');
  });

  it('have one sitter, and sitters one seat, whatever is asked for in whatever order', async () => {
    const ask = fc.record({ who: fc.nat(4), what: fc.constantFrom('sit', 'sit', 'sit', 'stand', 'jump', 'drop', 'leave'), seat: fc.nat(4) });
    await fc.assert(fc.asyncProperty(fc.array(ask, { maxLength: 60 }), async (asks) => {
      const fake = await FakeVenue.open();
      const guests: Guest[] = [];
      for (let i = 0; i < 5; i += 1) guests.push(await fake.join(`p${i}`));
      for (const { who, what, seat } of asks) {
        fake.now += 1000;
        const guest = guests[who] as Guest;
        if (what === 'sit') fake.send(guest, 'sit', { seat: `seat-${seat}` });
        if (what === 'stand') fake.send(guest, 'stand', {});
        if (what === 'jump') fake.send(guest, 'jump', { kind: 'spawn' });
        if (what === 'drop' || what === 'leave') {
          fake.venue.drop(guest.presence, what === 'leave');
          guests[who] = await fake.join(`p${who}`);
        }
        fake.tick();
        const taken = [...fake.venue.roster].map((person) => person.seat).filter((id) => id !== '');
        expect(new Set(taken).size).toBe(taken.length);
        for (const person of fake.venue.roster) expect(person.posture === 'seated').toBe(person.seat !== '');
      }
    }), { seed: 20261121, numRuns: 100 });
  });
});
