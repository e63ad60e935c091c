import { effect } from '@preact/signals';
import type { PanoramaStatus, SceneFiles, Walker, World } from '../contracts.ts';
import { settings } from '../settings.ts';
import { store } from '../store.ts';

/** Somebody who is this far from where they stepped in was moved (a tour, a jump): they are not at the stand any more. Metres. */
const MOVED = 2;

export interface PanoramaDeps {
  readonly scene: SceneFiles;
  readonly walker: Walker;
  readonly world: () => World | null;
}

function reducedMotion(): boolean {
  return settings.peek().motion === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Stepping into a 360-degree stand and out of it. Where there is no 3D view, the panel shows the picture flat. */
export class PanoramaVisit {
  private readonly deps: PanoramaDeps;
  private readonly unsubscribe: () => void;
  private from = { x: 0, y: 0, z: 0 };

  constructor(deps: PanoramaDeps) {
    this.deps = deps;
    // A 3D view that ends takes the picture with it.
    this.unsubscribe = effect(() => {
      if (store.world.value.kind !== 'ready' && store.panorama.peek() !== null) this.flatten();
    });
  }

  enter(id: string): void {
    const texts = this.deps.scene.venue.panoramas?.[id];
    const world = this.deps.world();
    if (texts === undefined) return;
    if (world === null || store.world.peek().kind !== 'ready') {
      store.sight.value = { kind: 'panorama', id };
      return;
    }
    store.sight.value = null;
    this.deps.walker.stop();
    const { x, y, z } = this.deps.walker.pose;
    this.from = { x, y, z };
    const film = texts.kind === 'video';
    const playing = film && !reducedMotion();
    store.panorama.value = { id, stage: { kind: 'loading', fraction: 0 }, playing: film ? playing : null };
    const source = { address: this.deps.scene.base + texts.file, kind: texts.kind, yaw: texts.yaw ?? 0, volume: settings.peek().volume, playing };
    const show = (stage: PanoramaStatus['stage']): void => {
      const now = store.panorama.peek();
      if (now?.id === id) store.panorama.value = { ...now, stage };
    };
    world.panorama.open(source, (fraction) => show({ kind: 'loading', fraction })).then(() => show({ kind: 'shown' }), () => show({ kind: 'failed' }));
  }

  leave(): void {
    if (store.panorama.peek() === null) return;
    store.panorama.value = null;
    this.deps.world()?.panorama.close();
  }

  play(on: boolean): void {
    const now = store.panorama.peek();
    if (now === null || now.playing === null) return;
    store.panorama.value = { ...now, playing: on };
    this.deps.world()?.panorama.setPlaying(on);
  }

  /** Notices that the person was moved away. */
  check(): void {
    if (store.panorama.peek() === null) return;
    const { x, z } = this.deps.walker.pose;
    if (Math.hypot(x - this.from.x, z - this.from.z) > MOVED) this.leave();
  }

  dispose(): void {
    this.unsubscribe();
    this.leave();
  }

  private flatten(): void {
    const id = store.panorama.peek()?.id;
    this.leave();
    if (id !== undefined) store.sight.value = { kind: 'panorama', id };
  }
}
