import { digest, equal, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { membersDigest } from './code.ts';
import { frameKey } from './frame.ts';
import { Pair, makeOwnKeys } from './pair.ts';
import type { Box, OwnKeys } from './pair.ts';
import type { KeyParcel } from './parcels.ts';

const KEY_BYTES = 16;
const DIGEST_BYTES = 32;

/** A key for voice frames, and whose. */
export interface SenderKey {
  readonly person: string;
  readonly keyId: number;
  readonly key: CryptoKey;
}

/** What is known of another member in a round. */
interface Peer {
  hash: Bytes | null;
  publicKey: Bytes | null;
  pair: Pair | null;
  /** Arrived before it could be opened. */
  box: Box | null;
  /** Their sender key is mine as well. */
  known: boolean;
  /** They have said, under a key that only they have, that mine is theirs. */
  confirmed: boolean;
}

/** In which turn a round is, among whom. `set`: digest of all members' ids. */
export interface RoundOf {
  readonly talk: string;
  readonly me: string;
  readonly others: readonly string[];
  readonly number: number;
  readonly set: string;
}

/** Names a key within a talk; both sides work it out, nobody is told. */
async function keyIdOf({ talk, number }: RoundOf, person: string, publicKey: Bytes): Promise<number> {
  const bytes = await digest('plenum seal key id 1', talk, String(number), person, publicKey);
  return new DataView(bytes.buffer).getUint32(0);
}

/**
 * One set of keys for one set of members: everybody commits to a new public key, shows it once all have committed, sends a new sender key to each,
 * and confirms those that came. Nothing of an earlier round helps in a later one.
 */
export class Round {
  readonly of: RoundOf;
  private readonly own: OwnKeys | null;
  private readonly hash: Bytes | null;
  private readonly raw: Bytes;
  private readonly peers = new Map<string, Peer>();
  /** Members whose browsers cannot seal, or whose user does not. */
  private readonly unable = new Set<string>();
  private shown = false;
  private members: Bytes | null = null;
  private mine: SenderKey | null = null;
  private readonly found: SenderKey[] = [];
  /** All others' keys came, and they have been told. */
  private answered = false;

  private constructor(of: RoundOf, own: OwnKeys | null, hash: Bytes | null) {
    this.of = of;
    this.own = own;
    this.hash = hash;
    this.raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    if (own === null) this.unable.add(of.me);
    for (const other of of.others) this.peers.set(other, { hash: null, publicKey: null, pair: null, box: null, known: false, confirmed: false });
  }

  static async begin(of: RoundOf, can: boolean): Promise<Round> {
    const own = can ? await makeOwnKeys() : null;
    return new Round(of, own, own === null ? null : await digest('plenum seal commitment 1', of.talk, of.me, own.publicKey));
  }

  /** Those who cannot seal, me included. */
  get cannot(): readonly string[] {
    return [...this.unable];
  }

  /** Those who have not yet done their part. */
  get missing(): readonly string[] {
    return [...this.peers].filter(([, peer]) => !peer.known || !peer.confirmed).map(([id]) => id);
  }

  get isComplete(): boolean {
    return this.unable.size === 0 && this.members !== null && this.missing.length === 0;
  }

  /** My sender key, once all others have confirmed that they have it. */
  get confirmedKey(): SenderKey | null {
    for (const { confirmed } of this.peers.values()) if (!confirmed) return null;
    return this.mine;
  }

  /** Digest of all members and their public keys, once they are known. */
  get membersDigest(): Bytes | null {
    return this.members;
  }

  /** Others' sender keys that came since the last call. */
  takeFound(): SenderKey[] {
    return this.found.splice(0);
  }

  /** Everything that others should have from me by now; sent again when some of it was lost. */
  async parcels(): Promise<KeyParcel[]> {
    const all: KeyParcel[] = [this.commitment()];
    if (this.own !== null && this.shown) all.push({ kind: 'show', publicKey: this.own.publicKey, ...this.turn });
    const waiting = [...this.peers].filter(([, peer]) => !peer.confirmed).map(([id]) => id);
    const known = [...this.peers].filter(([, peer]) => peer.known).map(([id]) => id);
    all.push(...await this.boxes('keys', waiting), ...await this.boxes('got', known));
    return all;
  }

  commitment(): KeyParcel {
    return { kind: 'commit', hash: this.hash, ...this.turn };
  }

  /**
   * Takes what a member of this round says in this round.
   * @returns what to tell all others now, or null if the member has begun anew and so must all
   */
  async receive(from: string, parcel: KeyParcel): Promise<KeyParcel[] | null> {
    const peer = this.peers.get(from);
    if (peer === undefined || parcel.round !== this.of.number || parcel.set !== this.of.set) return [];
    switch (parcel.kind) {
      case 'commit': return this.commit(from, peer, parcel.hash);
      case 'show': return this.show(from, peer, parcel.publicKey);
      case 'keys': {
        peer.box = parcel.boxes.get(this.of.me) ?? peer.box;
        return this.openWaiting();
      }
      case 'got': {
        const box = parcel.boxes.get(this.of.me);
        if (box !== undefined) await this.confirm(peer, box);
        return [];
      }
    }
  }

  private get turn(): { round: number; set: string } {
    return { round: this.of.number, set: this.of.set };
  }

  private commit(from: string, peer: Peer, hash: Bytes | null): KeyParcel[] | null {
    if (hash === null) {
      this.unable.add(from);
      return [];
    }
    if (peer.hash !== null && !equal(peer.hash, hash) && this.shown) return null;
    this.unable.delete(from);
    if (peer.hash === null || !equal(peer.hash, hash)) Object.assign(peer, { hash, publicKey: null, pair: null, box: null });
    return this.showOwn();
  }

  /** Only now, when nobody can choose a key any more that goes with mine. */
  private showOwn(): KeyParcel[] {
    if (this.shown || this.own === null) return [];
    for (const { hash } of this.peers.values()) if (hash === null) return [];
    this.shown = true;
    return [{ kind: 'show', publicKey: this.own.publicKey, ...this.turn }];
  }

  private async show(from: string, peer: Peer, publicKey: Bytes): Promise<KeyParcel[]> {
    if (this.own === null || peer.hash === null || peer.pair !== null) return [];
    if (!equal(peer.hash, await digest('plenum seal commitment 1', this.of.talk, from, publicKey))) return [];
    try {
      peer.pair = await Pair.agree(this.own, publicKey, { talk: this.of.talk, me: this.of.me, other: from });
    } catch {
      // No point of the curve: as good as not sent.
      return [];
    }
    peer.publicKey = publicKey;
    return [...await this.sendKeys(), ...await this.openWaiting()];
  }

  private async sendKeys(): Promise<KeyParcel[]> {
    const { own, of } = this;
    if (own === null || this.members !== null) return [];
    const keys = [{ person: of.me, publicKey: own.publicKey }];
    for (const [person, { publicKey }] of this.peers) {
      if (publicKey === null) return [];
      keys.push({ person, publicKey });
    }
    this.mine = { person: of.me, keyId: await keyIdOf(of, of.me, own.publicKey), key: await frameKey(this.raw) };
    this.members = await membersDigest(of.talk, keys);
    return this.boxes('keys', of.others);
  }

  /** Opens the sender keys that have come, and says so: once when all are there, and again to whoever has not heard it. */
  private async openWaiting(): Promise<KeyParcel[]> {
    const opened: string[] = [];
    for (const [person, peer] of this.peers) if (await this.openKey(person, peer)) opened.push(person);
    if (this.answered) return this.boxes('got', opened);
    for (const { known } of this.peers.values()) if (!known) return [];
    this.answered = true;
    return this.boxes('got', this.of.others);
  }

  private async openKey(person: string, peer: Peer): Promise<boolean> {
    const { box, pair, publicKey } = peer;
    if (box === null || pair === null || publicKey === null || this.members === null) return false;
    peer.box = null;
    const plain = await pair.open(box, this.about('keys'));
    if (plain?.length !== KEY_BYTES + DIGEST_BYTES || !equal(plain.subarray(KEY_BYTES), this.members)) return false;
    if (!peer.known) this.found.push({ person, keyId: await keyIdOf(this.of, person, publicKey), key: await frameKey(plain.slice(0, KEY_BYTES)) });
    peer.known = true;
    return true;
  }

  private async confirm(peer: Peer, box: Box): Promise<void> {
    const plain = await peer.pair?.open(box, this.about('got')) ?? null;
    if (plain !== null && this.members !== null && equal(plain, this.members)) peer.confirmed = true;
  }

  private async boxes(kind: 'keys' | 'got', people: readonly string[]): Promise<KeyParcel[]> {
    const { members } = this;
    if (members === null) return [];
    const plain = kind === 'got' ? members : new Uint8Array([...this.raw, ...members]);
    const boxes = new Map<string, Box>();
    for (const person of people) {
      const pair = this.peers.get(person)?.pair;
      if (pair) boxes.set(person, await pair.seal(plain, this.about(kind)));
    }
    return boxes.size === 0 ? [] : [{ kind, boxes, ...this.turn }];
  }

  private about(kind: 'keys' | 'got'): string {
    return `${kind} ${this.of.number} ${this.of.set}`;
  }
}

/** What a set of members is called; `people` in any order, me included. */
export async function setOf(talk: string, people: readonly string[]): Promise<string> {
  const bytes = await digest(utf8('plenum seal set 1'), talk, ...people.toSorted());
  return Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
