/** Rounds vertex data to what can be seen, so that the low bits, which only hold noise, compress to nothing. */
import type { Accessor, Document, Mesh, Node, Transform } from '@gltf-transform/core';
import type { InstancedMesh } from '@gltf-transform/extensions';
import { createTransform } from '@gltf-transform/functions';

export const NAME = 'snapVertices';

export interface SnapVerticesOptions {
  /** Steps of positions, metres. */
  positionStep?: number;
  /** Steps of texture coordinates that are too large to be quantised, in parts of the picture. */
  texcoordStep?: number;
}

/** A quarter of a millimetre; a quarter of a texel of a picture 1024 wide. */
export const SNAP_VERTICES_DEFAULTS: Required<SnapVerticesOptions> = { positionStep: 0.00025, texcoordStep: 1 / 4096 };

const HIGHEST = 32_767;

/**
 * Rounds quantised positions of meshes to the finest step that shows in the world, whatever the size of the mesh, and texture coordinates that tile (which
 * stay floating point). Meshes with skins or morph targets stay as they are. Comes after quantising.
 *
 * ```ts
 * await document.transform(quantize({ quantizePosition: 16 }), snapVertices());
 * ```
 */
export function snapVertices(options: SnapVerticesOptions = {}): Transform {
  const { positionStep, texcoordStep } = { ...SNAP_VERTICES_DEFAULTS, ...options };
  return createTransform(NAME, (document) => {
    const done = new Set<Accessor>();
    for (const mesh of document.getRoot().listMeshes()) {
      const scale = largestScale(document, mesh);
      for (const primitive of mesh.listPrimitives()) {
        const positions = primitive.getAttribute('POSITION');
        const still = primitive.listTargets().length === 0 && !primitive.getAttribute('JOINTS_0');
        if (positions && still && scale > 0) snapPositions(positions, (positionStep / scale) * HIGHEST, done);
        for (const semantic of primitive.listSemantics()) {
          const coordinates = semantic.startsWith('TEXCOORD_') ? primitive.getAttribute(semantic) : null;
          if (coordinates) snapCoordinates(coordinates, texcoordStep, done);
        }
      }
    }
  });
}

/** To multiples of the largest power of two that is no more than `step`. */
function snapPositions(positions: Accessor, step: number, done: Set<Accessor>): void {
  const array = positions.getArray();
  const grid = 2 ** Math.floor(Math.log2(step));
  if (!(array instanceof Int16Array) || !positions.getNormalized() || grid <= 1 || grid > HIGHEST / 16 || done.has(positions)) return;
  done.add(positions);
  const most = Math.floor(HIGHEST / grid) * grid;
  positions.setArray(array.map((value) => Math.max(-most, Math.min(most, Math.round(value / grid) * grid))));
}

function snapCoordinates(coordinates: Accessor, step: number, done: Set<Accessor>): void {
  const array = coordinates.getArray();
  if (!(array instanceof Float32Array) || done.has(coordinates)) return;
  done.add(coordinates);
  coordinates.setArray(array.map((value) => Math.round(value / step) * step));
}

/** The most that anything makes of the mesh, over all nodes and instances that draw it. */
function largestScale(document: Document, mesh: Mesh): number {
  let largest = 0;
  for (const node of document.getRoot().listNodes()) {
    if (node.getMesh() !== mesh) continue;
    const own = Math.max(...node.getWorldScale().map(Math.abs));
    largest = Math.max(largest, own * instanceScale(node));
  }
  return largest;
}

function instanceScale(node: Node): number {
  const scales = node.getExtension<InstancedMesh>('EXT_mesh_gpu_instancing')?.getAttribute('SCALE')?.getArray();
  let largest = scales ? 0 : 1;
  for (const value of scales ?? []) largest = Math.max(largest, Math.abs(value));
  return largest;
}
