import type { Engine } from '@babylonjs/core/Engines/engine.pure';
import type { World, WorldDeps, WorldPlace, WorldStats } from '../app/contracts.ts';
import { drawn } from './engine/drawn.ts';
import { QualityGovernor } from './engine/quality.ts';
import { loadWorld } from './load-world.ts';
import type { VenueWorld } from './venue-world.ts';

const NOTHING: WorldStats = {
  drawCalls: 0, triangles: 0, framesPerSecond: 0, jsMsMedian: 0, jsMsP99: 0, avatarsSkeletal: 0, avatarsBaked: 0, textureMegabytes: 0, textures: 0,
};

const NO_PANORAMA: World['panorama'] = { open: () => Promise.resolve(), close: () => undefined, zoom: () => undefined, setPlaying: () => undefined };

/** Shows one scene after the other on one canvas: owns the engine, which keeps its graphics context and shaders, while a scene comes and goes whole. */
export class Stage implements World {
  private readonly engine: Engine;
  private readonly deps: WorldDeps;
  private readonly governor: QualityGovernor;
  private world: VenueWorld | null = null;
  private turn = 0;
  private readonly watchers = new Set<(world: VenueWorld | null) => void>();

  constructor(engine: Engine, deps: WorldDeps) {
    this.engine = engine;
    this.deps = deps;
    this.governor = new QualityGovernor(deps.settings.value.quality);
  }

  async go({ scene, walker, surfaces, links }: WorldPlace): Promise<void> {
    this.leave();
    const { turn } = this;
    const world = await loadWorld({ engine: this.engine, governor: this.governor }, { ...this.deps, scene, walker, surfaces, links });
    if (turn !== this.turn) {
      world.dispose();
      return;
    }
    this.world = world;
    // The first frame, in which shaders and textures reach the graphics card, takes longest: until it is drawn there is nothing to see.
    world.renderFrame();
    await drawn(this.engine);
    if (turn !== this.turn) return;
    world.start();
    this.tell(world);
  }

  /** For `client/xr`: told of what is shown now, of every scene once it can be seen, and with null before one goes. @returns what ends that */
  watch(watcher: (world: VenueWorld | null) => void): () => void {
    this.watchers.add(watcher);
    watcher(this.world);
    return () => this.watchers.delete(watcher);
  }

  /**
   * For `overlays/`: shows a world that is made out of the one that is shown, which is paused meanwhile. If that fails, nothing is shown any more.
   * @throws Error while nothing is shown, and what `make` throws
   */
  async exchange(place: WorldPlace, make: (before: VenueWorld, deps: WorldDeps) => Promise<VenueWorld>): Promise<void> {
    const { turn, shown } = this;
    shown.pause();
    try {
      this.world = await make(shown, { ...this.deps, ...place });
      if (turn === this.turn) this.world.start();
      else this.leave();
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  leave(): void {
    this.turn += 1;
    if (this.world !== null) this.tell(null);
    this.world?.dispose();
    this.world = null;
  }

  get panorama(): World['panorama'] {
    return this.world?.panorama ?? NO_PANORAMA;
  }

  /** For `overlays/`. @throws Error while nothing is shown */
  get shown(): VenueWorld {
    if (this.world === null) throw new Error('nothing is shown');
    return this.world;
  }

  renderFrame(): void {
    this.world?.renderFrame();
  }

  stats(): WorldStats {
    return this.world?.stats() ?? NOTHING;
  }

  dispose(): void {
    this.leave();
    this.watchers.clear();
    this.engine.dispose();
  }

  private tell(world: VenueWorld | null): void {
    for (const watcher of this.watchers) watcher(world);
  }
}
