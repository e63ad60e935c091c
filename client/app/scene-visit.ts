import { effect } from '@preact/signals';
import { loadGround } from '../../shared/navigation/browser.ts';
import type { NavmeshGround } from '../../shared/navigation/ground.ts';
import type { Placement, SceneRef } from '../../shared/protocol/messages.ts';
import { Acoustics } from '../../shared/rules/acoustics.ts';
import { ClosedGround } from '../../shared/rules/closed-ground.ts';
import { SpaceMap } from '../../shared/rules/spaces.ts';
import { PredictedWalker } from '../walking/walker.ts';
import type { WalkerDeps } from '../walking/walker.ts';
import type { PoseBook, SceneFiles } from './contracts.ts';
import { LinkWatch } from './link-watch.ts';
import { prefetchScene } from './prefetch.ts';
import { loadSceneFiles } from './scene-files.ts';
import { store } from './store.ts';
import { Surroundings } from './surroundings.ts';

export interface SceneVisitDeps extends Omit<WalkerDeps, 'ground' | 'survey'> {
  readonly poses: PoseBook;
  /** I would walk into a space that is closed to me. */
  readonly onClosed: () => void;
}

/** Who I am in pose frames, and where the server has put me. */
export interface Standing {
  readonly id: string;
  readonly index: number;
  readonly placement: Placement;
  readonly seat: string;
}

const LINKS_MS = 250;

/** What belongs to one scene: its ground and one's walk on it, how it sounds, who and what is near. The venue has one at a time. */
export class SceneVisit {
  readonly scene: SceneFiles;
  readonly walker: PredictedWalker;
  readonly surroundings: Surroundings;
  readonly acoustics: Acoustics;
  private readonly ground: NavmeshGround;
  private readonly stopClosing: () => void;
  private readonly links: LinkWatch;
  private timer: ReturnType<typeof setInterval> | null = null;
  private readonly unsubscribers: (() => void)[] = [];

  private constructor(scene: SceneFiles, ground: NavmeshGround, deps: SceneVisitDeps) {
    this.scene = scene;
    this.ground = ground;
    this.acoustics = new Acoustics(scene.layout);
    const spaceMap = new SpaceMap(scene.layout.spaces);
    const open = new ClosedGround(ground, spaceMap, deps.onClosed);
    const survey = new ClosedGround(ground, spaceMap);
    this.stopClosing = effect(() => {
      const { scene: where, spaces } = store.closedSpaces.value;
      open.isClosed = survey.isClosed = where === scene.id && spaces.length > 0 ? (space) => spaces.includes(space) : null;
    });
    this.walker = new PredictedWalker({ ...deps, ground: open, survey });
    this.surroundings = new Surroundings(scene.layout, deps.poses, this.walker);
    this.links = new LinkWatch(scene.layout.links);
  }

  /** Fetches a scene and its ground; nothing runs yet. @throws ReasonedError */
  static async load(ref: SceneRef, deps: SceneVisitDeps): Promise<SceneVisit> {
    const { scene, navmesh } = await loadSceneFiles(ref);
    return new SceneVisit(scene, await loadGround(navmesh), deps);
  }

  is(ref: SceneRef): boolean {
    return this.scene.id === ref.id && this.scene.revision === ref.revision;
  }

  /** One stands in the scene from now on; also after a new connection, which may put one elsewhere in it. */
  begin(standing: Standing): void {
    this.walker.begin(standing);
    if (this.timer !== null) return;
    this.links.begin(this.walker.pose);
    this.timer = setInterval(() => this.watchLinks(), LINKS_MS);
    this.surroundings.start();
    this.unsubscribers.push(
      this.walker.seat.subscribe((seat) => { store.seat.value = seat; }),
      this.walker.destination.subscribe((destination) => { store.walking.value = destination !== null; }),
    );
  }

  /** One is elsewhere. `begin` may follow. */
  pause(): void {
    if (this.timer === null) return;
    clearInterval(this.timer);
    this.timer = null;
    for (const unsubscribe of this.unsubscribers.splice(0)) unsubscribe();
    this.walker.stop();
    this.surroundings.stop();
    store.link.value = null;
    store.walking.value = false;
  }

  /** Stays in front of a way out, unasked until one has been elsewhere. */
  stay(): void {
    this.links.stay();
    store.link.value = null;
  }

  close(): void {
    this.pause();
    this.stopClosing();
    this.ground.dispose();
  }

  private watchLinks(): void {
    const { pose, seat } = this.walker;
    const link = seat.peek() === '' ? this.links.update(pose) : null;
    // A link to a scene that is not shown leads nowhere.
    store.link.value = link !== null && store.scenes.peek().some(({ id }) => id === link.to) ? link.id : null;
    for (const { to } of this.links.ahead(pose)) {
      const next = store.scenes.peek().find(({ id }) => id === to);
      if (next !== undefined) prefetchScene(next);
    }
  }
}
