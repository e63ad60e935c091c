import type { ServerMessages } from '../../shared/protocol/messages.ts';
import type { Person } from './person.ts';

type Pointed = ServerMessages['pointed'];

/** Why somebody is on a tour no more, other than by leaving it. */
export type Parting = Extract<ServerMessages['tourNews'], { kind: 'over' }>['why'];

/** A guided tour that is under way. */
export class Tour {
  readonly guide: Person;
  /** Those whom the guide leads; never the guide. Held places included. */
  readonly members = new Set<Person>();
  /** Ids of those whom the guide sent away: only an invitation lets them in again. */
  readonly dismissed = new Set<string>();
  /** What the guide points at, and in which scene. */
  aim: { readonly scene: string; readonly at: NonNullable<Pointed['at']> } | null = null;

  constructor(guide: Person) {
    this.guide = guide;
  }

  /** The message that tells of `aim`. */
  pointed(aim: Omit<Pointed, 'by'>): Pointed {
    return { by: this.guide.id, scene: aim.scene, at: aim.at };
  }
}
