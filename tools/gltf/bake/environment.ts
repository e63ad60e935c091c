/** How bright a scene's environment light is, from the head of its `.env` file. */
import path from 'node:path';
import { z } from 'zod';
import type { Venue } from '../../../shared/scene/layout.ts';
import { readIfThere } from '../io.ts';

/** Babylon's `.env`: eight bytes of magic, JSON, a zero, pictures. `irradiance` is a polynomial of the direction: what a white matt surface sends out. */
const MAGIC_BYTES = 8;
const Colour = z.tuple([z.number(), z.number(), z.number()]);
const Head = z.object({ irradiance: z.object({ xx: Colour, yy: Colour, zz: Colour }).loose() });

/**
 * What the environment makes of a white surface, as a mean of all directions; 1 is white.
 * @returns 1 if the scene has no environment, or one that does not say
 */
export async function ambientLight(folder: string, venue: Venue | undefined): Promise<number> {
  if (!venue?.environment) return 1;
  const file = await readIfThere(path.join(folder, venue.environment.file));
  const end = file?.indexOf(0, MAGIC_BYTES) ?? -1;
  if (!file || end < 0) return 1;
  try {
    const { xx, yy, zz } = Head.parse(JSON.parse(new TextDecoder().decode(file.subarray(MAGIC_BYTES, end)))).irradiance;
    const luminance = ([red, green, blue]: z.infer<typeof Colour>): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return Math.max(0.02, ((luminance(xx) + luminance(yy) + luminance(zz)) / 3) * venue.environment.intensity);
  } catch {
    // Another kind of file: check says so.
    return 1;
  }
}
