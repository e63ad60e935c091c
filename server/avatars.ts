/** The avatars that people may wear, read once at the start from `assets/avatars/avatars.json`, which clients draw them by. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Appearance } from '../shared/protocol/people.ts';
import { StartError } from './errors.ts';
import { Wardrobe } from './rooms/wardrobe.ts';

const palette = z.array(z.string()).min(1);

/** As much of the file as the server needs. */
const AvatarList = z.object({
  appearances: z.array(z.object({ id: Appearance.shape.id })).min(1),
  palettes: z.object({ skin: palette, hair: palette, garment1: palette, garment2: palette }),
});

/** @param assets the folder that holds `avatars/`. Rejects with `StartError` if there is no list of avatars, or it is none. */
export async function loadWardrobe(assets: string): Promise<Wardrobe> {
  const file = join(assets, 'avatars', 'avatars.json');
  try {
    const { appearances, palettes } = AvatarList.parse(JSON.parse(await readFile(file, 'utf8')));
    const { skin, hair, garment1, garment2 } = palettes;
    return new Wardrobe(appearances.map(({ id }) => id), { skin: skin.length, hair: hair.length, garment1: garment1.length, garment2: garment2.length });
  } catch (cause) {
    throw new StartError(`The list of avatars cannot be read: ${file}`, 'Restore assets/avatars/avatars.json from the repository, run "npm run build" and start again.', { cause });
  }
}
