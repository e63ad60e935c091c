import type { ClientMessage, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { LastPlace } from '../store/store.ts';
import { refill } from '../../shared/rules/movement.ts';
import { teleport } from '../../shared/rules/teleport.ts';
import { isBlocked, isSecluded } from './person.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';

type Cause = ServerMessages['placed']['cause'];
/** The jumps that do not lead out of a scene. */
export type LocalJump = Extract<ClientMessage<'jump'>, { kind: 'place' | 'person' | 'spawn' }>;

export interface PlacingDeps {
  readonly roster: Roster;
  /** Milliseconds of the room's clock. */
  readonly clock: () => number;
  /** What others are told of the person (their seat) has changed. */
  readonly announce: (person: Person) => void;
  /** The person stands elsewhere: what they may no longer hear, and who may no longer hear them, ends at once. */
  readonly moved: (person: Person) => void;
}

/** Puts people somewhere in their scene other than by walking: on arrival, by a jump, onto a seat and off it, and back after a refused step. */
export class Placing {
  private readonly deps: PlacingDeps;

  constructor(deps: PlacingDeps) {
    this.deps = deps;
  }

  /** Where somebody appears who enters: on their last seat if it is free, at their last place, else at an entrance. @returns true if it was kept from before. */
  enter(person: Person, last: Pick<LastPlace, 'placement' | 'seat'> | null): boolean {
    const { arrivals } = person.scene;
    if (last !== null) {
      if (last.seat !== '' && this.take(person, last.seat) === null) return true;
      const yaw = arrivals.atPlacement(person, last.placement, person.footing);
      if (yaw !== null) {
        this.settle(person, yaw);
        return true;
      }
    }
    this.settle(person, arrivals.atSpawn(person, person.footing) ?? 0);
    return false;
  }

  /** Within the scene. */
  jump(person: Person, to: LocalJump): Reason | null {
    const yaw = this.destination(person, to);
    if (typeof yaw === 'string') return yaw;
    this.getUp(person);
    this.settle(person, yaw);
    this.tell(person, 'jump', null, null);
    return null;
  }

  /** Into an acoustic space of the scene. @returns why not, or null */
  intoSpace(person: Person, space: string): Reason | null {
    return this.put(person, person.scene.arrivals.atSpace(person, space, person.footing), person.scene.isClosedTo(person, space) ? 'ROOM_BOOKED' : 'NOT_REACHABLE');
  }

  /** Out of the acoustic space where they are, to the nearest place that is open to them. @returns why not, or null */
  outOfSpace(person: Person): Reason | null {
    return this.put(person, person.scene.arrivals.outside(person, person.footing), 'NOT_REACHABLE');
  }

  /** Beside somebody in the scene, off a seat if need be. @returns why not, or null */
  beside(person: Person, other: Person): Reason | null {
    const { arrivals } = person.scene;
    const yaw = arrivals.atPerson(person, other, person.footing) ?? arrivals.inGroup(person, other, person.footing);
    return this.put(person, yaw, 'NOT_REACHABLE');
  }

  /** Lets somebody stand where their footing is now, if a spot was found. */
  private put(person: Person, yaw: number | null, otherwise: Reason): Reason | null {
    if (yaw === null) return otherwise;
    this.getUp(person);
    this.settle(person, yaw);
    this.tell(person, 'jump', null, null);
    return null;
  }

  /** As far as somebody could get on foot, and not sooner than by running: see `shared/rules/teleport.ts`. The seated have to stand up first. */
  teleport(person: Person, [x, y, z]: ClientMessage<'teleport'>['to']): Reason | null {
    if (person.seat !== '') return 'SEATED';
    this.rest(person);
    const verdict = teleport(person.footing, { x, y, z }, person.allowance, person.scene.groundFor(person));
    if (verdict !== 'ACCEPTED') return verdict === 'NOT_REACHABLE' && person.scene.arrivals.isClosed(person, { x, y, z }) ? 'ROOM_BOOKED' : verdict;
    this.settle(person, person.yaw);
    this.tell(person, 'teleport', null, null);
    return null;
  }

  sit(person: Person, id: string): Reason | null {
    const refused = this.take(person, id);
    if (refused !== null) return refused;
    this.deps.announce(person);
    this.tell(person, 'sit', null, null);
    return null;
  }

  stand(person: Person): Reason | null {
    if (person.seat === '') return null;
    const yaw = person.scene.arrivals.besideSeat(person.seat, person.footing);
    if (yaw === null) return 'NOT_REACHABLE';
    this.getUp(person);
    this.settle(person, yaw);
    this.tell(person, 'stand', null, null);
    return null;
  }

  /** Tells somebody that a step of theirs did not come to pass. */
  correct(person: Person, seq: number, reason: Reason): void {
    this.tell(person, 'correction', seq, reason);
  }

  private destination(person: Person, to: LocalJump): number | Reason {
    const { roster } = this.deps;
    const { arrivals } = person.scene;
    if (to.kind === 'spawn') return arrivals.atSpawn(person, person.footing) ?? 'NOT_REACHABLE';
    if (to.kind === 'place') return arrivals.atPlace(person, to.id, person.footing) ?? this.whyNotTo(person, to.id);
    const other = roster.get(to.id);
    // A block looks like absence.
    if (other === undefined || other === person || isBlocked(person, other)) return 'PERSON_UNKNOWN';
    // Whoever does not show where they are is not to be found by jumping.
    if (isSecluded(person, other)) return 'PERSON_BUSY';
    return arrivals.atPerson(person, other, person.footing) ?? (arrivals.isClosed(person, other.footing) ? 'ROOM_BOOKED' : 'NOT_REACHABLE');
  }

  private whyNotTo(person: Person, id: string): Reason {
    const { scene, arrivals } = person.scene;
    const place = scene.layout.places.find((each) => each.id === id);
    if (place === undefined) return 'PLACE_UNKNOWN';
    const [x, y, z] = place.position;
    return arrivals.isClosed(person, { x, y, z }) ? 'ROOM_BOOKED' : 'NOT_REACHABLE';
  }

  private take(person: Person, id: string): Reason | null {
    const { scene } = person;
    const space = scene.scene.layout.seats.find((seat) => seat.id === id)?.space ?? null;
    // Whoever is in a room that has just been closed may still sit down in it.
    if (space !== null && scene.isClosedTo(person, space) && scene.spaceOf(person) !== space) return 'ROOM_BOOKED';
    const seat = person.scene.seating.sit(person, id);
    if (typeof seat === 'string') return seat;
    const [x, y, z] = seat.position;
    Object.assign(person.footing, { x, y, z, polygon: 0 });
    this.settle(person, seat.yaw);
    person.posture = 'seated';
    return null;
  }

  private getUp(person: Person): void {
    if (person.seat === '') return;
    person.scene.seating.release(person);
    this.deps.announce(person);
  }

  /** Lets somebody stand where their footing is now. @param yaw where they look, radians */
  settle(person: Person, yaw: number): void {
    this.rest(person);
    person.yaw = yaw;
    person.posture = 'standing';
    person.allowance.metres = 0;
    person.placedAt = person.lastStepAt;
    person.poseDirty = true;
    person.placeDirty = true;
  }

  /** What they may go has been saved up until now. */
  private rest(person: Person): void {
    const now = this.deps.clock();
    refill(person.allowance, (now - person.lastStepAt) / 1000);
    person.lastStepAt = now;
  }

  private tell(person: Person, cause: Cause, seq: number | null, reason: Reason | null): void {
    const { x, y, z } = person.footing;
    person.presence?.connection.send('placed', { x, y, z, yaw: person.yaw, cause, seat: person.seat, seq, reason });
    if (cause !== 'correction') this.deps.moved(person);
  }
}
