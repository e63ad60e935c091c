import { codeOf } from './code.ts';
import { packParcel, unpackParcel } from './parcels.ts';
import type { KeyParcel } from './parcels.ts';
import { Round, setOf } from './round.ts';

/** After this long without keys of all, milliseconds, it is said who does not answer. */
export const AGREE_MS = 3000;
/** When somebody has left, milliseconds for which the old key may still be used while the new one gets to all: a word, no more. */
export const LEAVE_OVERLAP_MS = 1000;
/** Frames under an old key are opened this much longer, milliseconds: what was on the way. */
const LATE_MS = 1000;
/** What may have been lost is sent again after this long, milliseconds; five times, then more rarely. */
const RESEND_MS = 1000;
const RESEND_RARELY_MS = 10_000;
const RESENDS = 5;
/** Of how many people whose coming has not been announced yet something is kept. */
const MAX_EARLY = 96;

/** Where the keys go. Each call resolves when all frames from then on obey. */
export interface KeySink {
  /** Silence goes out; only what known keys sealed is heard. */
  hold(): Promise<void>;
  /** Frames go out as they are, and plain ones are heard. */
  open(): Promise<void>;
  /** Frames go out under this key; only what known keys sealed is heard. */
  sealWith(keyId: number, key: CryptoKey): Promise<void>;
  add(keyId: number, key: CryptoKey): Promise<void>;
  drop(keyId: number): Promise<void>;
}

export interface SealStatus {
  /** `sealed`: I have a key of every other member, and every one has confirmed mine. */
  readonly state: 'off' | 'agreeing' | 'sealed';
  /** Members whose browsers cannot; me too, perhaps. */
  readonly cannot: readonly string[];
  /** Members who do not answer. */
  readonly silent: readonly string[];
  /** It was sealed, and is no more: nothing of mine goes out until I say so. */
  readonly held: boolean;
  /** Groups of digits to compare; empty unless sealed. */
  readonly code: readonly string[];
}

export const AGREEING: SealStatus = { state: 'agreeing', cannot: [], silent: [], held: false, code: [] };

export interface AgreementDeps {
  readonly talk: string;
  readonly me: string;
  readonly can: boolean;
  readonly sink: KeySink;
  /** To one member, or to all others. */
  send(to: string | null, data: Uint8Array): void;
  onStatus(status: SealStatus): void;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
}

interface Retired {
  readonly person: string;
  readonly keyId: number;
  /** Milliseconds of the clock. */
  until: number;
}

/**
 * One member's part in agreeing on the keys of a talk, from coming to leaving. Every change among the members begins a new {@link Round}. Whatever
 * happens, it happens one after the other.
 */
export class Agreement {
  private readonly deps: AgreementDeps;
  private others: readonly string[] = [];
  private round: Round | null = null;
  private number = 0;
  /** Last commitments of people, or among members, that are not known yet. */
  private readonly early = new Map<string, KeyParcel>();
  /** Keys of others in use: of this round, and of earlier ones for a while. */
  private current: Retired[] = [];
  private retired: Retired[] = [];
  private sealingWith: number | null = null;
  private mode: 'hold' | 'open' | 'seal';
  private everSealed = false;
  private openAllowed = false;
  private startedAt = 0;
  /** Until when frames may go out under the key of an earlier round, and when that ends at the latest since somebody has left. */
  private overlapUntil = 0;
  private leaveDeadline = Infinity;
  private resends = 0;
  private nextResend = 0;
  private status: SealStatus = AGREEING;
  private queue: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(deps: AgreementDeps) {
    this.deps = deps;
    this.mode = deps.can ? 'hold' : 'open';
    void this.enqueue(() => deps.sink[deps.can ? 'hold' : 'open']());
  }

  /** Who else is in the talk, and can be reached. */
  setMembers(others: readonly string[]): Promise<void> {
    return this.enqueue(async () => {
      const sorted = others.toSorted();
      if (sorted.join() === this.others.join() && this.round !== null) return;
      const left = this.others.filter((id) => !sorted.includes(id));
      this.others = sorted;
      await this.forget(left);
      if (left.length > 0) this.leaveDeadline = Math.min(this.leaveDeadline, this.deps.now() + LEAVE_OVERLAP_MS);
      await this.begin(this.number + 1);
    });
  }

  receive(from: string, data: Uint8Array): Promise<void> {
    return this.enqueue(async () => {
      const parcel = unpackParcel(data);
      if (parcel !== null) await this.take(from, parcel);
      await this.settle();
    });
  }

  /** Call some times a second. */
  tick(): Promise<void> {
    return this.enqueue(async () => {
      const now = this.deps.now();
      const gone = this.retired.filter(({ until }) => until <= now);
      this.retired = this.retired.filter(({ until }) => until > now);
      for (const { keyId } of gone) await this.deps.sink.drop(keyId);
      if (now >= this.nextResend && this.status.state !== 'sealed') await this.resend(now);
      await this.settle();
    });
  }

  /** I would rather speak unsealed than not at all. */
  allowOpen(): Promise<void> {
    return this.enqueue(async () => {
      this.openAllowed = true;
      await this.settle();
    });
  }

  /** A new set of keys: the old one is spent, or its worker is gone. */
  renew(): Promise<void> {
    return this.enqueue(async () => {
      this.sealingWith = null;
      await this.begin(this.number + 1);
    });
  }

  /** I am in the talk no more: its keys open nothing. What goes out from now on is for whoever closes it to say. */
  close(): Promise<void> {
    return this.enqueue(async () => {
      this.closed = true;
      for (const { keyId } of [...this.current, ...this.retired]) await this.deps.sink.drop(keyId);
    });
  }

  private enqueue(task: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(() => (this.closed ? undefined : task()));
    return this.queue;
  }

  private async begin(atLeast: number): Promise<void> {
    const { talk, me, can } = this.deps;
    const set = await setOf(talk, [me, ...this.others]);
    const early = [...this.early].filter(([from, parcel]) => this.others.includes(from) && parcel.set === set);
    this.number = Math.max(atLeast, ...early.map(([, parcel]) => parcel.round));
    this.round = await Round.begin({ talk, me, others: this.others, number: this.number, set }, can);
    const now = this.deps.now();
    this.overlapUntil = Math.min(now + AGREE_MS, this.leaveDeadline);
    for (const key of this.current) this.retired.push({ ...key, until: this.overlapUntil + LATE_MS });
    this.current = [];
    this.startedAt = now;
    this.resends = 0;
    this.nextResend = now + RESEND_MS;
    if (this.others.length > 0) this.say(null, [this.round.commitment()]);
    for (const [from, parcel] of early) {
      this.early.delete(from);
      await this.take(from, parcel);
    }
    await this.settle();
  }

  private async take(from: string, parcel: KeyParcel): Promise<void> {
    const { round } = this;
    if (round === null || !this.others.includes(from) || parcel.set !== round.of.set) {
      if (parcel.kind === 'commit' && (this.early.has(from) || this.early.size < MAX_EARLY)) this.early.set(from, parcel);
      return;
    }
    if (parcel.kind === 'commit' && parcel.round < this.number) {
      // They have just come, or come back, and count from the beginning.
      this.say(from, [round.commitment()]);
      return;
    }
    if (parcel.kind === 'commit' && parcel.round > this.number) {
      this.early.set(from, parcel);
      await this.begin(parcel.round);
      return;
    }
    const replies = await round.receive(from, parcel);
    if (replies === null) await this.begin(this.number + 1);
    else this.say(null, replies);
  }

  /** Carries out what follows from all that is known now. */
  private async settle(): Promise<void> {
    const { round, deps } = this;
    if (round === null) return;
    for (const { person, keyId, key } of round.takeFound()) {
      this.current.push({ person, keyId, until: Infinity });
      await deps.sink.add(keyId, key);
    }
    const mine = this.others.length === 0 ? null : round.confirmedKey;
    if (mine !== null && this.sealingWith !== mine.keyId && round.cannot.length === 0) {
      this.sealingWith = mine.keyId;
      this.mode = 'seal';
      await deps.sink.sealWith(mine.keyId, mine.key);
    }
    const status = this.judge(round);
    await this.guard(status, mine !== null);
    this.tell(status);
  }

  private judge(round: Round): SealStatus {
    if (this.others.length === 0) return AGREEING;
    const code = round.membersDigest;
    if (round.isComplete && code !== null) return { ...AGREEING, state: 'sealed', code: codeOf(code) };
    const late = this.deps.now() - this.startedAt > AGREE_MS;
    if (round.cannot.length === 0 && !late) return AGREEING;
    return { ...AGREEING, state: 'off', cannot: round.cannot, silent: late && round.cannot.length === 0 ? round.missing : [], held: this.everSealed && !this.openAllowed };
  }

  /** What goes out while it is not sealed: under the old key for a moment, else silence, or plain sound if it may. */
  private async guard({ state, held }: SealStatus, switched: boolean): Promise<void> {
    if (state === 'sealed') {
      this.everSealed = true;
      this.openAllowed = false;
      this.leaveDeadline = Infinity;
      return;
    }
    const overlapping = this.sealingWith !== null && this.deps.now() < this.overlapUntil;
    if (state === 'agreeing' && (switched || overlapping)) return;
    const mode = state === 'off' && !held ? 'open' : 'hold';
    if (mode === this.mode) return;
    this.mode = mode;
    this.sealingWith = null;
    await this.deps.sink[mode]();
  }

  private tell(status: SealStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.status)) return;
    this.status = status;
    this.deps.onStatus(status);
  }

  /** What those who are gone sealed is heard no more, at once. */
  private async forget(left: readonly string[]): Promise<void> {
    const gone = ({ person }: Retired): boolean => left.includes(person);
    for (const { keyId } of [...this.current, ...this.retired].filter(gone)) await this.deps.sink.drop(keyId);
    this.current = this.current.filter((key) => !gone(key));
    this.retired = this.retired.filter((key) => !gone(key));
  }

  private async resend(now: number): Promise<void> {
    this.resends += 1;
    this.nextResend = now + (this.resends < RESENDS ? RESEND_MS : RESEND_RARELY_MS);
    if (this.round !== null && this.others.length > 0) this.say(null, await this.round.parcels());
  }

  private say(to: string | null, parcels: readonly KeyParcel[]): void {
    for (const parcel of parcels) this.deps.send(to, packParcel(parcel));
  }
}
