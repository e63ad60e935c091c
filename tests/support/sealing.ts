/** Talks whose members agree on keys, without a server, a browser and time: for tests of `client/audio/seal`. */
import { expect } from 'vitest';
import { AGREEING, Agreement } from '../../client/audio/seal/agreement.ts';
import type { KeySink, SealStatus } from '../../client/audio/seal/agreement.ts';
import { Sealing } from '../../client/audio/seal/sealing.ts';

export const VOICE = Uint8Array.of(0x78, 1, 2, 3, 4, 5, 6, 7, 8, 9);

export interface Sent {
  readonly from: string;
  readonly to: string | null;
  readonly data: Uint8Array;
}

/** What the worker does, without one; it remembers the keys it was given, as an attacker who breaks into the page would. */
export class Ears implements KeySink {
  readonly sealing = new Sealing(() => undefined);
  readonly keys = new Map<number, CryptoKey>();
  mode: 'hold' | 'open' | 'seal' = 'open';

  hold(): Promise<void> {
    this.mode = 'hold';
    this.sealing.obey({ kind: 'outgoing', mode: 'hold' });
    this.sealing.obey({ kind: 'incoming', strict: true });
    return Promise.resolve();
  }

  open(): Promise<void> {
    this.mode = 'open';
    this.sealing.obey({ kind: 'outgoing', mode: 'pass' });
    this.sealing.obey({ kind: 'incoming', strict: false });
    return Promise.resolve();
  }

  sealWith(keyId: number, key: CryptoKey): Promise<void> {
    this.mode = 'seal';
    this.keys.set(keyId, key);
    this.sealing.obey({ kind: 'sealWith', keyId, key });
    this.sealing.obey({ kind: 'incoming', strict: true });
    return Promise.resolve();
  }

  add(keyId: number, key: CryptoKey): Promise<void> {
    this.keys.set(keyId, key);
    this.sealing.obey({ kind: 'add', keyId, key });
    return Promise.resolve();
  }

  drop(keyId: number): Promise<void> {
    this.sealing.obey({ kind: 'drop', keyId });
    return Promise.resolve();
  }

  say(): Promise<ArrayBuffer> {
    return this.sealing.outgoing(VOICE.slice().buffer);
  }

  async hears(frame: ArrayBuffer): Promise<boolean> {
    const heard = this.sealing.passesIn(frame) ? frame : await this.sealing.incoming(frame);
    return Buffer.from(heard).equals(VOICE);
  }
}

export interface Member {
  readonly id: string;
  readonly agreement: Agreement;
  readonly ears: Ears;
  status: SealStatus;
}

/** A talk: a server that passes parcels in order, a clock that is moved by hand. */
export class Talk {
  readonly members = new Map<string, Member>();
  readonly wire: Sent[] = [];
  readonly log: Sent[] = [];
  now = 0;
  /** What becomes of a parcel on its way: itself, another, or nothing. */
  tamper: (sent: Sent, to: string) => Uint8Array | null = ({ data }) => data;

  member(id: string): Member {
    const member = this.members.get(id);
    if (member === undefined) throw new Error(`${id} is not in the talk`);
    return member;
  }

  add(id: string, can = true): Member {
    const ears = new Ears();
    const agreement = new Agreement({
      talk: 'talk', me: id, can, sink: ears, now: () => this.now,
      send: (to, data) => {
        this.wire.push({ from: id, to, data });
        this.log.push({ from: id, to, data });
      },
      onStatus: (status) => {
        member.status = status;
      },
    });
    const member: Member = { id, agreement, ears, status: AGREEING };
    this.members.set(id, member);
    return member;
  }

  /** Tells somebody who the others are now. */
  tell(id: string): Promise<void> {
    return this.member(id).agreement.setMembers([...this.members.keys()].filter((other) => other !== id));
  }

  async tellAll(): Promise<void> {
    for (const id of this.members.keys()) await this.tell(id);
  }

  async deliver(): Promise<void> {
    for (let sent = this.wire.shift(); sent !== undefined; sent = this.wire.shift()) {
      for (const { id, agreement } of this.members.values()) {
        if (id === sent.from || (sent.to !== null && sent.to !== id) || !this.members.has(sent.from)) continue;
        const data = this.tamper(sent, id);
        if (data !== null) await agreement.receive(sent.from, data);
      }
    }
  }

  async pass(ms: number, step = 250): Promise<void> {
    for (const end = this.now + ms; this.now < end;) {
      this.now += step;
      for (const { agreement } of this.members.values()) await agreement.tick();
      await this.deliver();
    }
  }

  async begin(...ids: string[]): Promise<void> {
    for (const id of ids) this.add(id);
    await this.tellAll();
    await this.deliver();
  }

  get states(): string[] {
    return [...this.members.values()].map(({ status }) => status.state);
  }

  /** Everybody is sealed, shows the same code, and hears everybody else. */
  async expectSealed(): Promise<void> {
    const all = [...this.members.values()];
    expect(all.map(({ status }) => status.state)).toEqual(all.map(() => 'sealed'));
    expect(new Set(all.map(({ status }) => status.code.join(' '))).size, 'one code').toBe(1);
    for (const speaker of all) {
      for (const listener of all) {
        if (listener !== speaker) expect(await listener.ears.hears(await speaker.ears.say()), `${listener.id} hears ${speaker.id}`).toBe(true);
      }
    }
  }
}

/** A talk whose members have agreed, if nothing stands in the way. */
export async function talkOf(...ids: string[]): Promise<Talk> {
  const talk = new Talk();
  await talk.begin(...ids);
  return talk;
}
