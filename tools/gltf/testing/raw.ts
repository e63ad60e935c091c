/** Writes a `.glb` byte by byte, for files that no well-behaved library would write. */
import type { GltfJson } from '../guard/container.ts';

const [MAGIC, JSON_CHUNK, BINARY_CHUNK] = [0x46546c67, 0x4e4f534a, 0x004e4942];

/** A `.glb` of any JSON, right or wrong, and of any bytes. Chunks are padded as the standard wants. */
export function rawGlb(json: unknown, binary: Uint8Array = new Uint8Array()): Buffer {
  return glbOfText(JSON.stringify(json), binary);
}

/** A `.glb` whose JSON is this text, whether it is JSON or not. */
export function glbOfText(text: string, binary: Uint8Array = new Uint8Array()): Buffer {
  const json = pad(Buffer.from(text), 0x20);
  const chunks = [chunk(JSON_CHUNK, json), ...(binary.byteLength > 0 ? [chunk(BINARY_CHUNK, pad(Buffer.from(binary), 0))] : [])];
  const head = Buffer.alloc(12);
  [MAGIC, 2, 12 + chunks.reduce((sum, { length }) => sum + length, 0)].forEach((value, index) => head.writeUInt32LE(value, index * 4));
  return Buffer.concat([head, ...chunks]);
}

function pad(bytes: Buffer, filler: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, filler)]);
}

function chunk(type: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(type, 4);
  return Buffer.concat([head, bytes]);
}

/** Collects binary data and the buffer views into it. */
export class RawBuffer {
  readonly views: { buffer: number; byteOffset: number; byteLength: number; byteStride?: number }[] = [];
  #bytes: Buffer = Buffer.alloc(0);

  /** Adds a view and returns its number. */
  add(data: ArrayBufferView, byteStride?: number): number {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.views.push({ buffer: 0, byteOffset: this.#bytes.length, byteLength: bytes.length, ...(byteStride === undefined ? {} : { byteStride }) });
    this.#bytes = pad(Buffer.concat([this.#bytes, bytes]), 0);
    return this.views.length - 1;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }
}

/** Reads a `.glb`, changes its JSON, and writes it again. */
export function changeJson(bytes: Uint8Array, change: (json: GltfJson & Record<string, unknown>) => void): Buffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length))) as GltfJson & Record<string, unknown>;
  change(json);
  return rawGlb(json, bytes.subarray(28 + length));
}
