import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import type { Voice } from '../../audio/voice.ts';
import type { MicInfo } from '../contracts.ts';
import { audience, store } from '../store.ts';
import { Talking } from './talking.ts';
import { ECHO_MS } from './whispering.ts';

const TALK: TalkState = { id: 't1', kind: 'dome', host: 'ann', named: true, locked: false, members: [{ id: 'ann', hand: 0 }, { id: 'me', hand: 0 }], invited: [], knocking: [] } as unknown as TalkState;

let sent: unknown[];
let talking: Talking;
/** What leaves the device: nothing while muted or hushed. */
let audible: () => boolean;
let mic: Signal<MicInfo>;
let group: readonly string[];
let strayed: number;

const keys = (): string[] => store.toasts.peek().map(({ key }) => key);
const press = (state: 'live' | 'muted'): void => { mic.value = { ...mic.peek(), state }; };

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  group = [];
  strayed = 0;
  mic = signal<MicInfo>({ state: 'live', level: 0, problem: null });
  let hushed = false;
  audible = () => mic.peek().state === 'live' && !hushed;
  const voice = {
    mic,
    setMuted: (on: boolean) => {
      press(on ? 'muted' : 'live');
      sent.push({ mic: mic.peek().state, audience: audience.peek() });
    },
    setHushed: (on: boolean) => { hushed = on; },
    mixer: { setGroup: (people: ReadonlySet<string>) => { group = [...people]; } },
  } as unknown as Voice;
  store.names.set('ann', 'Ann');
  store.toasts.value = [];
  talking = new Talking({ voice, send: (name, message) => sent.push(name === 'mic' ? { mic: (message as { state: string }).state, audience: (message as { audience: string }).audience } : { [name]: message }), strayed: () => { strayed += 1; } });
});
afterEach(() => {
  talking.close();
  vi.useRealTimers();
});

describe('being in a talk', () => {
  it('is heard wherever its members stand, and no tour leads one away', () => {
    talking.talk({ talk: TALK, why: null });
    expect([store.talk.value?.id, group, strayed, audience.value]).toEqual(['t1', ['ann', 'me'], 1, 'talk:t1']);
  });

  it('is over with a word, a shut microphone, and without what the group wrote', () => {
    talking.talk({ talk: TALK, why: null });
    store.chat.value = [{ key: 'k', from: 'ann', fromName: 'Ann', to: { kind: 'talk' }, text: 'secret', at: 0, mine: false, status: 'delivered' }];
    talking.talk({ talk: null, why: 'walkedOut' });
    expect([audible(), keys(), store.chat.value, group]).toEqual([false, ['toast.talk.out.walkedOut'], [], []]);
  });

  it('ends for the microphone with the press, not with the answer', () => {
    talking.talk({ talk: TALK, why: null });
    talking.act({ kind: 'leave' });
    expect(audible()).toBe(false);
    expect(sent).toEqual([{ mic: 'muted', audience: 'talk:t1' }, { talk: { kind: 'leave' } }]);
  });
});

describe('a new line', () => {
  it('is silent until it is known who would hear; then the same people hear on', () => {
    talking.talk({ talk: TALK, why: null });
    talking.welcomed();
    expect([audible(), sent]).toEqual([false, []]);
    talking.talk({ talk: TALK, why: null });
    expect([audible(), sent]).toEqual([true, [{ mic: 'live', audience: 'talk:t1' }]]);
  });

  it('after which the talk is gone stays silent, and says why', () => {
    talking.talk({ talk: TALK, why: null });
    talking.welcomed();
    talking.talk({ talk: null, why: null });
    expect([audible(), keys()]).toEqual([false, ['toast.talk.out.lost']]);
    expect(sent).toEqual([{ mic: 'muted', audience: '' }]);
  });

  it('keeps a muted microphone muted', () => {
    press('muted');
    talking.welcomed();
    talking.talk({ talk: null, why: null });
    expect([audible(), sent]).toEqual([false, [{ mic: 'muted', audience: '' }]]);
  });
});

describe('whispering', () => {
  it('lets not a sound out before the server says who hears it, and until all of it is over', () => {
    talking.whispering.to('ann');
    expect([audible(), sent.at(-1)]).toEqual([false, { whisper: { to: 'ann' } }]);
    talking.whisper({ to: 'ann', from: [] });
    expect([audible(), sent.at(-1)]).toEqual([true, { mic: 'live', audience: 'whisper:ann' }]);
    talking.whispering.to(null);
    expect([audible(), sent.at(-1)]).toEqual([false, { whisper: { to: null } }]);
    talking.whisper({ to: '', from: [] });
    expect(audible()).toBe(false);
    vi.advanceTimersByTime(ECHO_MS);
    expect([audible(), sent.at(-1)]).toEqual([true, { mic: 'live', audience: '' }]);
  });

  it('with a muted microphone leaves it muted', () => {
    press('muted');
    talking.whispering.to('ann');
    talking.whisper({ to: 'ann', from: [] });
    expect(audible()).toBe(true);
    talking.whispering.to(null);
    vi.advanceTimersByTime(ECHO_MS);
    expect(audible()).toBe(false);
  });

  it('that is refused leaves everything as it was', () => {
    talking.whispering.to('ann');
    talking.refused('whisper');
    expect([audible(), mic.peek().state]).toEqual([true, 'live']);
  });

  it('let go before the answer came ends all the same', () => {
    talking.whispering.to('ann');
    talking.whispering.to(null);
    talking.whisper({ to: 'ann', from: [] });
    expect(audible()).toBe(false);
    talking.whisper({ to: '', from: [] });
    vi.advanceTimersByTime(ECHO_MS);
    expect([audible(), sent.at(-1)]).toEqual([true, { mic: 'live', audience: '' }]);
  });

  it('that the server ends stays shut', () => {
    talking.whispering.to('ann');
    talking.whisper({ to: 'ann', from: [] });
    talking.muted({ why: 'whisper' });
    talking.whisper({ to: '', from: [] });
    talking.whispering.to(null);
    vi.advanceTimersByTime(10 * ECHO_MS);
    expect([audible(), keys()]).toEqual([false, ['toast.talk.whisperOver']]);
  });
});
