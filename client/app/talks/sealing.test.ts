import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import type { SealOrder } from '../../audio/seal/sealing.ts';
import { unpackParcel } from '../../audio/seal/parcels.ts';
import { store } from '../store.ts';
import { sealStatus } from './seal-status.ts';
import { TalkSealing } from './sealing.ts';

let orders: SealOrder[];
let posted: { kind: string; to: string | null }[];
let sealing: TalkSealing;
let can: boolean;

function talkWith(id: string, ...others: string[]): TalkState {
  return { id, members: ['me', ...others].map((member) => ({ id: member, hand: 0 })) } as unknown as TalkState;
}

function people(away: Record<string, boolean>): ReadonlyMap<string, PersonInfo> {
  return new Map(Object.entries(away).map(([id, isAway]) => [id, { id, away: isAway } as PersonInfo]));
}

const outgoing = (): string => {
  const last = orders.findLast(({ kind }) => kind === 'outgoing' || kind === 'sealWith');
  return last?.kind === 'outgoing' ? last.mode : 'seal';
};
const commits = (): number => posted.filter(({ kind }) => kind === 'commit').length;

beforeEach(() => {
  orders = [];
  posted = [];
  can = true;
  store.myId.value = 'me';
  store.people.value = people({ me: false, ann: false, ben: false });
  sealing = new TalkSealing({
    port: {
      get can() { return can; },
      order: (order) => {
        orders.push(order);
        return Promise.resolve(true);
      },
    },
    parcels: {
      on: () => () => undefined,
      post: (_, bytes, to = null) => { posted.push({ kind: unpackParcel(bytes)?.kind ?? 'unreadable', to }); },
    },
  });
});
afterEach(() => {
  sealing.close();
  store.talk.value = null;
  store.people.value = new Map();
});

describe('a talk that I come into', () => {
  it('is silent in the same breath, before any key was fetched', () => {
    store.talk.value = talkWith('t1', 'ann');
    expect(orders).toEqual([{ kind: 'outgoing', mode: 'hold' }, { kind: 'incoming', strict: true }]);
  });

  it('is agreed on with those whose line is up, and anew when that changes', async () => {
    store.talk.value = talkWith('t1', 'ann', 'ben');
    await vi.waitFor(() => expect(commits()).toBe(1));
    store.people.value = people({ me: false, ann: false, ben: true });
    await vi.waitFor(() => expect(commits()).toBe(2));
    store.people.value = people({ me: false, ann: false, ben: false });
    await vi.waitFor(() => expect(commits()).toBe(3));
    expect(sealStatus.value?.state).toBe('agreeing');
  });

  it('is told that my browser cannot, and goes on as it is', async () => {
    can = false;
    store.talk.value = talkWith('t1', 'ann');
    await vi.waitFor(() => expect(sealStatus.value).toMatchObject({ state: 'off', cannot: ['me'], held: false }));
    expect(outgoing()).toBe('pass');
    expect(commits()).toBe(1);
  });
});

describe('when I leave', () => {
  it('public sound is plain again, and nothing more is said to the others', async () => {
    store.talk.value = talkWith('t1', 'ann');
    await vi.waitFor(() => expect(commits()).toBe(1));
    store.talk.value = null;
    await vi.waitFor(() => expect(outgoing()).toBe('pass'));
    expect(orders.at(-1)).toEqual({ kind: 'incoming', strict: false });
    expect(sealStatus.value).toBeNull();
    store.people.value = people({ me: false, ann: true });
    expect(commits()).toBe(1);
  });

  it('for another talk, that one is silent until it is agreed on', async () => {
    store.talk.value = talkWith('t1', 'ann');
    await vi.waitFor(() => expect(commits()).toBe(1));
    orders.length = 0;
    store.talk.value = null;
    store.talk.value = talkWith('t2', 'ben');
    await vi.waitFor(() => expect(commits()).toBe(2));
    expect(orders.some((order) => order.kind === 'outgoing' && order.mode === 'pass'), 'not a moment in between').toBe(false);
    expect(outgoing()).toBe('hold');
    expect(orders.findLast(({ kind }) => kind === 'incoming')).toEqual({ kind: 'incoming', strict: true });
  });
});

it('without its worker goes on as a browser that cannot', async () => {
  store.talk.value = talkWith('t1', 'ann');
  await vi.waitFor(() => expect(commits()).toBe(1));
  can = false;
  sealing.restart();
  await vi.waitFor(() => expect(sealStatus.value).toMatchObject({ state: 'off', cannot: ['me'] }));
});
