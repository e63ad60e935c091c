// @vitest-environment happy-dom
import { render } from 'preact';
import type { ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Role } from '../../../shared/protocol/vocabulary.ts';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { SceneFiles } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { DepsContext } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { openPanel } from '../state.ts';
import { press, recordingDeps } from '../testing.ts';
import type { Call } from '../testing.ts';
import { TourBar } from './TourBar.tsx';
import { TourInvitation } from './TourInvitation.tsx';
import { TourPanel } from './TourPanel.tsx';

const six = (text: string) => ({ en: text, fr: text, es: text, ru: text, zh: text, ar: text });
const SCENE = {
  id: 'foyer', revision: 'r1', base: '',
  layout: { ...EMPTY_LAYOUT, exhibits: [{ id: 'bowl', position: [0, 0, 0], yaw: 0, space: null, node: null }] },
  venue: { names: {}, exhibits: { bowl: { title: six('Blue bowl'), text: six('A bowl.') } } },
} as unknown as SceneFiles;

function person(id: string, guide: string, change: Partial<PersonInfo> = {}): PersonInfo {
  return {
    id, index: 0, name: `Person ${id}`, entity: 'Entity', entityType: 'organisation', country: '', role: 'delegate',
    appearance: { id: 'a', skin: 0, hair: 0, garment1: 0, garment2: 0 }, mic: 'live', deafened: false, scene: 'foyer', guide, talk: '', doNotDisturb: false, seat: '', away: false, ...change,
  };
}

let root: HTMLElement;
let calls: Call[];

beforeAll(() => showLanguage('en'));
beforeEach(() => {
  store.myId.value = 'me';
  store.here.value = 'foyer';
  store.scene.value = SCENE;
  store.scenes.value = [{ id: 'square', revision: 'r1', names: six('The square') }];
  store.aim.value = null;
  store.following.value = false;
  store.tourInvitations.value = [];
  root = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  render(null, root);
  root.remove();
  openPanel.value = null;
});

async function show(content: ComponentChild, ...people: readonly PersonInfo[]): Promise<void> {
  store.people.value = new Map(people.map((each) => [each.id, each]));
  const recording = recordingDeps();
  calls = recording.calls;
  await act(() => { render(<DepsContext.Provider value={recording.deps}>{content}</DepsContext.Provider>, root); });
}

describe('an invitation', () => {
  it('is taken or turned down; from another scene it says where one is taken', async () => {
    store.tourInvitations.value = ['ann'];
    await show(<TourInvitation />, person('me', ''), person('ann', 'ann', { scene: 'square' }));
    expect(root.textContent).toContain('invites you on a guided tour');
    expect(root.textContent).toContain('The square');
    await press(root, 'Come along');
    await press(root, 'No, thank you');
    expect(calls).toEqual([{ name: 'joinTour', args: ['ann'] }, { name: 'declineTour', args: ['ann'] }]);
  });

  it('of a tour that is over is not shown', async () => {
    store.tourInvitations.value = ['ann', 'gone'];
    await show(<TourInvitation />, person('me', ''), person('ann', ''));
    expect(root.textContent).toBe('');
  });
});

describe('a member', () => {
  const onTour = [person('me', 'ann'), person('ann', 'ann'), person('ben', 'ann')];

  it('sees whose tour it is, whether they walk along, and what is pointed at', async () => {
    store.following.value = true;
    store.aim.value = { by: 'ann', at: { x: 0, y: 1, z: 1 }, sight: { kind: 'exhibit', id: 'bowl' }, distance: 3, clock: 12 };
    await show(<TourBar />, ...onTour);
    for (const text of ['Tour with', 'You walk along with the guide.', 'points at', 'Blue bowl']) expect(root.textContent).toContain(text);
    await press(root, 'Look around by myself');
    expect(calls.at(-1)).toEqual({ name: 'followGuide', args: [false] });
    await act(() => { store.following.value = false; });
    await press(root, 'Walk along');
    expect(calls.at(-1)).toEqual({ name: 'followGuide', args: [true] });
  });

  it('reads that the guide has lost the connection, or is elsewhere', async () => {
    await show(<TourBar />, person('me', 'ann'), person('ann', 'ann', { away: true }));
    expect(root.textContent).toContain('The tour waits.');
    await show(<TourBar />, person('me', 'ann'), person('ann', 'ann', { scene: 'square' }));
    expect(root.textContent).toContain('The square');
  });

  it('leaves, and cannot lead', async () => {
    await show(<TourPanel />, ...onTour);
    expect(root.textContent).toContain('Person ben');
    expect(root.textContent).not.toContain('Take off the tour');
    await press(root, 'Leave the tour');
    expect(calls.at(-1)?.name).toBe('leaveTour');
  });
});

describe('a guide', () => {
  const group = (role: Role): PersonInfo[] => [person('me', 'me', { role }), person('ben', 'me'), person('cec', '')];

  it('invites, shows things by their names, sends away, and is asked before the end', async () => {
    await show(<TourPanel />, ...group('delegate'));
    await press(root, 'Invite everybody near');
    expect(calls.at(-1)).toEqual({ name: 'inviteAllOnTour', args: ['near'] });
    expect(root.textContent, 'for the secretariat').not.toContain('Invite everybody in this place');
    await press(root, 'Point at it: Blue bowl');
    expect(calls.at(-1)).toEqual({ name: 'pointAtSight', args: [{ kind: 'exhibit', id: 'bowl' }] });
    const dismiss = [...root.querySelectorAll('button')].find((button) => button.textContent === 'Take off the tour');
    await act(() => { dismiss?.click(); });
    expect(calls.at(-1)).toEqual({ name: 'dismissFromTour', args: ['ben'] });
    await press(root, 'End the tour');
    expect(calls.at(-1)?.name).toBe('dismissFromTour');
    await press(root.querySelector('dialog') ?? root, 'End the tour');
    expect(calls.at(-1)?.name).toBe('endTour');
  });

  it('of the secretariat asks a whole scene', async () => {
    await show(<TourPanel />, ...group('secretariat'));
    await press(root, 'Invite everybody in this place');
    expect(calls.at(-1)).toEqual({ name: 'inviteAllOnTour', args: ['scene'] });
  });

  it('puts the pointer down with Escape', async () => {
    store.aiming.value = true;
    await show(<TourBar />, ...group('delegate'));
    expect(root.textContent).toContain('Click in the view');
    await act(() => { document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })); });
    expect(calls.at(-1)).toEqual({ name: 'setAiming', args: [false] });
    store.aiming.value = false;
  });
});

describe('on no tour', () => {
  it('one is started, or joined from the list; guests only join', async () => {
    await show(<TourPanel />, person('me', ''), person('ann', 'ann'));
    await press(root, 'Start a tour');
    expect(calls.at(-1)?.name).toBe('startTour');
    const join = [...root.querySelectorAll('button')].find((button) => button.textContent === 'Join the tour');
    await act(() => { join?.click(); });
    expect(calls.at(-1)).toEqual({ name: 'joinTour', args: ['ann'] });
    await show(<TourPanel />, person('me', '', { role: 'guest' }), person('ann', 'ann'));
    expect(root.textContent).not.toContain('Start a tour');
    expect(root.textContent).toContain('Join the tour');
  });
});
