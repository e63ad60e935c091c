import type { ClientMessage, Placement, ServerMessages } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Hearing } from '../hearing/hearing.ts';
import type { Directory } from './directory.ts';
import type { LiveScene, LiveScenes } from './live-scenes.ts';
import { isBlocked, isSecluded } from './person.ts';
import type { Person } from './person.ts';
import type { Placing } from './placing.ts';
import type { PoseStream } from './pose-stream.ts';
import type { Roster } from './roster.ts';
import type { Log } from './services.ts';

/** Why somebody is in another scene now, and who took them along (a person's id, or empty). */
export interface TravelCause {
  readonly cause: ServerMessages['scene']['cause'];
  readonly by: string;
}

export interface TravelDeps {
  readonly roster: Roster;
  readonly scenes: LiveScenes;
  readonly placing: Placing;
  readonly poses: PoseStream;
  readonly hearing: Hearing;
  readonly directory: Directory;
  readonly clock: () => number;
  readonly log: Log;
  /** Somebody is in another scene now, and why. */
  readonly moved: (person: Person, why: TravelCause) => void;
}

/** How a journey ended: why not, or null; later, if the scene has to be loaded first. */
export type Outcome = Reason | null | Promise<Reason | null>;

/** Where one arrives in a scene: at an entrance (null: any), or in one of its spaces. */
type Entrance = { readonly spawn: string | null } | { readonly space: string };

type Jump = ClientMessage<'jump'>;

/**
 * Takes people from one scene to another. On the server a journey is a moment: from then on they are heard and seen there and nowhere else, standing
 * where they arrive until their client has loaded the scene and says so.
 */
export class Travel {
  private readonly deps: TravelDeps;

  constructor(deps: TravelDeps) {
    this.deps = deps;
  }

  /** Jumps within the scene and out of it. */
  jump(person: Person, to: Jump): Outcome {
    if (to.kind === 'scene') return this.toScene(person, to.id, null, { cause: 'jump', by: '' });
    const other = to.kind === 'person' ? this.deps.roster.get(to.id) : undefined;
    if (other !== undefined && other.scene !== person.scene) {
      if (isBlocked(person, other)) return 'PERSON_UNKNOWN';
      // Whoever does not show where they are is not to be found by jumping.
      return isSecluded(person, other) ? 'PERSON_BUSY' : this.toPerson(person, other, { cause: 'jump', by: '' });
    }
    // What their client still shows is the scene that they have left.
    if (!person.arrived) return 'NOT_ARRIVED';
    return to.kind === 'link' ? this.through(person, to.id) : this.deps.placing.jump(person, to);
  }

  /** To an entrance of a scene: the one named, or any. */
  toScene(person: Person, id: string, spawn: string | null, why: TravelCause): Outcome {
    return this.to(person, id, { spawn }, why);
  }

  /** Into an acoustic space of a scene, wherever one is. */
  toSpace(person: Person, id: string, space: string): Outcome {
    return this.to(person, id, { space }, { cause: 'jump', by: '' });
  }

  /** Beside somebody in another scene. */
  toPerson(person: Person, other: Person, why: TravelCause): Reason | null {
    return this.beside(person, other, 'atPerson', why);
  }

  /** Into the scene of a guide, as one of the group around them. */
  along(person: Person, guide: Person, why: TravelCause): Reason | null {
    return this.beside(person, guide, 'inGroup', why);
  }

  /** The client has loaded the scene. Stale words, of a scene that they are in no more, change nothing. */
  arrived(person: Person, { scene, revision }: ClientMessage<'arrived'>): void {
    const { ref } = person.scene;
    if (person.arrived || ref.id !== scene || ref.revision !== revision) return;
    const now = this.deps.clock();
    person.arrived = true;
    person.lastSeq = -1;
    person.placedAt = now;
    person.lastStepAt = now;
  }

  /** Takes everybody from one scene, or revision of it, to another: to the same seat or place if it is there, else near it (`keep`), else to an entrance. */
  moveAll(from: LiveScene, to: LiveScene, keep: boolean, why: TravelCause): void {
    for (const person of [...from.people]) {
      const { x, y, z } = person.footing;
      const placement: Placement = { x, y, z, yaw: person.yaw };
      const { seat } = person;
      person.journey += 1;
      this.change(person, to);
      this.deps.placing.enter(person, keep ? { placement, seat } : null);
      this.announce(person, why);
    }
  }

  private beside(person: Person, other: Person, how: 'atPerson' | 'inGroup', why: TravelCause): Reason | null {
    person.journey += 1;
    const yaw = other.scene.arrivals[how](person, other, person.footing);
    if (yaw === null) return 'NOT_REACHABLE';
    this.change(person, other.scene);
    this.deps.placing.settle(person, yaw);
    this.announce(person, why);
    return null;
  }

  private through(person: Person, id: string): Outcome {
    const link = person.scene.scene.layout.links.find((each) => each.id === id);
    return link === undefined ? 'PLACE_UNKNOWN' : this.toScene(person, link.to, link.spawn, { cause: 'link', by: '' });
  }

  private to(person: Person, id: string, entrance: Entrance, why: TravelCause): Outcome {
    person.journey += 1;
    const scene = this.deps.scenes.get(id);
    return scene === undefined ? this.whenOpen(person, { id, entrance }, why) : this.enter(person, scene, entrance, why);
  }

  private async whenOpen(person: Person, { id, entrance }: { id: string; entrance: Entrance }, why: TravelCause): Promise<Reason | null> {
    const { journey } = person;
    try {
      await this.deps.scenes.open(id);
    } catch (cause) {
      if (cause instanceof ReasonedError) return cause.reason;
      this.deps.log.error({ err: cause, scene: id }, 'a scene cannot be loaded');
      return 'SCENE_UNKNOWN';
    }
    const scene = this.deps.scenes.get(id);
    if (scene === undefined) return 'SCENE_UNKNOWN';
    // Gone meanwhile, or on another journey.
    if (person.journey !== journey || this.deps.roster.get(person.id) !== person) return null;
    return this.enter(person, scene, entrance, why);
  }

  private enter(person: Person, scene: LiveScene, entrance: Entrance, why: TravelCause): Reason | null {
    const { placing } = this.deps;
    if (scene === person.scene && 'space' in entrance) return person.arrived ? placing.intoSpace(person, entrance.space) : 'NOT_ARRIVED';
    if (scene === person.scene) return person.arrived ? placing.jump(person, { kind: 'spawn' }) : null;
    const yaw = 'space' in entrance ? scene.arrivals.atSpace(person, entrance.space, person.footing) : this.atEntrance(person, scene, { spawn: entrance.spawn, why });
    if (yaw === null) return 'space' in entrance && scene.isClosedTo(person, entrance.space) ? 'ROOM_BOOKED' : 'NOT_REACHABLE';
    this.change(person, scene);
    this.deps.placing.settle(person, yaw);
    this.announce(person, why);
    return null;
  }

  private atEntrance(person: Person, { arrivals, scene }: LiveScene, { spawn, why }: { readonly spawn: string | null; readonly why: TravelCause }): number | null {
    // A link without an entrance of its own leads to the first.
    const entrance = spawn ?? (why.cause === 'link' ? (scene.layout.spawnPoints[0]?.id ?? null) : null);
    return arrivals.atSpawn(person, person.footing, entrance);
  }

  private change(person: Person, to: LiveScene): void {
    const from = person.scene;
    from.seating.release(person);
    from.people.delete(person);
    person.scene = to;
    to.people.add(person);
    person.body = null;
    person.arrived = person.presence === null;
  }

  /** Everybody learns of it; what may no longer be heard ends with this call. */
  private announce(person: Person, why: TravelCause): void {
    const { poses, hearing, directory, moved } = this.deps;
    const { cause, by } = why;
    hearing.moved(person);
    poses.changedScene(person);
    directory.add(person);
    const { x, y, z } = person.footing;
    person.presence?.connection.send('scene', { scene: person.scene.ref, placement: { x, y, z, yaw: person.yaw }, seat: person.seat, cause, by });
    moved(person, why);
  }
}
