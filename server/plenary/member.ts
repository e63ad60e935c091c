import type { Channel } from '../../shared/protocol/plenary/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { Participant } from '../../shared/rules/plenary/change.ts';
import type { Identity } from '../identity/identity.ts';
import type { MessageLimits } from '../rooms/limits.ts';
import type { PlenaryConnection } from './connection.ts';
import type { PlenaryMessageKind } from './limits.ts';

/** A live connection of somebody in a session, and what belongs to it alone. */
export interface Line {
  readonly member: Member;
  readonly connection: PlenaryConnection;
  readonly tab: string;
  readonly limits: MessageLimits<PlenaryMessageKind>;
  /** A closed part goes on without them: nothing of the session is sent. */
  outside: boolean;
  /** The whole state has been sent: from then on, what changes. */
  welcomed: boolean;
  watchesPeople: boolean;
}

/** Somebody in a session: from the first join until they leave or are away for too long. */
export interface Member {
  readonly id: string;
  identity: Identity;
  line: Line | null;
  /** While the line is down: when they are taken to have left. Milliseconds since the epoch. */
  heldUntil: number;
  channel: Channel;
  /** Wants the floor beneath a language. */
  under: boolean;
  reads: Language | null;
  /** Deeds that were done, by the client's numbers: one that is sent again after a drop is not done twice. */
  readonly done: Set<string>;
}

const REMEMBERED_DEEDS = 64;

export function newMember(identity: Identity): Member {
  return { id: identity.id, identity, line: null, heldUntil: 0, channel: 'floor', under: false, reads: null, done: new Set() };
}

export function rememberDeed({ done }: Member, nonce: string): void {
  done.add(nonce);
  if (done.size <= REMEMBERED_DEEDS) return;
  const [oldest] = done;
  if (oldest !== undefined) done.delete(oldest);
}

/** As the rules know them. */
export function participantOf({ id, identity, line }: Member): Participant {
  const { name, entity, entityType, country, role, language } = identity;
  return { person: id, name, entity, entityType, country, role, language, connected: line !== null };
}

/** Inside, and told of what goes on. */
export function isIn({ line }: Member): boolean {
  return line !== null && line.welcomed && !line.outside;
}
