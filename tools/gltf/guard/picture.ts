/** Which kind of picture some bytes are, by how they begin: file names and claimed types prove nothing. */
import { EXTTextureAVIF, EXTTextureWebP, KHRTextureBasisu } from '@gltf-transform/extensions';

// So that glTF-Transform's ImageUtils can measure these formats also where no file uses them.
for (const format of [EXTTextureWebP, EXTTextureAVIF, KHRTextureBasisu]) format.register();

export type PictureFormat = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/avif' | 'image/ktx2';

/** The media type; undefined for anything else, SVG included. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const text = (start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (text(4, 8) === 'ftyp' && /avif|avis/.test(text(8, 32))) return 'image/avif';
  if (text(0, 12) === '\xabKTX 20\xbb\r\n\x1a\n') return 'image/ktx2';
  return undefined;
}
