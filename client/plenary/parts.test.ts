// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { CaptionLine } from '../../shared/protocol/plenary/messages.ts';
import { attended } from './attendance.ts';
import { withLine } from './captions.ts';
import { ChatBook, recipientOf, threadOf } from './chat.ts';
import type { PlenaryChatEntry } from './contract.ts';
import { CEILING, ceilingCurve, gainsFor } from './loudness.ts';
import { parsePreferences } from './preferences.ts';
import { NOBODY } from './store.ts';

const delegation = (entity: string, french: string) => ({ entity, french, entityType: 'member-state', country: '', present: 1 }) as const;
const person = (id: string) => ({ id, name: id, entity: 'E', entityType: 'member-state', country: '', role: 'delegate', connected: true }) as const;
const change = { whole: false, people: [], left: [], delegations: [], gone: [], inside: 3, statesPresent: 2, waiting: [] } as const;

describe('attendance', () => {
  const before = attended(NOBODY, { ...change, whole: true, people: [person('a'), person('b')], delegations: [delegation('Germany', 'Allemagne'), delegation('Egypt', 'Égypte'), delegation('Spain', 'Espagne')] });

  it('is kept in the order of the French alphabet, accents or not', () => {
    expect(before.delegations.map(({ entity }) => entity)).toEqual(['Germany', 'Egypt', 'Spain']);
  });

  it('takes in what changed, and nothing else', () => {
    const after = attended(before, { ...change, people: [person('c')], left: ['a'], delegations: [delegation('South Africa', 'Afrique du Sud')], gone: ['Egypt'] });
    expect(after.people.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(after.delegations.map(({ entity }) => entity)).toEqual(['South Africa', 'Germany', 'Spain']);
  });

  it('is replaced by a whole one', () => {
    expect(attended(before, { ...change, whole: true, people: [person('z')] }).people.map(({ id }) => id)).toEqual(['z']);
  });
});

describe('captions', () => {
  const line = (id: number, text: string, final = true, language: CaptionLine['language'] = 'fr'): CaptionLine => ({ id, language, text, final, speaker: '', at: 0 });

  it('keeps final lines in their order and shows the one being written', () => {
    let captions = withLine({ language: 'fr', lines: [], live: null }, line(1, 'Bon', false));
    expect(captions).toMatchObject({ lines: [], live: { text: 'Bon' } });
    captions = withLine(withLine(captions, line(3, 'c')), line(2, 'b'));
    expect(captions.lines.map(({ text }) => text)).toEqual(['b', 'c']);
    expect(captions.live).toBeNull();
    expect(withLine(captions, line(3, 'c, corrected')).lines.map(({ text }) => text)).toEqual(['b', 'c, corrected']);
  });

  it('takes no line of another language', () => {
    const captions = { language: 'fr', lines: [], live: null } as const;
    expect(withLine(captions, line(1, 'Hello', true, 'en'))).toBe(captions);
  });
});

describe('chat', () => {
  const incoming = (id: string, from: string, nonce: string) => ({ id, from, fromName: from, fromEntity: 'E', to: { kind: 'person', id: 'me' }, text: 'x', at: 1, nonce }) as const;

  it('keeps a conversation by who is at the other end', () => {
    expect(threadOf({ kind: 'person', id: 'ann' }, 'me', 'me')).toBe('ann');
    expect(threadOf({ kind: 'person', id: 'me' }, 'ann', 'me')).toBe('ann');
    expect(recipientOf('podium')).toEqual({ kind: 'podium' });
    expect(recipientOf('ann')).toEqual({ kind: 'person', id: 'ann' });
  });

  it('shows my message once, sending and then delivered or failed', () => {
    const entries = signal<readonly PlenaryChatEntry[]>([]);
    const book = new ChatBook(entries);
    book.write({ key: 'n1', to: { kind: 'person', id: 'ann' }, from: 'me', fromName: 'Me', fromEntity: 'E', text: 'x', at: 1 });
    expect(book.refuse('n1', 'CHAT_OFF')).toBe(true);
    expect(entries.value).toMatchObject([{ status: { failed: 'CHAT_OFF' } }]);
    expect(book.revive('n1')).toMatchObject({ text: 'x' });
    book.receive({ ...incoming('s1', 'me', 'n1'), to: { kind: 'person', id: 'ann' } }, 'me');
    expect(entries.value).toMatchObject([{ key: 'n1', thread: 'ann', status: 'delivered' }]);
    book.receive(incoming('s2', 'ann', ''), 'me');
    expect(entries.value.map(({ thread }) => thread)).toEqual(['ann', 'ann']);
  });
});

describe('loudness', () => {
  it('lays the floor under a language, and brings it up when nobody interprets', () => {
    const listening = { under: 0.2 };
    expect(gainsFor(listening, { floor: 'f', channel: 'i', fellBack: false })).toEqual({ floor: 0.2, language: 1 });
    expect(gainsFor(listening, { floor: 'f', channel: 'i', fellBack: true })).toEqual({ floor: 1, language: 0 });
    expect(gainsFor(listening, { floor: 'f', channel: null, fellBack: false })).toEqual({ floor: 1, language: 0 });
  });

  it('never lets a sample pass the ceiling, and leaves quiet ones alone', () => {
    const curve = ceilingCurve(2001);
    expect(Math.max(...curve)).toBeLessThanOrEqual(CEILING);
    expect(Math.min(...curve)).toBeGreaterThanOrEqual(-CEILING);
    expect(curve[1500]).toBeCloseTo(0.5, 5);
    for (let i = 1; i < curve.length; i += 1) expect(curve[i]).toBeGreaterThanOrEqual(curve[i - 1] as number);
  });
});

describe('preferences', () => {
  it('drop what may not stand there, key by key', () => {
    expect(parsePreferences('{"channel":"ru","under":7,"captions":"xx","signWidth":2}')).toMatchObject({ channel: 'ru', under: 0.15, captions: null, signWidth: 2 });
    expect(parsePreferences('no JSON')).toMatchObject({ channel: 'floor' });
  });
});
