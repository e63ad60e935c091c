/** The headset, loaded with `import()` when somebody puts one on: `wearHeadset` draws the running 3D view into a WebXR session, scene after scene, until one of them ends. */
import type { ReadonlySignal } from '@preact/signals';
import type { Settings, World, WorldDeps } from '../app/contracts.ts';
import type { HeadsetFacts, TrackedWalker, WornHeadset } from '../app/headset/contract.ts';
import { Stage } from '../world/stage.ts';
import type { VenueWorld } from '../world/venue-world.ts';
import type { Panels } from './contract.ts';
import { Headset } from './headset.ts';
import { HeadsetScene } from './view/headset-scene.ts';

export interface WearDeps {
  readonly session: XRSession;
  /** The running 3D view. */
  readonly world: World;
  readonly settings: ReadonlySignal<Settings>;
  readonly panels: Panels;
  /** Of the scene that one is in: another after each journey. */
  tracked(): TrackedWalker;
  readonly onPick: WorldDeps['onPick'];
  readonly onRaised: (up: boolean) => void;
  /** The session is over, by whoever: the device, the person, or a fault. */
  readonly onEnd: (error: unknown) => void;
}

class Worn implements WornHeadset {
  private readonly deps: WearDeps;
  private readonly stopWatching: () => void;
  private view: HeadsetScene | null = null;
  private headset: Headset | null = null;
  private world: VenueWorld | null = null;
  private ended = false;
  private framesBefore = 0;

  constructor(deps: WearDeps, stage: Stage) {
    this.deps = deps;
    deps.session.addEventListener('end', this.onEnded, { once: true });
    this.stopWatching = stage.watch((world) => this.show(world));
  }

  get facts(): HeadsetFacts {
    const { headset, view, deps } = this;
    const { ladder } = headset ?? {};
    return {
      frames: this.framesBefore + (headset?.frames ?? 0), views: view?.views ?? 0, level: ladder?.index ?? 0, downs: ladder?.downs ?? 0, ups: ladder?.ups ?? 0, missedFrames: ladder?.missed ?? 0,
      frameRate: deps.session.frameRate ?? 0, multiview: (view?.camera.outputRenderTarget?.getViewCount() ?? 1) > 1, controllers: headset?.controllers.states ?? { left: 'none', right: 'none' },
    };
  }

  targets(): ReturnType<Headset['targets']> {
    return this.headset?.targets() ?? [];
  }

  recentre(): void {
    this.headset?.recentre();
  }

  measure(): ReturnType<Headset['measure']> | null {
    return this.headset?.measure() ?? null;
  }

  takeOff(): void {
    // Not in the middle of the frame in which it was pressed. A session that has ended meanwhile says so by an error, which is what was wanted.
    setTimeout(() => { this.deps.session.end().catch(() => undefined); });
  }

  /** The scene goes, and another comes: the session is handed on, and is dark meanwhile. */
  private show(world: VenueWorld | null): void {
    if (this.ended) return;
    this.leaveScene();
    this.view?.detach();
    this.view = null;
    this.world = world;
    if (world !== null) void this.enterScene(world);
  }

  private async enterScene(world: VenueWorld): Promise<void> {
    const { deps } = this;
    try {
      const view = await HeadsetScene.attach(deps.session, world.parts.scene);
      if (this.ended || this.world !== world) {
        view.detach();
        return;
      }
      this.view = view;
      const { session, settings, panels, onPick, onRaised } = deps;
      this.headset = new Headset({ world, view, session, walker: world.parts.deps.walker, tracked: deps.tracked(), settings, panels, onPick, onRaised });
      world.immerse(this.headset);
    } catch (error) {
      this.end(error);
      this.takeOff();
    }
  }

  private leaveScene(): void {
    this.framesBefore += this.headset?.frames ?? 0;
    this.headset?.dispose();
    this.headset = null;
    this.world?.immerse(null);
  }

  private readonly onEnded = (): void => { this.end(null); };

  private end(error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    this.stopWatching();
    this.leaveScene();
    this.view?.detach();
    this.view = null;
    // Babylon has given the canvas the size that it had on entering; the window may have another by now, and the level of quality asks for another resolution.
    this.world?.immerse(null);
    this.world = null;
    this.deps.onEnd(error);
  }
}

/**
 * Puts the headset on: the 3D view is drawn into `session` from now on.
 * @throws TypeError if `world` is not the 3D view of `client/world`
 */
export function wearHeadset(deps: WearDeps): WornHeadset {
  if (!(deps.world instanceof Stage)) throw new TypeError('only the 3D view of client/world can be drawn into a headset');
  return new Worn(deps, deps.world);
}
