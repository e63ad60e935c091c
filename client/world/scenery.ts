import type { Scene } from '@babylonjs/core/scene.pure';
import type { WorldDeps } from '../app/contracts.ts';
import type { FrameClock } from './frame.ts';
import type { SceneModel } from './model/scene-model.ts';
import type { SurfaceLayer } from './surfaces/surface-layer.ts';

/** What of a scene is not still: nodes that move, and surfaces whose picture the event decides. What draws the latter is fetched when there is one. */
export class Scenery {
  private readonly model: SceneModel;
  private readonly unsubscribe: () => void;
  private surfaces: SurfaceLayer | null = null;
  private fetching = false;
  private disposed = false;

  constructor(model: SceneModel, scene: Scene, deps: Pick<WorldDeps, 'surfaces' | 'canvas'>) {
    this.model = model;
    this.unsubscribe = deps.surfaces.subscribe((surfaces) => {
      if (surfaces.length === 0 || this.fetching) return;
      this.fetching = true;
      const family = (): string => getComputedStyle(deps.canvas).fontFamily;
      // Without it screens stay as their author drew them.
      void import('./surfaces/surface-layer.ts').then(({ SurfaceLayer }) => {
        if (!this.disposed) this.surfaces = new SurfaceLayer({ scene, meshes: model.meshes, surfaces: deps.surfaces, family });
      }).catch(() => undefined);
    });
  }

  /** Once a frame. Reduced motion holds everything still. */
  update(clock: Readonly<FrameClock>): void {
    if (!clock.still) this.model.motion?.advance(clock.elapsed);
  }

  /** Fonts have come. */
  repaint(): void {
    this.surfaces?.repaint();
  }

  dispose(): void {
    this.disposed = true;
    this.unsubscribe();
    this.surfaces?.dispose();
  }
}
