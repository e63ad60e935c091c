import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { AvatarPose, PoseBook, SceneFiles, Walker } from '../contracts.ts';
import { store } from '../store.ts';
import { Touring } from './touring.ts';

const exhibit = { id: 'bowl', position: [0, 0, 0] as [number, number, number], yaw: 0, space: null, node: null };
const SCENE = { id: 'foyer', layout: { ...EMPTY_LAYOUT, exhibits: [exhibit] } } as unknown as SceneFiles;
const person = (id: string, guide: string): PersonInfo => ({ id, name: `Person ${id}`, guide, scene: 'foyer', away: false }) as PersonInfo;

/** Who is on whose tour, as the server tells. */
function told(guides: Readonly<Record<string, string>>): void {
  store.people.value = new Map(Object.entries(guides).map(([id, guide]) => [id, person(id, guide)]));
}

let sent: unknown[];
let heard: (string | null)[];
let touring: Touring;
const keys = (): string[] => store.toasts.value.map(({ key }) => key);

beforeEach(() => {
  vi.useFakeTimers();
  store.toasts.value = [];
  store.myId.value = 'me';
  store.scene.value = SCENE;
  store.here.value = 'foyer';
  store.blocked.value = new Set();
  store.names.set('ann', 'Ann').set('ben', 'Ben');
  told({ me: '', ann: 'ann', ben: '' });
  sent = [];
  heard = [];
  touring = new Touring({
    send: (message) => sent.push(message), point: (at) => sent.push({ point: at }),
    walker: () => ({ pose: { x: 0, y: 0, z: -4, yaw: 0 } as AvatarPose }) as Walker,
    poses: { byId: () => undefined } as unknown as PoseBook, hearAnywhere: (guide) => heard.push(guide),
  });
});
afterEach(() => {
  touring.close();
  store.people.value = new Map();
  store.scene.value = null;
  vi.useRealTimers();
});

describe('an invitation', () => {
  it('is kept until it is answered, once a guide', () => {
    touring.invited({ guide: 'ann' });
    touring.invited({ guide: 'ann' });
    expect(store.tourInvitations.value).toEqual(['ann']);
    touring.decline('ann');
    expect(sent).toEqual([{ kind: 'decline', guide: 'ann' }]);
    touring.invited({ guide: 'ann' });
    touring.join('ann');
    expect(store.tourInvitations.value).toEqual([]);
    expect(sent.at(-1)).toEqual({ kind: 'join', guide: 'ann' });
  });

  it('to the tour that I am on already asks nothing; that of an ended tour is gone', () => {
    touring.invited({ guide: 'ann' });
    touring.news({ kind: 'over', guide: 'ann', why: 'ended' });
    expect(store.tourInvitations.value).toEqual([]);
    told({ me: 'ann', ann: 'ann' });
    touring.invited({ guide: 'ann' });
    expect(store.tourInvitations.value).toEqual([]);
  });
});

describe('on a tour', () => {
  it('the guide is heard anywhere and followed, until it is over', () => {
    told({ me: 'ann', ann: 'ann' });
    expect([heard, store.following.value]).toEqual([['ann'], true]);
    touring.news({ kind: 'over', guide: 'ann', why: 'ended' });
    told({ me: '', ann: '' });
    expect([heard, store.following.value]).toEqual([['ann', null], false]);
    expect(keys()).toEqual(['toast.tour.ended']);
  });

  it('a guide follows nobody and hears nobody anywhere', () => {
    told({ me: 'me', ann: 'me' });
    expect([heard, store.following.value]).toEqual([[null], false]);
  });

  it('a new connection is told whether I walk along; a journey of my own ends it', () => {
    told({ me: 'ann', ann: 'ann' });
    touring.snapshot();
    expect(sent.at(-1)).toEqual({ kind: 'follow', on: true });
    touring.strayed();
    touring.strayed();
    expect(sent.filter((message) => JSON.stringify(message).includes('false'))).toEqual([{ kind: 'follow', on: false }]);
    touring.snapshot();
    expect(sent.at(-1)).toEqual({ kind: 'follow', on: false });
  });

  it('that vanishes without a word is explained; one that I leave is not', () => {
    told({ me: 'ann', ann: 'ann' });
    touring.part('leave');
    told({ me: '', ann: 'ann' });
    expect(keys()).toEqual([]);
    told({ me: 'ann', ann: 'ann' });
    told({ me: '', ann: '' });
    expect(keys()).toEqual(['toast.tour.lost']);
  });

  it('of somebody whom I have blocked ends without their name', () => {
    told({ me: 'ann', ann: 'ann' });
    store.blocked.value = new Set(['ann']);
    touring.news({ kind: 'over', guide: 'ann', why: 'gone' });
    told({ me: '' });
    expect(keys()).toEqual([]);
  });
});

describe('what is pointed at', () => {
  it('shows for my tour, in the scene that I see, by its name', () => {
    told({ me: 'ann', ann: 'ann' });
    touring.aimed({ by: 'ann', scene: 'foyer', at: [0.2, 1.2, 1.3] });
    expect(store.aim.value).toMatchObject({ by: 'ann', sight: { kind: 'exhibit', id: 'bowl' } });
    touring.aimed({ by: 'ann', scene: 'foyer', at: null });
    expect(store.aim.value).toBeNull();
    touring.aimed({ by: 'ben', scene: 'foyer', at: [0, 1, 1] });
    expect(store.aim.value, 'of another tour').toBeNull();
  });

  it('comes with its scene, whichever is there first, and goes with the tour', () => {
    told({ me: 'ann', ann: 'ann' });
    touring.aimed({ by: 'ann', scene: 'garden', at: [0, 1, 1] });
    expect(store.aim.value).toBeNull();
    store.scene.value = { ...SCENE, id: 'garden' };
    expect(store.aim.value).not.toBeNull();
    told({ me: '', ann: 'ann' });
    expect(store.aim.value).toBeNull();
  });

  it('is told before one is known to be on the tour, and shows then', () => {
    touring.aimed({ by: 'ann', scene: 'foyer', at: [0, 1, 1] });
    expect(store.aim.value).toBeNull();
    told({ me: 'ann', ann: 'ann' });
    expect(store.aim.value).not.toBeNull();
  });

  it('by the list is a point in front of where one stands to see it', () => {
    touring.pointAtSight({ kind: 'exhibit', id: 'bowl' });
    touring.pointAtSight({ kind: 'exhibit', id: 'nothing' });
    expect(sent).toEqual([{ point: [0, 1.3, 1.2] }]);
    touring.pointAt(null);
    expect(sent.at(-1)).toEqual({ point: null });
  });
});
