/** The kinds of files that a scene may have. Anything else does not get into the folder that is served. */
import { extname } from 'node:path';

/** Bytes that a file of the kind has at an offset; several signatures: one of them. Null: text, or a format without a signature (the check parses it). */
type Signature = readonly { readonly at: number; readonly bytes: string }[];

const latin = (text: string, at = 0): Signature[number] => ({ at, bytes: text });

const KINDS: Readonly<Record<string, readonly Signature[] | null>> = {
  '.glb': [[latin('glTF')]],
  '.json': null,
  '.bin': null,
  '.env': [[latin('\x86\x16\x87\x96\xf6\xd6\x96\x36')]],
  '.webp': [[latin('RIFF'), latin('WEBP', 8)]],
  '.png': [[latin('\x89PNG\r\n\x1a\n')]],
  '.jpg': [[latin('\xff\xd8\xff')]],
  '.ogg': [[latin('OggS')]],
  '.opus': [[latin('OggS')]],
  '.mp3': [[latin('ID3')], [latin('\xff\xfb')], [latin('\xff\xf3')], [latin('\xff\xf2')]],
  '.wav': [[latin('RIFF'), latin('WAVE', 8)]],
  '.m4a': [[latin('ftyp', 4)]],
  '.mp4': [[latin('ftyp', 4)]],
  '.webm': [[latin('\x1a\x45\xdf\xa3')]],
  '.txt': null,
  '.md': null,
};

/** Bytes at the beginning of a file that `fitsKind` needs. */
export const SIGNATURE_BYTES = 16;

/** Whether a scene may have a file of this name at all. */
export function isKnownKind(name: string): boolean {
  return Object.hasOwn(KINDS, extname(name));
}

/**
 * Whether the first bytes are those of the kind that the name claims: a page that calls itself a picture stays outside. @param head the first
 * `SIGNATURE_BYTES` of the file, or all if it is shorter.
 */
export function fitsKind(name: string, head: Uint8Array): boolean {
  const signatures = KINDS[extname(name)];
  if (signatures === undefined) return false;
  if (signatures === null) return true;
  const text = Buffer.from(head).toString('latin1');
  return signatures.some((signature) => signature.every(({ at, bytes }) => text.startsWith(bytes, at)));
}
