import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DirectDeed, DirectGrant, DirectState } from '../../../shared/protocol/direct.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import type { DirectLinkDeps } from '../../audio/direct/direct-link.ts';
import { store } from '../store.ts';
import { directStatus } from './direct-status.ts';
import { DirectTalk } from './direct-talk.ts';

interface FakeLink {
  readonly deps: DirectLinkDeps;
  closed: boolean;
}

const links = vi.hoisted(() => [] as FakeLink[]);
vi.mock('../../audio/direct/direct-link.ts', () => ({
  DirectLink: class {
    readonly deps: DirectLinkDeps;
    closed = false;

    constructor(deps: DirectLinkDeps) {
      this.deps = deps;
      links.push(this);
    }

    close(): void {
      this.closed = true;
    }
  },
}));

const GRANT: DirectGrant = { id: 'a', ticket: 't', partner: 'b', calls: true };
let route: unknown[];
let heard: string[];
let sent: DirectDeed[];
let direct: DirectTalk;

const state = (name: DirectState['state'], by = 'ann'): DirectState => ({ state: name, by, relay: [] });
const told = (now: DirectState | null, grant: DirectGrant | null = null): void => direct.told({ talk: 't1', direct: now, grant });
function latest(): FakeLink {
  const link = links.at(-1);
  if (link === undefined) throw new Error('there was no call');
  return link;
}
async function connected(): Promise<void> {
  told(state('connecting'), GRANT);
  await vi.waitFor(() => expect(links.length).toBeGreaterThan(0));
  latest().deps.onUp();
  told(state('direct'));
}

beforeEach(() => {
  links.length = 0;
  route = [];
  heard = [];
  sent = [];
  store.myId.value = 'me';
  store.talk.value = { id: 't1', members: [{ id: 'ann', hand: 0 }, { id: 'me', hand: 0 }] } as unknown as TalkState;
  store.mic.value = { state: 'live', level: 0, problem: null };
  direct = new DirectTalk({
    voice: {
      setDirect: (to: unknown) => route.push(to === null ? 'relay' : to === 'none' ? 'nowhere' : 'direct'),
      mixer: { setDirect: (track: unknown, person: string) => { if (track !== null) heard.push(person); }, setDeafened: () => undefined },
    } as unknown as ConstructorParameters<typeof DirectTalk>[0]['voice'],
    frames: { connectionOptions: {}, attach: () => undefined },
    send: (deed) => sent.push(deed),
  });
});
afterEach(() => {
  direct.close();
  store.talk.value = null;
  store.people.value = new Map();
  store.mic.value = { state: 'off', level: 0, problem: null };
});

describe('my voice', () => {
  it('leaves the relay when both have agreed, before there is another way', async () => {
    told(state('asked'));
    expect(route).toEqual(['relay']);
    told(state('connecting'), GRANT);
    expect(route.at(-1)).toBe('nowhere');
    await vi.waitFor(() => expect(route.at(-1)).toBe('direct'));
    expect(latest().deps.grant).toEqual(GRANT);
  });

  it('goes nowhere when the way breaks, until both agree to the relay', async () => {
    await connected();
    latest().deps.onFailed();
    expect([route.at(-1), sent.at(-1)]).toEqual(['nowhere', { kind: 'directFailed' }]);
    told(state('failed'));
    expect([route.at(-1), latest().closed]).toEqual(['nowhere', true]);
    told(null);
    expect(route.at(-1)).toBe('relay');
  });

  it('goes nowhere after the page was loaded anew; the other one is told', () => {
    told(state('direct'));
    expect([route.at(-1), sent]).toEqual(['nowhere', [{ kind: 'directFailed' }]]);
  });

  it('stays direct when the line to the server was down', async () => {
    await connected();
    told(state('direct'));
    expect([route.at(-1), sent, latest().closed]).toEqual(['direct', [{ kind: 'directUp' }], false]);
  });

  it('what belongs to an earlier try changes nothing', async () => {
    await connected();
    const earlier = latest();
    told(state('connecting'), { ...GRANT, id: 'c' });
    await vi.waitFor(() => expect(links).toHaveLength(2));
    expect(earlier.closed).toBe(true);
    const before = sent.length;
    earlier.deps.onFailed();
    earlier.deps.onUp();
    expect(sent).toHaveLength(before);
    expect(route.at(-1)).toBe('direct');
  });
});

describe('who can hear me', () => {
  it('is the other one, as long as it goes directly and both want it', async () => {
    direct.hearers({ count: 1, ids: ['ann'] });
    await connected();
    direct.hearers({ count: 0, ids: [] });
    expect(store.hearers.value).toEqual({ count: 1, ids: ['ann'] });
    store.mic.value = { state: 'muted', level: 0, problem: null };
    expect(store.hearers.value.count).toBe(0);
    store.mic.value = { state: 'live', level: 0, problem: null };
    store.people.value = new Map([['ann', { id: 'ann', deafened: true } as PersonInfo]]);
    expect(store.hearers.value.count).toBe(0);
    told(state('failed'));
    expect(store.hearers.value.count).toBe(0);
  });

  it('is again what the server says when the relay is used', async () => {
    await connected();
    direct.hearers({ count: 3, ids: null });
    told(null);
    expect(store.hearers.value).toEqual({ count: 3, ids: null });
    expect(directStatus.value).toBeNull();
  });
});
