import { ReasonedError } from '../../shared/protocol/reasons.ts';

const starts = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean => signature.every((value, index) => bytes[at + index] === value);
const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
/** Compressed SVG (`.svgz`) is told by nothing else, as no picture begins so. */
const GZIP = [0x1f, 0x8b];
/** Enough to get past a byte order mark, an XML declaration, comments and a document type. */
const HEAD_BYTES = 4096;

function isSvg(bytes: Uint8Array): boolean {
  if (starts(bytes, GZIP)) return true;
  const head = bytes.subarray(0, HEAD_BYTES);
  // UTF-16 has a zero byte beside every letter.
  const text = new TextDecoder('latin1').decode(head.filter((value) => value !== 0));
  return /<svg[\s>:]|<!doctype\s+svg|<[a-z]+:svg\b/i.test(text);
}

/**
 * Lets PNG, JPEG and WebP pass, by their first bytes: what a file is called says nothing.
 * @throws ReasonedError LOGO_SVG for SVG, which can carry programs; LOGO_KIND for anything else
 */
export function requireRaster(bytes: Uint8Array): void {
  if (starts(bytes, PNG) || starts(bytes, JPEG) || (starts(bytes, ascii('RIFF')) && starts(bytes, ascii('WEBP'), 8))) return;
  throw new ReasonedError(isSvg(bytes) ? 'LOGO_SVG' : 'LOGO_KIND');
}
