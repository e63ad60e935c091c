/** Which kind of recording some bytes are, by how they begin: file names and claimed types prove nothing. */

/** The usual ending of its file name; undefined for what browsers do not play. */
export function audioFormat(bytes: Uint8Array): 'mp3' | 'wav' | 'ogg' | 'm4a' | 'webm' | undefined {
  const text = (start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end));
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav';
  if (text(0, 4) === 'OggS') return 'ogg';
  if (text(4, 8) === 'ftyp') return 'm4a';
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return 'webm';
  // An ID3 tag, or the sync word of an MPEG audio frame.
  if (text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return 'mp3';
  return undefined;
}
