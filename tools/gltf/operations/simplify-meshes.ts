/** Draws fewer triangles. */
import type { Transform } from '@gltf-transform/core';
import { simplify } from '@gltf-transform/functions';
import { MeshoptSimplifier } from 'meshoptimizer';
import { measureModel } from '../measure.ts';
import { operation } from './operation.ts';

export const NAME = 'simplifyMeshes';

export interface SimplifyMeshesOptions {
  /** Part of the triangles that may stay, above 0 to 1; 1 leaves everything alone. */
  ratio?: number;
  /** How many triangles the scene may have, copies counted; 0 means any number. */
  triangles?: number;
}

export const SIMPLIFY_MESHES_DEFAULTS: Required<SimplifyMeshesOptions> = { ratio: 1, triangles: 0 };

/** How far the shape may leave the original, as part of the size of the mesh: what is still recognised at a few metres. */
const ERROR = 0.02;

/**
 * Simplifies every mesh alike (meshoptimizer: quadric error, topology kept) until the ratio is reached, or the shape would suffer. Needs welded meshes.
 *
 * ```ts
 * await document.transform(weld(), simplifyMeshes({ triangles: 100_000 }));
 * ```
 */
export function simplifyMeshes(options: SimplifyMeshesOptions = {}): Transform {
  const { ratio, triangles } = { ...SIMPLIFY_MESHES_DEFAULTS, ...options };
  return operation(NAME, async (document) => {
    const goal = Math.min(ratio, triangles > 0 ? triangles / Math.max(1, measureModel(document).triangles) : 1);
    if (goal < 1) await document.transform(simplify({ simplifier: MeshoptSimplifier, ratio: goal, error: ERROR }));
  });
}
