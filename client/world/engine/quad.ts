import { Mesh } from '@babylonjs/core/Meshes/mesh.pure';
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData';
import type { Scene } from '@babylonjs/core/scene.pure';

/** A square across x and y, `half` metres to each side of its middle, for shaders of our own: has no texture coordinates, is never picked and never culled. */
export function createQuad(name: string, half: number, scene: Scene): Mesh {
  const mesh = new Mesh(name, scene);
  const shape = new VertexData();
  shape.positions = [-half, -half, 0, half, -half, 0, half, half, 0, -half, half, 0];
  shape.indices = [0, 1, 2, 0, 2, 3];
  shape.applyToMesh(mesh);
  mesh.isPickable = false;
  mesh.alwaysSelectAsActiveMesh = true;
  return mesh;
}
