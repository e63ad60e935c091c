/** What the JSON claims about the sizes of things, before memory is given to them. */
import { ImageUtils } from '@gltf-transform/core';
import { z } from 'zod';
import { SceneError } from '../findings.ts';
import { grouped, size } from '../table.ts';
import type { Container, GltfJson } from './container.ts';
import { LIMITS } from './limits.ts';
import { pictureFormat } from './picture.ts';
import { dataUriBytes, viewBytes } from './views.ts';

const COMPONENTS: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };
const COMPONENT_BYTES: Readonly<Record<number, number>> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4, 5130: 8, 5131: 2 };
const Compressed = z.object({ EXT_meshopt_compression: z.object({ count: z.number(), byteStride: z.number() }) });

/**
 * Checks vertex data and pictures of a file that the validator found nothing wrong with.
 * @throws SceneError `too-large`, `too-many-textures` or `bad-image`
 */
export function checkSizes(container: Container, name: string): void {
  const { json } = container;
  const decoded = (json.bufferViews ?? []).reduce((sum, view) => {
    const { count, byteStride } = Compressed.safeParse(view.extensions ?? {}).data?.EXT_meshopt_compression ?? { count: 0, byteStride: 0 };
    return sum + count * byteStride;
  }, 0);
  const bytes = (json.accessors ?? []).reduce((sum, { count, type, componentType }) => sum + count * (COMPONENTS[type] ?? 16) * (COMPONENT_BYTES[componentType] ?? 8), 0);
  if (!(Math.max(decoded, bytes) <= LIMITS.geometryBytes)) {
    throw SceneError.of({ code: 'too-large', where: name, message: `its vertex data claims ${size(Math.max(decoded, bytes))}, the most is ${size(LIMITS.geometryBytes)}.`, fix: 'Simplify the largest meshes, and let repeated objects share one.' });
  }
  const images = json.images ?? [];
  if (images.length > LIMITS.textures) throw SceneError.of({ code: 'too-many-textures', where: name, message: `it has ${grouped(images.length)} pictures, the most is ${grouped(LIMITS.textures)}.`, fix: 'Put small textures together into one.' });
  images.forEach((image, index) => {
    checkImage(container, image, `image ${image.name ? `"${image.name}"` : index}`);
  });
}

function checkImage(container: Container, image: NonNullable<GltfJson['images']>[number], where: string): void {
  const bytes = image.bufferView === undefined ? dataUriBytes(image.uri ?? '') : viewBytes(container, image.bufferView);
  const format = bytes && pictureFormat(bytes);
  if (!bytes || !format) {
    throw SceneError.of({ code: 'bad-image', where, message: bytes ? 'it is no picture of a known format.' : 'its bytes are not in the file.', fix: 'Use PNG, JPEG or WebP, embedded in the .glb.' });
  }
  const [width, height] = ImageUtils.getSize(bytes, format) ?? [0, 0];
  if (width * height > LIMITS.pixels) {
    throw SceneError.of({ code: 'too-large', where, message: `it is ${grouped(width)} x ${grouped(height)} pixels, the most is ${grouped(Math.sqrt(LIMITS.pixels))} x ${grouped(Math.sqrt(LIMITS.pixels))}.`, fix: 'Make it smaller: what is drawn is at most 2048 wide anyway.' });
  }
}
