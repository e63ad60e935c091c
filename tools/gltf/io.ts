/** Reads and writes glTF with every codec a scene may use, and scene folders without leaving half a file behind. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Logger, NodeIO } from '@gltf-transform/core';
import type { Document, JSONDocument } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { SceneError } from './findings.ts';

/** A glTF file read in: the graph, and the JSON it came from, for extensions that the graph does not know. */
export interface ReadScene {
  document: Document;
  json: JSONDocument['json'];
}

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

async function createIo(): Promise<NodeIO> {
  await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
  return new NodeIO()
    .setLogger(new Logger(Logger.Verbosity.SILENT))
    .registerExtensions(ALL_EXTENSIONS)
    .registerDependencies({ 'meshopt.encoder': MeshoptEncoder, 'meshopt.decoder': MeshoptDecoder });
}

/**
 * Reads a `.glb`.
 * @param name how messages call the file
 * @throws SceneError `unreadable` if the bytes are not a glTF binary, `external-uri` if it needs other files
 */
export async function parseGlb(bytes: Uint8Array, name: string): Promise<ReadScene> {
  const io = await createIo();
  try {
    const json = jsonChunk(bytes);
    refuseExternal(json, name);
    return { document: await io.readBinary(bytes), json };
  } catch (cause) {
    if (cause instanceof SceneError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw SceneError.of({ code: 'unreadable', where: name, message: `it is not a readable glTF binary (${why}).`, fix: 'Export the scene again as .glb.' }, cause);
  }
}

/** The JSON of a `.glb`: the first chunk after the 12 bytes of header (glTF 2.0, 4.4). */
function jsonChunk(bytes: Uint8Array): ReadScene['json'] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 20 || view.getUint32(0, true) !== GLB_MAGIC || view.getUint32(16, true) !== JSON_CHUNK) throw new Error('the header is not that of a .glb');
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(20, 20 + view.getUint32(12, true)))) as ReadScene['json'];
}

function refuseExternal(json: ReadScene['json'], name: string): void {
  for (const kind of ['buffers', 'images'] as const) {
    json[kind]?.forEach((item, index) => {
      if (item.uri === undefined || item.uri.startsWith('data:')) return;
      const where = `${name}, ${kind.slice(0, -1)} ${item.name ? `"${item.name}"` : index}`;
      throw SceneError.of({ code: 'external-uri', where, message: `it refers to "${item.uri}" outside the file.`, fix: 'Export as .glb with everything embedded.' });
    });
  }
}

/** The bytes of a `.glb`. */
export async function writeGlb(document: Document): Promise<Uint8Array> {
  return (await createIo()).writeBinary(document);
}

/** Reads a file; undefined if it does not exist. */
export async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes several files of one folder: all contents reach the disk under temporary names first, then each is renamed. A crash or a full disk
 * leaves the old files; no file is ever seen half-written.
 */
export async function writeTogether(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const suffix = `.${randomBytes(6).toString('hex')}.tmp`;
  const names = Object.keys(files);
  try {
    for (const name of names) {
      await using handle = await open(path.join(folder, name + suffix), 'wx');
      await handle.writeFile(files[name] ?? new Uint8Array());
      await handle.sync();
    }
    for (const name of names) await rename(path.join(folder, name + suffix), path.join(folder, name));
  } catch (error) {
    await Promise.all(names.map((name) => rm(path.join(folder, name + suffix), { force: true })));
    throw error;
  }
}
