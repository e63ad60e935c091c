import type { ConsoleDeed, Manning } from '../../shared/protocol/plenary/booths.ts';
import type { PlenaryDeed } from '../../shared/protocol/plenary/deeds.ts';
import type { PlenaryJoinOptions } from '../../shared/protocol/plenary/messages.ts';
import type { Patch, PlenaryState } from '../../shared/protocol/plenary/state.ts';
import { HELD_MS } from '../../shared/protocol/plenary/vocabulary.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { cameIn, expected, gone, lineDown, noteMissed, timePassed } from '../../shared/rules/plenary/attendance.ts';
import { decideConsole, interpreterLine, refitted, seatOf, withoutInterpreter } from '../../shared/rules/plenary/booths.ts';
import type { Context } from '../../shared/rules/plenary/change.ts';
import { decide } from '../../shared/rules/plenary/decide.ts';
import { isActive, mayBeInside } from '../../shared/rules/plenary/rights.ts';
import type { Identity } from '../identity/identity.ts';
import { Turns } from '../publication/turns.ts';
import { MessageLimits } from '../rooms/limits.ts';
import { PLENARY_SLOTS, PlenaryAudio } from './audio.ts';
import { Captions } from './captions.ts';
import { PlenaryChat } from './chat.ts';
import type { PlenaryConnection } from './connection.ts';
import { PLENARY_LIMITS } from './limits.ts';
import { newMember, participantOf, rememberDeed } from './member.ts';
import type { Line, Member } from './member.ts';
import { PlenaryPictures } from './pictures.ts';
import { Recorder } from './recording/recorder.ts';
import type { PlenaryServices } from './services.ts';
import type { SessionBook } from './sessions.ts';
import { Telling } from './telling.ts';
import { sightOf, stateFor } from './visibility.ts';

/**
 * A session while people are in it: the one authority over its state. Everything that changes the state passes through `change`, one after the other: decided by the rules, written
 * down, and only then made, told and answered. What takes a microphone away does not wait for the disk.
 */
export class LiveSession {
  readonly audio: PlenaryAudio;
  readonly captions: Captions;
  readonly pictures: PlenaryPictures;
  private readonly deps: PlenaryServices;
  private readonly book: SessionBook;
  private readonly members = new Map<string, Member>();
  private readonly turns = new Turns();
  private readonly telling: Telling;
  private readonly chat: PlenaryChat;
  private readonly recorder: Recorder;
  private manning: Manning = {};
  /** Who was in the session when an earlier process ended, with their delegation: their places are held as after a drop. */
  private readonly awaited: Map<string, string>;
  private readonly awaitedUntil: number;
  /** Delegations that are cut off altogether, since when, and what the session was then. */
  private readonly cutOff = new Map<string, { readonly state: PlenaryState; readonly from: number }>();

  constructor(deps: PlenaryServices, book: SessionBook) {
    this.deps = deps;
    this.book = book;
    const { relay, store, log, now, sessions } = deps;
    this.awaited = new Map(expected(book.state));
    this.awaitedUntil = now() + HELD_MS;
    const state = (): PlenaryState => this.state;
    const manning = (): Manning => this.manning;
    const members = (): Iterable<Member> => this.members.values();
    const member = (id: string): Member | undefined => this.members.get(id);
    this.audio = new PlenaryAudio({ relay, session: book.id, state, manning, member, changed: () => { this.recorder.apply(); } });
    this.recorder = this.makeRecorder();
    this.telling = new Telling({ state, members, counted: (inside) => { sessions.setInside(book.id, inside); } });
    this.pictures = new PlenaryPictures({
      relay, session: book.id, state, members, member, voiceOf: (person) => this.audio.peerOf(person), tellStage: (stage) => { this.telling.all('stage', stage); },
    });
    this.chat = new PlenaryChat({ state, manning, members, now });
    this.captions = new Captions({ store, session: book.id, members, now, failed: (error) => { log.error({ err: error, session: book.id }, 'a caption could not be kept'); } });
    // What an earlier process was recording goes on.
    this.recorder.apply();
  }

  get state(): PlenaryState {
    return this.book.state;
  }

  get id(): string {
    return this.book.id;
  }

  get present(): number {
    return this.members.size;
  }

  /** Rejects with a `ReasonedError` ALREADY_HERE or SESSION_FULL. */
  async join(identity: Identity, options: PlenaryJoinOptions, connection: PlenaryConnection): Promise<Line> {
    const known = this.members.get(identity.id);
    if (known === undefined && this.members.size >= this.deps.capacity) throw new ReasonedError('SESSION_FULL');
    const earlier = known?.line ?? null;
    if (earlier !== null && earlier.tab !== options.tab && !options.takeOver) throw new ReasonedError('ALREADY_HERE');
    if (earlier !== null) this.replace(earlier);
    const member = known ?? newMember(identity);
    member.identity = identity;
    this.members.set(member.id, member);
    this.awaited.delete(member.id);
    const limits = new MessageLimits(PLENARY_LIMITS, performance.now());
    const line: Line = { member, connection, tab: options.tab, limits, outside: !mayBeInside(this.state, participantOf(member)), welcomed: false, watchesPeople: false };
    member.line = line;
    await this.arrive(line);
    return line;
  }

  /** A connection has ended: by its client's will, or not. */
  drop(line: Line, consented: boolean): void {
    const { member } = line;
    if (member.line !== line) return;
    member.line = null;
    member.heldUntil = this.deps.now() + HELD_MS;
    this.hangUp(member.id);
    this.man(interpreterLine(this.manning, member.id, false));
    this.telling.touchAttendance();
    if (consented) void this.remove(member);
    else void this.change((state, context) => (member.line === null ? lineDown(state, context, member.id) : null)).then(() => this.noteCutOff(member));
  }

  /** Puts somebody out for good. */
  expel(person: string, reason: keyof typeof CLOSE_CODES): void {
    const member = this.members.get(person);
    if (member === undefined) return;
    const { line } = member;
    if (line !== null) this.drop(line, true);
    line?.connection.close(CLOSE_CODES[reason], reason);
  }

  /** @returns why it is refused, or null when it is done and written down */
  async act(line: Line, deed: PlenaryDeed, nonce: string): Promise<Reason | null> {
    const { member } = line;
    if (member.done.has(nonce)) return null;
    let reason: Reason | null = null;
    const failure = await this.change((state, context) => {
      // Things may have changed while the deed waited for its turn.
      if (line.outside || member.line !== line || !mayBeInside(state, participantOf(member))) {
        reason = 'SESSION_CLOSED';
        return null;
      }
      const decision = decide(state, context, participantOf(member), deed);
      reason = decision.reason;
      return decision.patch;
    });
    if (failure !== null) return failure;
    if (reason === null) rememberDeed(member, nonce);
    return reason;
  }

  console({ member, outside }: Line, deed: ConsoleDeed): Reason | null {
    if (outside) return 'SESSION_CLOSED';
    if (member.identity.role !== 'interpreter') return 'NOT_IN_BOOTH';
    const decision = decideConsole(this.manning, this.state.booths, { person: member.id, name: member.identity.name }, deed);
    if (decision.reason !== null) return decision.reason;
    if (deed.kind === 'alert') this.alert(member, deed.what);
    this.man(decision.manning);
    return null;
  }

  listen({ member }: Line, wish: Pick<Member, 'channel' | 'under'>): void {
    member.channel = wish.channel;
    member.under = wish.under;
    this.audio.apply();
  }

  say({ member, outside }: Line, message: { to: Parameters<PlenaryChat['say']>[1]; text: string; nonce: string }): Reason | null {
    return outside ? 'SESSION_CLOSED' : this.chat.say(member, message.to, message.text, message.nonce);
  }

  /** A captioner's line, or a provider's. */
  caption(line: { language: Parameters<Captions['add']>[0]['language']; text: string; final: boolean }): void {
    const { floor, meeting } = this.state;
    this.captions.add({ ...line, speaker: floor.turn?.speaker.name ?? '' }, meeting.closed);
  }

  watch(line: Line, on: boolean): void {
    this.telling.watch(line, on);
  }

  /** Call about once a second. */
  async tick(): Promise<void> {
    const now = this.deps.now();
    for (const member of [...this.members.values()]) if (member.line === null && member.heldUntil <= now) await this.remove(member);
    if (this.awaited.size > 0 && this.awaitedUntil <= now) await this.giveUpAwaited();
    await this.change((state, context) => timePassed(state, context));
    this.recorder.tick(now);
    if (this.audio.tick(now)) this.tellChannels();
    this.telling.attendance();
  }

  /** Everybody is told that the server stops; connections are closed by Colyseus. */
  announceStop(): void {
    for (const member of this.members.values()) member.line?.connection.send('notice', { kind: 'stopping' });
  }

  stop(): void {
    this.recorder.stop();
    this.audio.stop();
    this.pictures.stop();
  }

  private makeRecorder(): Recorder {
    const { relay, recordings, log } = this.deps;
    return new Recorder({
      relay, session: this.id, shelf: recordings, meeting: () => this.state.meeting, onAir: () => this.audio.onAir(), peerOf: (person) => this.audio.peerOf(person), log,
      failed: (start) => { this.recordingFailed(start); },
    });
  }

  /** The meeting goes on without it; the secretariat is told. */
  private recordingFailed(start: number): void {
    void this.change(({ meeting }) => (meeting.recordingSince === start ? { meeting: { ...meeting, recordingSince: null } } : null));
    for (const { line, identity } of this.members.values()) if (identity.role === 'secretariat') line?.connection.send('notice', { kind: 'recordingFailed' });
  }

  private context(): Context {
    const found = (member: Member | undefined): ReturnType<typeof participantOf> | undefined => (member === undefined ? undefined : participantOf(member));
    const { members } = this;
    return { now: this.deps.now(), find: (person) => found(members.get(person)), inside: () => Array.from(members.values(), participantOf) };
  }

  /** The one way to a new state. @returns INTERNAL if it could not be written down: then nothing has changed */
  private change(decideOn: (state: PlenaryState, context: Context) => Patch | null): Promise<Reason | null> {
    return this.turns.run(async () => {
      const patch = decideOn(this.state, this.context());
      if (patch === null) return null;
      const before = this.state;
      try {
        await this.deps.sessions.commit(this.book, patch);
      } catch (error) {
        this.deps.log.error({ err: error, session: this.id }, 'a change of a session could not be written down');
        return 'INTERNAL';
      }
      this.follow(before, patch);
      return null;
    });
  }

  /** All that follows from a change: microphones first. */
  private follow(before: PlenaryState, patch: Patch): void {
    if (patch.booths !== undefined) this.man(refitted(this.manning, this.state.booths));
    const shut = patch.meeting !== undefined ? this.shutOut() : [];
    this.audio.apply();
    this.pictures.apply();
    this.telling.patch(patch);
    for (const line of shut) line.connection.send('outside', { session: this.id });
    if (patch.meeting !== undefined) this.letIn();
    if (patch.seats !== undefined || patch.meeting?.presiding !== before.meeting.presiding) this.telling.touchAttendance();
  }

  private async arrive(line: Line): Promise<void> {
    const { member, connection } = line;
    if (line.outside) {
      connection.send('outside', { session: this.id });
      this.telling.touchAttendance();
      return;
    }
    await this.change((state, context) => cameIn(state, context, participantOf(member)));
    if (member.line !== line) return;
    this.man(interpreterLine(this.manning, member.id, true));
    await this.noteReturn(member);
    this.welcome(line);
  }

  private welcome(line: Line): void {
    const { member, connection } = line;
    line.welcomed = true;
    const sight = sightOf(this.state, participantOf(member));
    connection.send('welcome', { id: member.id, session: this.id, state: stateFor(this.state, sight), seq: this.telling.last, now: this.deps.now(), slots: PLENARY_SLOTS });
    this.telling.welcome(line, this.manning);
    connection.send('channels', { channels: this.audio.channels() });
    connection.send('stage', this.pictures.seen);
    this.chat.history(member);
    if (member.reads !== null) this.captions.read(member, member.reads);
    this.audio.apply();
  }

  private replace(line: Line): void {
    line.member.line = null;
    this.hangUp(line.member.id);
    this.man(interpreterLine(this.manning, line.member.id, false));
    line.connection.close(CLOSE_CODES.MOVED_ELSEWHERE, 'MOVED_ELSEWHERE');
  }

  private hangUp(person: string): void {
    this.audio.leave(person);
    this.pictures.leave(person);
  }

  private async remove(member: Member): Promise<void> {
    if (member.line !== null) return;
    this.members.delete(member.id);
    this.man(withoutInterpreter(this.manning, member.id));
    this.telling.touchAttendance();
    await this.change((state, context) => (this.members.has(member.id) ? null : gone(state, context, participantOf(member))));
  }

  private async giveUpAwaited(): Promise<void> {
    const people = [...this.awaited];
    this.awaited.clear();
    for (const [person, entity] of people) await this.change((state, context) => (this.members.has(person) ? null : gone(state, context, { person, entity })));
  }

  /** A closed part begins, or somebody is admitted no more: they hear and are told nothing from here on. */
  private shutOut(): Line[] {
    const shut: Line[] = [];
    for (const { line } of this.members.values()) {
      if (line === null || line.outside || mayBeInside(this.state, participantOf(line.member))) continue;
      line.outside = true;
      line.welcomed = false;
      this.hangUp(line.member.id);
      this.man(withoutInterpreter(this.manning, line.member.id));
      shut.push(line);
      this.telling.touchAttendance();
    }
    return shut;
  }

  private letIn(): void {
    for (const { line } of this.members.values()) {
      if (line?.outside !== true || !mayBeInside(this.state, participantOf(line.member))) continue;
      line.outside = false;
      void this.arrive(line);
    }
  }

  private man(manning: Manning): void {
    if (manning === this.manning) return;
    const before = this.manning;
    this.manning = manning;
    for (const booth of Object.values(manning)) for (const { person, live } of booth.members) if (live && seatOf(before, person)?.member.live !== true) this.audio.opened(person);
    this.audio.apply();
    this.tellChannels();
    this.telling.manning(manning);
  }

  private alert(from: Member, what: 'slower' | 'noSound'): void {
    const { floor, meeting } = this.state;
    const channel = seatOf(this.manning, from.id)?.member.outgoing;
    if (channel === undefined) return;
    for (const id of new Set([floor.turn?.speaker.person, meeting.presiding?.person])) if (id !== undefined) this.members.get(id)?.line?.connection.send('alert', { what, channel });
  }

  private tellChannels(): void {
    this.telling.all('channels', { channels: this.audio.channels() });
  }

  private isCutOff(entity: string): boolean {
    let known = false;
    for (const member of this.members.values()) {
      if (member.identity.entity !== entity || !isActive(this.state, participantOf(member))) continue;
      if (member.line !== null) return false;
      known = true;
    }
    return known;
  }

  private noteCutOff({ identity: { entity } }: Member): void {
    if (this.state.meeting.status === 'open' && !this.cutOff.has(entity) && this.isCutOff(entity)) this.cutOff.set(entity, { state: this.state, from: this.deps.now() });
  }

  private async noteReturn({ identity: { entity } }: Member): Promise<void> {
    const before = this.cutOff.get(entity);
    if (before === undefined || this.isCutOff(entity)) return;
    this.cutOff.delete(entity);
    await this.change((state, { now }) => noteMissed(state, entity, before, now));
  }
}
