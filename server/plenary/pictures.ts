import type { PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import { PICTURE_LINES, SHOWING_LINES, STAGE_PLACES } from '../../shared/protocol/plenary/vocabulary.ts';
import type { PictureLine, ShowingLine, StagePlace } from '../../shared/protocol/plenary/vocabulary.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { mayShareScreen } from '../../shared/rules/plenary/rights.ts';
import { RelayError } from '../relay/relay.ts';
import type { PictureLayer, PictureSize, Relay } from '../relay/relay.ts';
import { isIn, participantOf } from './member.ts';
import type { Member } from './member.ts';

type Stage = PlenaryServerMessages['stage'];

const LAYER: Readonly<Record<ShowingLine, PictureLayer>> = { 'camera/high': 'high', 'camera/low': 'low', screen: 'screen' };
const NOTHING: Stage = { floor: null, podium: null, screen: null, sign: null };

export interface PicturesDeps {
  readonly relay: Relay;
  readonly session: string;
  readonly state: () => PlenaryState;
  readonly members: () => Iterable<Member>;
  readonly member: (id: string) => Member | undefined;
  /** The name of somebody's connection for voices. */
  readonly voiceOf: (person: string) => string;
  readonly tellStage: (stage: Stage) => void;
}

function isShowing(line: PictureLine): line is ShowingLine {
  return (SHOWING_LINES as readonly string[]).includes(line);
}

/**
 * Cameras and screens of a session: what is to be seen where follows from the floor and the chair, from who interprets into sign language, and from who shares a screen with leave. A
 * camera that is on is sent to nobody until then, and to nobody from the moment when the floor is gone.
 */
export class PlenaryPictures {
  private readonly deps: PicturesDeps;
  /** Whose camera may be shown, and whether as a sign-language interpreter. */
  private readonly cameras = new Map<string, { readonly sign: boolean }>();
  private sharing: string | null = null;
  private stage: Stage = NOTHING;
  /** Latest offers by line, so that a late answer to an earlier one is dropped; without those that were left. */
  private readonly offers = new Map<string, number>();
  private offerCount = 0;
  private readonly stopListening: readonly (() => void)[];

  constructor(deps: PicturesDeps) {
    this.deps = deps;
    const { relay } = deps;
    this.stopListening = [
      relay.pictures.onLost((line) => { this.lost(line); }),
      relay.pictures.onWanted((line, wanted) => { this.wanted(line, wanted); }),
      relay.on('restarted', () => { for (const line of [...this.offers.keys()]) this.lost(line); }),
    ];
  }

  stop(): void {
    for (const unsubscribe of this.stopListening) unsubscribe();
    for (const line of this.offers.keys()) this.deps.relay.pictures.leave(line);
    this.offers.clear();
  }

  get seen(): Stage {
    return this.stage;
  }

  camera(member: Member, on: boolean, sign: boolean): Reason | null {
    if (sign && member.identity.role !== 'interpreter') return 'NOT_IN_BOOTH';
    if (on) this.cameras.set(member.id, { sign });
    else this.forgetCamera(member.id);
    this.apply();
    return null;
  }

  screen(member: Member, on: boolean): Reason | null {
    if (on && !mayShareScreen(this.deps.state(), participantOf(member))) return 'NOT_OFFICER';
    if (on) this.sharing = member.id;
    else if (this.sharing === member.id) this.sharing = null;
    if (!on) this.leaveLine(member.id, 'screen');
    this.apply();
    return null;
  }

  /** @returns why not, or null */
  async offer(member: Member, line: PictureLine, sdp: string): Promise<Reason | null> {
    if (!isIn(member)) return 'NOT_JOINED';
    if (isShowing(line) && !(line === 'screen' ? this.sharing === member.id : this.cameras.has(member.id))) return 'NOT_OFFICER';
    const name = this.nameOf(member.id, line);
    this.offerCount += 1;
    const offer = this.offerCount;
    this.offers.set(name, offer);
    try {
      const { relay, voiceOf } = this.deps;
      const { answer, role } = await relay.pictures.join(name, sdp, isShowing(line) ? { layer: LAYER[line] } : { voice: voiceOf(member.id) });
      const current = this.offers.get(name);
      if (current !== offer || (role === 'shows') !== isShowing(line)) {
        if (current === undefined || current === offer) this.leaveLine(member.id, line);
        return current === offer ? 'MEDIA_OFFER_INVALID' : null;
      }
      member.line?.connection.send('pictureAnswer', { line, sdp: answer });
      this.show();
      return null;
    } catch (cause) {
      return cause instanceof RelayError && cause.reason === 'OFFER_INVALID' ? 'MEDIA_OFFER_INVALID' : 'MEDIA_UNAVAILABLE';
    }
  }

  leaveLine(person: string, line: PictureLine): void {
    const name = this.nameOf(person, line);
    if (this.offers.delete(name)) this.deps.relay.pictures.leave(name);
  }

  setSize({ id }: Member, place: StagePlace, size: PictureSize): void {
    this.deps.relay.pictures.setSize(this.nameOf(id, `watch/${place}`), size);
  }

  /** Nothing of theirs is shown, and nothing is shown to them. */
  leave(person: string): void {
    this.cameras.delete(person);
    if (this.sharing === person) this.sharing = null;
    for (const line of PICTURE_LINES) this.leaveLine(person, line);
    this.apply();
  }

  /** What is to be seen, as the state is now. */
  apply(): void {
    const stage = this.wantedStage();
    if (STAGE_PLACES.every((place) => stage[place] === this.stage[place])) return;
    const before = this.stage;
    this.stage = stage;
    // First what is not to be seen any more.
    const gone = new Set(STAGE_PLACES.map((place) => before[place]).filter((id): id is string => id !== null));
    for (const id of gone) for (const kind of ['camera', 'screen'] as const) if (!this.isOnStage(id, kind)) this.deps.relay.pictures.show(this.nameOf(id, kind), []);
    this.show();
    this.deps.tellStage(stage);
  }

  private isOnStage(id: string, kind: 'camera' | 'screen'): boolean {
    const { floor, podium, screen, sign } = this.stage;
    return kind === 'screen' ? screen === id : floor === id || podium === id || sign === id;
  }

  private wantedStage(): Stage {
    const { floor, meeting } = this.deps.state();
    const shown = (id: string | null | undefined): string | null => (id !== null && id !== undefined && this.cameras.get(id)?.sign === false && this.isInside(id) ? id : null);
    const speaking = shown(floor.turn?.speaker.person);
    const chair = shown(meeting.presiding?.person);
    const signer = [...this.cameras].find(([id, { sign }]) => sign && this.isInside(id))?.[0] ?? null;
    const sharer = this.sharing === null ? undefined : this.deps.member(this.sharing);
    const sharing = sharer !== undefined && isIn(sharer) && mayShareScreen(this.deps.state(), participantOf(sharer)) ? sharer.id : null;
    return { floor: speaking, podium: chair === speaking ? null : chair, screen: sharing, sign: signer };
  }

  private isInside(id: string): boolean {
    const member = this.deps.member(id);
    return member !== undefined && isIn(member);
  }

  /** Tells the relay who is shown to whom: everybody inside who watches that place, but not to themselves. */
  private show(): void {
    const viewers = new Map<string, { lines: string[]; kind: 'camera' | 'screen'; person: string }>();
    for (const place of STAGE_PLACES) {
      const person = this.stage[place];
      if (person === null) continue;
      const kind = place === 'screen' ? 'screen' : 'camera';
      const picture = this.nameOf(person, kind);
      const to = viewers.get(picture) ?? { lines: [], kind, person };
      viewers.set(picture, to);
      for (const member of this.deps.members()) {
        const line = this.nameOf(member.id, `watch/${place}`);
        if (member.id !== person && isIn(member) && this.offers.has(line)) to.lines.push(line);
      }
    }
    for (const [picture, { lines, kind, person }] of viewers) {
      this.deps.relay.pictures.show(picture, lines, kind === 'screen' ? undefined : [this.nameOf(person, 'camera/high'), this.nameOf(person, 'camera/low')]);
    }
  }

  private forgetCamera(person: string): void {
    this.cameras.delete(person);
    for (const line of ['camera/high', 'camera/low'] as const) this.leaveLine(person, line);
  }

  private nameOf(person: string, line: PictureLine | 'camera'): string {
    return `${this.deps.session}:${person}/${line}`;
  }

  /** @returns whose line it is, and which */
  private parse(name: string): { member: Member; line: PictureLine } | null {
    const [prefix = '', person = '', line = ''] = /^([^:]+):([^/]+)\/(.+)$/.exec(name)?.slice(1) ?? [];
    const member = prefix === this.deps.session ? this.deps.member(person) : undefined;
    return member === undefined || !(PICTURE_LINES as readonly string[]).includes(line) ? null : { member, line: line as PictureLine };
  }

  private lost(name: string): void {
    const found = this.parse(name);
    if (found === null || !this.offers.delete(name)) return;
    this.deps.relay.pictures.leave(name);
    found.member.line?.connection.send('pictureReset', { line: found.line });
  }

  private wanted(name: string, wanted: boolean): void {
    const found = this.parse(name);
    if (found !== null && isShowing(found.line)) found.member.line?.connection.send('pictureWanted', { line: found.line, wanted });
  }
}
