// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleDeed, Interpreter, Manning } from '../../../shared/protocol/plenary/booths.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { showLanguage } from '../../ui/i18n.ts';
import { control, press } from '../../ui/testing.ts';
import { fakePlenary, participant } from '../testing.ts';
import type { FakePlenary } from '../testing.ts';
import { PlenaryContext } from '../view/context.ts';
import { Workplace } from './index.tsx';
import { parseConsolePreferences } from './preferences.ts';
import { HINT_MS, followTurn } from './turn.ts';

const BOOTHS = { b1: { id: 'b1', name: 'English booth', languages: ['en', 'fr'] }, b2: { id: 'b2', name: 'Russian booth', languages: ['ru'] } } as const;

let root: HTMLElement;
let plenary: FakePlenary;

const interpreter = (person: string, fields: Partial<Interpreter> = {}): Interpreter => ({ person, name: `Name of ${person}`, incoming: 'floor', outgoing: 'en', live: false, coughing: false, connected: true, ...fields });

async function man(members: readonly Interpreter[], handOver: Manning[string]['handOver'] = null): Promise<void> {
  await act(() => { plenary.store.manning.value = { b1: { id: 'b1', members, handOver } }; });
}

const deeds = (): ConsoleDeed[] => plenary.calls.filter(({ name }) => name === 'console').map(({ args }) => args[0] as ConsoleDeed);
const text = (): string => root.textContent;
const element = (selector: string): HTMLElement => root.querySelector(selector) as HTMLElement;

async function key(letter: string, kind: 'keydown' | 'keyup' = 'keydown', target: EventTarget = document.body): Promise<void> {
  await act(() => { target.dispatchEvent(new KeyboardEvent(kind, { key: letter, code: /\d/.test(letter) ? `Digit${letter}` : `Key${letter.toUpperCase()}`, bubbles: true, cancelable: true })); });
}

beforeEach(async () => {
  await showLanguage('en');
  plenary = fakePlenary([participant('me', 'Interpretation', { role: 'interpreter' })], { ...newSession({ title: 'Council', kind: 'plenary' }), booths: BOOTHS });
  root = document.createElement('main');
  document.body.append(root);
  await act(() => { render(<PlenaryContext.Provider value={plenary}><Workplace /></PlenaryContext.Provider>, root); });
});
afterEach(async () => {
  await act(() => { render(null, root); });
  root.remove();
});

describe('the interpreters’ console', () => {
  it('offers the booths with who is in them, and none that is full', async () => {
    await man([interpreter('a'), interpreter('b'), interpreter('c')]);
    expect(text()).toContain('English – Français');
    expect(text()).toContain('Name of a');
    expect((control(root, 'Enter the booth: English booth') as HTMLButtonElement).disabled).toBe(true);
    await press(root, 'Enter the booth: Russian booth');
    expect(deeds()).toEqual([{ kind: 'enter', booth: 'b2' }]);
  });

  it('says plainly whether one is on air, and into what', async () => {
    await man([interpreter('me')]);
    expect(element('.console-mic').getAttribute('aria-pressed')).toBe('false');
    await man([interpreter('me', { live: true })]);
    expect(element('.console-mic').textContent).toContain('ON AIR');
    await man([interpreter('me', { live: true, coughing: true })]);
    expect(element('.console-mic').textContent).toContain('nothing is sent');
    await act(() => { Object.assign(plenary.sound.mic, { value: { captured: false, sending: false, problem: null } }); });
    await man([interpreter('me', { live: true })]);
    expect(element('.console-mic').textContent).toContain('no microphone is sending');
  });

  it('does everything by single keys, but not while somebody writes', async () => {
    await man([interpreter('me', { live: true }), interpreter('other')]);
    for (const letter of ['m', 'x', '0', '3', 'h', 's', 'n']) await key(letter);
    expect(deeds()).toEqual([
      { kind: 'microphone', on: false }, { kind: 'outgoing', language: 'fr' }, { kind: 'incoming', channel: 'floor' }, { kind: 'incoming', channel: 'es' }, { kind: 'handOver', to: 'other' }, { kind: 'alert', what: 'slower' }, { kind: 'alert', what: 'noSound' },
    ]);
    await key('m', 'keydown', element('.composer input'));
    expect(deeds()).toHaveLength(7);
    // One's own outgoing language does not come in.
    await key('1');
    expect(deeds()).toHaveLength(7);
  });

  it('coughs as long as the key is held, and no longer than the window has the focus', async () => {
    await man([interpreter('me', { live: true })]);
    await key('c');
    await key('c', 'keyup');
    await key('c');
    await act(() => { dispatchEvent(new Event('blur')); });
    expect(deeds().map((deed) => deed.kind === 'cough' && deed.on)).toEqual([true, false, true, false]);
    await man([interpreter('me')]);
    await key('c');
    await key('c', 'keyup');
    expect(deeds().filter((deed) => deed.kind === 'cough' && deed.on)).toHaveLength(2);
  });

  it('coughs by the button, held by a key of the keyboard, and lets go when the focus goes', async () => {
    await man([interpreter('me', { live: true })]);
    const cough = element('.cough');
    await act(() => { cough.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, cancelable: true })); });
    await act(() => { cough.dispatchEvent(new FocusEvent('blur')); });
    expect(deeds()).toEqual([{ kind: 'cough', on: true }, { kind: 'cough', on: false }]);
  });

  it('offers the hand-over when the microphone is taken', async () => {
    await man([interpreter('me'), interpreter('other', { live: true })]);
    plenary.console = (deed) => {
      plenary.calls.push({ name: 'console', args: [deed] });
      return deed.kind === 'microphone' ? Promise.reject(new ReasonedError('MICROPHONE_TAKEN')) : Promise.resolve();
    };
    await act(() => { element('.console-mic').click(); });
    await vi.waitFor(() => { expect(text()).toContain('Only one microphone'); });
    expect(element('[role=alert]').textContent).toContain('Only one microphone can be open in a booth');
    await act(() => { element('[role=alert] button').click(); });
    expect(deeds().at(-1)).toEqual({ kind: 'takeOver' });
  });

  it('asks whoever is asked, and lets whoever asked wait or call back', async () => {
    const both = [interpreter('me', { live: true }), interpreter('other')];
    await man(both, { from: 'me', to: 'other', askedBy: 'to' });
    expect(text()).toContain('asks for your microphone');
    await press(root, 'Hand over now');
    await press(root, 'Not now');
    await man(both, { from: 'me', to: 'other', askedBy: 'from' });
    expect(text()).toContain('Waiting for');
    await press(root, 'Cancel');
    expect(deeds()).toEqual([{ kind: 'answerHandOver', accept: true }, { kind: 'answerHandOver', accept: false }, { kind: 'cancelHandOver' }]);
  });

  it('keeps what one listens to and the incoming channel the same', async () => {
    await man([interpreter('me', { incoming: 'fr' })]);
    expect(plenary.store.listening.value.channel).toBe('fr');
    await act(() => { plenary.listen({ channel: 'es' }); });
    expect(deeds()).toEqual([{ kind: 'incoming', channel: 'es' }]);
  });
});

describe('a turn at the microphone', () => {
  it('goes on over pauses between speakers, and ends with a hand-over or a rest', () => {
    const open = { live: true, colleagueLive: false };
    let turn = followTurn(null, { ...open, now: 0 });
    turn = followTurn(turn, { ...open, now: 60_000 });
    turn = followTurn(turn, { live: false, colleagueLive: false, now: 120_000 });
    turn = followTurn(turn, { ...open, now: 180_000 });
    expect(turn).toEqual({ startedAt: 0, lastLiveAt: 180_000 });
    expect(followTurn(turn, { live: false, colleagueLive: true, now: 181_000 })).toBeNull();
    expect(followTurn(turn, { live: false, colleagueLive: false, now: 180_000 + 4 * 60_000 })).toBeNull();
    expect(followTurn(turn, { ...open, now: 180_000 + 4 * 60_000 })?.startedAt).toBe(420_000);
    expect(HINT_MS).toBeLessThan(30 * 60_000);
  });
});

describe('what is kept on the device', () => {
  it('drops what may not stand there', () => {
    expect(parseConsolePreferences('{"volume":7,"bass":0.2,"ceiling":"0","chime":false,"evil":1}')).toEqual({ volume: 1, bass: 0.2, treble: 0.5, ceiling: '-12', chime: false });
    expect(parseConsolePreferences('no JSON').ceiling).toBe('-12');
  });
});
