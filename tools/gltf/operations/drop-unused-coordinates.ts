/** Leaves out texture coordinates and tangents that nothing on the material reads. */
import type { Document, ExtensionProperty, Material, Mesh, Primitive, Property, Transform } from '@gltf-transform/core';
import { TextureInfo } from '@gltf-transform/core';
import type { MappingList } from '@gltf-transform/extensions';
import { createTransform } from '@gltf-transform/functions';
import { z } from 'zod';
import { venueExtras } from '../contract/marks.ts';

export const NAME = 'dropUnusedCoordinates';

export interface DropUnusedCoordinatesOptions {
  /** Meshes whose coordinates the venue itself uses: screens and the like. */
  surfaces: ReadonlySet<Mesh>;
}

const Lightmapped = z.object({ lightmap: z.object({ file: z.string() }) });
/** Light maps use the second set without a texture that says so. */
const LIGHTMAP_SET = 1;

/**
 * Drops the sets of texture coordinates above the highest that a texture of the primitive's material, of its variants, or a light map reads (the standard
 * wants their numbers without gaps, 3.7.2.1), and TANGENT without a normal map.
 *
 * ```ts
 * await document.transform(dropUnusedCoordinates({ surfaces: new Set() }));
 * ```
 */
export function dropUnusedCoordinates({ surfaces }: DropUnusedCoordinatesOptions): Transform {
  return createTransform(NAME, (document) => {
    const read = new Map(document.getRoot().listMaterials().map((material) => [material, setsOf(document, material)]));
    for (const mesh of document.getRoot().listMeshes()) {
      if (surfaces.has(mesh)) continue;
      for (const primitive of mesh.listPrimitives()) drop(primitive, materialsOf(primitive).flatMap((material) => read.get(material) ?? []));
    }
  });
}

function drop(primitive: Primitive, uses: readonly { sets: ReadonlySet<number>; normals: boolean }[]): void {
  const highest = Math.max(-1, ...uses.flatMap(({ sets }) => [...sets]));
  for (const semantic of primitive.listSemantics()) {
    const [, set] = /^TEXCOORD_(\d+)$/.exec(semantic) ?? [];
    const used = set !== undefined ? Number(set) <= highest : semantic !== 'TANGENT' || uses.some(({ normals }) => normals);
    if (used) continue;
    for (const owner of [primitive, ...primitive.listTargets()]) owner.setAttribute(semantic, null);
  }
}

function materialsOf(primitive: Primitive): Material[] {
  const variants = primitive.getExtension<MappingList>('KHR_materials_variants')?.listMappings() ?? [];
  return [primitive.getMaterial(), ...variants.map((mapping) => mapping.getMaterial())].filter((material) => material !== null);
}

function setsOf(document: Document, material: Material): { sets: ReadonlySet<number>; normals: boolean } {
  const sets = new Set<number>();
  let normals = false;
  for (const owner of [material, ...material.listExtensions()] as (Property | ExtensionProperty)[]) {
    for (const edge of document.getGraph().listChildEdges(owner)) {
      const info = edge.getChild();
      // A texture info exists for every slot; it counts if the slot has a texture.
      if (!(info instanceof TextureInfo)) continue;
      const slot = edge.getName().replace(/Info$/, '');
      const filled = document.getGraph().listChildEdges(owner).some((other) => other.getName() === slot);
      if (!filled) continue;
      sets.add(info.getTexCoord());
      const moved = info.getExtension<ExtensionProperty & { getTexCoord(): number | null }>('KHR_texture_transform')?.getTexCoord();
      if (typeof moved === 'number') sets.add(moved);
      if (/normal|anisotropy/i.test(slot)) normals = true;
    }
  }
  if (Lightmapped.safeParse(venueExtras(material.getExtras())).success) sets.add(LIGHTMAP_SET);
  return { sets, normals };
}
