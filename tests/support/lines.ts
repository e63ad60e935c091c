/** Finds places to stand in a real scene for measurements of hearing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadGround } from '../../shared/navigation/node.ts';
import type { NavmeshGround } from '../../shared/navigation/ground.ts';
import type { Placement } from '../../shared/protocol/messages.ts';
import { SpaceMap } from '../../shared/rules/spaces.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import type { Layout } from '../../shared/scene/layout.ts';

export interface StandingLine {
  readonly listener: Placement;
  /** To the left of the listener, by `near` and `far` metres; both look the same way as the listener. */
  readonly near: Placement;
  readonly far: Placement;
}

export class SceneGround {
  readonly layout: Layout;
  private readonly ground: NavmeshGround;
  private readonly spaces: SpaceMap;

  private constructor(layout: Layout, ground: NavmeshGround) {
    this.layout = layout;
    this.ground = ground;
    this.spaces = new SpaceMap(layout.spaces);
  }

  static async open(folder: string): Promise<SceneGround> {
    const layout = JSON.parse(await readFile(join(folder, SCENE_FILES.layout), 'utf8')) as Layout;
    return new SceneGround(layout, await loadGround(await readFile(join(folder, SCENE_FILES.navigation))));
  }

  /** Three level points in a row in one acoustic space. @throws Error if the scene has no such row. */
  line(space: string, near: number, far: number): StandingLine {
    for (const { x, y, z } of this.floorOf(space)) {
      for (let turn = 0; turn < 8; turn += 1) {
        const yaw = (turn * Math.PI) / 4;
        // Left of a look along (sin, cos) is (cos, -sin).
        const at = (distance: number): Placement | null => this.stand(space, { x: x + Math.cos(yaw) * distance, y, z: z - Math.sin(yaw) * distance, yaw });
        const [listener, first, second] = [at(0), at(near), at(far)];
        if (listener !== null && first !== null && second !== null) return { listener, near: first, far: second };
      }
    }
    throw new Error(`no level row of ${far} m in ${space}`);
  }

  /** Some point of a space. */
  point(space: string): Placement {
    for (const point of this.floorOf(space)) {
      const placement = this.stand(space, { ...point, yaw: 0 });
      if (placement !== null) return placement;
    }
    throw new Error(`nowhere to stand in ${space}`);
  }

  dispose(): void {
    this.ground.dispose();
  }

  private *floorOf(space: string): Generator<{ x: number; y: number; z: number }> {
    const outline = this.layout.spaces.find((each) => each.id === space);
    if (outline === undefined) throw new Error(`the scene has no space ${space}`);
    const xs = outline.outline.map(([x]) => x);
    const zs = outline.outline.map(([, z]) => z);
    const footing = { x: 0, y: 0, z: 0, polygon: 0 };
    for (let x = Math.min(...xs) + 0.5; x < Math.max(...xs); x += 0.5) {
      for (let z = Math.min(...zs) + 0.5; z < Math.max(...zs); z += 0.5) {
        const middle = { x, y: outline.bottom + 0.5, z };
        if (this.ground.place(middle, 3, footing) && Math.hypot(footing.x - x, footing.z - z) < 0.05) yield { x, y: footing.y, z };
      }
    }
  }

  private stand(space: string, wish: Placement): Placement | null {
    const footing = { x: 0, y: 0, z: 0, polygon: 0 };
    if (!this.ground.place(wish, 0.5, footing)) return null;
    const exact = Math.hypot(footing.x - wish.x, footing.z - wish.z) < 0.02 && Math.abs(footing.y - wish.y) < 0.05;
    return exact && this.spaces.idAt(footing.x, footing.y, footing.z) === space ? { ...wish, y: footing.y } : null;
  }
}
