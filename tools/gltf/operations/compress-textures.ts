/** Turns every texture into WebP of a bounded size. */
import type { Texture, Transform } from '@gltf-transform/core';
import { EXTTextureWebP } from '@gltf-transform/extensions';
import { listTextureSlots } from '@gltf-transform/functions';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { SceneError } from '../findings.ts';
import { LIMITS } from '../guard/limits.ts';
import { pictureFormat } from '../guard/picture.ts';
import { operation } from './operation.ts';

export const NAME = 'compressTextures';

export interface CompressTexturesOptions {
  /** Longest side, pixels; larger textures are scaled down. */
  maxTexture?: number;
  /** WebP quality of pictures that are seen as they are, 1 to 100. */
  quality?: number;
  /** WebP quality of textures whose channels are data (normals, roughness): errors there show as wrong light. */
  dataQuality?: number;
  /** How hard the smallest file is sought, 0 to 6: 5 takes several times as long as 0, and looks the same. */
  effort?: number;
}

export const COMPRESS_TEXTURES_DEFAULTS: Required<CompressTexturesOptions> = { maxTexture: 2048, quality: 85, dataQuality: 95, effort: 5 };

const DATA_SLOT = /normal|roughness|occlusion|thickness|anisotropy/i;
const ENCODED = new Set<string | undefined>(['image/png', 'image/jpeg', 'image/avif', 'image/webp']);
/** Up to so many pixels, keeping everything is tried, and may take so many times the bytes. */
const [LOSSLESS_PIXELS, LOSSLESS_COST] = [512 * 512, 1.5];

/**
 * Encodes textures as WebP (EXT_texture_webp) and scales them to fit. What is WebP and fits stays as it is, since encoding again would only lose, and so
 * does KTX2. Deterministic for one version of sharp.
 * @throws SceneError `bad-image` if a picture cannot be decoded
 *
 * ```ts
 * await document.transform(compressTextures({ maxTexture: 1024 }));
 * ```
 */
export function compressTextures(options: CompressTexturesOptions = {}): Transform {
  const settings = { ...COMPRESS_TEXTURES_DEFAULTS, ...options };
  return operation(NAME, async (document) => {
    const textures = document.getRoot().listTextures().filter((texture) => ENCODED.has(pictureFormat(texture.getImage() ?? new Uint8Array())));
    if (textures.length === 0) return;
    for (const texture of textures) await compress(texture, settings);
    document.createExtension(EXTTextureWebP).setRequired(true);
    const avif = document.getRoot().listExtensionsUsed().find(({ extensionName }) => extensionName === 'EXT_texture_avif');
    avif?.dispose();
  });
}

async function compress(texture: Texture, { maxTexture, quality, dataQuality, effort }: Required<CompressTexturesOptions>): Promise<void> {
  const image = texture.getImage() ?? new Uint8Array();
  // The picture's own bytes say what it is, whatever the file claims.
  texture.setMimeType(pictureFormat(image) ?? texture.getMimeType());
  const [width, height] = texture.getSize() ?? [Infinity, Infinity];
  if (texture.getMimeType() === 'image/webp' && Math.max(width, height) <= maxTexture) return;
  const data = listTextureSlots(texture).some((slot) => DATA_SLOT.test(slot));
  try {
    texture.setImage(await encode(image, { maxTexture, quality: data ? dataQuality : quality, effort })).setMimeType('image/webp').setURI(texture.getURI().replace(/\.\w+$/, '.webp'));
  } catch (cause) {
    const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
    throw SceneError.of({ code: 'bad-image', where: `texture "${texture.getName() || texture.getURI()}"`, message: `it cannot be decoded (${why.slice(0, 200)}).`, fix: 'Save it again as PNG, and export again.' }, cause);
  }
}

/** As WebP: what few pixels or flat colours make small without loss is kept without loss. */
async function encode(image: Uint8Array, { maxTexture, quality, effort }: Omit<Required<CompressTexturesOptions>, 'dataQuality'>): Promise<Uint8Array<ArrayBuffer>> {
  const resized = sharp(image, { limitInputPixels: LIMITS.pixels }).resize({ width: maxTexture, height: maxTexture, fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' });
  const { data: raw, info } = await resized.raw().toBuffer({ resolveWithObject: true });
  const pixels = (): Sharp => sharp(raw, { raw: { width: info.width, height: info.height, channels: info.channels } });
  // Colours of hard edges keep their place with smart subsampling: WebP has half as many pixels for colour as for light.
  const lossy = await pixels().webp({ quality, effort, smartSubsample: true }).toBuffer();
  if (info.width * info.height > LOSSLESS_PIXELS) return new Uint8Array(lossy);
  const lossless = await pixels().webp({ lossless: true, effort }).toBuffer();
  return new Uint8Array(lossless.length <= lossy.length * LOSSLESS_COST ? lossless : lossy);
}
