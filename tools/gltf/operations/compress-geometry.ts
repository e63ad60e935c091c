/** Makes vertex data small: reordered, quantised, and compressed with meshopt. */
import type { Document, Mesh, Primitive, Transform } from '@gltf-transform/core';
import { EXTMeshoptCompression } from '@gltf-transform/extensions';
import { quantize, reorder } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import { operation } from './operation.ts';

export const NAME = 'compressGeometry';

export interface CompressGeometryOptions {
  /** Bits of vertex positions: 16 is 1 mm in a mesh of 60 m. */
  positionBits?: number;
  /** Bits of texture coordinates from 0 to 1: 14 is an eighth of a texel of a light map of 2048. */
  texcoordBits?: number;
  /** Bits of vertex colours, which are linear: 8 would show steps in the dark. */
  colourBits?: number;
}

export const COMPRESS_GEOMETRY_DEFAULTS: Required<CompressGeometryOptions> = { positionBits: 16, texcoordBits: 14, colourBits: 10 };

/**
 * Quantises (KHR_mesh_quantization) and compresses (EXT_meshopt_compression). Triangles are put into the order that compresses best, except where they are
 * blended: there their order is what one sees through what.
 *
 * ```ts
 * await document.transform(weld(), compressGeometry());
 * ```
 */
export function compressGeometry(options: CompressGeometryOptions = {}): Transform {
  const { positionBits, texcoordBits, colourBits } = { ...COMPRESS_GEOMETRY_DEFAULTS, ...options };
  return operation(NAME, async (document) => {
    if (document.getRoot().listAccessors().length === 0) return;
    await withoutBlended(document, () => document.transform(reorder({ encoder: MeshoptEncoder, target: 'size' })));
    await document.transform(quantize({ quantizePosition: positionBits, quantizeTexcoord: texcoordBits, quantizeColor: colourBits }));
    document.createExtension(EXTMeshoptCompression).setRequired(true).setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.QUANTIZE });
  });
}

/** Takes blended primitives out of their meshes while something is done to the others. */
async function withoutBlended(document: Document, run: () => Promise<unknown>): Promise<void> {
  const meshes = document.getRoot().listMeshes().filter((mesh) => mesh.listPrimitives().some(isBlended)).map((mesh): [Mesh, Primitive[]] => [mesh, mesh.listPrimitives()]);
  for (const [mesh, primitives] of meshes) for (const primitive of primitives.filter(isBlended)) mesh.removePrimitive(primitive);
  await run();
  for (const [mesh, primitives] of meshes) {
    for (const primitive of primitives) mesh.removePrimitive(primitive);
    for (const primitive of primitives) mesh.addPrimitive(primitive);
  }
}

function isBlended(primitive: Primitive): boolean {
  return primitive.getMaterial()?.getAlphaMode() === 'BLEND';
}
