import type { Node, Primitive } from '@gltf-transform/core';
import { EXTMeshGPUInstancing } from '@gltf-transform/extensions';
import { describe, expect, it } from 'vitest';
import { SceneBuilder } from './testing.ts';
import { instanceCount, triangleCount, worldTriangles } from './triangles.ts';

/** The total of the triangles' normals times area, which for a closed body facing outward is its volume times three when dotted with position. */
function volume(soup: readonly number[]): number {
  let total = 0;
  for (let base = 0; base < soup.length; base += 9) {
    const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = soup.slice(base, base + 9);
    total += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return total / 6;
}

function cube(builder: SceneBuilder): Node {
  return builder.node('cube', { mesh: builder.box('cube', [0, 1], [0, 1], [0, 1]) });
}

/** Primitive modes of glTF 2.0. */
const [LINES, STRIP, FAN] = [1, 5, 6] as const;

describe('worldTriangles', () => {
  it('applies the world transform', () => {
    const builder = new SceneBuilder();
    const node = cube(builder).setTranslation([5, 0, 0]).setScale([2, 1, 1]);
    expect(worldTriangles(node)).toHaveLength(12 * 9);
    expect(volume(worldTriangles(node))).toBeCloseTo(2, 6);
    expect(Math.max(...worldTriangles(node).filter((_, index) => index % 3 === 0))).toBe(7);
  });

  it('keeps the outside out when the transform mirrors', () => {
    const builder = new SceneBuilder();
    expect(volume(worldTriangles(cube(builder).setScale([-1, 1, 1])))).toBeCloseTo(1, 6);
  });

  it('repeats the mesh for every instance', () => {
    const builder = new SceneBuilder();
    const node = cube(builder).setTranslation([0, 10, 0]);
    const offsets = builder.document.createAccessor().setType('VEC3').setArray(new Float32Array([0, 0, 0, 100, 0, 0, 0, 0, 100]));
    const scales = builder.document.createAccessor().setType('VEC3').setArray(new Float32Array([1, 1, 1, 2, 2, 2, 1, 1, 1]));
    const batch = builder.document.createExtension(EXTMeshGPUInstancing).createInstancedMesh().setAttribute('TRANSLATION', offsets).setAttribute('SCALE', scales);
    node.setExtension('EXT_mesh_gpu_instancing', batch);
    expect(instanceCount(node)).toBe(3);
    expect(volume(worldTriangles(node))).toBeCloseTo(1 + 8 + 1, 4);
    expect(Math.min(...worldTriangles(node).filter((_, index) => index % 3 === 1))).toBe(10);
  });

  it('reads strips and fans with the right side out', () => {
    const builder = new SceneBuilder();
    const primitive = (mode: ReturnType<Primitive['getMode']>, points: number[]): Primitive =>
      builder.document.createPrimitive().setMode(mode).setAttribute('POSITION', builder.document.createAccessor().setType('VEC3').setArray(new Float32Array(points)));
    // A square in the ground plane that looks up, drawn both ways.
    const strip = primitive(STRIP, [0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1]);
    const fan = primitive(FAN, [0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0]);
    for (const shape of [strip, fan]) {
      const node = builder.node('flat', { mesh: builder.document.createMesh('flat').addPrimitive(shape) });
      const soup = worldTriangles(node);
      expect(triangleCount(shape)).toBe(2);
      for (let base = 0; base < soup.length; base += 9) {
        const [ax = 0, , az = 0, bx = 0, , bz = 0, cx = 0, , cz = 0] = soup.slice(base, base + 9);
        expect((bz - az) * (cx - ax) - (bx - ax) * (cz - az)).toBe(1);
      }
    }
  });

  it('takes lines and points for nothing', () => {
    const builder = new SceneBuilder();
    const node = cube(builder);
    node.getMesh()?.listPrimitives()[0]?.setMode(LINES);
    expect(worldTriangles(node)).toEqual([]);
  });
});
