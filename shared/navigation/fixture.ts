/** A small building for tests: two rooms with a wall and a doorway between them, a table, and stairs to a platform. */
import { init } from '@recast-navigation/core';
import { generateSoloNavMeshData } from '@recast-navigation/generators';

/** Metres. The rooms span x and z from -6 to 6; the wall stands on x = 0 with a doorway at z = 0; the stairs climb from z = 2 towards z = 4. */
export const BUILDING = {
  half: 6,
  wall: { halfThickness: 0.1, height: 2.5, doorHalfWidth: 0.6 },
  stairs: { x: [2, 4], z: 2, steps: 6, rise: 0.17, tread: 0.3, platformDepth: 2 },
  table: { x: [-5, -3], z: [2, 4], height: 0.8 },
  agent: { radius: 0.3, height: 1.8, climb: 0.25, slope: 40 },
  cell: { across: 0.1, up: 0.05 },
} as const;

/** Height of the platform on top of the stairs, metres. */
export const PLATFORM_HEIGHT = BUILDING.stairs.steps * BUILDING.stairs.rise;

type Range = readonly [number, number];

class Solids {
  readonly positions: number[] = [];
  readonly indices: number[] = [];

  /** Adds an axis-aligned box, faces outward. */
  box(x: Range, y: Range, z: Range): this {
    const base = this.positions.length / 3;
    for (let corner = 0; corner < 8; corner++) {
      this.positions.push(x[corner & 1 ? 1 : 0], y[corner & 2 ? 1 : 0], z[corner & 4 ? 1 : 0]);
    }
    const quads = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]] as const;
    for (const [a, b, c, d] of quads) this.indices.push(base + a, base + b, base + c, base + a, base + c, base + d);
    return this;
  }
}

/** Bakes the building. The bytes are what `loadGround` reads. */
export async function bakeBuilding(): Promise<Uint8Array> {
  await init();
  const { half, wall, table, stairs, agent, cell } = BUILDING;
  const solids = new Solids().box([-half, half], [-0.2, 0], [-half, half]);
  const thickness: Range = [-wall.halfThickness, wall.halfThickness];
  solids.box(thickness, [0, wall.height], [-half, -wall.doorHalfWidth]);
  solids.box(thickness, [0, wall.height], [wall.doorHalfWidth, half]);
  solids.box(table.x, [0, table.height], table.z);
  for (let step = 0; step < stairs.steps; step++) {
    const z = stairs.z + step * stairs.tread;
    const end = step === stairs.steps - 1 ? z + stairs.platformDepth : z + stairs.tread;
    solids.box([stairs.x[0], stairs.x[1]], [0, (step + 1) * stairs.rise], [z, end]);
  }
  const baked = generateSoloNavMeshData(solids.positions, solids.indices, {
    cs: cell.across,
    ch: cell.up,
    walkableRadius: Math.ceil(agent.radius / cell.across),
    walkableHeight: Math.ceil(agent.height / cell.up),
    walkableClimb: Math.floor(agent.climb / cell.up),
    walkableSlopeAngle: agent.slope,
    maxSimplificationError: 1,
    detailSampleDist: 6,
    detailSampleMaxError: 1,
  });
  if (!baked.success) throw new Error(`The test building could not be baked: ${baked.error}`);
  const bytes = Uint8Array.from({ length: baked.navMeshData.size }, (_, index) => baked.navMeshData.get(index));
  baked.navMeshData.destroy();
  return bytes;
}
