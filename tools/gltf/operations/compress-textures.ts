/** Turns every texture into WebP of a bounded size. */
import type { Transform } from '@gltf-transform/core';
import { EXTTextureWebP } from '@gltf-transform/extensions';
import { compressTexture, listTextureSlots } from '@gltf-transform/functions';
import sharp from 'sharp';
import { operation } from './operation.ts';

export const NAME = 'compressTextures';

export interface CompressTexturesOptions {
  /** Longest side, pixels; larger textures are scaled down. */
  maxTexture?: number;
  /** WebP quality of pictures that are seen as they are, 1 to 100. */
  quality?: number;
  /** WebP quality of textures whose channels are data (normals, roughness): errors there show as wrong light. */
  dataQuality?: number;
}

export const COMPRESS_TEXTURES_DEFAULTS: Required<CompressTexturesOptions> = { maxTexture: 2048, quality: 85, dataQuality: 95 };

const DATA_SLOT = /normal|roughness|occlusion|thickness|anisotropy/i;
const FORMATS = new Set(['image/png', 'image/jpeg', 'image/webp']);
/** 0 to 100; more takes longer and saves little. */
const EFFORT = 80;

/**
 * Encodes textures as WebP (EXT_texture_webp) and scales them to fit. Formats that are not pictures (KTX2) stay. Deterministic for one version of
 * sharp.
 *
 * ```ts
 * await document.transform(compressTextures({ maxTexture: 1024 }));
 * ```
 */
export function compressTextures(options: CompressTexturesOptions = {}): Transform {
  const { maxTexture, quality, dataQuality } = { ...COMPRESS_TEXTURES_DEFAULTS, ...options };
  return operation(NAME, async (document) => {
    const textures = document.getRoot().listTextures().filter((texture) => FORMATS.has(texture.getMimeType()));
    if (textures.length === 0) return;
    for (const texture of textures) {
      const data = listTextureSlots(texture).some((slot) => DATA_SLOT.test(slot));
      await compressTexture(texture, { encoder: sharp, targetFormat: 'webp', resize: [maxTexture, maxTexture], effort: EFFORT, quality: data ? dataQuality : quality });
    }
    document.createExtension(EXTTextureWebP).setRequired(true);
  });
}
