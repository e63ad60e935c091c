import type { Dome } from '../../../shared/protocol/talks.ts';
import type { LiveScene } from '../live-scenes.ts';
import type { Person } from '../person.ts';
import type { Encode } from '../services.ts';
import type { Talk } from './talk.ts';

/** Domes are looked at every so many ticks: five times a second. */
const DOME_TICKS = 4;
/** Elbow room between the outermost member and the dome, metres. */
const MARGIN = 0.8;
export const DOME_MIN_RADIUS = 1.3;
export const DOME_MAX_RADIUS = 4;
/** Smaller changes are not told, metres. */
const STEP = 0.05;

/** Where the talks of a scene are, for everybody in it. A dome stands around the members who are there, and goes where they go. */
export class Domes {
  private readonly talks: ReadonlySet<Talk>;
  private readonly encode: Encode;
  /** What was told last, by scene; none: nothing, or that there are none. */
  private readonly told = new Map<LiveScene, readonly Dome[]>();

  constructor(talks: ReadonlySet<Talk>, encode: Encode) {
    this.talks = talks;
    this.encode = encode;
  }

  /** Call it once a tick. Does nothing while there are no talks. */
  tick(tickNumber: number): void {
    if (tickNumber % DOME_TICKS !== 0 || (this.talks.size === 0 && this.told.size === 0)) return;
    const scenes = new Set(this.told.keys());
    for (const talk of this.talks) scenes.add(talk.anchor.scene);
    for (const scene of scenes) {
      const domes = this.in(scene);
      if (isSame(domes, this.told.get(scene) ?? [])) continue;
      if (domes.length === 0) this.told.delete(scene);
      else this.told.set(scene, domes);
      const bytes = this.encode('domes', { scene: scene.id, domes });
      for (const { presence } of scene.people) presence?.connection.sendEncoded(bytes);
    }
  }

  /** Somebody has come into the scene, or has a new connection. */
  attached({ scene, presence }: Person): void {
    const domes = this.told.get(scene);
    if (domes !== undefined) presence?.connection.send('domes', { scene: scene.id, domes });
  }

  private in(scene: LiveScene): Dome[] {
    const domes: Dome[] = [];
    for (const talk of this.talks) if (talk.meeting === null && talk.anchor.scene === scene) domes.push(domeOf(talk, scene));
    return domes;
  }
}

function domeOf(talk: Talk, scene: LiveScene): Dome {
  const { id, members, named, locked } = talk;
  const here = [...members].filter((member) => member.scene === scene);
  const { x, y, z } = centreOf(here);
  let radius = 0;
  for (const { footing } of here) radius = Math.max(radius, Math.hypot(footing.x - x, footing.z - z) + MARGIN);
  return { talk: id, x, y, z, radius: Math.min(DOME_MAX_RADIUS, Math.max(DOME_MIN_RADIUS, radius)), count: members.size, named, locked };
}

/** The middle between people; the origin for nobody. Metres. */
export function centreOf(people: Iterable<Person>): { x: number; y: number; z: number } {
  let x = 0;
  let y = 0;
  let z = 0;
  let count = 0;
  for (const { footing } of people) {
    x += footing.x;
    y += footing.y;
    z += footing.z;
    count += 1;
  }
  const share = count === 0 ? 0 : 1 / count;
  return { x: x * share, y: y * share, z: z * share };
}

function isSame(some: readonly Dome[], others: readonly Dome[]): boolean {
  return some.length === others.length && some.every((one, i) => {
    const other = others[i];
    return other !== undefined && one.talk === other.talk && one.count === other.count && one.named === other.named && one.locked === other.locked
      && Math.abs(one.radius - other.radius) < STEP && Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z) < STEP;
  });
}
