// @vitest-environment happy-dom
import { render } from 'preact';
import type { ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DirectState } from '../../../shared/protocol/direct.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import type { SealStatus } from '../../audio/seal/agreement.ts';
import { store } from '../../app/store.ts';
import { directStatus } from '../../app/talks/direct-status.ts';
import { sealStatus } from '../../app/talks/seal-status.ts';
import { DepsContext } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { press, recordingDeps } from '../testing.ts';
import type { Call } from '../testing.ts';
import { DirectLine, DirectQuestion } from './DirectLine.tsx';
import { SealLine, SealQuestion } from './SealLine.tsx';

const OFF: SealStatus = { state: 'off', cannot: [], silent: [], held: false, code: [] };
let root: HTMLElement;
let calls: Call[];

function talkOf(...members: string[]): TalkState {
  return { id: 't', members: members.map((id) => ({ id, hand: 0 })), invited: [], knocking: [] } as unknown as TalkState;
}

async function show(content: ComponentChild): Promise<string> {
  const recording = recordingDeps();
  calls = recording.calls;
  await act(() => { render(<DepsContext.Provider value={recording.deps}>{content}</DepsContext.Provider>, root); });
  return root.textContent;
}

beforeAll(() => showLanguage('en'));
beforeEach(() => {
  store.myId.value = 'me';
  store.people.value = new Map([['ann', { id: 'ann', name: 'Ann' } as PersonInfo], ['ben', { id: 'ben', name: 'Ben' } as PersonInfo]]);
  store.talk.value = talkOf('me', 'ann');
  sealStatus.value = null;
  directStatus.value = null;
  root = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  render(null, root);
  root.remove();
  store.talk.value = null;
  store.people.value = new Map();
  sealStatus.value = null;
  directStatus.value = null;
});

describe('the seal', () => {
  it('shows the digits, and reads them one by one', async () => {
    sealStatus.value = { ...OFF, state: 'sealed', code: ['0123', '4567', '8901'] };
    expect(await show(<SealLine />)).toContain('0123 4567 8901');
    expect(root.querySelector('[aria-label*="0 1 2 3, 4 5 6 7, 8 9 0 1"]')).not.toBeNull();
  });

  it.each([
    [{ cannot: ['ann'] }, 'the browser of Ann cannot'], [{ cannot: ['me', 'ann'] }, 'your browser cannot'], [{ silent: ['ann'] }, 'the browser of Ann does not answer'],
  ])('says whose browser it is that it is not: %j', async (why, text) => {
    sealStatus.value = { ...OFF, ...why };
    expect(await show(<SealLine />)).toContain(text);
    expect(root.textContent).toContain('could listen');
    expect(root.textContent).not.toMatch(/\d{4} \d{4}/);
  });

  it('is not spoken of while nobody else is there', async () => {
    store.talk.value = talkOf('me');
    sealStatus.value = { ...OFF, state: 'agreeing' };
    expect(await show(<SealLine />)).toBe('');
  });

  it('that was lost holds my voice until I say otherwise', async () => {
    sealStatus.value = { ...OFF, cannot: ['ann'] };
    expect(await show(<SealQuestion />)).toBe('');
    sealStatus.value = { ...OFF, cannot: ['ann'], held: true };
    await show(<SealQuestion />);
    await press(root, 'Speak unsealed');
    expect(calls.map(({ name }) => name)).toEqual(['speakUnsealed']);
  });
});

describe('from browser to browser', () => {
  const state = (name: DirectState['state'], by: string, relay: string[] = []): DirectState => ({ state: name, by, relay });

  it('is offered to two, and not to more, nor while somebody is invited', async () => {
    expect(await show(<DirectLine />)).toContain('Talk without the relay');
    store.talk.value = talkOf('me', 'ann', 'ben');
    expect(await show(<DirectLine />)).toBe('');
    store.talk.value = { ...talkOf('me', 'ann'), invited: [{ id: 'ben', answer: 'waiting' }] };
    expect(await show(<DirectLine />)).toBe('');
  });

  it('says what it reveals before it is agreed to', async () => {
    directStatus.value = state('asked', 'ann');
    expect(await show(<DirectQuestion />)).toContain('Ann learns the internet address of your device');
    await press(root, 'Rather not');
    await press(root, 'Agree');
    expect(calls).toMatchObject([{ name: 'talkDirectly', args: [false] }, { name: 'talkDirectly', args: [true] }]);
  });

  it('asks me nothing that I have asked myself', async () => {
    directStatus.value = state('asked', 'me');
    expect(await show(<DirectQuestion />)).toBe('');
    expect(await show(<DirectLine />)).toContain('Take the question back');
  });

  it('that failed asks before it uses the relay, once', async () => {
    directStatus.value = state('failed', 'ann');
    expect(await show(<DirectQuestion />)).toContain('Neither of you hears the other');
    await press(root, 'Use the relay');
    expect(calls.map(({ name }) => name)).toEqual(['talkOverRelay']);
    directStatus.value = state('failed', 'ann', ['me']);
    expect(await show(<DirectQuestion />)).toContain('Ann has not answered yet');
    expect(root.textContent).not.toContain('Use the relay');
  });

  it('says that the relay is not involved', async () => {
    directStatus.value = state('direct', 'ann');
    expect(await show(<DirectLine />)).toContain('The relay is not involved');
  });
});
