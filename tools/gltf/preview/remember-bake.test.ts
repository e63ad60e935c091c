import { describe, expect, it } from 'vitest';
import { bakeNavmesh } from '../navmesh/bake.ts';
import type { Surfaces } from '../navmesh/surfaces.ts';
import { rememberBake } from './remember-bake.ts';

/** A floor of 8 x 8 m at this height. */
function floor(height: number): Surfaces {
  return { walkable: [-4, height, -4, -4, height, 4, 4, height, 4, -4, height, -4, 4, height, 4, 4, height, -4], obstacles: [], marked: true };
}

function counted(): { bake: typeof bakeNavmesh; baked: () => number } {
  let baked = 0;
  return { baked: () => baked, bake: rememberBake((surfaces, options) => { baked += 1; return bakeNavmesh(surfaces, options); }) };
}

describe('a navigation mesh that is remembered', () => {
  it('is baked once for the same surfaces, and is what baking gives', async () => {
    const { bake, baked } = counted();
    const [first, again] = [await bake(floor(0), { seeds: [[0, 0, 0]] }), await bake(floor(0), { seeds: [[0, 0, 0]] })];
    expect(baked()).toBe(1);
    expect(again.bytes).toEqual(first.bytes);
    expect(first.bytes).toEqual((await bakeNavmesh(floor(0), { seeds: [[0, 0, 0]] })).bytes);
  });

  it('is baked anew for another floor, another obstacle, another point of departure', async () => {
    const { bake, baked } = counted();
    const post = { ...floor(0), obstacles: [-0.5, 1, -0.5, -0.5, 1, 0.5, 0.5, 1, 0.5] };
    const meshes = [await bake(floor(0)), await bake(floor(0.2)), await bake(post), await bake(floor(0), { seeds: [[1, 0, 1]] })];
    expect(baked()).toBe(4);
    expect(meshes[1]?.bytes).not.toEqual(meshes[0]?.bytes);
  });

  it('is forgotten when newer ones came, the one that was asked for last kept', async () => {
    const { bake, baked } = counted();
    for (const height of [0, 1, 2, 3, 0, 4]) await bake(floor(height));
    expect(baked()).toBe(5);
    await bake(floor(0));
    expect(baked()).toBe(5);
    await bake(floor(1));
    expect(baked()).toBe(6);
  });
});
