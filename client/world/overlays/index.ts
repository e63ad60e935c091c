import type { World } from '../../app/contracts.ts';
import { Stage } from '../stage.ts';
import { OverlayLayer, type Shapes } from './overlay-layer.ts';

export { exchangeScene, holdStill } from './exchange.ts';
export type { Shapes } from './overlay-layer.ts';

/** A point of the world in the picture: CSS pixels from its left and top, and metres from the eye. */
export interface Projected {
  x: number;
  y: number;
  distance: number;
}

/** How many there are of what takes memory of the graphics card. */
export interface Held {
  readonly meshes: number;
  readonly materials: number;
  readonly textures: number;
}

/** What an author sees of a scene besides its looks. Loaded with `import()` by the preview only. */
export interface Overlays {
  /** Replaces the shapes of a kind. */
  set(kind: string, shapes: Shapes): void;
  show(kind: string, on: boolean): void;
  /** Whether overlays are drawn through walls. */
  throughWalls(on: boolean): void;
  /** What the whole picture is made of, avatars, marks and overlays included. */
  held(): Held;
  /** Where a point is in the picture that was drawn last. Allocates nothing. @returns false if it is behind the eye or outside the picture */
  project(x: number, y: number, z: number, out: Projected): boolean;
}

/** Adds overlays to a world of this folder; they stay until its scene goes, from one revision to the next. @throws TypeError for a world that is not */
export function addOverlays(world: World): Overlays {
  if (!(world instanceof Stage)) throw new TypeError('overlays need a world of client/world');
  const { scene } = world.shown.parts;
  const layers = new Map<string, { layer: OverlayLayer; on: boolean }>();
  let through = false;
  scene.onBeforeRenderObservable.add(() => {
    const engine = scene.getEngine();
    const [width, height] = [engine.getRenderWidth(), engine.getRenderHeight()];
    const ratio = width / (engine.getRenderingCanvas()?.clientWidth || width);
    for (const { layer } of layers.values()) layer.resize(width, height, ratio);
  });
  scene.onDisposeObservable.add(() => {
    for (const { layer } of layers.values()) layer.dispose();
    layers.clear();
  });
  return {
    set(kind, shapes) {
      const before = layers.get(kind);
      before?.layer.dispose();
      const layer = new OverlayLayer(kind, shapes, scene);
      layers.set(kind, { layer, on: before?.on ?? false });
      layer.show(before?.on ?? false, through);
    },
    show(kind, on) {
      const entry = layers.get(kind);
      if (entry === undefined) return;
      entry.on = on;
      entry.layer.show(on, through);
    },
    throughWalls(on) {
      through = on;
      for (const { layer, on: shown } of layers.values()) layer.show(shown, through);
    },
    held: () => ({ meshes: scene.meshes.length, materials: scene.materials.length, textures: scene.getEngine().getLoadedTexturesCache().length }),
    project(x, y, z, out) {
      const camera = scene.activeCamera;
      const canvas = scene.getEngine().getRenderingCanvas();
      if (camera === null || canvas === null) return false;
      const m = scene.getTransformMatrix().m;
      const w = x * (m[3] ?? 0) + y * (m[7] ?? 0) + z * (m[11] ?? 0) + (m[15] ?? 0);
      if (w <= 0.05) return false;
      const across = (x * (m[0] ?? 0) + y * (m[4] ?? 0) + z * (m[8] ?? 0) + (m[12] ?? 0)) / w;
      const up = (x * (m[1] ?? 0) + y * (m[5] ?? 0) + z * (m[9] ?? 0) + (m[13] ?? 0)) / w;
      out.x = ((across + 1) / 2) * canvas.clientWidth;
      out.y = ((1 - up) / 2) * canvas.clientHeight;
      const eye = camera.globalPosition;
      out.distance = Math.hypot(x - eye.x, y - eye.y, z - eye.z);
      return Math.abs(across) <= 1 && Math.abs(up) <= 1;
    },
  };
}
