/** The container of a `.glb`: header, JSON and binary chunk (glTF 2.0, chapter 4.4). */
import type { JSONDocument } from '@gltf-transform/core';
import { grouped, size } from '../table.ts';
import { LIMITS } from './limits.ts';

export type GltfJson = JSONDocument['json'];

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const [HEADER, CHUNK_HEADER] = [12, 8];
/** Fills the JSON chunk up. */
const SPACE = 0x20;

export interface Container {
  json: GltfJson;
  /** Contents of the binary chunk, which is the first buffer; empty if there is none. */
  binary: Uint8Array;
}

/**
 * Splits a `.glb`.
 * @throws Error with a sentence's middle that says what is wrong
 */
export function openGlb(bytes: Uint8Array): Container {
  if (bytes.byteLength > LIMITS.fileBytes) throw new Error(`it has ${size(bytes.byteLength)}, the most is ${size(LIMITS.fileBytes)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER + CHUNK_HEADER || view.getUint32(0, true) !== GLB_MAGIC || view.getUint32(16, true) !== JSON_CHUNK) throw new Error('the header is not that of a .glb');
  if (view.getUint32(4, true) !== 2) throw new Error(`it is version ${view.getUint32(4, true)} of the format, not 2`);
  if (view.getUint32(8, true) !== bytes.byteLength) throw new Error(`its header says ${grouped(view.getUint32(8, true))} bytes, but it has ${grouped(bytes.byteLength)}`);
  const json = chunk(bytes, HEADER);
  const rest = HEADER + CHUNK_HEADER + json.byteLength;
  const binary = rest < bytes.byteLength ? chunk(bytes, rest, BINARY_CHUNK) : new Uint8Array();
  return { json: parseJson(json), binary };
}

/** Puts a `.glb` together. @param binary contents of the first buffer, which has no address */
export function joinGlb(json: GltfJson, binary: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  const [jsonLength, binaryLength] = [padded(text.byteLength), padded(binary.byteLength)];
  const length = HEADER + CHUNK_HEADER + jsonLength + (binaryLength === 0 ? 0 : CHUNK_HEADER + binaryLength);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [at, word] of [GLB_MAGIC, 2, length, jsonLength, JSON_CHUNK].entries()) view.setUint32(at * 4, word, true);
  bytes.fill(SPACE, HEADER + CHUNK_HEADER, HEADER + CHUNK_HEADER + jsonLength).set(text, HEADER + CHUNK_HEADER);
  if (binaryLength === 0) return bytes;
  const start = HEADER + CHUNK_HEADER + jsonLength;
  view.setUint32(start, binaryLength, true);
  view.setUint32(start + 4, BINARY_CHUNK, true);
  bytes.set(binary, start + CHUNK_HEADER);
  return bytes;
}

function chunk(bytes: Uint8Array, start: number, type?: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + CHUNK_HEADER > bytes.byteLength) throw new Error('it ends within the header of a chunk');
  const end = start + CHUNK_HEADER + view.getUint32(start, true);
  if (end > bytes.byteLength) throw new Error('a chunk is longer than the file');
  if (type !== undefined && view.getUint32(start + 4, true) !== type) throw new Error('its second chunk is not binary data');
  return bytes.subarray(start + CHUNK_HEADER, end);
}

function parseJson(bytes: Uint8Array): GltfJson {
  if (bytes.byteLength > LIMITS.jsonBytes) throw new Error(`its JSON has ${size(bytes.byteLength)}, the most is ${size(LIMITS.jsonBytes)}`);
  measureJson(bytes);
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('its JSON is not an object');
  return value as GltfJson;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN, CLOSE] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])];

/** Looks at depth and number of values before the JSON is parsed, since parsed JSON takes many times its size. */
function measureJson(bytes: Uint8Array): void {
  let [depth, values, quoted] = [0, 0, false];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === COMMA) values++;
    else if (OPEN.has(byte)) depth++;
    else if (CLOSE.has(byte)) depth--;
    if (depth > LIMITS.jsonDepth) throw new Error(`its JSON is nested deeper than ${LIMITS.jsonDepth}`);
    if (values > LIMITS.jsonValues) throw new Error(`its JSON holds more than ${grouped(LIMITS.jsonValues)} values`);
  }
}
