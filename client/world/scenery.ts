import type { Scene } from '@babylonjs/core/scene.pure';
import type { WorldDeps } from '../app/contracts.ts';
import type { ClosedRooms } from './domes/closed-rooms.ts';
import type { DomeLayer } from './domes/dome-layer.ts';
import type { LinkFrame, LinkMarks } from './links/link-marks.ts';
import type { FrameClock } from './frame.ts';
import type { SceneModel } from './model/scene-model.ts';
import type { AimBeam } from './tours/aim-beam.ts';
import type { SurfaceLayer } from './surfaces/surface-layer.ts';

type SceneryDeps = Pick<WorldDeps, 'surfaces' | 'links' | 'canvas' | 'aim' | 'domes' | 'talk' | 'closedRooms' | 'poses' | 'walker'>;

/** Labels are painted for at most this many canvas pixels a CSS pixel. */
const LABEL_RATIO = 2;

/** Something drawn that is fetched when there is first something to draw, and is done without if that fails. */
class LateLayer<T extends { dispose(): void }> {
  drawn: T | null = null;
  private readonly load: () => Promise<() => T>;
  private wanted = false;
  private disposed = false;

  /** `load`: fetches what draws it, and says how to make it. */
  constructor(load: () => Promise<() => T>) {
    this.load = load;
  }

  want(): void {
    if (this.wanted) return;
    this.wanted = true;
    void this.load().then((make) => { if (!this.disposed) this.drawn = make(); }).catch(() => undefined);
  }

  dispose(): void {
    this.disposed = true;
    this.drawn?.dispose();
  }
}

/**
 * What of a scene is not still: nodes that move, surfaces whose picture the event decides, the light in its ways out, domes around private talks, veils in the doors of closed rooms, and what a guide points at. What draws
 * all but the first is fetched when there is one.
 */
export class Scenery {
  private readonly model: SceneModel;
  /** Without it screens stay as their author drew them. */
  private readonly surfaces: LateLayer<SurfaceLayer>;
  /** Without it ways out are found by the list of places, and by coming near. */
  private readonly links: LateLayer<LinkMarks>;
  /** Without it what is pointed at is told in words. */
  private readonly beam: LateLayer<AimBeam>;
  /** Without it talks are told of in words, and nobody in them is heard any the more. */
  private readonly domes: LateLayer<DomeLayer>;
  /** Without it one is told at the door. */
  private readonly closed: LateLayer<ClosedRooms>;
  private readonly unsubscribers: readonly (() => void)[];

  constructor(model: SceneModel, scene: Scene, { surfaces, links, aim, domes, talk, closedRooms, canvas, poses, walker }: SceneryDeps) {
    this.model = model;
    const family = (): string => getComputedStyle(canvas).fontFamily;
    const ratio = Math.min(LABEL_RATIO, Math.max(1, window.devicePixelRatio || 1));
    this.surfaces = new LateLayer(async () => {
      const { SurfaceLayer } = await import('./surfaces/surface-layer.ts');
      return () => new SurfaceLayer({ scene, meshes: model.meshes, surfaces, family });
    });
    this.links = new LateLayer(async () => {
      const { LinkMarks } = await import('./links/link-marks.ts');
      return () => new LinkMarks(scene, { links, ratio, family });
    });
    this.beam = new LateLayer(async () => {
      const { AimBeam } = await import('./tours/aim-beam.ts');
      return () => new AimBeam(scene, { aim, poses, walker });
    });
    this.domes = new LateLayer(async () => {
      const { DomeLayer } = await import('./domes/dome-layer.ts');
      return () => new DomeLayer(scene, { domes, talk });
    });
    this.closed = new LateLayer(async () => {
      const { ClosedRooms } = await import('./domes/closed-rooms.ts');
      return () => new ClosedRooms(scene, closedRooms);
    });
    this.unsubscribers = [
      surfaces.subscribe((now) => { if (now.length > 0) this.surfaces.want(); }),
      links.subscribe((now) => { if (now.length > 0) this.links.want(); }),
      domes.subscribe((now) => { if (now.length > 0) this.domes.want(); }),
      closedRooms.subscribe((now) => { if (now.length > 0) this.closed.want(); }),
      aim.subscribe((now) => { if (now !== null) this.beam.want(); }),
    ];
  }

  /** Once a frame. Reduced motion holds everything still. */
  update(clock: Readonly<FrameClock>, frame: LinkFrame): void {
    if (!clock.still) this.model.motion?.advance(clock.elapsed);
    this.links.drawn?.update(frame);
    this.beam.drawn?.update(frame);
    this.domes.drawn?.update(frame);
    this.closed.drawn?.update(frame);
  }

  /** Fonts have come, or the graphics context is back. */
  repaint(): void {
    this.surfaces.drawn?.repaint();
    this.links.drawn?.repaint();
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    this.surfaces.dispose();
    this.links.dispose();
    this.beam.dispose();
    this.domes.dispose();
    this.closed.dispose();
  }
}
