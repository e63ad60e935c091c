import { mergeUpdates } from 'yjs';
import type { Pad } from './pad.ts';
import { Assembly, kindOf, MESSAGE_MAX_BYTES, split } from './wire.ts';
import type { Kind, Note } from './wire.ts';

/** What is typed goes out five times a second at most. */
const TYPING_MS = 200;
/** Parcels a second, and at once: well under what the server lets pass, since keys take the same way. */
const PER_SECOND = 8;
const BURST = 30;
/** Who stands later in the list of members gives those before this much time each to answer first. */
const TURN_MS = 250;
/** Who was asked and sends nothing for so long is asked no more. */
const SILENCE_MS = 4000;
/** What was lost on the way is noticed at the latest after this. */
const ROUND_MS = 15_000;
/** Something came without what it builds upon: that may be just on the way. */
const GAP_MS = 1000;

export interface SyncDeps {
  readonly pad: Pad;
  /** To one member, or to all others. */
  readonly post: (bytes: Uint8Array, to: string | null) => void;
  /** My place among the members who are there, from 0. */
  readonly rank: () => number;
}

/**
 * Keeps one replica the same as the others', over a way that may lose anything. Everybody says now and then what they have; who lacks something asks one who has it; who has more says so,
 * by turns, until somebody has. A newcomer, a lost parcel and a line that was down are all the same: somebody lacks something. Knows no clock: times are milliseconds given to it.
 */
export class NotesSync {
  private readonly deps: SyncDeps;
  private readonly assembly = new Assembly();
  private readonly queue: { readonly part: Uint8Array; readonly to: string | null }[] = [];
  private written: Uint8Array[] = [];
  private tokens = BURST;
  private filledAt: number;
  private typedAt = 0;
  private number = 0;
  /** When I say what I have, unless somebody else does before; or null. */
  private sayAt: number | null;
  private roundAt: number;
  private asking: { readonly whom: string; heardAt: number } | null = null;
  private gapAt: number | null = null;
  private gapMs = GAP_MS;

  constructor(deps: SyncDeps, now: number) {
    this.deps = deps;
    this.filledAt = now;
    this.roundAt = now;
    this.sayAt = now;
    deps.pad.onWritten((update) => { this.written.push(update); });
  }

  /** The line was down: whatever was said meanwhile is lost. */
  reconnected(now: number): void {
    this.asking = null;
    this.sayAt = now;
  }

  membersChanged(members: ReadonlySet<string>): void {
    this.assembly.keepOnly(members);
    if (this.asking !== null && !members.has(this.asking.whom)) this.asking = null;
  }

  receive(from: string, bytes: Uint8Array, now: number): void {
    // Whatever else they say, whoever does not answer is asked no more.
    if (this.asking?.whom === from && kindOf(bytes) === 'answer') this.asking.heardAt = now;
    const note = this.assembly.add(from, bytes);
    if (note === null) return;
    try {
      this.take(from, note, now);
    } catch {
      // Not what it says it is: nothing of it counts.
    }
  }

  tick(now: number): void {
    if (this.asking !== null && now - this.asking.heardAt > SILENCE_MS) {
      this.asking = null;
      this.sayAt ??= now;
    }
    this.watchGaps(now);
    if (!this.deps.pad.isEmpty && now - this.roundAt > ROUND_MS + this.deps.rank() * TURN_MS) this.sayAt ??= now;
    if (this.sayAt !== null && now >= this.sayAt) this.say(now);
    // While much is waiting, what is typed is gathered and goes as one.
    if (this.written.length > 0 && this.queue.length === 0 && now - this.typedAt >= TYPING_MS) this.sendWritten(now);
    this.drain(now);
  }

  private take(from: string, { kind, body }: Note, now: number): void {
    const { pad } = this.deps;
    switch (kind) {
      case 'hello':
        if (!pad.isEmpty) this.sayInTurn(now);
        return;
      case 'have': {
        this.compared(from, pad.compare(body.subarray(4), new DataView(body.buffer, body.byteOffset).getUint32(0)), now);
        return;
      }
      case 'ask':
        this.send('answer', pad.since(body), from);
        if (pad.compare(body, null).iLack) this.ask(from, now);
        return;
      case 'answer':
        pad.apply(body);
        if (this.asking?.whom === from) this.asking = null;
        return;
      case 'update':
        pad.apply(body);
    }
  }

  private compared(from: string, { iLack, theyLack }: ReturnType<Pad['compare']>, now: number): void {
    if (iLack) this.ask(from, now);
    if (theyLack) this.sayInTurn(now);
    else {
      // They have all that I have: I need not say it.
      this.sayAt = null;
      this.roundAt = now;
    }
  }

  private ask(whom: string, now: number): void {
    if (this.asking !== null) return;
    this.asking = { whom, heardAt: now };
    this.send('ask', this.deps.pad.vector(), whom);
  }

  private sayInTurn(now: number): void {
    this.sayAt ??= now + this.deps.rank() * TURN_MS;
  }

  private say(now: number): void {
    const { pad } = this.deps;
    this.sayAt = null;
    this.roundAt = now;
    if (pad.isEmpty) {
      this.send('hello', new Uint8Array(), null);
      return;
    }
    const vector = pad.vector();
    const body = new Uint8Array(4 + vector.length);
    new DataView(body.buffer).setUint32(0, pad.deletions());
    body.set(vector, 4);
    this.send('have', body, null);
  }

  private watchGaps(now: number): void {
    if (!this.deps.pad.hasGaps) {
      this.gapAt = null;
      this.gapMs = GAP_MS;
      return;
    }
    this.gapAt ??= now;
    if (now - this.gapAt < this.gapMs) return;
    this.gapAt = now;
    // What is missing may have gone with whoever wrote it.
    this.gapMs = Math.min(ROUND_MS, this.gapMs * 2);
    this.sayAt ??= now;
  }

  private sendWritten(now: number): void {
    this.typedAt = now;
    const update = mergeUpdates(this.written);
    this.written = [];
    this.send('update', update, null);
  }

  private send(kind: Kind, body: Uint8Array, to: string | null): void {
    // More than a pad can hold was made by nobody's typing.
    if (body.length > MESSAGE_MAX_BYTES) return;
    for (const part of split({ kind, body }, this.number)) this.queue.push({ part, to });
    this.number = (this.number + 1) & 0xffff;
  }

  private drain(now: number): void {
    this.tokens = Math.min(BURST, this.tokens + ((now - this.filledAt) / 1000) * PER_SECOND);
    this.filledAt = now;
    while (this.tokens >= 1) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.tokens -= 1;
      this.deps.post(next.part, next.to);
    }
  }
}
