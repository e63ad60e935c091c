/** A session without sockets: the real authority (`Plenary`, its door, its rules), an in-memory store and relay, and people whose lines are objects. */
import { PlenaryDoor } from '../../server/plenary/door.ts';
import { Plenary } from '../../server/plenary/plenary.ts';
import { Sessions } from '../../server/plenary/sessions.ts';
import type { PlenaryConnection } from '../../server/plenary/connection.ts';
import type { Line } from '../../server/plenary/member.ts';
import type { LiveSession } from '../../server/plenary/live-session.ts';
import type { Identity } from '../../server/identity/identity.ts';
import { StoreError } from '../../server/store/store.ts';
import type { PlenaryRepository, StoredSession } from '../../server/store/store.ts';
import type { ConsoleDeed, Manning } from '../../shared/protocol/plenary/booths.ts';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import type { CaptionLine, PlenaryClientMessage, PlenaryClientMessageName, PlenaryServerMessageName, PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import { merge } from '../../shared/protocol/plenary/state.ts';
import type { Patch, PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Role } from '../../shared/protocol/vocabulary.ts';
import { unpack } from 'msgpackr';
import { messageFrame } from './fake-venue.ts';
import { MemoryRelay } from './venue.ts';

/** Keeps what it is given as text, so that nobody shares an object with it. */
export class MemoryPlenaryStore implements PlenaryRepository {
  failing = false;
  private readonly rows = new Map<string, { createdAt: number; savedAt: number; json: string }>();
  private readonly lines = new Map<string, CaptionLine[]>();

  list(): Promise<readonly StoredSession[]> {
    return Promise.resolve([...this.rows].map(([id, { createdAt, savedAt, json }]) => ({ id, createdAt, savedAt, state: JSON.parse(json) as PlenaryState })));
  }

  create(id: string, state: PlenaryState, at: number): Promise<void> {
    this.rows.set(id, { createdAt: at, savedAt: at, json: JSON.stringify(state) });
    return Promise.resolve();
  }

  save(id: string, patch: Patch, at: number): Promise<void> {
    const row = this.rows.get(id);
    if (this.failing || row === undefined) return Promise.reject(new StoreError('FAILED', 'the disk is full'));
    this.rows.set(id, { ...row, savedAt: at, json: JSON.stringify(merge(JSON.parse(row.json) as PlenaryState, patch)) });
    return Promise.resolve();
  }

  addCaption(id: string, line: CaptionLine): Promise<void> {
    this.lines.set(id, [...this.lines.get(id) ?? [], line]);
    return Promise.resolve();
  }

  captions(id: string): Promise<readonly CaptionLine[]> {
    return Promise.resolve(this.lines.get(id) ?? []);
  }

  remove(id: string): Promise<void> {
    this.rows.delete(id);
    return Promise.resolve();
  }
}

/** What somebody's client was sent, and what follows from it. */
export class Delegate implements PlenaryConnection {
  readonly id: string;
  closed: Reason | null = null;
  state: PlenaryState | null = null;
  seq = 0;
  manning: Manning = {};
  line: Line | null = null;
  private readonly received: { name: PlenaryServerMessageName; message: unknown }[] = [];

  constructor(id: string) {
    this.id = id;
  }

  send<K extends PlenaryServerMessageName>(name: K, message: PlenaryServerMessages[K]): void {
    // As it would be after the wire.
    this.take(name, JSON.parse(JSON.stringify(message)) as PlenaryServerMessages[K]);
  }

  sendEncoded(bytes: Uint8Array): void {
    const head = (bytes[1] ?? 0) & 0x1f;
    const name = new TextDecoder().decode(bytes.subarray(2, 2 + head)) as PlenaryServerMessageName;
    this.take(name, unpack(bytes.subarray(2 + head)) as never);
  }

  close(_code: number, reason: Reason): void {
    this.closed = reason;
  }

  all<K extends PlenaryServerMessageName>(name: K): PlenaryServerMessages[K][] {
    return this.received.filter((each) => each.name === name).map((each) => each.message as PlenaryServerMessages[K]);
  }

  last<K extends PlenaryServerMessageName>(name: K): PlenaryServerMessages[K] | undefined {
    return this.all(name).at(-1);
  }

  private take(name: PlenaryServerMessageName, message: unknown): void {
    this.received.push({ name, message });
    if (name === 'welcome') {
      const { state, seq } = message as PlenaryServerMessages['welcome'];
      this.state = state;
      this.seq = seq;
    }
    if (name === 'manning') this.manning = (message as PlenaryServerMessages['manning']).manning;
    if (name === 'outside') this.state = null;
    if (name !== 'patch') return;
    const { seq, patch } = message as PlenaryServerMessages['patch'];
    if (this.state === null || seq !== this.seq + 1) throw new Error(`${this.id} was sent patch ${seq} after ${this.seq}`);
    this.state = merge(this.state, patch);
    this.seq = seq;
  }
}

const DAY = 86_400_000;

export function person(id: string, role: Role = 'delegate', entity = 'Ghana', fields: Partial<Identity> = {}): Identity {
  return { id, name: `Name of ${id}`, entity, entityType: role === 'delegate' ? 'member-state' : 'secretariat', country: '', role, language: 'en', passExpiresAt: DAY * 20_000, ...fields };
}

export class PlenaryHall {
  readonly relay = new MemoryRelay();
  /** For recordings. */
  diskHasRoom = true;
  readonly store: MemoryPlenaryStore;
  readonly plenary: Plenary;
  readonly id: string;
  session!: LiveSession;
  now: number;
  private nonces = 0;
  private readonly door: PlenaryDoor;

  private constructor(store: MemoryPlenaryStore, sessions: Sessions, id: string, clock: { now: number }) {
    this.store = store;
    this.id = id;
    this.now = clock.now;
    this.plenary = new Plenary({
      recordings: { hasRoom: () => Promise.resolve(this.diskHasRoom), place: (_session, start) => Promise.resolve({ part: 1, fileOf: (channel) => `/${start}/${channel}-1.ogg` }) },
      identity: { identify: () => Promise.reject(new Error('not here')), onRevoked: () => () => undefined }, relay: this.relay, store, sessions, log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      diagnostics: { refused: () => undefined }, stopping: new AbortController().signal, capacity: 100, now: () => this.now,
    });
    Object.defineProperty(clock, 'now', { get: () => this.now });
    this.door = new PlenaryDoor({ sessionOf: (line) => this.plenary.sessionOf(line), clock: () => this.now, refused: () => undefined });
  }

  /** A new session, or (with what an earlier one left) the same one after a restart. */
  static async open(left?: { store: MemoryPlenaryStore; id: string; now: number }): Promise<PlenaryHall> {
    const store = left?.store ?? new MemoryPlenaryStore();
    const clock = { now: left?.now ?? 1_000_000 };
    const sessions = await Sessions.open({ store, now: () => clock.now });
    const id = left?.id ?? (await sessions.create({ kind: 'plenary', title: 'Opening', plannedStart: null, plannedEnd: null })).id;
    const hall = new PlenaryHall(store, sessions, id, clock);
    hall.session = await hall.plenary.open(id);
    return hall;
  }

  get state(): PlenaryState {
    return this.session.state;
  }

  async join(who: Identity, options: { tab?: string; takeOver?: boolean } = {}): Promise<Delegate> {
    const delegate = new Delegate(who.id);
    const { tab = `tab-of-${who.id}-0123456789`, takeOver = false } = options;
    delegate.line = await this.plenary.join(who, { protocol: PROTOCOL_VERSION, session: this.id, tab, takeOver }, delegate);
    return delegate;
  }

  /** With a microphone and two slots. */
  async listen(delegate: Delegate): Promise<void> {
    this.send(delegate, 'mediaOffer', { sdp: 'slots=2' });
    await this.settled();
  }

  send<K extends PlenaryClientMessageName>(delegate: Delegate, name: K, message: PlenaryClientMessage<K>): void {
    if (delegate.line !== null) this.door.receive(delegate.line, messageFrame(name, message));
  }

  /** @returns why it was refused, or null */
  async act(delegate: Delegate, deed: PlenaryDeed): Promise<Reason | null> {
    return this.ask(delegate, 'deed', { deed, nonce: this.nonce() });
  }

  async console(delegate: Delegate, deed: ConsoleDeed): Promise<Reason | null> {
    return this.ask(delegate, 'console', { deed, nonce: this.nonce() });
  }

  drop(delegate: Delegate, consented = false): void {
    if (delegate.line !== null) this.session.drop(delegate.line, consented);
  }

  /** Time goes by, as the room sees it. */
  async wait(ms: number): Promise<void> {
    this.now += ms;
    await this.session.tick();
    await this.settled();
  }

  /** All that was under way has been done. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    await new Promise((resolve) => { setImmediate(resolve); });
  }

  /** Ids of those whose voice the relay sends to this person. */
  heardBy(person: string): string[] {
    const prefix = `${this.id}:`;
    return this.relay.heardBy(`${prefix}${person}`).map((peer) => peer.slice(prefix.length));
  }

  private nonce(): string {
    this.nonces += 1;
    return `n${this.nonces}`;
  }

  private async ask(delegate: Delegate, name: 'deed' | 'console', message: PlenaryClientMessage<'deed'> | PlenaryClientMessage<'console'>): Promise<Reason | null> {
    // Calm people: limits have tests of their own.
    this.now += 150;
    this.send(delegate, name, message);
    await this.settled();
    const { nonce } = message;
    const refused = delegate.all('refused').find((each) => each.nonce === nonce);
    if (refused !== undefined) return refused.reason;
    if (delegate.all('done').some((each) => each.nonce === nonce)) return null;
    throw new Error(`${delegate.id} was not answered: ${JSON.stringify(message)} ${JSON.stringify(delegate.last('refused'))}`);
  }
}
