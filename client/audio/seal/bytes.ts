/** Bytes as text and back, and joined. The only forms in which keys and boxes travel. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** @throws TypeError if the bytes are no UTF-8 */
export function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** @throws DOMException InvalidCharacterError if the text is no base64 */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** SHA-256 of texts and bytes, each with its length before it, so that no two lists read alike. */
export async function digest(...parts: readonly (string | Uint8Array)[]): Promise<Bytes> {
  const all = parts.map((part) => (typeof part === 'string' ? utf8(part) : part));
  const joined = new Uint8Array(all.reduce((total, part) => total + 4 + part.length, 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const part of all) {
    view.setUint32(at, part.length);
    joined.set(part, at + 4);
    at += 4 + part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
}
