/** All generated files. */
import { MATERIAL_SAMPLES } from './corpus-materials.ts';
import type { Sample } from './corpus-materials.ts';
import { SHAPE_SAMPLES } from './corpus-shapes.ts';

export type { Sample };

export const SAMPLES: readonly Sample[] = [...SHAPE_SAMPLES, ...MATERIAL_SAMPLES];
