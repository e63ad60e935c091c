import { beforeAll, describe, expect, it } from 'vitest';
import { bakeBuilding } from './fixture.ts';
import { loadGround } from './node.ts';
import { GroundError, inspectTile } from './tile.ts';

let bytes: Uint8Array;
beforeAll(async () => {
  bytes = await bakeBuilding();
});

function damaged(change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
}

function faultOf(tile: Uint8Array): string | undefined {
  try {
    inspectTile(tile);
    return undefined;
  } catch (error) {
    if (error instanceof GroundError) return error.reason;
    throw error;
  }
}

const FIRST_POLYGON = 100;

describe('inspectTile', () => {
  it('counts a good tile', () => {
    const summary = inspectTile(bytes);
    expect(summary.polygons).toBeGreaterThan(20);
    expect(summary.vertices).toBeGreaterThan(20);
  });

  it('reads a tile that stands inside a larger buffer', () => {
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 12);
    expect(inspectTile(padded.subarray(12, 12 + bytes.length))).toEqual(inspectTile(bytes));
  });

  it('says what is wrong', () => {
    const { vertices } = inspectTile(bytes);
    const polygons = FIRST_POLYGON + vertices * 12;
    expect(faultOf(new Uint8Array())).toBe('not-a-navmesh');
    expect(faultOf(new Uint8Array(5000))).toBe('not-a-navmesh');
    expect(faultOf(damaged((view) => view.setInt32(4, 6, true)))).toBe('wrong-version');
    expect(faultOf(bytes.subarray(0, bytes.length - 1))).toBe('damaged');
    expect(faultOf(damaged((view) => view.setInt32(24, 1_000_000, true)))).toBe('damaged');
    expect(faultOf(damaged((view) => view.setFloat32(104, NaN, true)))).toBe('damaged');
    expect(faultOf(damaged((view) => view.setUint8(polygons + 30, 7)))).toBe('damaged');
    expect(faultOf(damaged((view) => view.setUint16(polygons + 4, vertices, true)))).toBe('damaged');
    expect(faultOf(damaged((view) => view.setUint16(polygons + 16, 0x7fff, true)))).toBe('damaged');
  });
});

it('loadGround refuses bytes that are no navigation mesh', async () => {
  await expect(loadGround(new TextEncoder().encode('<!doctype html>'.repeat(20)))).rejects.toMatchObject({ name: 'GroundError', reason: 'not-a-navmesh' });
});
