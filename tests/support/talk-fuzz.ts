/** Random private life of a crowd, step by step from a seed, with the relay's routes judged by the oracle after each. */
import type { ClientMessage, ClientMessageName } from '../../shared/protocol/messages.ts';
import type { TalkDeed } from '../../shared/protocol/talks.ts';
import { FakeVenue } from './fake-venue.ts';
import type { Guest } from './fake-venue.ts';
import { Random } from './random.ts';
import { Witness, objection, pictureObjection, trespass } from './talk-oracle.ts';
import { roomServices, testLayout } from './venue.ts';

const CROWD = 14;
/** Of phones and of everything else. */
const SLOTS = [4, 11, 6] as const;
/** Nobody outside a talk hears more people than this. */
const PUBLIC_VOICES = 8;

const link = (to: string) => ({ id: `to-${to}`, to, spawn: null, position: [5, 0, 5] as [number, number, number], yaw: 0, space: 'hall', radius: 1.5 });

interface Somebody {
  guest: Guest;
  witness: Witness;
  readonly blocks: Set<string>;
  /** Frames that were sent earlier: a hostile client sends them again. */
  readonly replays: { readonly name: ClientMessageName; readonly message: never }[];
}

/** How often what happened, so that a run that did nothing is seen. */
export interface Tally {
  steps: number;
  /** Routes that were judged, in all. */
  judged: number;
  /** Of those, between members of a talk, and to somebody who was whispered to. */
  inTalks: number;
  whispered: number;
  /** Members whose talk did without the relay, in all judgements. */
  direct: number;
  joined: number;
  /** Viewers of screens, in all judgements. */
  watched: number;
  forged: number;
  /** The first thing that was wrong, or null. */
  fault: string | null;
}

function slotsOf(id: string): number {
  return SLOTS[Number(id.slice(1)) % SLOTS.length] as number;
}

export class TalkFuzz {
  readonly tally: Tally = { steps: 0, judged: 0, inTalks: 0, whispered: 0, direct: 0, joined: 0, watched: 0, forged: 0, fault: null };
  private readonly fake: FakeVenue;
  private readonly random: Random;
  private readonly crowd: Somebody[] = [];
  private act: { actor: string; deed: TalkDeed | null } = { actor: '', deed: null };

  private constructor(fake: FakeVenue, seed: number) {
    this.fake = fake;
    this.random = new Random(seed);
  }

  static async open(seed: number): Promise<TalkFuzz> {
    const layout = testLayout({ links: [link('garden')] });
    const fake = await FakeVenue.open(roomServices({ layout, scenes: { garden: { layout } } }));
    const fuzz = new TalkFuzz(fake, seed);
    for (let i = 0; i < CROWD; i += 1) fuzz.crowd.push(await fuzz.enter(`p${i}`));
    return fuzz;
  }

  /** Runs steps until there is a fault. */
  async run(steps: number): Promise<Tally> {
    for (let i = 0; i < steps && this.tally.fault === null; i += 1) {
      await this.step();
      this.tally.steps += 1;
    }
    return this.tally;
  }

  private async enter(id: string): Promise<Somebody> {
    const guest = await this.fake.join(id, { slots: slotsOf(id) });
    const person: Somebody = { guest, witness: new Witness(id), blocks: new Set(), replays: [] };
    await this.offer(person);
    return person;
  }

  private async offer({ guest, witness }: Somebody): Promise<void> {
    this.fake.send(guest, 'mediaOffer', { sdp: `slots=${slotsOf(witness.id)}` });
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    witness.read(guest.line.sent);
    guest.line.clear();
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.random.below(from.length)] as T;
  }

  private async step(): Promise<void> {
    const someone = this.pick(this.crowd);
    this.fake.now += 900;
    this.act = { actor: someone.witness.id, deed: null };
    const before = this.rights();
    if (someone.witness.connected) await this.live(someone);
    else await this.comeBack(someone);
    this.judge(before);
    const ticks = this.random.below(6);
    this.act = { actor: '', deed: null };
    for (let i = 0; i < ticks && this.tally.fault === null; i += 1) {
      const now = this.rights();
      this.fake.tick();
      this.judge(now);
    }
  }

  private async live(someone: Somebody): Promise<void> {
    const dice = this.random.below(100);
    if (dice < 8 && someone.witness.talk?.members.length === 2) this.goDirect(someone);
    else if (dice < 16) await this.screen(someone);
    else if (dice < 45) this.deed(someone, this.randomDeed(someone));
    else if (dice < 62) this.open(someone);
    else if (dice < 72) this.whisper(someone);
    else if (dice < 82) this.move(someone);
    else if (dice < 85) this.block(someone);
    else if (dice < 88) this.drop(someone, this.random.below(2) === 0);
    else if (dice < 90) await this.travel(someone);
    else if (dice < 95) this.replay(someone);
    else this.forge(someone);
  }

  private randomDeed({ witness }: Somebody): TalkDeed {
    const person = this.pick(this.crowd).witness.id;
    const talks = this.crowd.map((each) => each.witness.talk?.id).filter((id) => id !== undefined);
    const talk = talks.length === 0 ? 'none' : this.pick(talks);
    const invitation = witness.offers.invitations[0]?.talk ?? talk;
    const on = this.random.below(2) === 0;
    const knocking = witness.talk?.knocking[0] ?? person;
    return this.pick<TalkDeed>([
      { kind: 'invite', people: [person, this.pick(this.crowd).witness.id] }, { kind: 'invite', people: [person] },
      { kind: 'answer', talk: invitation, answer: 'accept' }, { kind: 'answer', talk: invitation, answer: 'accept' }, { kind: 'answer', talk: invitation, answer: this.pick(['decline', 'later']) },
      { kind: 'knock', talk }, { kind: 'knock', talk }, { kind: 'unknock' }, { kind: 'admit', person: knocking, on: true }, { kind: 'admit', person: knocking, on },
      { kind: 'direct', on: true }, { kind: 'direct', on: true }, { kind: 'direct', on }, { kind: 'directUp' }, { kind: 'directFailed' }, { kind: 'viaRelay' }, { kind: 'viaRelay' },
      { kind: 'leave' }, { kind: 'lock', on }, { kind: 'names', on }, { kind: 'remove', person }, { kind: 'handOver', person }, { kind: 'hand', up: on }, { kind: 'uninvite', person },
    ]);
  }

  /** Two agree to do without the relay, if nothing speaks against it. */
  private goDirect(someone: Somebody): void {
    const members = someone.witness.talk?.members ?? [];
    for (const { id } of members) {
      const member = this.crowd.find(({ witness }) => witness.id === id);
      if (member?.witness.connected === true) this.deed(member, { kind: 'direct', on: true });
    }
  }

  /** Shows a screen or no more, and then whoever likes offers a connection for it, whether they may or not. */
  private async screen(someone: Somebody): Promise<void> {
    const on = this.random.below(4) > 0;
    this.say(someone, 'screen', on ? { kind: 'start', over: this.random.below(2) === 0 } : { kind: 'stop' });
    for (const { guest, witness } of this.crowd) witness.read(guest.line.sent);
    for (const { guest } of this.crowd) guest.line.clear();
    const curious = this.crowd.filter(({ witness }) => witness.connected && (witness === someone.witness || this.random.below(3) > 0));
    for (const each of curious) this.fake.send(each.guest, 'screenOffer', { share: this.random.below(3) > 0 ? each.witness.share : someone.witness.share, sdp: each === someone && this.random.below(8) > 0 ? 'shows' : this.pick(['watches', 'watches', 'watches', 'shows']) });
    await new Promise<void>((resolve) => { setImmediate(resolve); });
  }

  private deed(someone: Somebody, deed: TalkDeed): void {
    this.act = { actor: someone.witness.id, deed };
    this.say(someone, 'talk', deed);
  }

  private say<K extends ClientMessageName>(someone: Somebody, name: K, message: ClientMessage<K>): void {
    someone.replays.push({ name, message: message as never });
    if (someone.replays.length > 20) someone.replays.shift();
    this.fake.send(someone.guest, name, message);
  }

  private open(someone: Somebody): void {
    const { witness } = someone;
    if (this.random.below(5) === 0) {
      witness.live = false;
      this.say(someone, 'mic', { state: 'muted', audience: '' });
      return;
    }
    witness.opens();
    this.say(someone, 'mic', { state: 'live', audience: witness.audience });
  }

  /** Most often to somebody within reach, and with the microphone opened once they alone would hear it. */
  private whisper(someone: Somebody): void {
    const { guest, witness } = someone;
    const members = witness.talk?.members.filter(({ id }) => id !== witness.id) ?? [];
    const to = members.length > 0 && this.random.below(3) > 0 ? this.pick(members).id : this.pick(this.crowd).witness.id;
    this.say(someone, 'whisper', { to: this.random.below(4) === 0 ? null : to });
    witness.read(guest.line.sent);
    guest.line.clear();
    if (witness.whisper !== '') this.open(someone);
  }

  /** Nobody hears more by claiming to have another audience, or words of a talk that one is not in. */
  private forge(someone: Somebody): void {
    this.tally.forged += 1;
    const { guest, witness } = someone;
    const other = this.pick(this.crowd).witness;
    const audience = this.pick([other.audience, `talk:${other.id}`, `whisper:${other.id}`, '']);
    if (audience === witness.audience) witness.opens();
    this.fake.send(guest, 'mic', { state: 'live', audience });
    const talk = other.talk?.id ?? 'AAAAAAAAAAAAAAAA';
    this.fake.send(guest, 'parcel', { talk, to: null, kind: 'key', data: 'AAAA' });
    this.fake.send(guest, 'talk', { kind: 'answer', talk, answer: 'accept' });
    this.act = { actor: witness.id, deed: { kind: 'answer', talk, answer: 'accept' } };
  }

  private replay(someone: Somebody): void {
    if (someone.replays.length === 0) return;
    const { name, message } = this.pick(someone.replays);
    if (name === 'talk') this.act = { actor: someone.witness.id, deed: message };
    const mic = message as ClientMessage<'mic'>;
    if (name === 'mic') {
      if (mic.state !== 'live') someone.witness.live = false;
      else if (mic.audience === someone.witness.audience) someone.witness.opens();
    }
    // A block that is set again holds; one that is lifted again is lifted.
    if (name === 'block') this.noteBlock(someone, message);
    this.fake.send(someone.guest, name, message);
  }

  private move(someone: Somebody): void {
    const near = this.pick(this.crowd).guest.person.footing;
    const far = this.random.below(3) === 0;
    const spread = far ? 60 : 5;
    const clamp = (value: number): number => Math.max(-48, Math.min(48, value));
    this.fake.put(someone.guest, clamp(near.x + (this.random.next() - 0.5) * spread), clamp(near.z + (this.random.next() - 0.5) * spread));
    // The server acts on a move at its tick, and so does everybody's knowledge of it.
    this.fake.tick();
  }

  private async travel(someone: Somebody): Promise<void> {
    this.say(someone, 'jump', this.pick<ClientMessage<'jump'>>([{ kind: 'link', id: 'to-garden' }, { kind: 'scene', id: 'garden' }, { kind: 'scene', id: 'geneva' }, { kind: 'person', id: this.pick(this.crowd).witness.id }]));
    await new Promise<void>((resolve) => { setImmediate(resolve); });
    for (const { guest } of this.crowd) if (guest.person.presence === guest.presence && !guest.person.arrived) this.fake.send(guest, 'arrived', guest.person.scene.ref.id === '' ? { scene: '-', revision: '-' } : { scene: guest.person.scene.ref.id, revision: guest.person.scene.ref.revision });
  }

  private block(someone: Somebody): void {
    const message = { person: this.pick(this.crowd).witness.id, on: this.random.below(3) > 0 };
    this.noteBlock(someone, message);
    this.say(someone, 'block', message);
  }

  private noteBlock({ blocks, witness }: Somebody, { person, on }: ClientMessage<'block'>): void {
    if (person === witness.id) return;
    if (on) blocks.add(person);
    else blocks.delete(person);
  }

  private drop(someone: Somebody, consented: boolean): void {
    someone.witness.connected = false;
    this.fake.venue.drop(someone.guest.presence, consented);
  }

  private async comeBack(someone: Somebody): Promise<void> {
    const { blocks, replays } = someone;
    const fresh = await this.enter(someone.witness.id);
    someone.guest = fresh.guest;
    someone.witness = fresh.witness;
    this.crowd[this.crowd.indexOf(someone)] = { ...fresh, blocks, replays };
  }

  private rights(): { invited: Set<string>; knocked: Set<string>; inside: Map<string, string> } {
    const invited = new Set<string>();
    const knocked = new Set<string>();
    const inside = new Map<string, string>();
    for (const { witness } of this.crowd) {
      if (witness.offers.invitations.length > 0) invited.add(witness.id);
      if (witness.offers.knocked !== '') knocked.add(witness.id);
      if (witness.talk !== null) inside.set(witness.id, witness.talk.id);
    }
    return { invited, knocked, inside };
  }

  private judge(before: ReturnType<TalkFuzz['rights']>): void {
    for (const { guest, witness } of this.crowd) {
      witness.read(guest.line.sent);
      guest.line.clear();
    }
    for (const { witness } of this.crowd) {
      this.judgeEntry(witness, before);
      if (witness.direct) this.tally.direct += 1;
    }
    const { pictures } = this.fake.services.relay;
    for (const from of pictures.shown.keys()) for (const viewer of pictures.watchers(from)) this.judgePicture(viewer, from);
    for (const [key, speaker] of this.fake.services.relay.routes) this.judgeRoute(key.split(' ')[0] ?? '', speaker);
    for (const { witness } of this.crowd) this.judgeVoices(witness);
  }

  private judgeVoices({ id, talk, connected }: Witness): void {
    if (!connected) return;
    const voices = this.fake.services.relay.heardBy(id).length;
    const most = talk === null ? Math.min(slotsOf(id), PUBLIC_VOICES) : slotsOf(id);
    if (voices > most) this.tally.fault ??= `step ${this.tally.steps}, ${JSON.stringify(this.act)}: ${id} hears ${voices} people at once`;
  }

  private judgeEntry(witness: Witness, before: ReturnType<TalkFuzz['rights']>): void {
    const talk = witness.talk?.id;
    if (!witness.connected || talk === undefined || before.inside.get(witness.id) === talk) return;
    // Whoever comes back finds their talk as it was.
    if (this.act.actor === witness.id && this.act.deed === null) return;
    this.tally.joined += 1;
    const wrong = trespass(witness.id, { ...this.act, ...before });
    if (wrong !== null) this.tally.fault ??= `step ${this.tally.steps}: ${witness.id} ${wrong}`;
  }

  private judgePicture(viewerId: string, fromId: string): void {
    const viewer = this.crowd.find(({ witness }) => witness.id === viewerId);
    const from = this.crowd.find(({ witness }) => witness.id === fromId);
    if (viewer === undefined || from === undefined) return;
    this.tally.watched += 1;
    const wrong = pictureObjection(viewer.witness, from.witness, (id) => ({ x: 0, blocks: this.crowd.find(({ witness }) => witness.id === id)?.blocks ?? new Set() }));
    if (wrong !== null) this.tally.fault ??= `step ${this.tally.steps}, ${JSON.stringify(this.act)}: ${viewerId} is shown the screen of ${fromId}, but ${wrong}`;
  }

  private judgeRoute(listenerId: string, speakerId: string): void {
    const listener = this.crowd.find(({ witness }) => witness.id === listenerId);
    const speaker = this.crowd.find(({ witness }) => witness.id === speakerId);
    if (listener === undefined || speaker === undefined) return;
    this.tally.judged += 1;
    const wrong = objection(listener.witness, speaker.witness, (id) => {
      const each = this.crowd.find(({ witness }) => witness.id === id);
      return { x: each?.guest.person.footing.x ?? 0, blocks: each?.blocks ?? new Set() };
    });
    if (speaker.witness.whisper !== '') this.tally.whispered += 1;
    else if (speaker.witness.talk !== null) this.tally.inTalks += 1;
    if (wrong !== null) this.tally.fault ??= `step ${this.tally.steps}, ${JSON.stringify(this.act)}: ${listenerId} hears ${speakerId}, but ${wrong}`;
  }
}
