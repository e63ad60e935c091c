/** Puts right what the standard allows and the packing steps cannot carry. */
import type { Accessor, Document, Transform } from '@gltf-transform/core';
import { createTransform } from '@gltf-transform/functions';
import type { Findings } from '../findings.ts';

export const NAME = 'prepare';

/** Blender requires its lights of every viewer; the venue, which shows them baked, would refuse the whole file. */
const OPTIONAL = new Set(['KHR_lights_punctual']);

/**
 * Leaves out primitives that draw nothing, having no positions or no extent, gives skins without inverse bind matrices those that the standard means
 * (identity, 3.7.3.1), requires nothing that is not drawn, and chooses the scene that is shown if the file does not.
 */
export function prepare(findings: Findings): Transform {
  return createTransform(NAME, (document) => {
    const root = document.getRoot();
    for (const extension of root.listExtensionsUsed()) if (OPTIONAL.has(extension.extensionName)) extension.setRequired(false);
    if (!root.getDefaultScene()) root.setDefaultScene(root.listScenes()[0] ?? null);
    for (const mesh of root.listMeshes()) {
      const empty = mesh.listPrimitives().filter((primitive) => !primitive.getAttribute('POSITION'));
      for (const primitive of empty) primitive.dispose();
      const positions = mesh.listPrimitives().flatMap((primitive) => [primitive, ...primitive.listTargets()]).flatMap((owner) => owner.getAttribute('POSITION') ?? []);
      const flat = positions.length === 0 || extent(positions) === 0;
      if (flat) for (const primitive of mesh.listPrimitives()) primitive.dispose();
      if (empty.length > 0 || flat) findings.warn({ code: 'nothing-drawn', where: `mesh "${mesh.getName()}"`, message: 'a part of it has no positions or no extent, and is left out.', fix: 'Remove it, or look at what became of it in the export.' });
    }
    for (const skin of root.listSkins()) if (!skin.getInverseBindMatrices()) skin.setInverseBindMatrices(identities(document, skin.listJoints().length));
  });
}

/** Size of the box around all positions; offsets of morph targets count like positions. */
function extent(positions: readonly Accessor[]): number {
  let largest = 0;
  for (const axis of [0, 1, 2]) {
    const low = Math.min(...positions.map((accessor) => accessor.getMin([])[axis] ?? 0));
    const high = Math.max(...positions.map((accessor) => accessor.getMax([])[axis] ?? 0));
    largest = Math.max(largest, high - low);
  }
  return largest;
}

function identities(document: Document, count: number): Accessor {
  const matrices = Array.from({ length: count }, () => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]).flat();
  return document.createAccessor().setType('MAT4').setArray(new Float32Array(matrices)).setBuffer(document.getRoot().listBuffers()[0] ?? document.createBuffer());
}
