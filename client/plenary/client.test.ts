// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { newSession } from '../../shared/rules/plenary/initial.ts';
import { REPEAT_MS } from './answers.ts';
import { PlenaryClient } from './client.ts';
import type { DrivenSound } from './client.ts';
import type { OpenLine, PlenaryLineHandlers } from './connection.ts';
import { OfflineError } from './errors.ts';

interface FakeLine {
  readonly handlers: PlenaryLineHandlers;
  readonly sent: { readonly name: string; readonly message: Record<string, unknown> }[];
  open: boolean;
}

const SESSION = { token: 't', person: { id: 'me', name: 'Amina Diallo', entity: 'Senegal', entityType: 'member-state', country: 'sn', role: 'delegate', language: 'fr' } } as unknown as SessionResponse;
let lines: FakeLine[];
/** Why the next joins fail. */
let refusals: Reason[];
let opened: boolean[];
/** What the connection for voices was told. */
let media: string[];
let client: PlenaryClient;

const openLine: OpenLine = (_join, handlers) => {
  const refusal = refusals.shift();
  if (refusal !== undefined) return Promise.reject(new ReasonedError(refusal));
  const line: FakeLine = { handlers, sent: [], open: true };
  lines.push(line);
  return Promise.resolve({
    send: (name, message) => { if (line.open) line.sent.push({ name, message }); },
    leave: () => { line.open = false; },
    drop: () => {
      line.open = false;
      handlers.closed(null);
    },
  });
};

const sound = (): DrivenSound => ({
  media: signal('off'), mic: signal({ captured: false, sending: false, problem: null }), locked: signal(false),
  level: () => 0, addMicrophone: () => Promise.resolve(), unlock: () => undefined, tap: () => null, insert: () => undefined,
  link: { start: () => { media.push('start'); }, pause: () => { media.push('pause'); }, answer: () => undefined, reset: () => undefined },
  setOpen: (on) => { opened.push(on); }, setHushed: () => undefined, close: () => undefined,
});

const state = (): PlenaryState => newSession({ title: 'Council', kind: 'plenary' });
const welcome = (seq: number): PlenaryServerMessages['welcome'] => ({ id: 'me', session: 'session1', state: state(), seq, now: Date.now(), slots: 2 });
const latest = (): FakeLine => lines.at(-1) as FakeLine;
const messages = () => latest().handlers.messages;
const sentDeeds = (line = latest()) => line.sent.filter(({ name }) => name === 'deed').map(({ message }) => message);

async function arrive(seq = 1): Promise<void> {
  const joining = client.join();
  await vi.waitFor(() => { expect(lines.length).toBe(1); });
  messages().welcome(welcome(seq));
  await joining;
}

beforeEach(() => {
  localStorage.clear();
  lines = [];
  refusals = [];
  opened = [];
  media = [];
  client = new PlenaryClient({ session: 'session1', identify: () => Promise.resolve(SESSION), tab: 'tab', takeOver: false, sound, openLine });
});
afterEach(() => {
  client.leave();
  vi.useRealTimers();
});

describe('the state', () => {
  it('is what was welcomed with, and every patch in its order', async () => {
    await arrive(7);
    const before = client.store.state.value as PlenaryState;
    messages().patch({ seq: 8, patch: { currentItem: 'a' } });
    messages().patch({ seq: 9, patch: { meeting: { ...before.meeting, status: 'open' } } });
    expect(client.store.state.value).toMatchObject({ currentItem: 'a', meeting: { status: 'open' } });
    expect(client.store.state.value?.items).toBe(before.items);
  });

  it('is asked for anew when a patch was missed, and none is used twice', async () => {
    await arrive(7);
    messages().patch({ seq: 7, patch: { currentItem: 'old' } });
    expect(client.store.state.value?.currentItem).toBeNull();
    messages().patch({ seq: 9, patch: { currentItem: 'b' } });
    expect(client.store.state.value?.currentItem).toBeNull();
    await vi.waitFor(() => { expect(lines.length).toBe(2); });
    expect(client.store.status.value.kind).toBe('reconnecting');
    messages().welcome(welcome(9));
    await vi.waitFor(() => { expect(client.store.status.value.kind).toBe('online'); });
  });
});

describe('people by name', () => {
  it('are told as long as any view wants them, and on every new line', async () => {
    await arrive();
    const wishes = () => latest().sent.filter(({ name }) => name === 'watchPeople').map(({ message }) => message['on']);
    client.watchPeople(true);
    client.watchPeople(true);
    client.watchPeople(false);
    expect(wishes()).toEqual([true]);
    client.dropLine();
    await vi.waitFor(() => { expect(lines.length).toBe(2); });
    messages().welcome(welcome(1));
    await vi.waitFor(() => { expect(wishes()).toEqual([true]); });
    client.watchPeople(false);
    expect(wishes()).toEqual([true, false]);
  });
});

describe('a deed', () => {
  it('is done when the server says so, and refused with its reason', async () => {
    await arrive();
    const done = client.act({ kind: 'lower' });
    const refused = client.act({ kind: 'preside' });
    const [first, second] = sentDeeds().map(({ nonce }) => String(nonce));
    expect(first).not.toBe(second);
    messages().refused({ what: 'deed', deed: 'preside', reason: 'NOT_CHAIR', nonce: second ?? '' });
    messages().done({ nonce: first ?? '' });
    await expect(done).resolves.toBeUndefined();
    await expect(refused).rejects.toMatchObject({ reason: 'NOT_CHAIR' });
  });

  it('is refused at once without a line', async () => {
    await arrive();
    refusals = Array.from({ length: 50 }, () => 'INTERNAL');
    client.dropLine();
    await expect(client.act({ kind: 'lower' })).rejects.toBeInstanceOf(OfflineError);
  });

  it('that was sent into a breaking line is repeated on the next, with the same nonce', async () => {
    await arrive();
    const done = client.act({ kind: 'lower' });
    const [{ nonce } = { nonce: '' }] = sentDeeds();
    client.dropLine();
    await vi.waitFor(() => { expect(lines.length).toBe(2); });
    messages().welcome(welcome(1));
    await vi.waitFor(() => { expect(sentDeeds()).toHaveLength(1); });
    expect(sentDeeds()[0]).toMatchObject({ nonce, deed: { kind: 'lower' } });
    messages().done({ nonce: String(nonce) });
    await done;
  });

  it('is given up, and said to be uncertain, when the line is away for too long', async () => {
    await arrive();
    vi.useFakeTimers();
    const given = client.act({ kind: 'lower' });
    const told = expect(given).rejects.toMatchObject({ sent: true });
    refusals = Array.from({ length: 8 }, () => 'INTERNAL');
    client.dropLine();
    await vi.advanceTimersByTimeAsync(REPEAT_MS + 30_000);
    messages().welcome(welcome(1));
    await told;
    expect(sentDeeds()).toEqual([]);
  });
});

describe('the line', () => {
  it('says anew what one listens to and reads', async () => {
    await arrive();
    client.listen({ channel: 'ru' });
    client.readCaptions('fr');
    client.dropLine();
    await vi.waitFor(() => { expect(lines.length).toBe(2); });
    messages().welcome(welcome(1));
    await vi.waitFor(() => { expect(latest().sent.map(({ name }) => name)).toEqual(['listen', 'readCaptions']); });
    expect(latest().sent[0]?.message).toEqual({ channel: 'ru', under: true });
  });

  it('tells at the door why one cannot come in', async () => {
    refusals = ['ALREADY_HERE'];
    await expect(client.join()).rejects.toMatchObject({ reason: 'ALREADY_HERE' });
  });

  it('ends when the server says that it is over', async () => {
    await arrive();
    latest().handlers.closed('REMOVED');
    expect(client.store.status.value).toEqual({ kind: 'ended', reason: 'REMOVED' });
  });

  it('shows nothing of a closed part to those outside, and lets them in again', async () => {
    await arrive();
    messages().outside({ session: 'session1' });
    expect(client.store.status.value.kind).toBe('outside');
    expect(client.store.state.value).toBeNull();
    // Nobody would answer an offer of media out there.
    expect(media).toEqual(['start', 'pause']);
    messages().welcome(welcome(4));
    expect(client.store.status.value.kind).toBe('online');
    expect(media).toEqual(['start', 'pause', 'start']);
  });

  it('waits outside when a closed part is running as one comes', async () => {
    refusals = ['SESSION_CLOSED'];
    await client.join();
    expect(client.store.status.value.kind).toBe('outside');
  });
});

describe('my microphone', () => {
  it('is open with the floor, closed when all are muted, and closed without a line', async () => {
    await arrive();
    const open = client.store.state.value as PlenaryState;
    const speaker = { person: 'me', name: 'Amina Diallo', entity: 'Senegal', entityType: 'member-state', country: 'sn', role: 'delegate' } as const;
    const turn = { speaker, cause: 'list', capacity: 'delegation', onBehalfOf: '', motion: null, record: '', language: 'fr', startedAt: 0, allottedMs: 1, usedMs: 0, runningSince: 0 } as const;
    messages().patch({ seq: 2, patch: { meeting: { ...open.meeting, status: 'open' }, floor: { ...open.floor, turn } } });
    expect(opened.at(-1)).toBe(true);
    messages().patch({ seq: 3, patch: { floor: { ...open.floor, turn, allMuted: true } } });
    expect(opened.at(-1)).toBe(false);
    messages().patch({ seq: 4, patch: { floor: { ...open.floor, turn } } });
    expect(opened.at(-1)).toBe(true);
    // A recording begins: not before one has agreed.
    messages().patch({ seq: 5, patch: { meeting: { ...open.meeting, status: 'open', recordingSince: 1000 } } });
    expect(opened.at(-1)).toBe(false);
    client.store.consent.value = { since: 1000, agreed: true };
    expect(opened.at(-1)).toBe(true);
    refusals = ['INTERNAL'];
    client.dropLine();
    expect(opened.at(-1)).toBe(false);
  });
});
