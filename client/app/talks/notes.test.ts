import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import { Pad } from '../../notes/pad.ts';
import { NotesSync } from '../../notes/sync.ts';
import { KINDS } from '../../notes/wire.ts';
import { store } from '../store.ts';
import { notesStatus } from './notes-status.ts';
import { TalkNotes } from './notes.ts';

const talkOf = (id: string): TalkState => ({ id, kind: 'dome', booking: '', host: 'ann', named: true, locked: false, members: [{ id: 'ann', hand: 0 }, { id: 'me', hand: 0 }], invited: [], knocking: [] });

let posted: Uint8Array[];
let receive: (from: string, bytes: Uint8Array<ArrayBuffer>) => void;
let notes: TalkNotes;

const kinds = (): string[] => posted.map((bytes) => KINDS[bytes[0] as number] ?? '?');
const ready = (): Promise<void> => vi.waitFor(() => { expect(notesStatus.value.state).toBe('ready'); });
const text = (): string | null => (notesStatus.value.state === 'ready' ? notesStatus.value.pad.text() : null);

/** Ann, who writes: what she says goes to me, and what I say to her. */
function ann(): { pad: Pad; sync: NotesSync } {
  const pad = new Pad(7);
  return { pad, sync: new NotesSync({ pad, post: (bytes) => { receive('ann', Uint8Array.from(bytes)); }, rank: () => 0 }, 0) };
}

beforeEach(() => {
  posted = [];
  store.myId.value = 'me';
  store.toasts.value = [];
  store.connection.value = { kind: 'online' };
  notes = new TalkNotes({
    on: (_kind, listener) => {
      receive = listener;
      return () => undefined;
    },
    post: (_kind, bytes) => { posted.push(bytes); },
  });
  store.talk.value = talkOf('t1');
});
afterEach(() => {
  notes.close();
  store.talk.value = null;
});

describe('the notes of my talk', () => {
  it('are asked for on coming in, and fetched for nobody who has none', () => {
    expect(kinds()).toEqual(['hello']);
    receive('ann', Uint8Array.from([0, 0, 0, 0, 1]));
    expect(notesStatus.value.state).toBe('none');
  });

  it('are kept from the first word that another writes, which is told once', async () => {
    const { pad, sync } = ann();
    pad.edit({ at: 0, removed: 0, inserted: 'one' });
    for (const now of [1000, 1300]) sync.tick(now);
    await ready();
    expect(text()).toBe('one');
    pad.edit({ at: 3, removed: 0, inserted: ' two' });
    for (const now of [2000, 2300]) sync.tick(now);
    await vi.waitFor(() => { expect(text()).toBe('one two'); });
    expect(store.toasts.value.map(({ key }) => key)).toEqual(['toast.talk.notes']);
  });

  it('that I have opened myself are no news', async () => {
    notes.open();
    await ready();
    const { pad, sync } = ann();
    pad.edit({ at: 0, removed: 0, inserted: 'one' });
    for (const now of [1000, 1300]) sync.tick(now);
    await vi.waitFor(() => { expect(text()).toBe('one'); });
    expect(store.toasts.value).toEqual([]);
  });

  it('are gone with the talk, and those of the next are others', async () => {
    const { pad, sync } = ann();
    pad.edit({ at: 0, removed: 0, inserted: 'secret' });
    for (const now of [1000, 1300]) sync.tick(now);
    await ready();
    store.talk.value = talkOf('t2');
    expect([notesStatus.value.state, kinds().at(-1)]).toEqual(['none', 'hello']);
    notes.open();
    await ready();
    expect(text()).toBe('');
    store.talk.value = null;
    expect(notesStatus.value.state).toBe('none');
  });

  it('are asked for again when the line is back', () => {
    store.connection.value = { kind: 'reconnecting' } as never;
    store.connection.value = { kind: 'online' };
    expect(kinds()).toEqual(['hello', 'hello']);
  });
});
