/** What was done in a closed part is not told to those who were not there, then or later. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { AgendaItem } from '../../shared/protocol/plenary/state.ts';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import { PlenaryHall, person } from '../../tests/support/plenary-hall.ts';
import type { Delegate } from '../../tests/support/plenary-hall.ts';
import { Random } from '../../tests/support/random.ts';
import { mayRead } from './documents/access.ts';

const OWN = { capacity: 'delegation', onBehalfOf: '' } as const;
const SECRET = 'SECRET';
const PAPER = `/documents/${'a'.repeat(64)}.pdf`;
const GUEST = person('guest', 'guest', 'Forum', { entityType: 'organisation' });

let hall: PlenaryHall;
let chair: Delegate;
let staff: Delegate;
let ama: Delegate;
let guest: Delegate;

beforeEach(async () => {
  hall = await PlenaryHall.open();
  chair = await hall.join(person('chair', 'chair', 'Switzerland'));
  staff = await hall.join(person('staff', 'secretariat', 'Secretariat'));
  ama = await hall.join(person('ama', 'delegate', 'Ghana'));
  guest = await hall.join(GUEST);
  await hall.act(chair, { kind: 'preside' });
  await hall.act(chair, { kind: 'status', status: 'open' });
});

async function done(who: Delegate, deed: PlenaryDeed): Promise<void> {
  expect(await hall.act(who, deed), deed.kind).toBeNull();
}

/** Puts an item. @returns its id */
async function item(number: string, title = 'Plan', group: AgendaItem['group'] = 'discussed'): Promise<string> {
  await done(staff, { kind: 'putItem', item: null, number, title, group, minutes: 0, documents: [] });
  return Object.values(hall.state.items).find((each) => each.number === number)?.id ?? '';
}

const closedPart = (on: boolean): Promise<void> => done(chair, { kind: 'closedPart', on });
const seen = (who: Delegate, id: string): AgendaItem | undefined => who.state?.items[id];
/** Where the secret stands in all that was ever sent to somebody. */
function secretsTo(who: Delegate): readonly string[] {
  const all = JSON.stringify([who.all('welcome'), who.all('patch'), who.all('chat'), who.all('caption'), who.all('transcript')]);
  return [...all.matchAll(/.{0,300}SECRET/g)].map(([found]) => found).slice(0, 3);
}

describe('after a closed part', () => {
  it('an item that was put before it is to those outside as it was, and so is what they are told of it later', async () => {
    const plan = await item('PL-1');
    await closedPart(true);
    await done(chair, { kind: 'openItem', item: plan });
    await done(staff, { kind: 'putItem', item: plan, number: 'PL-1', title: SECRET, group: 'discussed', minutes: 0, documents: [{ symbol: SECRET, title: '', files: { en: PAPER } }] });
    await done(ama, { kind: 'contribute', item: plan, text: SECRET });
    await done(chair, { kind: 'conclude', items: [plan], text: SECRET, seconds: 15 });
    await hall.wait(16_000);
    await closedPart(false);
    await hall.settled();
    expect(seen(guest, plan)).toMatchObject({ title: 'Plan', status: 'pending', contributions: [], documents: [] });
    expect(seen(ama, plan)).toMatchObject({ title: SECRET, status: 'concluded' });
    await done(ama, { kind: 'contribute', item: plan, text: 'In the open.' });
    expect(seen(guest, plan)?.contributions.map(({ text }) => text)).toEqual(['In the open.']);
    expect(seen(ama, plan)?.contributions.map(({ text }) => text)).toEqual([SECRET, 'In the open.']);
    await done(chair, { kind: 'moveItem', item: await item('PL-2'), to: 'approved' });
    expect(secretsTo(guest)).toEqual([]);
    expect([mayRead([hall.state], { person: 'guest', ...GUEST }, PAPER), mayRead([hall.state], { person: 'ama', ...person('ama', 'delegate', 'Ghana') }, PAPER)]).toEqual([false, true]);
  });

  it('what is being dealt with, and what is no more, is everybody’s to know again', async () => {
    const [first, second] = [await item('PL-1'), await item('PL-2')];
    await done(chair, { kind: 'openItem', item: first });
    await closedPart(true);
    await done(chair, { kind: 'openItem', item: second });
    await closedPart(false);
    await hall.settled();
    expect([seen(guest, first)?.status, seen(guest, second)?.status, guest.state?.currentItem]).toEqual(['discussed', 'open', second]);
  });

  it('a conclusion that was put in it ends for those who were there', async () => {
    const plan = await item('PL-1');
    await closedPart(true);
    await done(chair, { kind: 'conclude', items: [plan], text: SECRET, seconds: 60 });
    await closedPart(false);
    await hall.wait(61_000);
    expect(Object.values(ama.state?.conclusions ?? {})).toMatchObject([{ status: 'standing' }]);
    expect([seen(ama, plan)?.status, seen(guest, plan)?.status]).toEqual(['concluded', 'pending']);
    expect(secretsTo(guest)).toEqual([]);
  });

  it('a conclusion that was put before it ends for everybody, whoever was there', async () => {
    const plan = await item('PL-1');
    await done(chair, { kind: 'conclude', items: [plan], text: 'Noted.', seconds: 15 });
    await closedPart(true);
    await hall.wait(16_000);
    await closedPart(false);
    await hall.settled();
    expect(Object.values(guest.state?.conclusions ?? {})).toMatchObject([{ status: 'standing' }]);
    expect(seen(guest, plan)?.status).toBe('concluded');
    expect(Object.values(guest.state?.record ?? {}).map(({ fact }) => fact)).toContainEqual(expect.objectContaining({ kind: 'conclusion', status: 'standing' }));
  });

  it('a motion that still waits, and an item of the closed part, stay with those who were there', async () => {
    await closedPart(true);
    const hidden = await item('C-1', SECRET);
    await done(ama, { kind: 'move', motion: 'other', text: SECRET });
    await closedPart(false);
    await hall.settled();
    await done(chair, { kind: 'openItem', item: hidden });
    await done(ama, { kind: 'ask', item: hidden, text: SECRET });
    await done(staff, { kind: 'answer', question: Object.keys(hall.state.questions)[0] ?? '', text: SECRET, published: true });
    await done(chair, { kind: 'settle', motion: ama.state?.motions[0]?.id ?? '', outcome: 'rejected' });
    await done(chair, { kind: 'moveItem', item: hidden, to: 'deferred' });
    expect(Object.values(ama.state?.questions ?? {})).toMatchObject([{ published: true }]);
    const late = await hall.join(person('late', 'observer', 'Union', { entityType: 'organisation' }));
    await hall.settled();
    for (const who of [guest, late]) {
      expect(who.state?.motions).toEqual([]);
      expect(secretsTo(who)).toEqual([]);
    }
  });
});

describe('lived at random', () => {
  it.each([1, 2, 3])('nothing that was said or written in a closed part reaches who was outside (seed %i)', async (seed) => {
    const random = new Random(seed);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random.next() * all.length)] as T;
    const id = (table: object): string => pick([...Object.keys(table), 'none']);
    let closed = false;
    for (let step = 0; step < 500; step += 1) {
      const { items, conclusions, motions, questions, record, meeting } = hall.state;
      if (meeting.status !== 'open') break;
      closed = meeting.closed;
      const text = closed ? SECRET : 'open';
      const entry = id(record);
      const documents = [{ symbol: text, title: text, files: {} }];
      const [who, deed] = pick<readonly [Delegate, PlenaryDeed]>([
        [chair, { kind: 'closedPart', on: random.next() < 0.5 }],
        [staff, { kind: 'putItem', item: random.next() < 0.4 ? null : id(items), number: text, title: text, group: pick(['discussed', 'approved'] as const), minutes: 0, documents }],
        [chair, { kind: 'openItem', item: id(items) }], [chair, { kind: 'endItem' }], [ama, { kind: 'moveItem', item: id(items), to: pick(['discussed', 'approved', 'deferred'] as const) }],
        [ama, { kind: 'contribute', item: id(items), text }], [ama, { kind: 'comment', item: id(items), text }], [ama, { kind: 'askReturn', item: id(items) }],
        [ama, { kind: 'ask', item: id(items), text }], [staff, { kind: 'answer', question: id(questions), text: 'open', published: true }],
        [chair, { kind: 'conclude', items: [id(items)], text, seconds: 15 }], [ama, { kind: pick(['object', 'postpone'] as const), conclusion: id(conclusions), reason: text }],
        [ama, { kind: 'move', motion: pick(['other', 'closeDebate'] as const), text }], [chair, { kind: 'settle', motion: pick([...motions.map((each) => each.id), 'none']), outcome: 'upheld' }],
        [staff, { kind: 'write', after: null, text }], [staff, { kind: 'word', entry, text: record[entry]?.closed === true ? SECRET : 'open' }], [ama, { kind: 'raise', ...OWN }], [ama, { kind: 'lower' }],
      ]);
      await hall.act(who, deed);
      if (random.next() < 0.1) await hall.wait(16_000);
    }
    if (closed) await closedPart(false);
    const late = await hall.join(person('late', 'observer', 'Union', { entityType: 'organisation' }));
    await hall.settled();
    expect(secretsTo(ama)).not.toEqual([]);
    for (const each of [guest, late]) expect(secretsTo(each)).toEqual([]);
  });
});
