import type { Scene } from '@babylonjs/core/scene.pure';
import type { WorldDeps } from '../app/contracts.ts';
import type { LinkFrame, LinkMarks } from './links/link-marks.ts';
import type { FrameClock } from './frame.ts';
import type { SceneModel } from './model/scene-model.ts';
import type { AimBeam } from './tours/aim-beam.ts';
import type { SurfaceLayer } from './surfaces/surface-layer.ts';

type SceneryDeps = Pick<WorldDeps, 'surfaces' | 'links' | 'canvas' | 'aim' | 'poses' | 'walker'>;

/** Labels are painted for at most this many canvas pixels a CSS pixel. */
const LABEL_RATIO = 2;

/**
 * What of a scene is not still: nodes that move, surfaces whose picture the event decides, the light in its ways out, and what a guide points at. What draws
 * the last three is fetched when there is one.
 */
export class Scenery {
  private readonly model: SceneModel;
  private readonly unsubscribers: readonly (() => void)[];
  private surfaces: SurfaceLayer | null = null;
  private links: LinkMarks | null = null;
  private beam: AimBeam | null = null;
  private fetching = false;
  private fetchingLinks = false;
  private fetchingBeam = false;
  private disposed = false;

  constructor(model: SceneModel, scene: Scene, deps: SceneryDeps) {
    this.model = model;
    this.unsubscribers = [this.watchSurfaces(scene, deps), this.watchLinks(scene, deps), this.watchAim(scene, deps)];
  }

  /** Once a frame. Reduced motion holds everything still. */
  update(clock: Readonly<FrameClock>, frame: LinkFrame): void {
    if (!clock.still) this.model.motion?.advance(clock.elapsed);
    this.links?.update(frame);
    this.beam?.update(frame);
  }

  /** Fonts have come, or the graphics context is back. */
  repaint(): void {
    this.surfaces?.repaint();
    this.links?.repaint();
  }

  dispose(): void {
    this.disposed = true;
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    this.surfaces?.dispose();
    this.links?.dispose();
    this.beam?.dispose();
  }

  private watchSurfaces(scene: Scene, deps: SceneryDeps): () => void {
    const { model } = this;
    return deps.surfaces.subscribe((surfaces) => {
      if (surfaces.length === 0 || this.fetching) return;
      this.fetching = true;
      const family = (): string => getComputedStyle(deps.canvas).fontFamily;
      // Without it screens stay as their author drew them.
      void import('./surfaces/surface-layer.ts').then(({ SurfaceLayer }) => {
        if (!this.disposed) this.surfaces = new SurfaceLayer({ scene, meshes: model.meshes, surfaces: deps.surfaces, family });
      }).catch(() => undefined);
    });
  }

  private watchAim(scene: Scene, { aim, poses, walker }: SceneryDeps): () => void {
    return aim?.subscribe((now) => {
      if (now === null || this.fetchingBeam) return;
      this.fetchingBeam = true;
      // Without it what is pointed at is told in words.
      void import('./tours/aim-beam.ts').then(({ AimBeam }) => {
        if (!this.disposed) this.beam = new AimBeam(scene, { aim, poses, walker });
      }).catch(() => undefined);
    }) ?? (() => undefined);
  }

  private watchLinks(scene: Scene, deps: SceneryDeps): () => void {
    return deps.links.subscribe((links) => {
      if (links.length === 0 || this.fetchingLinks) return;
      this.fetchingLinks = true;
      const family = (): string => getComputedStyle(deps.canvas).fontFamily;
      const ratio = Math.min(LABEL_RATIO, Math.max(1, window.devicePixelRatio || 1));
      // Without it ways out are found by the list of places, and by coming near.
      void import('./links/link-marks.ts').then(({ LinkMarks }) => {
        if (!this.disposed) this.links = new LinkMarks(scene, { links: deps.links, ratio, family });
      }).catch(() => undefined);
    });
  }
}
