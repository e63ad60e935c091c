import { describe, expect, it } from 'vitest';
import { loadGround } from '../../../shared/navigation/node.ts';
import type { Footing } from '../../../shared/rules/ground.ts';
import { SceneError } from '../findings.ts';
import { SceneBuilder, told } from '../testing.ts';
import { worldTriangles } from '../triangles.ts';
import type { TriangleSoup } from '../triangles.ts';
import { BAKE_DEFAULTS, bakeNavmesh } from './bake.ts';
import { snapHeights } from './heights.ts';
import type { Surfaces } from './surfaces.ts';

type Range = readonly [number, number];
type Box = readonly [Range, Range, Range];

function soup(...boxes: Box[]): TriangleSoup {
  const builder = new SceneBuilder();
  return boxes.flatMap(([x, y, z]) => worldTriangles(builder.node('box', { mesh: builder.box('box', x, y, z) })));
}

const FLOOR: Box = [[-5, 5], [-0.1, 0], [-5, 5]];

function surfaces(walkable: Box[], obstacles: Box[] = []): Surfaces {
  return { walkable: soup(...walkable), obstacles: soup(...obstacles), marked: true };
}

function footing(): Footing {
  return { x: 0, y: 0, z: 0, polygon: 0 };
}

async function faultOf(given: Surfaces): Promise<string[]> {
  try {
    await bakeNavmesh(given);
  } catch (error) {
    if (error instanceof SceneError) return told(error.findings);
    throw error;
  }
  return [];
}

describe('bakeNavmesh', () => {
  it('covers the floor, keeps off its edge, and has the exact height of it', async () => {
    const { bytes } = await bakeNavmesh(surfaces([[[-5, 5], [-0.1, 0.013], [-5, 5]]]));
    using ground = await loadGround(bytes);
    const out = footing();
    expect(ground.place({ x: 4.5, y: 0, z: 4.5 }, 0.2, out)).toBe(true);
    expect(out.y).toBeCloseTo(0.013, 5);
    expect(ground.place({ x: 9, y: 0, z: 0 }, 5, out)).toBe(true);
    expect(out.x).toBeLessThanOrEqual(5 - BAKE_DEFAULTS.radius + BAKE_DEFAULTS.cell);
    expect(out.x).toBeGreaterThan(5 - BAKE_DEFAULTS.radius - 2 * BAKE_DEFAULTS.cell);
  });

  it('gives the same bytes for the same triangles', async () => {
    const given = surfaces([FLOOR], [[[-1, 1], [0, 1], [-1, 1]]]);
    const [first, second] = [await bakeNavmesh(given, { seeds: [[3, 0, 3]] }), await bakeNavmesh(given, { seeds: [[3, 0, 3]] })];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it('takes the rounding of heights back where there is no surface to snap to', async () => {
    const { bytes } = await bakeNavmesh(surfaces([FLOOR]));
    snapHeights(bytes, [], { bias: 0.5, tolerance: 1 });
    using ground = await loadGround(bytes);
    const out = footing();
    expect(ground.place({ x: 0, y: 0, z: 0 }, 1, out)).toBe(true);
    expect(out.y).toBeCloseTo(-0.5, 5);
  });

  it('climbs steps of 17 cm with the surface heights, not of 30', async () => {
    const stairs = (rise: number): Box[] => [FLOOR, ...Array.from({ length: 5 }, (_, step): Box => [[0, 2], [0, (step + 1) * rise], [step * 0.3, step === 4 ? 4 : (step + 1) * 0.3]])];
    for (const { rise, climbs } of [{ rise: 0.17, climbs: true }, { rise: 0.3, climbs: false }]) {
      const { bytes } = await bakeNavmesh(surfaces(stairs(rise)));
      using ground = await loadGround(bytes);
      const top = footing();
      expect(ground.place({ x: 1, y: 5 * rise, z: 3 }, 0.3, top)).toBe(true);
      expect(top.y).toBeCloseTo(5 * rise, 4);
      expect(ground.path({ x: 1, y: 0, z: -3 }, top).length > 0, `rise ${rise}`).toBe(climbs);
    }
  });

  it('never walks on an obstacle, not even one lower than a step', async () => {
    for (const height of [0.03, 0.1, 0.2, 0.8, 2.5]) {
      const { bytes } = await bakeNavmesh(surfaces([FLOOR], [[[-2, 2], [0, height], [-2, 2]]]), { seeds: [[4, 0, 4]] });
      using ground = await loadGround(bytes);
      const out = footing();
      for (const y of [0, height]) expect(ground.place({ x: 0, y, z: 0 }, 1.5, out), `obstacle of ${height} m, at ${y} m`).toBe(false);
      expect(ground.path({ x: -4, y: 0, z: 0 }, { x: 4, y: 0, z: 0 }).length).toBeGreaterThan(2);
    }
  });

  it('passes under what leaves headroom, and not under what does not', async () => {
    for (const { bottom, passes } of [{ bottom: 2.2, passes: true }, { bottom: 1.5, passes: false }]) {
      const { bytes } = await bakeNavmesh(surfaces([FLOOR], [[[-1, 1], [bottom, bottom + 0.2], [-5, 5]]]));
      using ground = await loadGround(bytes);
      expect(ground.path({ x: -4, y: 0, z: 0 }, { x: 4, y: 0, z: 0 }).length > 0, `${bottom} m`).toBe(passes);
    }
  });

  it('leaves slopes above 40 degrees alone', async () => {
    for (const { degrees, climbs } of [{ degrees: 30, climbs: true }, { degrees: 50, climbs: false }]) {
      const rise = Math.tan((degrees * Math.PI) / 180) * 3;
      const ramp = [0, 0, -2, 0, 0, 2, 3, rise, -2, 3, rise, -2, 0, 0, 2, 3, rise, 2];
      const top = soup([[3, 6], [rise - 0.1, rise], [-2, 2]]);
      const { bytes } = await bakeNavmesh({ walkable: [...soup([[-4, 0], [-0.1, 0], [-2, 2]]), ...ramp, ...top], obstacles: [], marked: true });
      using ground = await loadGround(bytes);
      expect(ground.path({ x: -2, y: 0, z: 0 }, { x: 4.5, y: rise, z: 0 }).length > 0, `${degrees} degrees`).toBe(climbs);
    }
  });

  it('switches off what no seed reaches, and says how much that is', async () => {
    const table: Box = [[-2, 0], [0, 0.8], [-2, 0]];
    const { bytes, unreachable } = await bakeNavmesh(surfaces([FLOOR, table]), { seeds: [[4, 0, 4]] });
    using ground = await loadGround(bytes);
    expect(ground.place({ x: -1, y: 0.8, z: -1 }, 0.5, footing())).toBe(false);
    expect(unreachable?.area).toBeGreaterThan(1);
    expect(unreachable?.area).toBeLessThan(4);
    expect(unreachable?.near[0]).toBeLessThan(0);
    const whole = await bakeNavmesh(surfaces([FLOOR, table]));
    using everywhere = await loadGround(whole.bytes);
    expect(everywhere.place({ x: -1, y: 0.8, z: -1 }, 0.5, footing())).toBe(true);
    expect(whole.unreachable).toBeUndefined();
  });

  it('says what is wrong with the ground', async () => {
    const fix = 'Mark a floor with extras.venue {"kind":"walkable"}; its faces must look up.';
    expect(await faultOf({ walkable: [], obstacles: [], marked: false })).toEqual([`no-ground: the scene: it has nothing to walk on. ${fix}`]);
    expect(await faultOf(surfaces([[[0, 0.1], [0, 3], [0, 5]]]))).toEqual([`no-ground: the scene: no part of its walkable surface is flatter than 40 degrees and wide enough for a person. ${fix}`]);
    expect(await faultOf(surfaces([[[0, 5000], [0, 3], [0, 5]]]))).toEqual([
      'too-large: the walkable surface: it has a vertex at 5000 m. Keep what is walked on within 320 m of the origin, and check the export for broken vertices.',
    ]);
    expect(await faultOf({ walkable: [NaN, 0, 0, 0, 0, 1, 1, 0, 0], obstacles: [], marked: true })).toEqual([
      'too-large: the walkable surface: it has a vertex at NaN m. Keep what is walked on within 320 m of the origin, and check the export for broken vertices.',
    ]);
  });
});
