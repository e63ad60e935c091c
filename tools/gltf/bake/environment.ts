/** How bright a scene's environment light is, from the head of its `.env` file. */
import path from 'node:path';
import type { vec3 } from '@gltf-transform/core';
import { z } from 'zod';
import type { Venue } from '../../../shared/scene/layout.ts';
import { readIfThere } from '../io.ts';

/** Babylon's `.env`: eight bytes of magic, JSON, a zero, pictures. `irradiance` is a polynomial of the direction: what a white matt surface sends out. */
const MAGIC_BYTES = 8;
const Colour = z.tuple([z.number(), z.number(), z.number()]);
const Head = z.object({ irradiance: z.object({ xx: Colour, yy: Colour, zz: Colour }).loose() });

/** Darkest environment that lights are compared with. */
const LEAST = 0.02;

/**
 * What the environment makes of a white surface, as a mean of all directions in red, green and blue; 1 is white. Half of it counts what looks up, since
 * floors are what one sees most.
 * @returns white if the scene has no environment, or one that does not say
 */
export async function ambientLight(folder: string, venue: Venue | undefined): Promise<vec3> {
  if (!venue?.environment) return [1, 1, 1];
  const { file: name, intensity } = venue.environment;
  const file = await readIfThere(path.join(folder, name));
  const end = file?.indexOf(0, MAGIC_BYTES) ?? -1;
  if (!file || end < 0) return [1, 1, 1];
  try {
    const { xx, yy, zz } = Head.parse(JSON.parse(new TextDecoder().decode(file.subarray(MAGIC_BYTES, end)))).irradiance;
    const mean = (k: 0 | 1 | 2): number => Math.max(LEAST, (yy[k] / 2 + xx[k] / 4 + zz[k] / 4) * intensity);
    return [mean(0), mean(1), mean(2)];
  } catch {
    // Another kind of file: check says so.
    return [1, 1, 1];
  }
}
