/** How nodes are called, and where they stand. */
import type { Node, mat4, vec3 } from '@gltf-transform/core';
import { determinant } from '../triangles.ts';

/** How messages call a node. */
export function nodeName(node: Node): string {
  return `node "${node.getName()}"`;
}

/** Open extensions have no ids: a name stands in, with what an id cannot hold replaced. */
export function idFromName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 64) || 'unnamed';
}

/** World position of a point of the node, metres, and the heading of a direction of it, radians. */
export function stance(node: Node, [x, y, z]: vec3, [fx, fy, fz]: vec3): { position: vec3; yaw: number } {
  const m: mat4 = node.getWorldMatrix();
  const position: vec3 = [m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13], m[2] * x + m[6] * y + m[10] * z + m[14]];
  // A mirrored parent does not turn people round: its own +Z is still where the author sees it point.
  const [forwardX, forwardZ] = [m[0] * fx + m[4] * fy + m[8] * fz, m[2] * fx + m[6] * fy + m[10] * fz];
  return { position, yaw: determinant(m) === 0 ? 0 : Math.atan2(forwardX, forwardZ) };
}
