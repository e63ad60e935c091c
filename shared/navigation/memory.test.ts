import createRecast from '@recast-navigation/wasm';
import { beforeAll, expect, it } from 'vitest';
import { bakeBuilding } from './fixture.ts';
import { createGround } from './ground.ts';
import type { Recast } from './ground.ts';

let bytes: Uint8Array;
let recast: Recast;
beforeAll(async () => {
  bytes = await bakeBuilding();
  recast = await createRecast<unknown>();
});

const PROBE_BYTES = 1_000_000;

/** Where the allocator puts the next large block: it moves up as soon as anything before it is not given back. */
function highWater(): number {
  const block = recast._malloc(PROBE_BYTES);
  recast._free(block);
  return block;
}

it('takes no wasm memory for 100,000 moves, placements and 10,000 paths', () => {
  using ground = createGround(recast, bytes);
  const here = { x: 0, y: 0, z: 0, polygon: 0 };
  const work = (times: number): void => {
    for (let tick = 0; tick < times; tick++) {
      const heading = tick * 0.02;
      if (tick % 1000 === 0) ground.place({ x: -3, y: 0, z: -3 }, 1, here);
      ground.slide(here, { x: here.x + Math.sin(heading), y: 0, z: here.z + Math.cos(heading) }, here);
      ground.place(here, 1, here);
      if (tick % 10 === 0) ground.path(here, { x: 3, y: 0, z: -3 });
    }
  };
  work(1000);
  const before = { top: highWater(), heap: recast.HEAPU8.length };
  work(100_000);
  expect({ top: highWater(), heap: recast.HEAPU8.length }).toEqual(before);
});

it('gives everything back when disposed of, also twice', () => {
  const cycle = (): void => {
    const ground = createGround(recast, bytes);
    ground.place({ x: -3, y: 0, z: -3 }, 1, { x: 0, y: 0, z: 0, polygon: 0 });
    ground.dispose();
    ground.dispose();
  };
  cycle();
  const before = highWater();
  for (let count = 0; count < 5000; count++) cycle();
  expect(highWater()).toBe(before);
});
