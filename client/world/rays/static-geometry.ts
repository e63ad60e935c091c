import { Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import { Bvh } from './bvh.ts';

/** A mesh with more triangles than this a cubic metre is an ornament (a plant, a carafe): nobody bumps a camera into it. */
const ORNAMENT_TRIANGLES = 4000;
const ORNAMENT_SIZE = 1.2;

function isOrnament(mesh: Mesh): boolean {
  const { x, y, z } = mesh.getBoundingInfo().boundingBox.extendSizeWorld;
  return Math.max(x, y, z) * 2 < ORNAMENT_SIZE && mesh.getTotalIndices() / 3 > ORNAMENT_TRIANGLES;
}

function worldTriangles(mesh: Mesh): Float32Array {
  const positions = mesh.getVerticesData('position');
  const indices = mesh.getIndices();
  if (positions === null || indices === null) return new Float32Array(0);
  const world = mesh.getWorldMatrix();
  const moved = new Float32Array(positions.length);
  const point = new Vector3();
  for (let i = 0; i < positions.length; i += 3) {
    Vector3.TransformCoordinatesFromFloatsToRef(positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0, world, point);
    point.toArray(moved, i);
  }
  const corners = new Float32Array(indices.length * 3);
  for (let i = 0; i < indices.length; i += 1) {
    const from = (indices[i] ?? 0) * 3;
    corners.set(moved.subarray(from, from + 3), i * 3);
  }
  return corners;
}

/** Where each triangle is on which light map. */
export interface TriangleLights {
  /** 6 numbers a triangle: u and v of its corners. */
  readonly uv: Float32Array;
  /** File of the light map by triangle: an index into `files`, or -1. */
  readonly file: Int16Array;
  readonly files: readonly string[];
}

export interface StaticGeometry {
  readonly bvh: Bvh;
  readonly lights: TriangleLights;
}

function cornerLights(mesh: Mesh): Float32Array {
  const indices = mesh.getIndices() ?? [];
  const uv = mesh.getVerticesData('uv2');
  const corners = new Float32Array(indices.length * 2);
  if (uv === null) return corners;
  for (let i = 0; i < indices.length; i += 1) {
    const from = (indices[i] ?? 0) * 2;
    corners[i * 2] = uv[from] ?? 0;
    corners[i * 2 + 1] = uv[from + 1] ?? 0;
  }
  return corners;
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Collects the triangles of the scene's own meshes in world space. Instanced meshes (seats, cups) are left out: seats are picked by their
 * place in the layout, and a camera may pass above them.
 * @param lightMapOf file of the light map that a mesh is lit by, or undefined
 */
export function readStaticGeometry(meshes: readonly Mesh[], lightMapOf: (mesh: Mesh) => string | undefined): StaticGeometry {
  const solid = meshes.filter((mesh) => !mesh.hasThinInstances && !isOrnament(mesh));
  const files = [...new Set(solid.map(lightMapOf))].filter((file) => file !== undefined);
  const file = solid.map((mesh) => {
    const name = lightMapOf(mesh);
    return new Int16Array(mesh.getTotalIndices() / 3).fill(name === undefined ? -1 : files.indexOf(name));
  });
  return {
    bvh: new Bvh(join(solid.map(worldTriangles))),
    lights: { uv: join(solid.map(cornerLights)), file: Int16Array.from(file.flatMap((part) => [...part])), files },
  };
}
