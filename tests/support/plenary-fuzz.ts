/** A session lived at random, and what must hold in it whatever happens, judged from what people were told. */
import type { ConsoleDeed } from '../../shared/protocol/plenary/booths.ts';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import { MOTIONS } from '../../shared/protocol/plenary/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { Identity } from '../../server/identity/identity.ts';
import { PlenaryHall, person } from './plenary-hall.ts';
import type { Delegate } from './plenary-hall.ts';
import { Random } from './random.ts';

const STATES = ['Ghana', 'Benin', 'Fiji', 'Chile'];
const CAST: readonly Identity[] = [
  person('chair', 'chair', 'Switzerland'), person('vice', 'chair', 'Norway'), person('staff', 'secretariat', 'Secretariat'), person('tech', 'technician', 'Secretariat'), person('guest', 'guest', 'Forum', { entityType: 'organisation' }),
  ...STATES.flatMap((entity) => [1, 2].map((n) => person(`${entity.slice(0, 3).toLowerCase()}${n}`, 'delegate', entity))),
  ...['i1', 'i2', 'i3', 'i4', 'i5'].map((id) => person(id, 'interpreter', 'Secretariat')),
];
const TONGUES: readonly Language[] = ['en', 'fr', 'ru'];
const FITTINGS: Language[][] = [['fr', 'en'], ['ru', 'fr'], ['fr', 'ru', 'en']];

interface Life {
  readonly who: Identity;
  delegate: Delegate | null;
}

export class PlenaryFuzz {
  readonly hall: PlenaryHall;
  private readonly random: Random;
  private readonly lives: readonly Life[] = CAST.map((who) => ({ who, delegate: null }));
  steps = 0;
  /** Messages that were refused, and done: a life in which nothing succeeds shows nothing. */
  done = 0;
  refused = 0;
  spoken = 0;

  private constructor(hall: PlenaryHall, seed: number) {
    this.hall = hall;
    this.random = new Random(seed);
  }

  static async begin(seed: number): Promise<PlenaryFuzz> {
    const fuzz = new PlenaryFuzz(await PlenaryHall.open(), seed);
    for (const life of fuzz.lives) {
      life.delegate = await fuzz.hall.join(life.who);
      await fuzz.hall.listen(life.delegate);
    }
    const [chair] = fuzz.lives;
    if (chair === undefined || chair.delegate === null) throw new Error('no chair');
    await fuzz.hall.act(chair.delegate, { kind: 'preside' });
    await fuzz.hall.act(chair.delegate, { kind: 'status', status: 'open' });
    for (const languages of [['fr', 'en'], ['ru', 'fr']] as Language[][]) await fuzz.hall.act(chair.delegate, { kind: 'putBooth', booth: null, name: languages.join('-'), languages });
    return fuzz;
  }

  async step(): Promise<void> {
    this.steps += 1;
    // Those who conduct the meeting, and interpreters, do the most.
    const life = this.pick(this.pick([this.lives.slice(0, 3), this.lives.filter(({ who }) => who.role === 'interpreter'), this.lives]));
    const chance = this.random.next();
    if (life.delegate === null) await this.return(life);
    else if (chance < 0.06) this.leave(life, this.random.next() < 0.3);
    else if (chance < 0.1) await this.hall.wait(this.random.below(40_000));
    else if (chance < 0.14) this.hall.send(life.delegate, 'listen', { channel: this.pick(['floor', ...TONGUES] as const), under: this.random.next() < 0.5 });
    else if (chance < 0.17) this.hall.send(life.delegate, 'mediaLeave', {});
    else if (chance < 0.22) await this.hall.listen(life.delegate);
    else if (chance < 0.24) this.hall.relay.restart();
    else if (chance < 0.9 && life.who.role === 'interpreter') this.count(await this.hall.console(life.delegate, this.consoleDeed()));
    else this.count(await this.hall.act(life.delegate, this.deed()));
    await this.hall.settled();
    this.hall.now += this.random.below(2000);
  }

  /** @returns what does not hold */
  faults(): string[] {
    const { hall } = this;
    const { state } = hall;
    const faults: string[] = [];
    const prefix = `${hall.id}:`;
    const floors = new Set<string>();
    const byLanguage = new Map<Language, Set<string>>();
    const manned = Object.values(this.anyManning());
    for (const booth of manned) if (booth.members.filter(({ live }) => live).length > 1) faults.push(`two open microphones in booth ${booth.id}`);
    for (const language of TONGUES) if (manned.flatMap(({ members }) => members).filter(({ live, outgoing }) => live && outgoing === language).length > 1) faults.push(`two open microphones on ${language}`);
    for (const [key, speaker] of hall.relay.routes) {
      const [listener = '', slot] = key.slice(prefix.length).split(' ');
      const from = speaker.slice(prefix.length);
      if (listener === from) faults.push(`${from} hears themselves`);
      if (!this.isInside(listener) || !this.isInside(from)) faults.push(`${listener} is sent ${from}, and one of them is not inside`);
      if (slot === '0') floors.add(from);
      else {
        const speaking = manned.flatMap(({ members }) => members).find(({ person: id }) => id === from);
        if (speaking?.live !== true || speaking.coughing) faults.push(`${from} is heard on a language without an open microphone`);
        else byLanguage.set(speaking.outgoing, (byLanguage.get(speaking.outgoing) ?? new Set()).add(from));
      }
    }
    if (floors.size > 1) faults.push(`two open floor microphones: ${[...floors].join(', ')}`);
    for (const [language, voices] of byLanguage) if (voices.size > 1) faults.push(`two voices on ${language}`);
    const { turn, allMuted, muted } = state.floor;
    for (const from of floors) {
      if (turn?.speaker.person !== from) faults.push(`${from} is heard on the floor without having it`);
      if (allMuted || muted.includes(from)) faults.push(`${from} is heard, and muted`);
      if (state.meeting.status !== 'open' && state.meeting.status !== 'planned') faults.push(`${from} is heard in a meeting that is ${state.meeting.status}`);
      this.spoken += 1;
    }
    for (const { delegate, who } of this.lives) {
      if (delegate === null || delegate.state === null) continue;
      if (JSON.stringify(delegate.state.floor) !== JSON.stringify(state.floor) || JSON.stringify(delegate.state.list) !== JSON.stringify(state.list)) faults.push(`${who.id} sees another floor than there is`);
    }
    return faults;
  }

  private anyManning(): Delegate['manning'] {
    // Told to whoever may see it; all of them were told the same.
    return this.lives.find(({ delegate, who }) => (delegate?.state ?? null) !== null && (who.role === 'interpreter' || who.role === 'chair'))?.delegate?.manning ?? {};
  }

  private isInside(id: string): boolean {
    return this.lives.find(({ who }) => who.id === id)?.delegate?.state instanceof Object;
  }

  private count(reason: string | null): void {
    if (reason === null) this.done += 1;
    else this.refused += 1;
  }

  private leave(life: Life, consented: boolean): void {
    if (life.delegate !== null) this.hall.drop(life.delegate, consented);
    life.delegate = null;
  }

  private async return(life: Life): Promise<void> {
    life.delegate = await this.hall.join(life.who);
    if (this.random.next() < 0.8) await this.hall.listen(life.delegate);
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.random.below(from.length)] as T;
  }

  private anybody(): string {
    return this.pick(CAST).id;
  }

  private id(of: readonly { readonly id: string }[]): string {
    return of.length === 0 ? 'zzz' : this.pick(of).id;
  }

  private consoleDeed(): ConsoleDeed {
    const booths = Object.values(this.hall.state.booths);
    const { random } = this;
    return this.pick<() => ConsoleDeed>([
      () => ({ kind: 'enter', booth: this.id(booths) }), () => ({ kind: 'enter', booth: this.id(booths) }), () => ({ kind: 'leave' }), () => ({ kind: 'incoming', channel: this.pick(['floor', ...TONGUES] as const) }),
      () => ({ kind: 'outgoing', language: this.pick(TONGUES) }), () => ({ kind: 'microphone', on: random.next() < 0.8 }), () => ({ kind: 'microphone', on: true }), () => ({ kind: 'cough', on: random.next() < 0.5 }),
      () => ({ kind: 'handOver', to: this.anybody() }), () => ({ kind: 'takeOver' }), () => ({ kind: 'answerHandOver', accept: true }), () => ({ kind: 'cancelHandOver' }),
    ])();
  }

  /** Now and then the meeting goes on: in a suspended one nothing is allowed. */
  private goOn(): PlenaryDeed | null {
    const { meeting } = this.hall.state;
    if (this.random.next() < 0.6) return null;
    if (meeting.presiding === null || !this.isInside(meeting.presiding.person)) return { kind: 'preside' };
    if (meeting.status !== 'open') return { kind: 'status', status: 'open' };
    return meeting.closed ? { kind: 'closedPart', on: false } : null;
  }

  private deed(): PlenaryDeed {
    const { state } = this.hall;
    const { random } = this;
    const on = this.goOn();
    if (on !== null) return on;
    const own = { capacity: 'delegation', onBehalfOf: '' } as const;
    const entry = (): string => this.id(state.list.entries);
    const motion = (): string => this.id(state.motions);
    return this.pick<() => PlenaryDeed>([
      () => ({ kind: 'raise', ...own }), () => ({ kind: 'raise', ...own }), () => ({ kind: 'askReply', ...own }), () => ({ kind: 'lower' }), () => ({ kind: 'yield' }), () => ({ kind: 'give', entry: entry() }),
      () => ({ kind: 'give', entry: entry() }), () => ({ kind: 'giveTo', person: this.anybody(), ...own }), () => ({ kind: 'take' }), () => ({ kind: 'giveBack' }), () => ({ kind: 'withdraw' }),
      () => ({ kind: 'list', open: random.next() < 0.7 }), () => ({ kind: 'remove', entry: entry() }), () => ({ kind: 'muteAll', on: random.next() < 0.3 }), () => ({ kind: 'mute', person: this.anybody(), on: random.next() < 0.4 }),
      () => ({ kind: 'move', motion: this.pick(MOTIONS), text: '' }), () => ({ kind: 'hear', motion: motion() }), () => ({ kind: 'settle', motion: motion(), outcome: 'rejected' }), () => ({ kind: 'preside' }),
      () => ({ kind: 'handChair', person: this.pick(['chair', 'vice', 'staff']) }), () => ({ kind: 'status', status: this.pick(['open', 'open', 'suspended'] as const) }), () => ({ kind: 'closedPart', on: random.next() < 0.4 }),
      () => ({ kind: 'admit', person: this.anybody(), on: random.next() < 0.6 }), () => ({ kind: 'giveSeat', person: this.anybody() }), () => ({ kind: 'takeSeat' }), () => ({ kind: 'speaks', language: this.pick(TONGUES) }),
      () => ({ kind: 'putBooth', booth: this.id(Object.values(state.booths)), name: 'changed', languages: this.pick(FITTINGS) }),
    ])();
  }
}
