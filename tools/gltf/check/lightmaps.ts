/** Light maps: materials name them in `extras.venue.lightmap`; the file lies beside the model, and the geometry needs a second set of coordinates. */
import type { Document } from '@gltf-transform/core';
import { z } from 'zod';
import { venueExtras } from '../contract/marks.ts';
import type { Findings } from '../findings.ts';

const Lightmap = z.object({ file: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'a file name without folders'), intensity: z.number().min(0).max(1000) });
const MaterialExtras = z.object({ lightmap: Lightmap.optional() });

/** Reports materials whose light map is badly described, and meshes that cannot show theirs. */
export function checkLightmaps(document: Document, findings: Findings): void {
  const root = document.getRoot();
  for (const material of root.listMaterials()) {
    const where = `material "${material.getName()}"`;
    const parsed = MaterialExtras.safeParse(venueExtras(material.getExtras()) ?? {});
    if (!parsed.success) {
      for (const issue of parsed.error.issues) findings.error({ code: 'bad-lightmap', where, message: `extras.venue.${issue.path.join('.')} is wrong: ${issue.message}.`, fix: 'Use {"lightmap":{"file":"lightmap.webp","intensity":1}}.' });
      continue;
    }
    if (!parsed.data.lightmap) continue;
    const bare = root.listMeshes().find((mesh) => mesh.listPrimitives().some((primitive) => primitive.getMaterial() === material && !primitive.getAttribute('TEXCOORD_1')));
    if (bare) findings.error({ code: 'no-lightmap-uv', where: `mesh "${bare.getName()}"`, message: `it has the ${where}, which has a light map, but no second set of texture coordinates.`, fix: 'Unwrap it into a second UV map and bake again.' });
  }
}
