/** A hall to walk in: 40 by 30 metres with pillars, one acoustic space, baked to a navigation mesh. */
import { init } from '@recast-navigation/core';
import { generateSoloNavMeshData } from '@recast-navigation/generators';
import type { NavmeshGround } from '../../../shared/navigation/ground.ts';
import { loadGround } from '../../../shared/navigation/node.ts';
import { seeded } from './random.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import { WALK_SPEED } from '../../../shared/rules/movement.ts';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { Layout } from '../../../shared/scene/layout.ts';

export const HALL = { halfWidth: 20, halfDepth: 15, pillar: 0.5, pillars: [[-10, -7], [-10, 7], [0, -7], [0, 7], [10, -7], [10, 7]] } as const;

function box(mesh: { positions: number[]; indices: number[] }, low: Point, high: Point): void {
  const base = mesh.positions.length / 3;
  for (let corner = 0; corner < 8; corner += 1) {
    mesh.positions.push(corner & 1 ? high.x : low.x, corner & 2 ? high.y : low.y, corner & 4 ? high.z : low.z);
  }
  const quads = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]] as const;
  for (const [a, b, c, d] of quads) mesh.indices.push(base + a, base + b, base + c, base + a, base + c, base + d);
}

export async function hallGround(): Promise<NavmeshGround> {
  await init();
  const mesh = { positions: [] as number[], indices: [] as number[] };
  const { halfWidth, halfDepth, pillar, pillars } = HALL;
  box(mesh, { x: -halfWidth, y: -0.2, z: -halfDepth }, { x: halfWidth, y: 0, z: halfDepth });
  for (const [x, z] of pillars) box(mesh, { x: x - pillar, y: 0, z: z - pillar }, { x: x + pillar, y: 4, z: z + pillar });
  const baked = generateSoloNavMeshData(mesh.positions, mesh.indices, { cs: 0.1, ch: 0.05, walkableRadius: 3, walkableHeight: 36, walkableClimb: 5 });
  if (!baked.success) throw new Error(`the hall could not be baked: ${baked.error}`);
  const bytes = Uint8Array.from({ length: baked.navMeshData.size }, (_, index) => baked.navMeshData.get(index));
  baked.navMeshData.destroy();
  return loadGround(bytes);
}

export function hallLayout(): Layout {
  const { halfWidth: x, halfDepth: z } = HALL;
  return {
    ...EMPTY_LAYOUT,
    spawnPoints: [{ id: 'middle', position: [0, 0, 0], yaw: 0 }],
    spaces: [{ id: 'hall', outline: [[-x, -z], [x, -z], [x, z], [-x, z]], bottom: -1, top: 6, reverb: 0.3, openings: [] }],
  };
}

/** Radians to either side, and radians a second of the swing: people look around while they walk. */
const LOOK = { swing: 0.5, pace: 1.5 } as const;

/** Somebody who walks the hall without end, from one random point to the next, looking around. */
export class Wanderer {
  readonly at = { x: 0, y: 0, z: 0, polygon: 0 };
  yaw = 0;
  private readonly ground: NavmeshGround;
  private readonly random: () => number;
  private corners: Point[] = [];
  private heading = 0;
  private look: number;

  constructor(ground: NavmeshGround, from: Readonly<Point>, seed: number) {
    this.ground = ground;
    this.random = seeded(seed);
    this.look = this.random() * 6;
    if (!ground.place(from, 2, this.at)) throw new Error('a wanderer begins off the ground');
  }

  /** Walks on for `seconds`. */
  step(seconds: number): void {
    this.look += LOOK.pace * seconds;
    this.yaw = this.heading + LOOK.swing * Math.sin(this.look);
    while (this.corners.length > 0 && this.distance(this.corners[0] as Point) < 0.3) this.corners.shift();
    const next = this.corners[0];
    if (next === undefined) {
      const aim = { x: (this.random() * 2 - 1) * HALL.halfWidth * 0.97, y: 0, z: (this.random() * 2 - 1) * HALL.halfDepth * 0.97 };
      this.corners = this.ground.path(this.at, aim).slice(1);
      return;
    }
    const share = (WALK_SPEED * seconds) / Math.max(1e-6, this.distance(next));
    this.heading = Math.atan2(next.x - this.at.x, next.z - this.at.z);
    const wanted = { x: this.at.x + (next.x - this.at.x) * share, y: this.at.y, z: this.at.z + (next.z - this.at.z) * share };
    this.ground.slide(this.at, wanted, this.at);
  }

  private distance(to: Readonly<Point>): number {
    return Math.hypot(to.x - this.at.x, to.z - this.at.z);
  }
}
