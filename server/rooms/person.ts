import type { Body } from '../../shared/protocol/body.ts';
import type { PersonInfo } from '../../shared/protocol/people.ts';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { Gesture, MicState, Posture } from '../../shared/protocol/vocabulary.ts';
import type { Footing } from '../../shared/rules/ground.ts';
import { noAllowance } from '../../shared/rules/movement.ts';
import type { Allowance } from '../../shared/rules/movement.ts';
import type { Identity } from '../identity/identity.ts';
import type { MessageKind, MessageLimits } from './limits.ts';
import type { LiveScene } from './live-scenes.ts';
import type { Connection } from './services.ts';
import type { Talk } from './talks/talk.ts';
import type { Viewer } from './viewer.ts';

/** A live connection of a person, and what belongs to it alone: gone with the next drop. */
export interface Presence {
  readonly person: Person;
  readonly connection: Connection;
  readonly tab: string;
  readonly viewer: Viewer;
  readonly limits: MessageLimits<MessageKind>;
  /** The snapshot of all people has still to be sent. */
  needsDirectory: boolean;
}

/** Somebody in the room: mutable state that the managers beside this file work on. Times are of the room's clock, milliseconds. */
export interface Person {
  readonly id: string;
  /** Number in pose frames. */
  readonly index: number;
  identity: Identity;
  presence: Presence | null;

  appearance: Appearance;
  mic: MicState;
  deafened: boolean;
  /** Where they are. Only `Travel` changes it. */
  scene: LiveScene;
  /** Their client has loaded the scene: walk steps count. */
  arrived: boolean;
  /** Rises with every change of scene, also with one that is only being prepared: the latest wins. */
  journey: number;
  seat: string;
  /** Whose guided tour they are on: a person's id (their own if they guide), or empty. */
  guide: string;
  /** On a tour: goes where the guide goes. */
  following: boolean;
  /** The private talk that they are in. Only `Talks` changes it. */
  talk: Talk | null;
  /** Id of the only person who hears them, while they whisper; or empty. Only `Whispers` changes it. */
  whisper: string;
  doNotDisturb: boolean;
  /** Meaningful while `presence` is null: when the place is given up. */
  heldUntil: number;

  readonly footing: Footing;
  yaw: number;
  pitch: number;
  posture: Posture;
  gesture: Gesture;
  gestureUntil: number;
  speaking: boolean;
  /** Head and hands of somebody in a headset, relative to the footing; null for everybody else. Only `Bodies` changes it; it ends with the connection and the scene. */
  body: Body | null;
  bodyAt: number;
  /** The pose record has to be written anew at the next tick. */
  poseDirty: boolean;
  /** The place has changed since it was last saved. */
  placeDirty: boolean;

  readonly allowance: Allowance;
  /** Sequence number of the last walk step, or -1 before the first of a connection. */
  lastSeq: number;
  lastStepAt: number;
  placedAt: number;
  correctedAt: number;

  /** Ids of those whom this person blocks, and of those who block this person. Never sent, never logged. */
  readonly blocking: Map<string, string>;
  readonly blockers: Set<string>;
}

/** How somebody comes in: `now` is of the room's clock, milliseconds. */
export interface Entry {
  readonly scene: LiveScene;
  readonly appearance: Appearance;
  readonly now: number;
}

/** Somebody who has just come in and stands nowhere yet. */
export function newPerson(identity: Identity, index: number, { scene, appearance, now }: Entry): Person {
  return {
    id: identity.id, index, identity, presence: null, scene, arrived: true, journey: 0,
    appearance, mic: 'off', deafened: false, seat: '', guide: '', following: false, talk: null, whisper: '', doNotDisturb: false, heldUntil: now,
    footing: { x: 0, y: 0, z: 0, polygon: 0 }, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', gestureUntil: Infinity,
    speaking: false, body: null, bodyAt: now, poseDirty: true, placeDirty: true,
    allowance: noAllowance(), lastSeq: -1, lastStepAt: now, placedAt: now, correctedAt: -Infinity,
    blocking: new Map(), blockers: new Set(),
  };
}

/** What others may know of a person. */
export function personInfo(person: Person): PersonInfo {
  const { identity } = person;
  return {
    id: person.id,
    index: person.index,
    name: identity.name,
    entity: identity.entity,
    entityType: identity.entityType,
    country: identity.country,
    role: identity.role,
    appearance: person.appearance,
    mic: person.mic,
    deafened: person.deafened,
    scene: person.scene.id,
    guide: person.guide,
    talk: person.talk?.shown ?? '',
    doNotDisturb: person.doNotDisturb,
    // A seat is a place: who shows nobody where they are shows none.
    seat: person.talk?.named === false ? '' : person.seat,
    away: person.presence === null,
  };
}

/** Either of the two blocks the other. */
export function isBlocked(one: Person, other: Person): boolean {
  return one.blocking.has(other.id) || one.blockers.has(other.id);
}

/** `other` must not be in the pose frames of `viewer`: another scene, a block, or a talk that shows nobody. */
export function isHidden(viewer: Person, other: Person): boolean {
  return viewer.scene !== other.scene || isBlocked(viewer, other) || isSecluded(viewer, other);
}

/** `other` is in a talk that does not show to `viewer` who is in it. */
export function isSecluded(viewer: Person, other: Person): boolean {
  return other.talk !== null && !other.talk.named && other.talk !== viewer.talk;
}

export function hasBlocks(person: Person): boolean {
  return person.blocking.size > 0 || person.blockers.size > 0;
}
