// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VenueActions } from '../../app/contracts.ts';
import { panelDeps } from '../../app/headset/panel-deps.ts';
import { changeSettings, settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { fakePlenary, participant } from '../../plenary/testing.ts';
import type { FakePlenary } from '../../plenary/testing.ts';
import { showLanguage } from '../../ui/i18n.ts';
import { dismissToast, raiseToast, shownToasts } from '../../ui/toasts.ts';
import { createPanels } from './index.ts';
import { faultsOf, Hand } from './testing.ts';
import { installCanvas } from './testing-canvas.ts';
import { CHAT, ME, NEARBY, PEOPLE, SCENE, SCENES } from '../../../tests/e2e/harness/fixtures.ts';

interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

let calls: Call[] = [];
let hand: Hand;
const actions = new Proxy({}, {
  get: (_target, name: string) => (...args: unknown[]): unknown => {
    calls.push({ name, args });
    if (name === 'changeSettings') changeSettings(args[0] as Parameters<VenueActions['changeSettings']>[0]);
    return name === 'volumeOf' ? 1 : undefined;
  },
}) as VenueActions;
const host = { leaveHeadset: () => { calls.push({ name: 'leaveHeadset', args: [] }); }, calibrate: () => { calls.push({ name: 'calibrate', args: [] }); } };
const last = (): Call | undefined => calls.at(-1);

beforeAll(async () => {
  installCanvas();
  await showLanguage('en');
});
beforeEach(() => {
  store.scene.value = SCENE;
  store.here.value = SCENE.id;
  store.scenes.value = SCENES;
  store.myId.value = ME.id;
  store.people.value = new Map([...PEOPLE, ME].map((person) => [person.id, person]));
  store.nearby.value = NEARBY;
  store.where.value = { space: 'lounge', place: 'coffee' };
  store.mic.value = { state: 'live', level: 0.2, problem: null };
  store.chat.value = CHAT;
  calls = [];
  hand = new Hand(createPanels(panelDeps(actions, host)));
  hand.panels.toggleMenu();
});
afterEach(() => {
  hand.panels.dispose();
  for (const { id } of shownToasts.peek()) dismissToast(id);
  store.talk.value = null;
  store.talkOffers.value = { invitations: [], knocked: '' };
  store.attending.value = null;
  store.link.value = null;
  store.sight.value = null;
  store.sightNearby.value = null;
});

describe('the wrist menu', () => {
  it('comes and goes', () => {
    expect(hand.surface('wrist').visible).toBe(true);
    hand.panels.toggleMenu();
    expect(hand.surface('wrist').visible).toBe(false);
  });

  it('mutes, unmutes, and leaves', () => {
    hand.press('wrist', 'mic');
    expect(last()).toEqual({ name: 'setMuted', args: [true] });
    store.mic.value = { state: 'muted', level: 0, problem: null };
    hand.press('wrist', 'mic');
    expect(last()).toEqual({ name: 'setMuted', args: [false] });
    hand.press('wrist', 'leave');
    expect(last()?.name).toBe('leaveHeadset');
  });

  it('has names watched only while they are shown', () => {
    hand.press('wrist', 'hearers');
    expect(last()).toEqual({ name: 'watchHearers', args: [true] });
    hand.press('main', 'close');
    expect(last()).toEqual({ name: 'watchHearers', args: [false] });
  });
});

describe('people', () => {
  it('are walked to, invited, whispered to, and made louder', () => {
    hand.press('wrist', 'page:people');
    hand.press('main', 'person:p0');
    for (const [id, call] of [['walk:p0', 'walkToPerson'], ['jump:p0', 'jumpToPerson'], ['invite:p0', 'inviteToTalk'], ['whisper:p0', 'whisper']] as const) {
      expect(hand.press('main', id)).toBe(true);
      expect(last()?.name).toBe(call);
    }
    const { u, v } = hand.point('main', 'volume');
    hand.surface('main').press({ u, v });
    expect(last()).toEqual({ name: 'setVolume', args: ['p0', 1] });
    hand.surface('main').drag({ u: 0.99, v });
    expect(last()).toEqual({ name: 'setVolume', args: ['p0', 2] });
    hand.surface('main').release({ u: 0.99, v });
  });

  it('are blocked after a question only, which can be undone', () => {
    hand.panels.openPerson('p0');
    hand.press('main', 'block:p0');
    expect(calls.some(({ name }) => name === 'setBlocked')).toBe(false);
    hand.press('main', 'question:cancel');
    hand.press('main', 'block:p0');
    hand.press('main', 'question:confirm');
    expect(last()).toEqual({ name: 'setBlocked', args: ['p0', true] });
    hand.press('notice', `toast:do:${shownToasts.peek()[0]?.id}`);
    expect(last()).toEqual({ name: 'setBlocked', args: ['p0', false] });
  });

  it('are found by their name', () => {
    hand.press('wrist', 'page:people');
    hand.press('main', 'search');
    hand.type(['a', 'm', 'i', 'n']);
    expect(hand.ids('main').filter((id) => id.startsWith('person:'))).toEqual(['person:p0']);
    hand.press('main', 'search:clear');
    expect(hand.ids('main').filter((id) => id.startsWith('person:')).length).toBeGreaterThan(5);
  });
});

describe('places', () => {
  it('are walked and jumped to, as are ways out and other scenes', () => {
    hand.press('wrist', 'page:places');
    for (const [id, name, to] of [['walk:place:podium', 'walkToPlace', 'podium'], ['jump:place:podium', 'jumpToPlace', 'podium'], ['walk:link:to-marrakesh', 'walkToLink', 'to-marrakesh'], ['jump:link:to-marrakesh', 'goThrough', 'to-marrakesh'], ['jump:scene:archive', 'goToScene', 'archive']] as const) {
      hand.press('main', id);
      expect(last()).toEqual({ name, args: [to] });
    }
  });
});

describe('things to see', () => {
  it('are offered when near, read and heard, and closed with the page', () => {
    store.sightNearby.value = { kind: 'exhibit', id: 'bowl' };
    hand.press('notice', 'sight:bowl');
    expect(last()).toEqual({ name: 'visit', args: [{ kind: 'exhibit', id: 'bowl' }] });
    store.sight.value = { kind: 'exhibit', id: 'bowl' };
    hand.press('main', 'guide');
    expect(last()).toEqual({ name: 'playGuide', args: ['bowl'] });
    hand.press('main', 'sight:next');
    expect(last()).toEqual({ name: 'visit', args: [{ kind: 'exhibit', id: 'rug' }] });
    hand.press('main', 'close');
    expect(last()?.name).toBe('leaveSight');
  });

  it('that are closed elsewhere close the page', () => {
    store.sight.value = { kind: 'booth', id: 'stall' };
    expect(hand.surface('main').visible).toBe(true);
    store.sight.value = null;
    expect(hand.surface('main').visible).toBe(false);
  });
});

describe('pressing', () => {
  it('does nothing if what was pressed has become something else', () => {
    hand.press('wrist', 'page:people');
    const point = hand.point('main', 'person:p0');
    const surface = hand.surface('main');
    surface.press(point);
    store.nearby.value = NEARBY.slice(1);
    hand.settle();
    expect(surface.release(point)).toBe(false);
    expect(hand.ids('main')).not.toContain('walk:p0');
  });

  it('that moves scrolls instead, and keeps within the content', () => {
    hand.press('wrist', 'page:people');
    const surface = hand.surface('main');
    const point = hand.point('main', 'person:p1');
    surface.press(point);
    surface.drag({ u: point.u, v: point.v - 0.1 });
    surface.drag({ u: point.u, v: point.v - 0.2 });
    expect(surface.release({ u: point.u, v: point.v - 0.2 })).toBe(false);
    expect(surface.offsets.get('people')).toBeGreaterThan(50);
    surface.scroll(-1000, 1);
    expect(surface.offsets.get('people')).toBe(0);
    expect(hand.ids('main')).toContain('person:p1');
  });

  it('is offered only where there is something', () => {
    hand.press('wrist', 'page:people');
    expect(hand.surface('main').hover(hand.point('main', 'person:p0'))).toBe(true);
    expect(hand.surface('main').hover({ u: 0.5, v: 0.995 })).toBe(false);
    expect(hand.surface('main').hover(null)).toBe(false);
  });
});

describe('painting', () => {
  it('is done for a change only, one panel a call', () => {
    hand.press('wrist', 'page:people');
    hand.settle();
    const painted = (): number => hand.panels.all.reduce((sum, { revision }) => sum + revision, 0);
    const before = painted();
    hand.settle();
    expect(painted()).toBe(before);
    store.mic.value = { state: 'muted', level: 0, problem: null };
    store.nearby.value = NEARBY.slice(2);
    for (let call = 0, last = before; call < 8; call += 1, last = painted()) {
      hand.panels.update(hand.now);
      expect(painted() - last).toBeLessThanOrEqual(1);
    }
    expect(painted()).toBe(before + 2);
  });

  it('is not done for every breath into the microphone', () => {
    hand.settle();
    const before = hand.surface('wrist').revision;
    for (const level of [0.21, 0.22, 0.23]) {
      store.mic.value = { state: 'live', level, problem: null };
      hand.settle();
    }
    expect(hand.surface('wrist').revision).toBeLessThanOrEqual(before + 1);
  });

  it('shows what is pointed at, and no longer', () => {
    hand.settle();
    const surface = hand.surface('wrist');
    const point = hand.point('wrist', 'page:chat');
    for (const at of [point, null]) {
      const before = surface.revision;
      surface.hover(at);
      surface.hover(at);
      hand.settle();
      expect(surface.revision).toBe(before + 1);
    }
  });

  it('finds nothing cut or out of its place', () => {
    hand.press('wrist', 'page:settings');
    hand.settle();
    expect(hand.panels.all.filter(({ visible }) => visible).flatMap(faultsOf)).toEqual([]);
  });
});

describe('chat', () => {
  it('answers without typing', () => {
    hand.press('wrist', 'page:chat');
    hand.press('main', 'quick:2');
    expect(last()).toEqual({ name: 'say', args: [{ kind: 'near' }, 'Thank you.'] });
    hand.press('main', 'thread:p1');
    hand.press('main', 'quick:0');
    expect(last()).toEqual({ name: 'say', args: [{ kind: 'person', id: 'p1' }, 'Yes.'] });
  });

  it('is typed with capitals, accents, corrections and another language', () => {
    hand.press('wrist', 'page:chat');
    hand.press('main', 'write');
    hand.type(['shift', 'n', 'o', 'x', 'erase', 'space', 'digit:5']);
    const surface = hand.surface('keyboard');
    const point = hand.point('keyboard', 'key:e');
    surface.press(point);
    hand.panels.update((hand.now += 10));
    hand.settle();
    hand.now += 600;
    hand.settle();
    expect(surface.release(point)).toBe(false);
    hand.type(['behind:é', 'language', 'language', 'language', 'ц', 'finish']);
    expect(last()).toEqual({ name: 'say', args: [{ kind: 'near' }, 'No 5éц'] });
    expect(surface.visible).toBe(false);
  });

  it('moves the caret by whole characters', () => {
    hand.press('wrist', 'page:chat');
    hand.press('main', 'write');
    hand.type(['a', 'b', 'back', 'c', 'forth', 'd', 'finish']);
    expect(last()?.args[1]).toBe('acbd');
  });
});

describe('questions', () => {
  it('come one at a time, and are answered', () => {
    store.link.value = 'to-marrakesh';
    store.talkOffers.value = { invitations: [{ talk: 't2', by: 'p2', count: 2, later: false }], knocked: '' };
    expect(hand.ids('notice')).not.toContain('link:go');
    hand.press('notice', 'later:t2');
    expect(last()).toEqual({ name: 'answerTalk', args: ['t2', 'later'] });
    // Put off, it waits on the page of talks.
    store.talkOffers.value = { invitations: [{ talk: 't2', by: 'p2', count: 2, later: true }], knocked: '' };
    hand.press('notice', 'link:go');
    expect(last()).toEqual({ name: 'goThrough', args: ['to-marrakesh'] });
    store.link.value = null;
    expect(hand.surface('notice').visible).toBe(false);
  });

  it('do not hide what was refused', () => {
    raiseToast({ key: 'toast.noSeat', tone: 'warning' });
    expect(hand.surface('notice').visible).toBe(true);
    hand.press('notice', `toast:${shownToasts.peek()[0]?.id}`);
    expect(hand.surface('notice').visible).toBe(false);
  });

  it('of a seat that was pointed at', () => {
    hand.panels.openSeat('s2');
    hand.press('main', 'sit');
    expect(last()).toEqual({ name: 'sit', args: ['s2'] });
    expect(hand.surface('main').visible).toBe(false);
  });
});

describe('settings', () => {
  it('are chosen, and kept', () => {
    hand.press('wrist', 'page:settings');
    hand.press('main', 'comfort:free');
    hand.press('main', 'seated');
    hand.press('main', 'hand:left');
    hand.press('main', 'space:1.2');
    expect(settings.peek()).toMatchObject({ comfort: 'free', seatedBody: true, playHand: 'left', personalSpace: 1.2 });
    hand.press('main', 'calibrate');
    expect(last()?.name).toBe('calibrate');
  });
});

describe('a formal session', () => {
  function attend(as: string): FakePlenary {
    const people = [participant('amina', 'Senegal'), participant('jean', 'Switzerland'), participant('chair', 'Kazakhstan', { role: 'chair' })];
    const fake = fakePlenary([...people.filter(({ person }) => person === as), ...people.filter(({ person }) => person !== as)]);
    fake.as('chair', { kind: 'preside' });
    fake.as('chair', { kind: 'status', status: 'open' });
    store.attending.value = { plenary: fake, title: 'Council', view: 'hall' };
    hand.press('wrist', 'page:session');
    return fake;
  }

  it('is taken part in: nameplate up and down, floor, channel, captions', () => {
    const fake = attend('amina');
    hand.press('main', 'raise');
    expect(fake.deeds.at(-1)).toMatchObject({ kind: 'raise', capacity: 'delegation' });
    expect(hand.ids('main')).toContain('lower');
    fake.as('chair', { kind: 'give', entry: fake.store.state.peek()?.list.entries[0]?.id ?? '' });
    hand.press('main', 'yield');
    expect(fake.store.state.peek()?.floor.turn).toBeNull();
    hand.press('main', 'tab:sound');
    hand.press('main', 'channel:fr');
    expect(fake.store.listening.peek().channel).toBe('fr');
    hand.press('main', 'tab:captions');
    hand.press('main', 'captions:ar');
    expect(fake.store.captions.peek().language).toBe('ar');
    expect(hand.surface('captions').visible).toBe(true);
    expect(hand.ids('main')).not.toContain('tab:chair');
  });

  it('raises a point of order after a question', () => {
    const fake = attend('amina');
    hand.press('main', 'move:pointOfOrder');
    expect(fake.deeds).toEqual([]);
    hand.press('main', 'question:confirm');
    expect(fake.deeds.at(-1)).toMatchObject({ kind: 'move', motion: 'pointOfOrder' });
  });

  it('is conducted: floor, passing over, list, microphones, speaking time, rulings', () => {
    const fake = attend('chair');
    fake.as('amina', { kind: 'raise', capacity: 'delegation', onBehalfOf: '' });
    fake.as('jean', { kind: 'raise', capacity: 'delegation', onBehalfOf: '' });
    hand.press('main', 'tab:chair');
    hand.press('main', 'pass');
    hand.press('main', 'giveNext');
    expect(fake.store.state.peek()?.floor.turn?.speaker.person).toBe('jean');
    hand.press('main', 'extend');
    hand.press('main', 'withdraw');
    expect(fake.store.state.peek()?.floor.turn).toBeNull();
    hand.press('main', 'list');
    expect(fake.store.state.peek()?.list.open).toBe(false);
    hand.press('main', 'muteAll');
    expect(fake.store.state.peek()?.floor.allMuted).toBe(true);
    hand.press('main', 'speaking:300');
    expect(fake.store.state.peek()?.meeting.speakingSeconds).toBe(300);
    fake.as('amina', { kind: 'move', motion: 'pointOfOrder', text: '' });
    const motion = fake.store.state.peek()?.motions[0]?.id ?? '';
    hand.press('notice', `hear:${motion}`);
    expect(fake.store.state.peek()?.floor.turn?.speaker.person).toBe('amina');
    hand.press('main', `uphold:${motion}`);
    expect(fake.store.state.peek()?.motions).toEqual([]);
    hand.press('main', 'closeMeeting');
    hand.press('main', 'question:confirm');
    expect(fake.store.state.peek()?.meeting.status).toBe('closed');
  });
});

describe('from right to left', () => {
  it('is pressed where it is seen', async () => {
    await showLanguage('ar');
    try {
      hand.settle();
      expect(hand.point('wrist', 'page:people').u).toBeGreaterThan(0.5);
      hand.press('wrist', 'page:people');
      expect(hand.point('main', 'rail:people').u).toBeGreaterThan(0.9);
      expect(hand.surface('main').targets().find(({ id }) => id === 'rail:people')?.point.u).toBeCloseTo(hand.point('main', 'rail:people').u, 5);
      hand.press('main', 'person:p0');
      hand.press('main', 'walk:p0');
      expect(last()?.name).toBe('walkToPerson');
    } finally {
      await showLanguage('en');
    }
  });
});
