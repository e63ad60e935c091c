import { DOOR_MS, holderAt } from '../../../shared/rules/bookings.ts';
import type { LiveScene, LiveScenes } from '../live-scenes.ts';
import type { Person } from '../person.ts';
import type { Meeting } from '../services.ts';

/** Whose each meeting room is now, and so who may enter it. */
export class Doors {
  private readonly scenes: Iterable<LiveScene>;
  private readonly admits: (meeting: Meeting, who: Person) => boolean;
  /** By scene id, by space. */
  private held: ReadonlyMap<string, ReadonlyMap<string, Meeting>> = new Map();
  /** What a scene's doors were set to. */
  private readonly set = new WeakMap<LiveScene, string>();

  constructor(scenes: LiveScenes, admits: (meeting: Meeting, who: Person) => boolean) {
    this.scenes = scenes;
    this.admits = admits;
  }

  /** The meeting whose room a space is now, or null. Allocates nothing. */
  holder({ id }: LiveScene, space: string | null): Meeting | null {
    return space === null ? null : (this.held.get(id)?.get(space) ?? null);
  }

  /** Whether any room of the scene is a meeting's now. */
  isAny({ id }: LiveScene): boolean {
    return this.held.has(id);
  }

  /** Opens and closes doors. @returns the scenes where something has changed */
  refresh(meetings: Iterable<Meeting>, now: number): LiveScene[] {
    this.held = heldAt(meetings, now);
    return [...this.scenes].filter((scene) => this.refreshScene(scene));
  }

  /** As {@link refresh}, of a scene that may have been loaded since. @returns whether something has changed */
  refreshScene(scene: LiveScene): boolean {
    const held = this.held.get(scene.id) ?? new Map<string, Meeting>();
    const sign = Array.from(held, ([space, { id, revision }]) => `${space} ${id} ${revision}`).join();
    if ((this.set.get(scene) ?? '') === sign) return false;
    this.set.set(scene, sign);
    scene.setDoors(new Map(Array.from(held, ([space, meeting]) => [space, (who: Person) => this.admits(meeting, who)])));
    return true;
  }
}

function heldAt(meetings: Iterable<Meeting>, now: number): Map<string, Map<string, Meeting>> {
  const near = [...meetings].filter(({ state, room, start, end }) => state === 'booked' && room !== null && start - DOOR_MS <= now && now < end);
  const held = new Map<string, Map<string, Meeting>>();
  for (const { room } of near) {
    if (room === null || held.get(room.scene)?.has(room.space) === true) continue;
    const holder = holderAt(near.filter((other) => other.room?.scene === room.scene && other.room.space === room.space), now);
    if (holder === null) continue;
    const rooms = held.get(room.scene) ?? new Map<string, Meeting>();
    held.set(room.scene, rooms.set(room.space, holder));
  }
  return held;
}
