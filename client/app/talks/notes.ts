import { effect } from '@preact/signals';
import type { Notes } from '../../notes/notes.ts';
import { split } from '../../notes/wire.ts';
import { store } from '../store.ts';
import { toast } from '../toasts.ts';
import { notesStatus } from './notes-status.ts';
import type { Parcels } from './parcels.ts';

const TICK_MS = 100;
/** Parcels that wait while the pad is being fetched. More than these are asked for anew. */
const MOST_WAITING = 100;
const HELLO = split({ kind: 'hello', body: new Uint8Array() }, 0)[0] as Uint8Array;

/**
 * The notes of the talk that I am in. The pad is fetched when somebody writes, or when I open it; whoever is in the talk then keeps the notes for the others. Leaving is the end of them here.
 * One for the time in the venue.
 */
export class TalkNotes {
  private readonly parcels: Pick<Parcels, 'on' | 'post'>;
  private readonly stop: (() => void)[];
  private talk = '';
  private notes: Notes | null = null;
  private waiting: { readonly from: string; readonly bytes: Uint8Array }[] = [];
  private online = true;
  private isMine = false;
  private untold: () => void = () => undefined;

  constructor(parcels: Pick<Parcels, 'on' | 'post'>) {
    this.parcels = parcels;
    const timer = setInterval(() => this.notes?.sync.tick(performance.now()), TICK_MS);
    this.stop = [
      () => { clearInterval(timer); },
      parcels.on('notes', (from, bytes) => { this.receive(from, bytes); }),
      effect(() => { this.follow(store.talk.value?.id ?? ''); }),
      effect(() => {
        const members = new Set(store.talk.value?.members.map(({ id }) => id));
        this.notes?.sync.membersChanged(members);
      }),
      effect(() => { this.line(store.connection.value.kind === 'online'); }),
    ];
  }

  /** I want the pad. If fetching it fails, `notesStatus` says so, and asking again tries again. */
  open(): void {
    this.isMine = true;
    this.fetch();
  }

  close(): void {
    for (const stop of this.stop) stop();
    this.follow('');
  }

  private fetch(): void {
    const { talk } = this;
    const { state } = notesStatus.peek();
    if (talk === '' || state === 'coming' || state === 'ready') return;
    notesStatus.value = { state: 'coming' };
    import('../../notes/notes.ts').then(({ Notes }) => {
      if (this.talk === talk && this.notes === null) this.begin(Notes);
    }, () => {
      if (this.talk === talk) notesStatus.value = { state: 'failed' };
    });
  }

  private begin(make: typeof Notes): void {
    const notes = new make({ post: (bytes, to) => { this.parcels.post('notes', bytes, to); }, rank: myRank }, performance.now());
    this.notes = notes;
    for (const { from, bytes } of this.waiting) notes.sync.receive(from, bytes, performance.now());
    this.waiting = [];
    notesStatus.value = { state: 'ready', pad: notes };
    // Told once: what is written is nobody's news.
    let isTold = false;
    this.untold = notes.length.subscribe((length) => {
      if (length === 0 || isTold) return;
      isTold = true;
      if (!this.isMine) toast('toast.talk.notes', 'info');
    });
  }

  private receive(from: string, bytes: Uint8Array): void {
    if (this.notes !== null) {
      this.notes.sync.receive(from, bytes, performance.now());
      return;
    }
    // That somebody is here who has nothing is no reason to fetch the pad.
    if (bytes[0] === HELLO[0]) return;
    if (this.waiting.length < MOST_WAITING) this.waiting.push({ from, bytes });
    this.fetch();
  }

  private follow(talk: string): void {
    if (talk === this.talk) return;
    this.talk = talk;
    this.untold();
    this.notes?.close();
    this.notes = null;
    this.waiting = [];
    this.isMine = false;
    notesStatus.value = { state: 'none' };
    if (talk !== '') this.parcels.post('notes', HELLO);
  }

  private line(online: boolean): void {
    const isBack = online && !this.online;
    this.online = online;
    if (!isBack) return;
    if (this.notes !== null) this.notes.sync.reconnected(performance.now());
    else if (this.talk !== '') this.parcels.post('notes', HELLO);
  }
}

/** My place among the members whose line is up. */
function myRank(): number {
  const people = store.people.peek();
  const present = (store.talk.peek()?.members ?? []).map(({ id }) => id).filter((id) => people.get(id)?.away !== true);
  return Math.max(0, present.indexOf(store.myId.peek()));
}
