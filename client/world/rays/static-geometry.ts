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

/**
 * Collects the triangles of the scene's own meshes in world space. Instanced meshes (seats, cups) are left out: seats are picked by their
 * place in the layout, and a camera may pass above them.
 */
export function buildStaticBvh(meshes: readonly Mesh[]): Bvh {
  const parts = meshes.filter((mesh) => !mesh.hasThinInstances && !isOrnament(mesh)).map(worldTriangles);
  const corners = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    corners.set(part, at);
    at += part.length;
  }
  return new Bvh(corners);
}
