/** Broken and hostile `.glb` files, each with the code of the finding that it must come to. */
import sharp from 'sharp';
import { writeGlb } from '../io.ts';
import { SceneBuilder, goodScene } from '../testing.ts';
import { RawBuffer, changeJson, glbOfText, rawGlb } from './raw.ts';

export interface HostileModel {
  name: string;
  /** Code of a finding of the refusal. */
  code: string | RegExp;
  make: () => Promise<Uint8Array> | Uint8Array;
}

type Json = Record<string, unknown>;

const ASSET = { version: '2.0' };
const LARGE = 4_294_967_295;

/** One triangle, as a whole file; `change` spoils its JSON, `data` replaces its positions. */
function triangle(change: (json: Json) => void = () => undefined, data: Float32Array = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0])): Buffer {
  const buffer = new RawBuffer();
  buffer.add(data);
  buffer.add(new Uint16Array([0, 1, 2]));
  const json: Json = {
    asset: ASSET, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ name: 'thing', mesh: 0 }],
    meshes: [{ name: 'shape', primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] }, { bufferView: 1, componentType: 5123, count: 3, type: 'SCALAR' }],
    bufferViews: buffer.views, buffers: [{ byteLength: buffer.bytes.length }],
  };
  change(json);
  return rawGlb(json, buffer.bytes);
}

/** The triangle with one part of its JSON exchanged. */
function changed(part: Json): Buffer {
  return triangle((json) => Object.assign(json, part));
}

/** The triangle with a picture of these bytes on it. */
function pictured(bytes: Uint8Array, mimeType = 'image/png'): Buffer {
  const buffer = new RawBuffer();
  buffer.add(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]));
  buffer.add(new Float32Array([0, 0, 1, 0, 0, 1]));
  buffer.add(bytes);
  return rawGlb({
    asset: ASSET, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }], meshes: [{ primitives: [{ attributes: { POSITION: 0, TEXCOORD_0: 1 }, material: 0 }] }],
    accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0] }, { bufferView: 1, componentType: 5126, count: 3, type: 'VEC2' }],
    materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } } }], textures: [{ source: 0 }], images: [{ name: 'picture', bufferView: 2, mimeType }],
    bufferViews: buffer.views, buffers: [{ byteLength: buffer.bytes.length }],
  }, buffer.bytes);
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("https://example.org")</script></svg>';

function png(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } }).png().toBuffer();
}

/** A picture whose header says that it is this wide and high. */
async function claiming(side: number): Promise<Uint8Array> {
  const bytes = await png();
  bytes.writeUInt32BE(side, 16);
  bytes.writeUInt32BE(side, 20);
  // The checksum of the header must fit, or the validator complains of that only.
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** CRC-32 of PNG (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chain(length: number): Json[] {
  return Array.from({ length }, (_, index) => (index + 1 < length ? { children: [index + 1] } : { mesh: 0 }));
}

function compressed(extension: Json): Buffer {
  return changed({ extensionsUsed: ['EXT_meshopt_compression'], extensionsRequired: ['EXT_meshopt_compression'], bufferViews: [
    { buffer: 1, byteOffset: 0, byteLength: 36, byteStride: 12, extensions: { EXT_meshopt_compression: { buffer: 0, byteOffset: 0, byteLength: 36, byteStride: 12, count: 3, mode: 'ATTRIBUTES', ...extension } } },
    { buffer: 0, byteOffset: 36, byteLength: 6 },
  ], buffers: [{ byteLength: 44 }, { byteLength: 36, extensions: { EXT_meshopt_compression: { fallback: true } } }] });
}

async function markedScene(venue: unknown): Promise<Uint8Array> {
  const builder = await goodScene();
  builder.node('odd', { venue, mesh: builder.box('odd', [0, 1], [0, 1], [0, 1]) });
  return writeGlb(builder.document);
}

/** As many copies of a mesh as nodes allow. */
function copies(): Promise<Uint8Array> {
  const builder = new SceneBuilder();
  const mesh = builder.box('box', [0, 1], [0, 1], [0, 1]);
  const [primitive] = mesh.listPrimitives();
  const indices = primitive?.getIndices();
  indices?.setArray(new Uint16Array(Array.from({ length: 300 }, () => [...(indices.getArray() ?? [])]).flat()));
  for (let index = 0; index < 2000; index++) builder.node('box', { mesh, at: [index % 40, 0, index / 40] });
  return writeGlb(builder.document);
}

const CONTAINER: readonly HostileModel[] = [
  { name: 'nothing', code: 'unreadable', make: () => new Uint8Array() },
  { name: 'a text', code: 'unreadable', make: () => Buffer.from('this is not a model '.repeat(20)) },
  { name: 'ten bytes', code: 'unreadable', make: () => triangle().subarray(0, 10) },
  { name: 'cut within the JSON', code: 'unreadable', make: () => triangle().subarray(0, 100) },
  { name: 'cut within the geometry', code: 'unreadable', make: () => triangle().subarray(0, -20) },
  { name: 'a header that claims 4 GB', code: 'unreadable', make: () => patched(triangle(), 8, LARGE) },
  { name: 'a chunk that claims 4 GB', code: 'unreadable', make: () => patched(triangle(), 12, LARGE) },
  { name: 'version 1', code: 'unreadable', make: () => patched(triangle(), 4, 1) },
  { name: 'a second chunk of another kind', code: 'unreadable', make: () => patched(triangle(), 24 + triangle().readUInt32LE(12), 0x12345678) },
  { name: 'broken JSON', code: 'unreadable', make: () => glbOfText('{"asset":{"version":"2.0"}, nodes') },
  { name: 'JSON that is a list', code: 'unreadable', make: () => glbOfText('[1,2,3]') },
  { name: 'JSON that is not UTF-8', code: 'unreadable', make: () => patched(triangle(), 24, 0xfffefdfc) },
  { name: 'JSON nested a million deep', code: 'unreadable', make: () => glbOfText('['.repeat(1_000_000)) },
  { name: 'JSON of five million values', code: 'unreadable', make: () => glbOfText(`{"asset":{"version":"2.0"},"nodes":[${'{},'.repeat(5_000_000)}{}]}`) },
];

function patched(bytes: Buffer, offset: number, value: number): Buffer {
  bytes.writeUInt32LE(value, offset);
  return bytes;
}

const STRUCTURE: readonly HostileModel[] = [
  { name: 'no asset', code: /UNDEFINED_PROPERTY/, make: () => triangle((json) => delete json['asset']) },
  { name: 'wrong types everywhere', code: 'TYPE_MISMATCH', make: () => changed({ nodes: 'many', meshes: 5, scenes: {}, accessors: [[]], buffers: null, bufferViews: true }) },
  { name: 'a node below itself', code: 'node-loop', make: () => changed({ nodes: [{ mesh: 0, children: [0] }] }) },
  { name: 'nodes in a ring', code: 'node-loop', make: () => changed({ nodes: [{ mesh: 0, children: [1] }, { children: [2] }, { children: [0] }] }) },
  { name: 'a node with two parents', code: /NODE_PARENT_OVERRIDE/, make: () => changed({ nodes: [{ children: [2] }, { children: [2] }, { mesh: 0 }], scenes: [{ nodes: [0, 1] }] }) },
  { name: 'a tree of 30,000 nodes', code: 'too-many-nodes', make: () => changed({ nodes: Array.from({ length: 30_000 }, (_, index) => (index === 0 ? { children: Array.from({ length: 29_999 }, (_, child) => child + 1) } : { mesh: 0 })) }) },
  { name: 'a chain of 5,000 nodes', code: 'too-deep', make: () => changed({ nodes: chain(5000) }) },
  { name: 'a scene that is not there', code: 'UNRESOLVED_REFERENCE', make: () => changed({ scene: 7 }) },
  { name: 'a mesh that is not there', code: 'UNRESOLVED_REFERENCE', make: () => changed({ nodes: [{ mesh: 99 }] }) },
  { name: 'a negative reference', code: 'INVALID_INDEX', make: () => changed({ nodes: [{ mesh: -1 }] }) },
  { name: 'a kind of primitive that does not exist', code: /VALUE_NOT_IN/, make: () => changed({ meshes: [{ primitives: [{ attributes: { POSITION: 0 }, mode: 99 }] }] }) },
  { name: 'a matrix that is no transform', code: /NODE_MATRIX_NON_TRS/, make: () => changed({ nodes: [{ mesh: 0, matrix: [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1] }] }) },
  { name: 'an extension that nobody knows, required', code: 'unknown-extension', make: () => changed({ extensionsUsed: ['ACME_magic'], extensionsRequired: ['ACME_magic'] }) },
  { name: 'an animation of nothing', code: 'UNRESOLVED_REFERENCE', make: () => changed({ animations: [{ channels: [{ sampler: 0, target: { node: 0, path: 'translation' } }], samplers: [{ input: 90, output: 91 }] }] }) },
  { name: 'a skin of nothing', code: 'UNRESOLVED_REFERENCE', make: () => changed({ nodes: [{ mesh: 0, skin: 0 }], skins: [{ joints: [40, 41] }] }) },
  { name: 'no scene at all', code: 'no-scene', make: () => triangle((json) => {
    delete json['scene'];
    delete json['scenes'];
  }) },
];

const GEOMETRY: readonly HostileModel[] = [
  { name: 'an accessor of four thousand million', code: 'too-large', make: () => changed({ accessors: [{ componentType: 5126, count: LARGE, type: 'VEC3', min: [0, 0, 0], max: [0, 0, 0] }], meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }] }) },
  { name: 'an accessor longer than its view', code: 'ACCESSOR_TOO_LONG', make: () => triangle((json) => Object.assign((json['accessors'] as Json[])[0] ?? {}, { count: 3000 })) },
  { name: 'a buffer of 4 GB', code: /BUFFER/, make: () => changed({ buffers: [{ byteLength: LARGE }] }) },
  { name: 'a view of 4 GB', code: 'BUFFER_VIEW_TOO_LONG', make: () => triangle((json) => Object.assign((json['bufferViews'] as Json[])[0] ?? {}, { byteLength: LARGE })) },
  { name: 'positions that are no numbers', code: 'ACCESSOR_INVALID_FLOAT', make: () => triangle(undefined, new Float32Array([0, 0, 0, NaN, 0, 0, 0, 1, 0])) },
  { name: 'positions without end', code: 'ACCESSOR_INVALID_FLOAT', make: () => triangle(undefined, new Float32Array([0, 0, 0, Infinity, 0, 0, 0, 1, 0])) },
  { name: 'indices of vertices that are not there', code: /ACCESSOR_INDEX_OOB/, make: () => indexed() },
  { name: 'a sparse accessor of four thousand million', code: /ACCESSOR|too-large/, make: () => changed({ accessors: [{ componentType: 5126, count: LARGE, type: 'VEC3', min: [0, 0, 0], max: [1, 1, 0], sparse: { count: LARGE, indices: { bufferView: 1, componentType: 5123 }, values: { bufferView: 0 } } }], meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }] }) },
  { name: 'a meshopt stream that claims 4 GB', code: 'too-large', make: () => compressed({ count: 400_000_000 }) },
  { name: 'a meshopt stream of rubbish', code: 'unreadable', make: () => compressed({}) },
  { name: 'a Draco stream of rubbish', code: 'unreadable', make: () => changed({ extensionsUsed: ['KHR_draco_mesh_compression'], extensionsRequired: ['KHR_draco_mesh_compression'], meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1, extensions: { KHR_draco_mesh_compression: { bufferView: 0, attributes: { POSITION: 0 } } } }] }] }) },
  { name: 'a floor far away', code: 'too-large', make: () => markedFloor(1e7) },
  { name: 'seven million triangles of copies', code: 'too-many-triangles', make: copies },
];

function indexed(): Buffer {
  const bytes = triangle();
  bytes.writeUInt16LE(60_000, bytes.length - 8);
  return bytes;
}

async function markedFloor(at: number): Promise<Uint8Array> {
  const builder = new SceneBuilder();
  builder.node('floor', { mesh: builder.box('floor', [-1, 1], [-1, 0], [-1, 1]), at: [at, 0, 0], venue: { kind: 'walkable' } });
  return writeGlb(builder.document);
}

const REFERENCES: readonly HostileModel[] = [
  { name: 'a picture on another host', code: 'external-uri', make: () => changed({ images: [{ uri: 'https://example.org/track.png' }] }) },
  { name: 'a picture above the folder', code: 'external-uri', make: () => changed({ images: [{ uri: '../../../../etc/passwd' }] }) },
  { name: 'a buffer of this machine', code: 'external-uri', make: () => changed({ buffers: [{ byteLength: 44 }, { byteLength: 10, uri: 'file:///etc/passwd' }] }) },
  { name: 'a sound on another host', code: 'external-uri', make: () => changed({ extensionsUsed: ['KHR_audio_emitter'], extensions: { KHR_audio_emitter: { audio: [{ uri: '//example.org/a.mp3' }] } } }) },
  { name: 'a page as a data URI', code: 'bad-data-uri', make: () => changed({ images: [{ uri: 'data:text/html,<script>alert(1)</script>' }] }) },
  { name: 'a drawing with a script as a data URI', code: 'bad-data-uri', make: () => changed({ images: [{ uri: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}` }] }) },
  { name: 'a drawing with a script that says it is PNG', code: /bad-image|IMAGE/, make: () => pictured(Buffer.from(SVG)) },
  { name: 'a picture that claims 60,000 pixels a side', code: 'too-large', make: async () => pictured(await claiming(60_000)) },
  { name: 'a picture that claims more than it has', code: /bad-image|IMAGE/, make: async () => pictured(await claiming(4000)) },
  { name: 'a picture cut short', code: /bad-image|IMAGE/, make: async () => pictured((await png()).subarray(0, 60)) },
  { name: 'a picture that is not there', code: 'UNRESOLVED_REFERENCE', make: () => changed({ images: [{ bufferView: 77, mimeType: 'image/png' }] }) },
];

const MARKS: readonly HostileModel[] = [
  { name: 'a mark that is a list', code: 'bad-kind', make: () => markedScene([1, 2, 3]) },
  { name: 'a mark that is a number', code: 'bad-kind', make: () => markedScene(42) },
  { name: 'a mark whose text is deep', code: 'bad-kind', make: () => markedScene('['.repeat(50_000) + ']'.repeat(50_000)) },
  { name: 'a mark of the prototype', code: 'bad-kind', make: () => markedScene({ kind: '__proto__', id: 'constructor' }) },
  { name: 'an id that is a path', code: 'bad-mark', make: () => markedScene({ kind: 'place', id: '../../etc' }) },
  { name: 'an id of a megabyte', code: 'bad-mark', make: () => markedScene({ kind: 'place', id: 'a'.repeat(1_000_000) }) },
  { name: 'numbers that are texts', code: 'bad-mark', make: () => markedScene({ kind: 'space', id: 's', reverb: 'loud', openings: 'all' }) },
  { name: 'a link that is a path', code: 'bad-mark', make: () => markedScene({ kind: 'link', id: 'l', to: '../geneva' }) },
  { name: 'a sound that is a script', code: 'bad-sound', make: async () => withExtension({ KHR_audio_emitter: { audio: [{ uri: `data:audio/mpeg;base64,${Buffer.from(SVG).toString('base64')}` }] } }) },
  { name: 'sounds of wrong types', code: 'bad-sound', make: async () => withExtension({ KHR_audio_emitter: { audio: 'all', sources: [5], emitters: {} } }) },
  { name: 'a collision shape of wrong types', code: 'bad-collider', make: async () => changeJson(await withExtension({ OMI_physics_shape: { shapes: [{ type: 'trimesh', trimesh: { mesh: 900 } }] } }), (json) => {
    const [node] = json.nodes ?? [];
    json.extensionsUsed = [...(json.extensionsUsed ?? []), 'OMI_physics_body'];
    if (node) node.extensions = { OMI_physics_body: { collider: { shape: 0 } } };
  }) },
];

async function withExtension(extensions: Json): Promise<Uint8Array> {
  return changeJson(await writeGlb((await goodScene()).document), (json) => {
    Object.assign(json, { extensions });
    json.extensionsUsed = Object.keys(extensions);
  });
}

export const HOSTILE_MODELS: readonly HostileModel[] = [...CONTAINER, ...STRUCTURE, ...GEOMETRY, ...REFERENCES, ...MARKS];
