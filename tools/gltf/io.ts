/** Reads and writes glTF with every codec a scene may use, and scene folders without leaving half a file behind. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Format, Logger, NodeIO, VertexLayout } from '@gltf-transform/core';
import type { Document } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import type { ValidationMessage } from 'gltf-validator';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';
import { refuseUnknownExtensions } from './contract/extensions.ts';
import { Findings, SceneError } from './findings.ts';
import { joinGlb, openGlb } from './guard/container.ts';
import type { Container } from './guard/container.ts';
import { checkHierarchy } from './guard/hierarchy.ts';
import { checkSizes } from './guard/sizes.ts';
import { refuseExternal } from './guard/uris.ts';
import { isFatal, reportMessages, validate } from './guard/validator.ts';

/** A glTF file read in: the graph, and the JSON and buffer it came from, for extensions that the graph does not know. */
export interface ReadScene extends Container {
  document: Document;
  /** What the standard's validator says of the file; nothing that hinders reading it. */
  messages: readonly ValidationMessage[];
}

const DRACO = 'KHR_draco_mesh_compression';

async function createIo(options: { draco: boolean } = { draco: false }): Promise<NodeIO> {
  await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
  const io = new NodeIO()
    .setLogger(new Logger(Logger.Verbosity.SILENT))
    .registerExtensions(ALL_EXTENSIONS)
    .registerDependencies({ 'meshopt.encoder': MeshoptEncoder, 'meshopt.decoder': MeshoptDecoder });
  if (!options.draco) return io;
  const { default: draco } = await import('draco3dgltf');
  return io.registerDependencies({ 'draco3d.decoder': await draco.createDecoderModule() });
}

/**
 * Reads a `.glb`, of which nothing is believed before it is checked.
 * @param name how messages call the file
 * @throws SceneError `unreadable` if the bytes are not a glTF binary, `external-uri` if it needs other files, the validator's codes if it breaks the
 * standard, or what the guards say of its size
 */
export async function parseGlb(bytes: Uint8Array, name: string): Promise<ReadScene> {
  try {
    const container = openGlb(bytes);
    checkHierarchy(container.json, name);
    refuseExternal(container.json, name);
    const messages = await validate(bytes);
    const fatal = messages.filter(isFatal);
    if (fatal.length > 0) {
      const findings = new Findings();
      reportMessages(fatal, { json: container.json, name }, findings);
      throw new SceneError(findings.list);
    }
    refuseUnknownExtensions(container.json, name);
    checkSizes(container, name);
    const io = await createIo({ draco: container.json.extensionsUsed?.includes(DRACO) === true });
    return { document: await io.readBinary(bytes), messages, ...container };
  } catch (cause) {
    if (cause instanceof SceneError) throw cause;
    const why = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '').slice(0, 300);
    throw SceneError.of({ code: 'unreadable', where: name, message: `it is not a readable glTF binary (${why}).`, fix: 'Export the scene again as .glb.' }, cause);
  }
}

/** The bytes of a `.glb`. */
export async function writeGlb(document: Document): Promise<Uint8Array> {
  return (await createIo()).writeBinary(document);
}

/** The bytes of a `.glb` whose images stay beside it, under the URIs of its textures; not interleaved, since it is for reading once. @throws Error for a texture without one, or for several buffers */
export async function writeGlbBeside(document: Document): Promise<Uint8Array> {
  const { json, resources } = await (await createIo()).setVertexLayout(VertexLayout.SEPARATE).writeJSON(document, { format: Format.GLTF, basename: 'scene' });
  const { buffers = [] } = json;
  if (buffers.length > 1) throw new Error('a .glb has one buffer');
  if (document.getRoot().listTextures().some((texture) => texture.getURI() === '')) throw new Error('a texture has no URI');
  const [buffer] = buffers;
  const binary = resources[buffer?.uri ?? ''] ?? new Uint8Array();
  delete buffer?.uri;
  return joinGlb(json, binary);
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
