import type { SceneRef } from '../../shared/protocol/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SceneSpaces, Soundscape } from '../hearing/soundscape.ts';
import { ClosedGround } from '../../shared/rules/closed-ground.ts';
import type { Ground } from '../../shared/rules/ground.ts';
import { SpaceMap } from '../../shared/rules/spaces.ts';
import type { VenueScene } from '../scenes/library.ts';
import { Arrivals } from './arrivals.ts';
import type { Person } from './person.ts';
import { Seating } from './seating.ts';
import type { VenueServices } from './services.ts';

/** A scene with the people in it. */
export class LiveScene {
  readonly scene: VenueScene;
  readonly arrivals: Arrivals;
  readonly seating: Seating;
  readonly spaces: SceneSpaces;
  /** Those who are in it, held places included. */
  readonly people = new Set<Person>();
  private readonly spaceMap: SpaceMap;
  private readonly gate: ClosedGround;
  /** By space: who may enter it. Those without an entry are open to everybody. */
  private doors: ReadonlyMap<string, (who: Person) => boolean> = new Map();
  private walker: Person | null = null;

  constructor(scene: VenueScene, spaces: SceneSpaces) {
    this.scene = scene;
    this.spaces = spaces;
    this.spaceMap = new SpaceMap(scene.layout.spaces);
    this.gate = new ClosedGround(scene.ground, this.spaceMap);
    this.arrivals = new Arrivals(scene.layout, scene.ground, { people: this.people, closed: (who, space) => this.isClosedTo(who, space) });
    this.seating = new Seating(scene.layout);
  }

  /** Who may enter which spaces from now on. */
  setDoors(doors: ReadonlyMap<string, (who: Person) => boolean>): void {
    this.doors = doors;
    this.gate.isClosed = doors.size === 0 ? null : (space) => this.walker !== null && this.isClosedTo(this.walker, space);
  }

  isClosedTo(who: Person, space: string): boolean {
    return this.doors.get(space)?.(who) === false;
  }

  /** Ids of the spaces that somebody may not enter now. */
  closedTo(who: Person): string[] {
    return [...this.doors.keys()].filter((space) => this.isClosedTo(who, space));
  }

  /** Id of the space where somebody of the scene is, or null. Allocates nothing. */
  spaceOf({ footing }: Person): string | null {
    return this.spaceMap.idAt(footing.x, footing.y, footing.z);
  }

  /** The ground as somebody may walk on it now: to be used at once, as the next one's is the same object. Allocates nothing. */
  groundFor(who: Person): Ground {
    this.walker = who;
    return this.gate;
  }

  get id(): string {
    return this.scene.id;
  }

  get ref(): SceneRef {
    return { id: this.scene.id, revision: this.scene.revision };
  }
}

/** The scenes that people walk in, each loaded when somebody first goes there, and kept. */
export class LiveScenes {
  private readonly library: VenueServices['scenes'];
  private readonly soundscape: Soundscape;
  private readonly live = new Map<string, LiveScene>();
  private readonly opening = new Map<string, Promise<void>>();

  constructor(library: VenueServices['scenes'], soundscape: Soundscape) {
    this.library = library;
    this.soundscape = soundscape;
  }

  /** The scene, if it is loaded. */
  get(id: string): LiveScene | undefined {
    return this.live.get(id);
  }

  [Symbol.iterator](): IterableIterator<LiveScene> {
    return this.live.values();
  }

  /**
   * Loads the scene if it is not. Rejects with `ReasonedError` SCENE_UNKNOWN for one that is not published, or with what is wrong with its files.
   * What `get` says afterwards is what counts: a scene may be replaced before the caller goes on.
   */
  async open(id: string): Promise<void> {
    if (this.live.has(id)) return;
    const underway = this.opening.get(id);
    if (underway !== undefined) return underway;
    const opening = this.load(id).then((scene) => {
      this.live.set(id, scene);
    }).finally(() => this.opening.delete(id));
    this.opening.set(id, opening);
    return opening;
  }

  /** The scene as it is published now, not yet shown: the caller shows it with `put` or takes it down with `close`. */
  async load(id: string): Promise<LiveScene> {
    for (;;) {
      const scene = await this.library.load(id);
      // It may have been replaced or withdrawn while it was loaded.
      const published = this.library.find(id);
      if (published?.revision === scene.revision) return new LiveScene(scene, this.soundscape.add(scene.layout));
      scene.dispose();
      if (published === null) throw new ReasonedError('SCENE_UNKNOWN');
    }
  }

  /** Shows `scene` in the place of the one of the same id. */
  put(scene: LiveScene): void {
    this.live.set(scene.id, scene);
  }

  /** Takes a scene down that nobody is in any more. */
  close(scene: LiveScene): void {
    if (scene.people.size > 0) throw new Error(`there are still people in ${scene.id}`);
    if (this.live.get(scene.id) === scene) this.live.delete(scene.id);
    this.soundscape.remove(scene.spaces);
    scene.scene.dispose();
  }

  /** Takes all scenes down; nobody walks any more. */
  stop(): void {
    for (const scene of this.live.values()) scene.scene.dispose();
    this.live.clear();
  }
}
