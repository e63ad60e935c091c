/** Bytes that the JSON of a `.glb` points at. */
import type { Container } from './container.ts';

const DATA_URI = /^data:[\w.+/-]*(?:;[\w=+.-]+)*;base64,/;

/** Contents of a buffer view as stored; undefined if it does not exist or does not lie within its buffer. */
export function viewBytes({ json, binary }: Container, index: number): Uint8Array | undefined {
  const view = json.bufferViews?.[index];
  const buffer = view && json.buffers?.[view.buffer];
  if (!view || !buffer) return undefined;
  const bytes = buffer.uri === undefined ? (view.buffer === 0 ? binary : undefined) : dataUriBytes(buffer.uri);
  const start = view.byteOffset ?? 0;
  return bytes && start + view.byteLength <= bytes.byteLength ? bytes.subarray(start, start + view.byteLength) : undefined;
}

/** Decodes a base64 data URI; undefined if it is none. */
export function dataUriBytes(uri: string): Uint8Array | undefined {
  const [head] = DATA_URI.exec(uri.slice(0, 200)) ?? [];
  return head === undefined ? undefined : Buffer.from(uri.slice(head.length), 'base64');
}
