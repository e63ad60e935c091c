import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../../tests/support/fake-venue.ts';
import type { Guest } from '../../../tests/support/fake-venue.ts';
import { Random } from '../../../tests/support/random.ts';
import { Witness, objection } from '../../../tests/support/talk-oracle.ts';
import { roomServices, testLayout } from '../../../tests/support/venue.ts';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import type { Meeting } from '../services.ts';

const MINUTE = 60_000;
const SLOTS = 4;
const lounge = { scene: 'geneva', space: 'lounge' };
const seat = (id: string, x: number, space: string) => ({ id, position: [x, 0, 10] as [number, number, number], yaw: 0, height: 0.45, space });
/** The lounge, x below 0, can be booked; the wall between it and the hall lets voices through. */
const layout = testLayout({
  seats: [seat('seat-0', 20, 'hall'), seat('sofa', -20, 'lounge')],
  spaces: testLayout().spaces.map((space, i, all) => ({ ...space, openings: [{ to: all[1 - i]?.id ?? '', position: [0, 1, 0], lossDecibels: 0 }] })),
});

class Stage {
  readonly fake: FakeVenue;

  private constructor(fake: FakeVenue) {
    this.fake = fake;
  }

  static async open(): Promise<Stage> {
    return new Stage(await FakeVenue.open(roomServices({ layout, scenes: { garden: { layout: testLayout() } } })));
  }

  get meetings() {
    return this.fake.services.meetings;
  }

  /** Moves the calendar, and lets the venue look at it. */
  at(minutes: number): void {
    this.meetings.time = minutes * MINUTE;
    this.fake.tick(20);
  }

  /** From minute 30 to 60, organised by ann, with ben. */
  book(change: Partial<Meeting> = {}): void {
    this.meetings.set('m', { organiser: 'ann', people: ['ben'], room: lounge, start: 30 * MINUTE, end: 60 * MINUTE, ...change });
  }

  async come(...ids: readonly string[]): Promise<Guest[]> {
    const guests = [];
    for (const id of ids) {
      const guest = await this.fake.join(id, { slots: SLOTS });
      this.fake.send(guest, 'mediaOffer', { sdp: `slots=${SLOTS}` });
      await this.settle();
      guests.push(guest);
    }
    return guests;
  }

  settle(): Promise<void> {
    return new Promise((resolve) => { setImmediate(resolve); });
  }

  /** One step, as far as can be walked at once. @returns where they are then */
  step(guest: Guest, x: number): number {
    const { person } = guest;
    this.fake.now += 500;
    this.fake.walk(guest, { seq: person.lastSeq + 1, x, y: 0, z: person.footing.z, moving: true });
    this.fake.tick();
    return person.footing.x;
  }

  speak(...guests: readonly Guest[]): void {
    for (const { person, presence, line } of guests) this.fake.send({ person, presence, line }, 'mic', { state: 'live', audience: person.talk === null ? '' : `talk:${person.talk.id}` });
    this.fake.tick(8);
  }

  heardBy(id: string): string[] {
    return this.fake.services.relay.heardBy(id);
  }
}

function refused({ line }: Guest, what: string): Reason | undefined {
  return line.of('refused').findLast((each) => each.what === what)?.reason;
}

describe('the door of a booked room', () => {
  it('lets nobody in who is not invited, however they try, from ten minutes before', async () => {
    const stage = await Stage.open();
    const [ann, cec] = await stage.come('ann', 'cec') as [Guest, Guest];
    stage.book();
    stage.at(19);
    stage.fake.put(cec, 1, 0);
    expect(stage.step(cec, -0.5)).toBeCloseTo(-0.5);
    expect(stage.step(cec, 0.5)).toBeCloseTo(0.5);
    stage.at(20);
    expect(cec.line.last('closedSpaces')).toEqual({ scene: 'geneva', spaces: ['lounge'] });
    expect(ann.line.last('closedSpaces')).toEqual({ scene: 'geneva', spaces: [] });
    expect(stage.step(cec, -0.5)).toBeCloseTo(0.5);
    stage.fake.send(ann, 'jump', { kind: 'place', id: 'lounge' });
    expect(ann.person.footing.x).toBeLessThan(0);
    for (const to of [{ kind: 'place', id: 'lounge' }, { kind: 'person', id: 'ann' }] as const) {
      stage.fake.send(cec, 'jump', to);
      expect([to, refused(cec, 'jump')]).toEqual([to, 'ROOM_BOOKED']);
    }
    stage.fake.send(cec, 'sit', { seat: 'sofa' });
    stage.fake.send(cec, 'attend', { booking: 'm' });
    expect([refused(cec, 'sit'), refused(cec, 'attend'), cec.person.footing.x > 0]).toEqual(['ROOM_BOOKED', 'BOOKING_UNKNOWN', true]);
    stage.at(60);
    expect(cec.line.last('closedSpaces').spaces).toEqual([]);
    expect(stage.step(cec, -0.5)).toBeCloseTo(-0.5);
  });

  it('leads out who is in it: told ten minutes before, outside at the start', async () => {
    const stage = await Stage.open();
    const [cec] = await stage.come('cec') as [Guest];
    stage.fake.send(cec, 'sit', { seat: 'sofa' });
    stage.book();
    stage.at(20);
    expect(cec.line.of('roomNews')).toEqual([{ kind: 'closing', ...lounge, minutes: 10 }]);
    stage.at(29.9);
    expect([cec.person.seat, cec.line.of('roomNews').length]).toEqual(['sofa', 1]);
    stage.at(30);
    expect([cec.person.seat, cec.person.footing.x > 0, cec.line.last('roomNews').kind]).toEqual(['', true, 'ledOut']);
  });

  it('follows late invitations, changes and cancellation at once', async () => {
    const stage = await Stage.open();
    const [ben, cec] = await stage.come('ben', 'cec') as [Guest, Guest];
    stage.book();
    stage.at(31);
    stage.fake.send(ben, 'attend', { booking: 'm' });
    expect(ben.person.talk?.meeting?.booking).toBe('m');
    stage.book({ people: ['cec'] });
    expect([ben.person.talk, ben.person.footing.x > 0, ben.line.last('talk').why]).toEqual([null, true, 'removed']);
    expect([ben.line.last('closedSpaces').spaces, cec.line.last('closedSpaces').spaces]).toEqual([['lounge'], []]);
    stage.fake.send(cec, 'attend', { booking: 'm' });
    expect(cec.person.talk?.meeting?.booking).toBe('m');
    stage.book({ state: 'cancelled' });
    expect(ben.line.last('closedSpaces').spaces).toEqual([]);
    stage.fake.send(ben, 'jump', { kind: 'place', id: 'lounge' });
    expect(ben.person.footing.x).toBeLessThan(0);
  });

  it('is closed to those between whom and the organiser there is a block, and in a scene that is loaded later', async () => {
    const stage = await Stage.open();
    const [ben, cec] = await stage.come('ben', 'cec') as [Guest, Guest];
    stage.fake.send(ben, 'block', { person: 'ann', on: true });
    stage.book({ room: { scene: 'garden', space: 'lounge' } });
    stage.at(31);
    stage.fake.send(ben, 'attend', { booking: 'm' });
    expect(refused(ben, 'attend')).toBe('BOOKING_UNKNOWN');
    stage.fake.send(cec, 'jump', { kind: 'scene', id: 'garden' });
    await stage.settle();
    stage.fake.arrive(cec);
    expect(cec.line.last('closedSpaces')).toEqual({ scene: 'garden', spaces: ['lounge'] });
    stage.fake.send(cec, 'jump', { kind: 'place', id: 'lounge' });
    expect(refused(cec, 'jump')).toBe('ROOM_BOOKED');
  });

  it('is that of one meeting after the other: the next may enter when the one before is over', async () => {
    const stage = await Stage.open();
    const [ann, dan] = await stage.come('ann', 'dan') as [Guest, Guest];
    stage.book();
    stage.meetings.set('next', { organiser: 'dan', room: lounge, start: 60 * MINUTE, end: 90 * MINUTE });
    stage.at(55);
    stage.fake.send(ann, 'attend', { booking: 'm' });
    stage.fake.send(dan, 'attend', { booking: 'next' });
    expect([ann.person.talk?.meeting?.booking, refused(dan, 'attend')]).toEqual(['m', 'ROOM_BOOKED']);
    stage.at(60);
    stage.fake.send(dan, 'attend', { booking: 'next' });
    expect([ann.person.talk, ann.person.footing.x > 0, dan.person.talk?.meeting?.booking]).toEqual([null, true, 'next']);
  });
});

describe('inside', () => {
  it('nobody outside hears, nor is heard, whatever openings the room has', async () => {
    const stage = await Stage.open();
    const [ann, ben, cec] = await stage.come('ann', 'ben', 'cec') as [Guest, Guest, Guest];
    stage.fake.put(ann, -1, 0);
    stage.fake.put(ben, -1.5, 0);
    stage.fake.put(cec, 1, 0);
    stage.speak(ann, ben, cec);
    expect(stage.heardBy('cec').sort(), 'through the opening').toEqual(['ann', 'ben']);
    stage.book();
    stage.at(20);
    stage.speak(ann, ben, cec);
    expect([stage.heardBy('ann'), stage.heardBy('ben'), stage.heardBy('cec')]).toEqual([['ben'], ['ann'], []]);
    expect(ann.line.last('talk').talk).toMatchObject({ kind: 'room', booking: 'm', host: 'ann', locked: true, members: [{ id: 'ann' }, { id: 'ben' }] });
    expect(cec.line.of('domes').flatMap(({ domes }) => domes)).toEqual([]);
  });

  it('the first waits in private, and walking out is leaving', async () => {
    const stage = await Stage.open();
    const [ann, cec] = await stage.come('ann', 'cec') as [Guest, Guest];
    stage.book();
    stage.at(25);
    stage.fake.send(ann, 'attend', { booking: 'm' });
    stage.fake.put(ann, -1, 0);
    stage.fake.put(cec, 1, 0);
    stage.speak(ann);
    expect(stage.heardBy('cec')).toEqual([]);
    expect(stage.step(ann, 0.5)).toBeCloseTo(0.5);
    expect([ann.person.talk, ann.line.last('talk').why, ann.person.mic]).toEqual([null, 'walkedOut', 'muted']);
    expect(stage.step(ann, -0.5)).toBeCloseTo(-0.5);
    expect(ann.person.talk?.meeting?.booking).toBe('m');
  });

  it('leaving by button is being before the door; whoever was asked to leave does not come in again', async () => {
    const stage = await Stage.open();
    const [ann, ben] = await stage.come('ann', 'ben') as [Guest, Guest];
    stage.book();
    stage.at(31);
    for (const guest of [ben, ann]) stage.fake.send(guest, 'attend', { booking: 'm' });
    expect(ann.person.talk?.host, 'the organiser leads').toBe(ann.person);
    stage.fake.send(ben, 'talk', { kind: 'leave' });
    expect([ben.person.talk, ben.person.footing.x > 0]).toEqual([null, true]);
    stage.fake.now += 2000;
    stage.fake.send(ben, 'attend', { booking: 'm' });
    stage.fake.send(ann, 'talk', { kind: 'remove', person: 'ben' });
    expect([ben.person.talk, ben.person.footing.x > 0]).toEqual([null, true]);
    stage.fake.now += 2000;
    stage.fake.send(ben, 'attend', { booking: 'm' });
    expect([refused(ben, 'attend'), ben.line.last('closedSpaces').spaces]).toEqual(['BOOKING_UNKNOWN', ['lounge']]);
    stage.fake.send(ann, 'talk', { kind: 'invite', people: ['ben'] });
    expect(refused(ann, 'talk')).toBe('TALK_CLOSED');
  });

  it('goes on after the end until people leave, with a word five minutes before; whoever comes in then is not in it', async () => {
    const stage = await Stage.open();
    const [ann, ben, cec] = await stage.come('ann', 'ben', 'cec') as [Guest, Guest, Guest];
    stage.book();
    stage.at(31);
    for (const guest of [ann, ben]) stage.fake.send(guest, 'attend', { booking: 'm' });
    stage.at(54);
    expect(ann.line.of('roomNews')).toEqual([]);
    stage.at(55);
    stage.at(56);
    expect(ann.line.of('roomNews')).toEqual([{ kind: 'ending', ...lounge, minutes: 5 }]);
    stage.at(61);
    stage.fake.send(cec, 'jump', { kind: 'person', id: 'ann' });
    stage.speak(ann, ben, cec);
    expect([cec.person.footing.x < 0, stage.heardBy('cec'), stage.heardBy('ann'), stage.heardBy('ben')]).toEqual([true, [], ['ben'], ['ann']]);
    stage.fake.send(ben, 'jump', { kind: 'spawn' });
    stage.fake.tick();
    expect([ann.person.talk, ann.line.last('talk').why]).toEqual([null, 'over']);
  });

  it('of a virtual room members hear each other wherever they are, and nobody else does', async () => {
    const stage = await Stage.open();
    const [ann, ben, cec] = await stage.come('ann', 'ben', 'cec') as [Guest, Guest, Guest];
    stage.book({ room: null });
    stage.at(25);
    stage.fake.send(ann, 'attend', { booking: 'm' });
    stage.fake.send(ben, 'attend', { booking: 'm' });
    stage.fake.send(ben, 'jump', { kind: 'scene', id: 'garden' });
    await stage.settle();
    stage.fake.arrive(ben);
    stage.fake.put(cec, 10, 0.5);
    stage.speak(ann, ben, cec);
    expect([ann.person.talk === ben.person.talk, ben.person.scene.id, stage.heardBy('ann'), stage.heardBy('ben'), stage.heardBy('cec')]).toEqual([true, 'garden', ['ben'], ['ann'], []]);
    expect(ann.line.last('talk').talk?.kind).toBe('virtual');
    stage.fake.send(ben, 'talk', { kind: 'leave' });
    expect([ben.person.talk, ann.person.talk === null]).toEqual([null, false]);
  });
});

describe('reminders', () => {
  it('come ten minutes and one minute before, once, to those who are expected', async () => {
    const stage = await Stage.open();
    const [ann, ben, cec, dan] = await stage.come('ann', 'ben', 'cec', 'dan') as [Guest, Guest, Guest, Guest];
    stage.book({ people: ['ben', 'dan'], answers: new Map([['dan', 'declined']]) });
    stage.at(19.9);
    const due = ({ line }: Guest): number[] => line.of('bookingDue').map(({ minutes }) => minutes);
    expect([ann, ben, cec, dan].map(due)).toEqual([[], [], [], []]);
    for (const minute of [20, 21, 28, 29, 29.5, 31]) stage.at(minute);
    expect([ann, ben, cec, dan].map(due)).toEqual([[10, 1], [10, 1], [], []]);
  });

  it('come anew for another time, at once to who is invited late, and to a new connection', async () => {
    const stage = await Stage.open();
    const [ben, cec] = await stage.come('ben', 'cec') as [Guest, Guest];
    stage.book();
    stage.at(25);
    expect(ben.line.of('bookingDue')).toEqual([{ booking: 'm', minutes: 5 }]);
    stage.book({ people: ['ben', 'cec'] });
    expect([ben.line.of('bookingDue').length, cec.line.of('bookingDue')]).toEqual([1, [{ booking: 'm', minutes: 5 }]]);
    stage.book({ start: 33 * MINUTE });
    expect(ben.line.of('bookingDue').at(-1)).toEqual({ booking: 'm', minutes: 8 });
    const [again] = await stage.come('ben') as [Guest];
    expect(again.line.of('bookingDue')).toEqual([{ booking: 'm', minutes: 8 }]);
    await stage.settle();
    expect(again.line.last('bookings').bookings.map(({ id }) => id)).toEqual(['m']);
  });

  it('take one there, from another scene too, but neither early nor late', async () => {
    const stage = await Stage.open();
    const [ben] = await stage.come('ben') as [Guest];
    stage.book({ room: { scene: 'garden', space: 'lounge' } });
    stage.at(19);
    stage.fake.send(ben, 'attend', { booking: 'm' });
    expect(refused(ben, 'attend')).toBe('BOOKING_EARLY');
    stage.at(21);
    stage.fake.send(ben, 'attend', { booking: 'm' });
    await stage.settle();
    expect([ben.person.scene.id, ben.person.footing.x < 0, ben.person.talk?.meeting?.booking, ben.line.last('scene').scene.id]).toEqual(['garden', true, 'm', 'garden']);
    stage.at(61);
    const [ann] = await stage.come('ann') as [Guest];
    stage.fake.send(ann, 'attend', { booking: 'm' });
    expect(refused(ann, 'attend')).toBe('BOOKING_OVER');
  });
});

describe('whatever people do', () => {
  it.each([1, 2, 3])('nobody is forwarded to whoever may not hear them, and nobody uninvited is in the room: seed %i', async (seed) => {
    const stage = await Stage.open();
    const random = new Random(seed);
    const ids = ['ann', 'ben', 'cec', 'dan', 'eve', 'fay'];
    const crowd = (await stage.come(...ids)).map((guest) => ({ guest, witness: new Witness(guest.person.id) }));
    const tally = { judged: 0, inMeetings: 0 };
    const pick = <T>(from: readonly T[]): T => from[random.below(from.length)] as T;
    let minute = 0;
    for (let i = 0; i < 1500; i += 1) {
      const { guest, witness } = pick(crowd);
      stage.fake.now += 900;
      const dice = random.below(100);
      if (dice < 25) stage.fake.put(guest, (random.next() - 0.5) * 6, (random.next() - 0.5) * 6);
      else if (dice < 40) stage.step(guest, (random.next() - 0.5) * 4);
      else if (dice < 55) stage.fake.send(guest, 'attend', { booking: pick(['m', 'v']) });
      else if (dice < 60) stage.fake.send(guest, 'talk', { kind: 'leave' });
      else if (dice < 63) stage.fake.send(guest, 'talk', { kind: 'remove', person: pick(ids) });
      else if (dice < 67) stage.meetings.set(pick(['m', 'v']), { people: ids.filter(() => random.below(2) === 0), state: random.below(6) === 0 ? 'cancelled' : 'booked' });
      else if (dice < 71) {
        minute += 1;
        const start = (minute + random.below(20) - 5) * MINUTE;
        stage.meetings.set(pick(['m', 'v']), { organiser: pick(ids), start, end: start + 15 * MINUTE, state: 'booked' });
        const m = stage.meetings.get('m');
        if (m?.room === null) stage.meetings.set('m', { room: lounge });
      } else if (dice < 78) {
        minute += 1;
        stage.at(minute);
      } else {
        witness.opens();
        stage.fake.send(guest, 'mic', { state: 'live', audience: witness.audience });
      }
      stage.fake.tick(random.below(5) + 20 * random.below(2));
      for (const each of crowd) {
        each.witness.read(each.guest.line.sent);
        each.guest.line.clear();
      }
      for (const [key, speakerId] of stage.fake.services.relay.routes) {
        const listener = crowd.find((each) => each.witness.id === key.split(' ')[0])?.witness;
        const speaker = crowd.find((each) => each.witness.id === speakerId)?.witness;
        if (listener === undefined || speaker === undefined) continue;
        tally.judged += 1;
        if (speaker.talk !== null) tally.inMeetings += 1;
        // The wall is open here, so whose room it is decides: the oracle's wall is left out.
        expect(objection(listener, speaker, () => ({ x: 1, blocks: new Set() })), `step ${i}: ${listener.id} hears ${speaker.id}`).toBeNull();
      }
      stage.fake.tick(20);
      const m = stage.meetings.get('m');
      const time = stage.meetings.time;
      if (m === undefined || m.room === null || m.state !== 'booked' || time < m.start || time >= m.end) continue;
      for (const { guest: { person } } of crowd) {
        if (person.footing.x < 0) expect([i, person.id, m.organiser === person.id || m.people.includes(person.id), person.talk?.meeting?.booking]).toEqual([i, person.id, true, 'm']);
        else expect(person.talk?.meeting?.booking === 'm').toBe(false);
      }
    }
    expect(tally.judged).toBeGreaterThan(1000);
    expect(tally.inMeetings).toBeGreaterThan(200);
  }, 60_000);
});
