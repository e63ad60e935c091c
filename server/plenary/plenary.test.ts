import { beforeEach, describe, expect, it } from 'vitest';
import { HELD_MS } from '../../shared/protocol/plenary/vocabulary.ts';
import { PlenaryHall, person } from '../../tests/support/plenary-hall.ts';
import type { Delegate } from '../../tests/support/plenary-hall.ts';

const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;

let hall: PlenaryHall;
let chair: Delegate;
let staff: Delegate;
let ama: Delegate;
let ben: Delegate;

beforeEach(async () => {
  hall = await PlenaryHall.open();
  chair = await hall.join(person('chair', 'chair', 'Switzerland'));
  staff = await hall.join(person('staff', 'secretariat', 'Secretariat'));
  ama = await hall.join(person('ama', 'delegate', 'Ghana'));
  ben = await hall.join(person('ben', 'delegate', 'Benin'));
  for (const each of [chair, staff, ama, ben]) await hall.listen(each);
  await hall.act(chair, { kind: 'preside' });
  await hall.act(chair, { kind: 'status', status: 'open' });
});

async function firstEntry(): Promise<string> {
  await hall.settled();
  return hall.state.list.entries[0]?.id ?? 'none';
}

async function give(to: Delegate): Promise<void> {
  await hall.act(to, { kind: 'raise', ...OWN });
  await hall.act(chair, { kind: 'give', entry: hall.state.list.entries.find(({ speaker }) => speaker.person === to.id)?.id ?? 'none' });
}

describe('the floor', () => {
  it('opens one microphone, for everybody, and closes it with the turn', async () => {
    await give(ama);
    expect(hall.heardBy('ben')).toEqual(['ama']);
    expect(hall.heardBy('chair')).toEqual(['ama']);
    expect(hall.heardBy('ama')).toEqual([]);
    expect(await hall.act(ama, { kind: 'yield' })).toBeNull();
    expect(hall.heardBy('ben')).toEqual([]);
    const facts = Object.values(hall.state.record).map(({ fact }) => fact);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'floor', cause: 'list', speaker: expect.objectContaining({ name: 'Name of ama', entity: 'Ghana' }) as unknown, endedAt: expect.any(Number) as number }));
  });

  it('is given by chair and secretariat, and by nobody else', async () => {
    await hall.act(ama, { kind: 'raise', ...OWN });
    const entry = await firstEntry();
    expect(await hall.act(ben, { kind: 'give', entry })).toBe('NOT_OFFICER');
    expect(await hall.act(ama, { kind: 'give', entry })).toBe('NOT_OFFICER');
    expect(await hall.act(staff, { kind: 'give', entry })).toBeNull();
  });

  it('interrupts for a point of order, keeps the clock of who was interrupted, and gives the floor back', async () => {
    await give(ama);
    hall.now += 40_000;
    expect(await hall.act(ben, { kind: 'move', motion: 'pointOfOrder', text: '' })).toBeNull();
    const motion = hall.state.motions[0]?.id ?? 'none';
    await hall.act(chair, { kind: 'hear', motion });
    expect(hall.heardBy('ama')).toEqual(['ben']);
    expect(hall.heardBy('ben')).toEqual([]);
    expect(hall.state.floor.interrupted[0]).toMatchObject({ speaker: { person: 'ama' }, runningSince: null });
    expect(hall.state.floor.interrupted[0]?.usedMs).toBeGreaterThanOrEqual(40_000);
    expect(await hall.act(ben, { kind: 'settle', motion, outcome: 'upheld' })).toBe('NOT_CHAIR');
    await hall.act(chair, { kind: 'settle', motion, outcome: 'upheld' });
    expect(hall.heardBy('ama')).toEqual([]);
    await hall.act(chair, { kind: 'giveBack' });
    expect(hall.heardBy('ben')).toEqual(['ama']);
    expect(hall.state.floor.turn?.usedMs).toBeGreaterThanOrEqual(40_000);
  });

  it('goes back by itself to whom the chair interrupted', async () => {
    await give(ama);
    await hall.act(chair, { kind: 'take' });
    expect(hall.heardBy('ama')).toEqual(['chair']);
    await hall.act(chair, { kind: 'yield' });
    expect(hall.heardBy('ben')).toEqual(['ama']);
  });

  it('is muted for all, and for one, whoever has it', async () => {
    await give(ama);
    await hall.act(staff, { kind: 'muteAll', on: true });
    expect(hall.heardBy('ben')).toEqual([]);
    await hall.act(staff, { kind: 'muteAll', on: false });
    expect(hall.heardBy('ben')).toEqual(['ama']);
    await hall.act(chair, { kind: 'mute', person: 'ama', on: true });
    expect(hall.heardBy('ben')).toEqual([]);
    expect(hall.state.floor.turn?.speaker.person).toBe('ama');
  });

  it('is held for two minutes when the line drops, with the clock standing still, and gone after that', async () => {
    await give(ama);
    hall.now += 10_000;
    hall.drop(ama);
    await hall.settled();
    expect(hall.heardBy('ben')).toEqual([]);
    await hall.wait(HELD_MS - 5000);
    expect(hall.state.floor.turn).toMatchObject({ speaker: { person: 'ama' }, runningSince: null });
    expect(hall.state.floor.turn?.usedMs).toBeLessThan(12_000);
    const back = await hall.join(person('ama', 'delegate', 'Ghana'));
    await hall.listen(back);
    expect(hall.heardBy('ben')).toEqual(['ama']);
    hall.drop(back);
    await hall.settled();
    await hall.wait(HELD_MS + 1);
    expect(hall.state.floor.turn).toBeNull();
  });
});

describe('a microphone that comes back', () => {
  it('is heard again when its owner hung up and offered anew, with the floor all the while', async () => {
    await give(ama);
    hall.send(ama, 'mediaLeave', {});
    await hall.settled();
    expect(hall.heardBy('ben')).toEqual([]);
    await hall.listen(ama);
    expect(hall.heardBy('ben')).toEqual(['ama']);
  });
});

describe('the list', () => {
  it('takes each delegation once a capacity, in the order of raising, and closes', async () => {
    expect(await hall.act(ama, { kind: 'raise', ...OWN })).toBeNull();
    expect(await hall.act(ama, { kind: 'raise', ...OWN })).toBe('ON_LIST');
    expect(await hall.act(ama, { kind: 'raise', capacity: 'group', onBehalfOf: '' })).toBe('CAPACITY_UNNAMED');
    expect(await hall.act(ama, { kind: 'raise', capacity: 'group', onBehalfOf: 'African Telecommunications Union' })).toBeNull();
    expect(await hall.act(ben, { kind: 'raise', ...OWN })).toBeNull();
    expect(hall.state.list.entries.map(({ speaker, onBehalfOf }) => [speaker.entity, onBehalfOf])).toEqual([['Ghana', ''], ['Ghana', 'African Telecommunications Union'], ['Benin', '']]);
    await hall.act(chair, { kind: 'list', open: false });
    await hall.act(ben, { kind: 'lower' });
    expect(await hall.act(ben, { kind: 'raise', ...OWN })).toBe('LIST_CLOSED');
    expect(await hall.act(ben, { kind: 'askReply', ...OWN })).toBeNull();
    expect(hall.state.list.entries.at(-1)).toMatchObject({ kind: 'reply', speaker: { entity: 'Benin' } });
  });

  it('orders motions by precedence, whenever they were raised', async () => {
    await hall.act(ama, { kind: 'move', motion: 'closeDebate', text: '' });
    await hall.act(ben, { kind: 'move', motion: 'suspendMeeting', text: '' });
    await hall.act(ama, { kind: 'move', motion: 'pointOfOrder', text: '' });
    expect(hall.state.motions.map(({ kind }) => kind)).toEqual(['pointOfOrder', 'suspendMeeting', 'closeDebate']);
    expect(await hall.act(ama, { kind: 'move', motion: 'pointOfOrder', text: '' })).toBe('MOTION_PENDING');
  });
});

describe('seats', () => {
  it('lets three of a delegation take part, the others follow, and change places', async () => {
    const others = [];
    for (const id of ['ama2', 'ama3', 'ama4']) others.push(await hall.join(person(id, 'delegate', 'Ghana')));
    const [, , fourth] = others;
    if (fourth === undefined) throw new Error('nobody joined');
    expect(hall.state.seats['Ghana']?.active).toEqual(['ama', 'ama2', 'ama3']);
    expect(await hall.act(fourth, { kind: 'raise', ...OWN })).toBe('NOT_ACTIVE');
    expect(await hall.act(fourth, { kind: 'takeSeat' })).toBe('SEATS_FULL');
    expect(await hall.act(ama, { kind: 'giveSeat', person: 'ben' })).toBe('NOT_YOUR_DELEGATION');
    expect(await hall.act(ama, { kind: 'giveSeat', person: 'ama4' })).toBeNull();
    expect(await hall.act(fourth, { kind: 'raise', ...OWN })).toBeNull();
    expect(await hall.act(ama, { kind: 'move', motion: 'other', text: '' })).toBe('NOT_ACTIVE');
  });
});

describe('conclusions', () => {
  async function item(group: 'discussed' | 'noted' | 'approved' = 'discussed', number = 'PL-1'): Promise<string> {
    await hall.act(staff, { kind: 'putItem', item: null, number, title: 'Report', group, minutes: 10, documents: [] });
    return Object.values(hall.state.items).find((each) => each.number === number)?.id ?? 'none';
  }

  it('stand when the window has passed without an objection, and not before', async () => {
    const id = await item();
    await hall.act(chair, { kind: 'conclude', items: [id], text: 'The Council proposes to note the report.', seconds: 30 });
    await hall.wait(29_000);
    expect(Object.values(hall.state.conclusions)[0]?.status).toBe('window');
    await hall.wait(2000);
    expect(Object.values(hall.state.conclusions)[0]?.status).toBe('standing');
    expect(hall.state.items[id]?.status).toBe('concluded');
    expect(await hall.act(ama, { kind: 'object', conclusion: Object.keys(hall.state.conclusions)[0] ?? '', reason: '' })).toBe('WINDOW_OVER');
  });

  it('are deferred by one objection or one request to postpone, of a member state', async () => {
    const [one, two] = [await item('noted', 'N-1'), await item('discussed', 'PL-2')];
    await hall.act(chair, { kind: 'conclude', items: [one], text: 'Noted.', seconds: 30 });
    await hall.act(chair, { kind: 'conclude', items: [two], text: 'Agreed.', seconds: 30 });
    const [first, second] = Object.keys(hall.state.conclusions);
    const observer = await hall.join(person('obs', 'observer', 'Nordlys', { entityType: 'sector-member' }));
    expect(await hall.act(observer, { kind: 'object', conclusion: first ?? '', reason: 'No' })).toBe('NOT_MEMBER_STATE');
    expect(await hall.act(ama, { kind: 'object', conclusion: first ?? '', reason: 'Paragraph 3' })).toBeNull();
    expect(await hall.act(ben, { kind: 'postpone', conclusion: second ?? '', reason: '' })).toBeNull();
    expect(hall.state.conclusions[first ?? '']).toMatchObject({ status: 'objected', by: { entity: 'Ghana' }, reason: 'Paragraph 3' });
    expect(hall.state.conclusions[second ?? '']?.status).toBe('postponed');
    expect([hall.state.items[one]?.status, hall.state.items[two]?.status]).toEqual(['deferred', 'deferred']);
    expect(await hall.act(chair, { kind: 'conclude', items: [one], text: 'Again', seconds: 30 })).toBe('ITEM_STATE');
  });

  it('hold the rules of the four groups', async () => {
    const [noted, approved, discussed] = [await item('noted', 'N-1'), await item('approved', 'A-1'), await item('discussed', 'D-1')];
    expect(await hall.act(ama, { kind: 'comment', item: noted, text: 'x' })).toBe('ITEM_GROUP');
    expect(await hall.act(ama, { kind: 'comment', item: approved, text: '政'.repeat(751) })).toBe('TEXT_TOO_LONG');
    expect(await hall.act(ama, { kind: 'comment', item: approved, text: 'x'.repeat(1500) })).toBeNull();
    expect(await hall.act(ama, { kind: 'contribute', item: approved, text: 'x' })).toBe('ITEM_GROUP');
    expect(await hall.act(ama, { kind: 'contribute', item: discussed, text: 'x'.repeat(6000) })).toBeNull();
    expect(await hall.act(ben, { kind: 'moveItem', item: noted, to: 'discussed' })).toBeNull();
    expect(await hall.act(ben, { kind: 'moveItem', item: noted, to: 'noted' })).toBe('ITEM_GROUP');
    expect(await hall.act(ben, { kind: 'moveItem', item: approved, to: 'deferred' })).toBeNull();
    expect(Object.values(hall.state.record).filter(({ fact }) => fact.kind === 'moved')).toHaveLength(2);
  });
});

describe('a closed part', () => {
  it('is neither seen nor heard outside, technicians included unless they are admitted', async () => {
    const tech = await hall.join(person('tech', 'technician', 'Secretariat'));
    const guest = await hall.join(person('guest', 'guest', 'Forum', { entityType: 'organisation' }));
    for (const each of [tech, guest]) await hall.listen(each);
    await give(ama);
    expect(hall.heardBy('tech')).toEqual(['ama']);
    await hall.act(chair, { kind: 'closedPart', on: true });
    expect(tech.last('outside')).toBeDefined();
    const before = tech.seq;
    await give(ben);
    await hall.act(staff, { kind: 'putItem', item: null, number: 'C-1', title: 'Secret', group: 'discussed', minutes: 0, documents: [] });
    expect(hall.heardBy('ama')).toEqual(['ben']);
    expect([hall.heardBy('tech'), hall.heardBy('guest')]).toEqual([[], []]);
    expect(tech.seq).toBe(before);
    expect(await hall.act(tech, { kind: 'raise', ...OWN })).toBe('SESSION_CLOSED');
    hall.send(tech, 'mediaOffer', { sdp: 'slots=2' });
    await hall.settled();
    expect(hall.heardBy('tech')).toEqual([]);
    await hall.act(chair, { kind: 'admit', person: 'tech', on: true });
    await hall.listen(tech);
    expect(tech.state?.meeting.closed).toBe(true);
    expect(hall.heardBy('tech')).toEqual(['ben']);
    await hall.act(chair, { kind: 'closedPart', on: false });
    await hall.settled();
    expect(guest.state?.meeting.closed).toBe(false);
    expect(Object.values(guest.state?.items ?? {})).toEqual([]);
    expect(Object.values(guest.state?.record ?? {}).filter(({ closed }) => closed)).toEqual([]);
    expect(Object.values(ama.state?.items ?? {}).map(({ title }) => title)).toEqual(['Secret']);
    expect(JSON.stringify(guest.all('patch'))).not.toContain('Secret');
  });

  it('shows those who wait outside to whoever conducts, and to nobody else', async () => {
    const tech = await hall.join(person('tech', 'technician', 'Secretariat'));
    for (const each of [chair, ama]) hall.send(each, 'watchPeople', { on: true });
    await hall.act(chair, { kind: 'closedPart', on: true });
    await hall.wait(1000);
    const waiting = (who: Delegate): readonly string[] => who.last('attendance')?.waiting.map(({ id }) => id) ?? [];
    expect(waiting(chair)).toEqual(['tech']);
    const guest = await hall.join(person('guest', 'guest', 'Forum', { entityType: 'organisation' }));
    await hall.wait(1000);
    expect(waiting(chair)).toEqual(['tech', 'guest']);
    hall.send(staff, 'watchPeople', { on: true });
    expect(waiting(staff)).toEqual(['tech', 'guest']);
    expect(chair.last('attendance')?.people.map(({ id }) => id)).not.toContain('tech');
    await hall.act(chair, { kind: 'admit', person: 'tech', on: true });
    hall.drop(guest);
    await hall.wait(1000);
    expect(waiting(chair)).toEqual([]);
    expect(chair.last('attendance')?.people.map(({ id }) => id)).toContain('tech');
    expect(chair.last('attendance')?.people.map(({ id }) => id)).not.toContain('guest');
    for (const each of [ama, tech, ben]) expect(each.all('attendance').flatMap((told) => told.waiting)).toEqual([]);
  });

  it('keeps newcomers out as well, and says nothing to them', async () => {
    await hall.act(chair, { kind: 'closedPart', on: true });
    const guest = await hall.join(person('guest', 'guest', 'Forum', { entityType: 'organisation' }));
    expect(guest.last('welcome')).toBeUndefined();
    expect(guest.last('attendance')).toBeUndefined();
    expect(guest.last('outside')).toEqual({ session: hall.id });
  });
});

describe('questions', () => {
  it('are the asker’s and the secretariat’s until they are published', async () => {
    await hall.act(staff, { kind: 'putItem', item: null, number: 'N-1', title: 'Report', group: 'noted', minutes: 0, documents: [] });
    const item = Object.keys(hall.state.items)[0] ?? '';
    await hall.act(ama, { kind: 'ask', item, text: 'Which year?' });
    const id = Object.keys(hall.state.questions)[0] ?? '';
    expect(ben.state?.questions).toEqual({});
    expect(ama.state?.questions[id]?.text).toBe('Which year?');
    expect(await hall.act(ben, { kind: 'answer', question: id, text: 'x', published: true })).toBe('NOT_OFFICER');
    await hall.act(staff, { kind: 'answer', question: id, text: '2019', published: true });
    expect(ben.state?.questions[id]).toMatchObject({ answer: '2019', published: true });
  });
});

describe('writing down', () => {
  it('refuses what cannot be written down, and is as it was', async () => {
    hall.store.failing = true;
    expect(await hall.act(ama, { kind: 'raise', ...OWN })).toBe('INTERNAL');
    expect(hall.state.list.entries).toEqual([]);
    hall.store.failing = false;
    expect(await hall.act(ama, { kind: 'raise', ...OWN })).toBeNull();
  });

  it('does a deed that is sent twice once', async () => {
    const deed = { deed: { kind: 'ask', item: 'none', text: 'x' }, nonce: 'same' } as const;
    await hall.act(staff, { kind: 'putItem', item: null, number: 'N-1', title: 'Report', group: 'noted', minutes: 0, documents: [] });
    const item = Object.keys(hall.state.items)[0] ?? '';
    for (let i = 0; i < 2; i += 1) {
      hall.send(ama, 'deed', { ...deed, deed: { ...deed.deed, item } });
      await hall.settled();
    }
    expect(Object.keys(hall.state.questions)).toHaveLength(1);
    expect(ama.all('done').filter(({ nonce }) => nonce === 'same')).toHaveLength(2);
  });

  it('takes a session up after a restart, with windows prolonged and no clock running', async () => {
    await give(ama);
    hall.now += 20_000;
    await hall.act(staff, { kind: 'putItem', item: null, number: 'N-1', title: 'Report', group: 'noted', minutes: 0, documents: [] });
    await hall.act(chair, { kind: 'conclude', items: [Object.keys(hall.state.items)[0] ?? ''], text: 'Noted.', seconds: 60 });
    const left = Object.values(hall.state.conclusions)[0]?.closesAt ?? 0;
    const again = await PlenaryHall.open({ store: hall.store, id: hall.id, now: hall.now + 600_000 });
    expect(again.state.floor.turn).toMatchObject({ speaker: { person: 'ama' }, runningSince: null });
    expect(Object.values(again.state.conclusions)[0]).toMatchObject({ status: 'window', closesAt: left + 600_000 });
    expect(again.state.record).toEqual(hall.state.record);
  });

  it('holds the places of those who were there before a restart, for two minutes', async () => {
    await give(ama);
    await hall.act(ben, { kind: 'raise', ...OWN });
    const again = await PlenaryHall.open({ store: hall.store, id: hall.id, now: hall.now + 5000 });
    await again.join(person('ben', 'delegate', 'Benin'));
    await again.wait(HELD_MS - 1000);
    expect(again.state.floor.turn?.speaker.person).toBe('ama');
    await again.wait(2000);
    expect(again.state.floor.turn).toBeNull();
    expect(again.state.list.entries.map(({ speaker }) => speaker.person)).toEqual(['ben']);
    expect(Object.keys(again.state.seats)).toEqual(['Benin']);
  });
});

describe('what a delegation missed', () => {
  it('is noted when all of it was cut off', async () => {
    await hall.act(staff, { kind: 'putItem', item: null, number: 'N-1', title: 'Report', group: 'noted', minutes: 0, documents: [] });
    const item = Object.keys(hall.state.items)[0] ?? '';
    hall.drop(ama);
    await hall.settled();
    await hall.act(chair, { kind: 'openItem', item });
    await hall.wait(5000);
    const back = await hall.join(person('ama', 'delegate', 'Ghana'));
    expect(hall.state.missed).toEqual([expect.objectContaining({ entity: 'Ghana', items: [item] })]);
    await hall.act(chair, { kind: 'endItem' });
    expect(await hall.act(back, { kind: 'askReturn', item })).toBeNull();
    await hall.act(chair, { kind: 'openItem', item });
    expect(Object.values(hall.state.record).map(({ fact }) => fact)).toContainEqual({ kind: 'returned', number: 'N-1', entity: 'Ghana' });
  });
});
