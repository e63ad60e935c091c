import { randomBytes } from 'node:crypto';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import { NAMELESS_TALK } from '../../../shared/protocol/vocabulary.ts';
import type { Person } from '../person.ts';
import type { DirectCall } from './direct.ts';
import type { Share } from './screens.ts';

/** Enough that nobody guesses the id of a talk that shows no names. */
const ID_BYTES = 12;

/** What a talk has of the meeting that it is. */
export interface TalkOfMeeting {
  readonly kind: 'room' | 'virtual';
  readonly booking: string;
  /** It is not over and not cancelled. */
  goesOn: boolean;
}

/** A private talk while it lasts. Nothing of it is ever written down, and nothing that is said in it gets here. */
export class Talk {
  readonly id = randomBytes(ID_BYTES).toString('base64url');
  /** In the order in which they came; held places included. */
  readonly members = new Set<Person>();
  /** Who leads it: a member, as long as there are any. */
  host: Person;
  /** The meeting that it is, or null. */
  readonly meeting: TalkOfMeeting | null;
  named = true;
  locked = false;
  /** Ids of those who were asked and have not said yes or no. */
  readonly invited = new Map<string, 'waiting' | 'later'>();
  /** Ids of those who ask to be let in. */
  readonly knocking = new Set<string>();
  /** Ids of those who had to leave: only an invitation lets them in again. */
  readonly removed = new Set<string>();
  /** From browser to browser, or about to be. Only `DirectTalks` changes it. */
  direct: DirectCall | null = null;
  /** Whose screen is shown, or null. Only `Screens` changes it. */
  screen: Share | null = null;
  /** Ids of members with a raised hand, the first first. */
  readonly hands: string[] = [];
  /** When somebody said no, milliseconds of the room's clock, by their id. */
  readonly turnedDownAt = new Map<string, number>();

  constructor(host: Person, meeting: TalkOfMeeting | null = null) {
    this.host = host;
    this.meeting = meeting;
    // Invitations to a meeting are its organiser's; nobody knocks at its door.
    this.locked = meeting !== null;
  }

  /** How others are told that somebody is in it. */
  get shown(): string {
    return this.named ? this.id : NAMELESS_TALK;
  }

  /** Nobody is left to talk with, or will be. */
  get isOver(): boolean {
    // Whoever is first in the room waits in private for the others.
    if (this.meeting?.goesOn === true) return this.members.size === 0;
    return this.members.size < 2 && this.invited.size === 0 && this.knocking.size === 0;
  }

  /** A member with a line, the host if there is one: where newcomers are brought. */
  get anchor(): Person {
    if (this.host.presence !== null) return this.host;
    for (const member of this.members) if (member.presence !== null) return member;
    return this.host;
  }

  state(): TalkState {
    return {
      id: this.id, kind: this.meeting?.kind ?? 'dome', booking: this.meeting?.booking ?? '', host: this.host.id, named: this.named, locked: this.locked,
      members: Array.from(this.members, ({ id }) => ({ id, hand: this.hands.indexOf(id) + 1 })),
      invited: Array.from(this.invited, ([id, answer]) => ({ id, answer })),
      knocking: [...this.knocking],
    };
  }
}

/** Whether the relay carries nothing of the talk: two have agreed to do without it, and have not both agreed otherwise. */
export function bypassesRelay({ direct }: Talk): boolean {
  return direct !== null && direct.state !== 'asked';
}
