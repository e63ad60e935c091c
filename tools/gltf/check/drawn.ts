/** What the venue cannot draw, or draws only approximately. */
import { tellApproximations } from '../contract/extensions.ts';
import type { Findings } from '../findings.ts';
import { pictureFormat } from '../guard/picture.ts';
import type { ReadScene } from '../io.ts';

const DRAWN = new Set<string | undefined>(['image/png', 'image/jpeg', 'image/webp']);

/** Reports textures in formats that the venue does not decode, and tells of approximations. */
export function checkDrawn({ document, json }: ReadScene, findings: Findings): void {
  for (const texture of document.getRoot().listTextures()) {
    const format = pictureFormat(texture.getImage() ?? new Uint8Array());
    if (!DRAWN.has(format)) findings.error({ code: 'undrawable-texture', where: `texture "${texture.getName() || texture.getURI()}"`, message: `its format (${format ?? 'unknown'}) is not drawn by the venue.`, fix: 'Export it as PNG or JPEG, and pack again.' });
  }
  tellApproximations(json, findings);
}
