// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NearbyPerson } from '../../app/contracts.ts';
import { changeSettings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { DepsContext } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { openPanel, showPanel } from '../state.ts';
import { control, press, recordingDeps } from '../testing.ts';
import type { Call } from '../testing.ts';
import { stickToIntent } from './Joystick.tsx';
import { keepOrder, matching } from './PeoplePanel.tsx';
import { shortcutLetter } from './shortcuts.ts';
import { Venue } from './Venue.tsx';

function person(id: string, name = id): PersonInfo {
  return {
    id, index: 0, name, entity: 'Entity', entityType: 'organisation', country: '', role: 'delegate',
    appearance: { id: 'a', skin: 0, hair: 0, garment1: 0, garment2: 0 }, mic: 'live', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: false,
  };
}
const near = (id: string, distance: number, name = id): NearbyPerson => ({ person: person(id, name), distance, clock: 3, speaking: false, heard: true, space: null });

let root: HTMLElement;
let calls: Call[];
let clean = (): void => undefined;

beforeAll(() => showLanguage('en'));
beforeEach(async () => {
  clean();
  store.phase.value = { kind: 'venue' };
  store.mic.value = { state: 'live', level: 0, problem: null };
  store.nearby.value = [near('ana', 2, 'Ana Silva')];
  store.people.value = new Map([['ana', person('ana', 'Ana Silva')]]);
  store.hearers.value = { count: 1, ids: null };
  store.connection.value = { kind: 'online' };
  store.world.value = { kind: 'ready' };
  changeSettings({ shortcuts: true });
  root = document.body.appendChild(document.createElement('div'));
  const recording = recordingDeps();
  calls = recording.calls;
  await act(() => { render(<DepsContext.Provider value={recording.deps}><Venue /></DepsContext.Provider>, root); });
  clean = () => {
    render(null, root);
    root.remove();
  };
});

async function key(letter: string, target: Element = document.body): Promise<void> {
  await act(() => { target.dispatchEvent(new KeyboardEvent('keydown', { key: letter, bubbles: true, cancelable: true })); });
}

/** What has the focus, as soon as everything that has been asked for is drawn: nothing is given to timers, or to the next picture. */
async function focused(): Promise<string> {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
  return document.activeElement?.textContent ?? '';
}

describe('the focus', () => {
  it('is on the heading of a panel or of a question from the moment when it is drawn: the next key is not lost', async () => {
    showPanel('help');
    expect(await focused()).toBe('Help');
    showPanel('settings');
    expect(await focused()).toBe('Settings');
    control(root, 'Close').click();
    control(root, 'Leave').click();
    await focused();
    expect(root.querySelector('dialog')?.open).toBe(true);
  });

  it('is at the heading of the venue, whose keys work, from the moment when it is drawn', () => {
    render(null, root);
    render(<DepsContext.Provider value={recordingDeps().deps}><Venue /></DepsContext.Provider>, root);
    expect(document.activeElement?.id).toBe('venue-title');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'o', bubbles: true, cancelable: true }));
    expect(openPanel.value).not.toBeNull();
  });

  it('stays where somebody has gone on to while a part of the page was on its way', async () => {
    showPanel('tour');
    expect(await focused()).toBe('Guided tour');
    expect(root.textContent).toContain('Loading');
    const elsewhere = control(root, 'Leave');
    elsewhere.focus();
    await vi.waitFor(() => { expect(root.textContent).not.toContain('Loading'); });
    expect(document.activeElement).toBe(elsewhere);
  });
});

describe('the bar', () => {
  it('says what the microphone button will do', async () => {
    await press(root, 'Mute');
    expect(calls.at(-1)).toEqual({ name: 'setMuted', args: [true] });
    await act(() => { store.mic.value = { state: 'muted', level: 0, problem: null }; });
    expect(root.textContent).toContain('You are muted.');
    await press(root, 'Unmute');
    expect(calls.at(-1)).toEqual({ name: 'setMuted', args: [false] });
    await act(() => { store.mic.value = { state: 'off', level: 0, problem: null }; });
    await press(root, 'Add microphone');
    expect(calls.at(-1)).toEqual({ name: 'addMicrophone', args: [] });
  });

  it('asks before leaving', async () => {
    await press(root, 'Leave');
    expect(calls.some((call) => call.name === 'leave')).toBe(false);
    await press(root.querySelector('dialog') ?? root, 'Leave');
    expect(calls.at(-1)?.name).toBe('leave');
  });
});

describe('who can hear me', () => {
  it('is always on the screen, and watched only while its panel is open', async () => {
    expect(root.querySelector('.chip--hearers')?.textContent).toContain('1 person can hear you');
    await act(() => { store.hearers.value = { count: 0, ids: null }; });
    expect(root.querySelector('.chip--hearers')?.textContent).toContain('Nobody can hear you');
    await act(() => { showPanel('hearers'); });
    expect(calls.filter((call) => call.name === 'watchHearers')).toEqual([{ name: 'watchHearers', args: [true] }]);
    await act(() => { store.hearers.value = { count: 1, ids: ['ana'] }; });
    expect(root.querySelector('.hearer')?.textContent).toContain('Ana Silva');
    await key('Escape');
    await expect.poll(() => calls.at(-1)).toEqual({ name: 'watchHearers', args: [false] });
  });
});

describe('shortcuts', () => {
  it('act outside text fields only, and not when switched off', async () => {
    await key('c');
    expect(openPanel.value).toBe('chat');
    const text = root.querySelector('textarea');
    if (text === null) throw new Error('the chat has no text field');
    await key('m', text);
    expect(calls.some((call) => call.name === 'setMuted')).toBe(false);
    await key('m');
    expect(calls.at(-1)?.name).toBe('setMuted');
    changeSettings({ shortcuts: false });
    const before = calls.length;
    await key('m');
    await key('h');
    expect(calls.length).toBe(before);
  });

  it('are found on keyboards of other scripts by their place', () => {
    expect(shortcutLetter({ key: 'ь', code: 'KeyM' })).toBe('m');
    expect(shortcutLetter({ key: 'M', code: 'Semicolon' })).toBe('m');
    expect(shortcutLetter({ key: 'Enter', code: 'Enter' })).toBe('');
  });
});

describe('people', () => {
  it('keep their place while the list is held, newcomers come after', () => {
    const people = [near('a', 5), near('b', 1), near('c', 3)];
    const ids = (list: readonly NearbyPerson[]): string[] => list.map((each) => each.person.id);
    expect(ids(keepOrder(people, []))).toEqual(['b', 'c', 'a']);
    expect(ids(keepOrder(people, ['a', 'b']))).toEqual(['a', 'b', 'c']);
  });

  it('are found without their accents', () => {
    expect(matching([near('t', 1, 'Tāne Wihongi'), near('m', 1, 'Müller')], 'tane')).toHaveLength(1);
    expect(matching([near('t', 1)], '  ')).toHaveLength(1);
  });

  it('can be walked to, and blocked only after a question', async () => {
    await act(() => { showPanel('people'); });
    await act(() => { root.querySelector<HTMLElement>('.person__row')?.click(); });
    await press(root, 'Walk there');
    expect(calls.at(-1)).toEqual({ name: 'walkToPerson', args: ['ana'] });
    await press(root, 'Block');
    expect(calls.some((call) => call.name === 'setBlocked')).toBe(false);
    await press(root.querySelector('dialog') ?? root, 'Block');
    expect(calls.at(-1)).toEqual({ name: 'setBlocked', args: ['ana', true] });
  });
});

describe('without the 3D view', () => {
  it('the companion takes the page, says why, and offers every action', async () => {
    await act(() => { store.world.value = { kind: 'failed', why: 'no-webgl' }; });
    const main = root.querySelector('main');
    if (main === null) throw new Error('no main');
    expect(main.textContent).toContain('cannot be shown on this device');
    for (const name of ['Mute', 'Stop hearing', 'Raise hand', 'Sit down', 'Clap', 'Wave', 'Nod', 'Chat', 'Settings', 'Who can hear me', 'Leave']) control(main, name);
  });
});

describe('a lost line', () => {
  it('is told with its reason, and can be tried at once', async () => {
    await act(() => { store.connection.value = { kind: 'reconnecting', since: 0, attempt: 2, why: 'server' }; });
    expect(root.querySelector('.banner')?.textContent).toContain('does not answer');
    await press(root, 'Try now');
    expect(calls.at(-1)?.name).toBe('reconnectNow');
  });
});

describe('joystick', () => {
  it('gives forward for up and right for right, never more than 1, and nothing for a trembling thumb', () => {
    expect(stickToIntent(0, -44).forward).toBeCloseTo(1);
    expect(stickToIntent(44, 0).right).toBeCloseTo(1);
    const far = stickToIntent(300, -300);
    expect(Math.hypot(far.forward, far.right)).toBeCloseTo(1);
    expect(stickToIntent(3, 3)).toEqual({ forward: 0, right: 0 });
  });
});

describe('the settings of the headset', () => {
  it('are there for whoever has one, and are changed like the others', async () => {
    await act(() => { showPanel('settings'); });
    expect([...root.querySelectorAll('summary')].map((each) => each.textContent)).not.toContain('Headset');
    await act(() => { store.headset.value = { kind: 'ready', by: 'headset' }; });
    expect([...root.querySelectorAll('summary')].map((each) => each.textContent)).toContain('Headset');
    const radio = (text: string): HTMLInputElement => {
      const label = [...root.querySelectorAll('label')].find((each) => each.textContent === text);
      const input = label?.querySelector('input');
      if (input === null || input === undefined) throw new Error(`nothing to choose called ${text}`);
      return input;
    };
    expect(radio('Gentle').checked).toBe(true);
    expect(radio('0.5 m').checked).toBe(true);
    for (const choice of ['Standard', 'Left only', '1.2 m', 'None']) await act(() => { radio(choice).click(); });
    await act(() => { root.querySelector<HTMLInputElement>(`[aria-describedby="${[...root.querySelectorAll('.field__hint')].find((each) => each.textContent?.startsWith('You sit in a real chair'))?.id ?? ''}"]`)?.click(); });
    expect(calls.filter(({ name }) => name === 'changeSettings').map(({ args }) => args[0])).toEqual([{ comfort: 'standard' }, { playHand: 'left' }, { personalSpace: 1.2 }, { personalSpace: 0 }, { seatedBody: true }]);
    await act(() => { store.headset.value = { kind: 'none' }; });
    expect([...root.querySelectorAll('summary')].map((each) => each.textContent)).not.toContain('Headset');
  });
});
