import type { SceneRef } from '../../shared/protocol/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SceneSpaces, Soundscape } from '../hearing/soundscape.ts';
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

  constructor(scene: VenueScene, spaces: SceneSpaces) {
    this.scene = scene;
    this.spaces = spaces;
    this.arrivals = new Arrivals(scene.layout, scene.ground, this.people);
    this.seating = new Seating(scene.layout);
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
