import { describe, expect, it } from 'vitest';
import { PLATFORM_HEIGHT, bakeBuilding } from './fixture.ts';
import { floorArea, readFloor } from './floor.ts';
import { loadGround } from './node.ts';

describe('readFloor', () => {
  it('gives back a surface on which the ground stands, with borders only at its rim', async () => {
    const bytes = await bakeBuilding();
    const floor = readFloor(bytes);
    using ground = await loadGround(bytes);
    expect(floor.length).toBeGreaterThan(3);
    const footing = { x: 0, y: 0, z: 0, polygon: 0 };
    let highest = 0;
    for (const { triangles, corners, border } of floor) {
      expect(border).toHaveLength(corners.length / 3);
      for (let at = 0; at < triangles.length; at += 9) {
        const middle = [0, 1, 2].map((axis) => ((triangles[at + axis] ?? 0) + (triangles[at + 3 + axis] ?? 0) + (triangles[at + 6 + axis] ?? 0)) / 3);
        const [x = 0, y = 0, z = 0] = middle;
        expect(ground.place({ x, y, z }, 0.3, footing)).toBe(true);
        expect(Math.hypot(footing.x - x, footing.y - y, footing.z - z)).toBeLessThan(0.05);
        highest = Math.max(highest, y);
      }
    }
    expect(highest).toBeCloseTo(PLATFORM_HEIGHT, 1);
    expect(floor.flatMap(({ border }) => border)).toContain(false);
    const area = floor.reduce((sum, polygon) => sum + floorArea(polygon), 0);
    expect(area).toBeGreaterThan(30);
  });

  it('knows what is switched off', async () => {
    const bytes = (await bakeBuilding()).slice();
    const before = readFloor(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const vertices = view.getUint32(28, true);
    view.setUint16(100 + vertices * 12 + 28, 0, true);
    expect(readFloor(bytes).map(({ reachable }) => reachable)).toEqual(before.map((_, index) => index !== 0));
  });
});
