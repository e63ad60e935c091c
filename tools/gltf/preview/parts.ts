/** Takes out of a scene what a save seldom changes, each under a name made of its content: what has the same name is the same, and need not be loaded again. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Document } from '@gltf-transform/core';
import { readIfThere, writeGlbBeside } from '../io.ts';

export interface SplitScene {
  /** The scene as a `.glb` without its images, which it names. */
  readonly model: Uint8Array;
  /** `venue.json`, which names the environment among the parts. */
  readonly venue: Uint8Array;
  /** Images, light maps and the environment, by name. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/webp': '.webp', 'image/png': '.png', 'image/jpeg': '.jpg' };

/** A name for these bytes alone. @param extension with its dot */
export function contentName(bytes: Uint8Array, extension: string): string {
  return `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}${extension}`;
}

/**
 * Splits a scene that is ready to be written. A light map or environment that the folder does not have keeps its name, and is missed by whoever loads it.
 * @param document its textures and light maps are named anew
 */
export async function splitScene(document: Document, folder: string, venue: Uint8Array): Promise<SplitScene> {
  const parts = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array, extension: string): string => {
    const name = contentName(bytes, extension);
    parts.set(name, bytes);
    return name;
  };
  const addFile = async (file: string): Promise<string> => {
    const bytes = path.basename(file) === file ? await readIfThere(path.join(folder, file)) : undefined;
    return bytes === undefined ? file : add(bytes, path.extname(file));
  };
  for (const texture of document.getRoot().listTextures()) {
    const image = texture.getImage();
    if (image !== null) texture.setURI(add(image, EXTENSIONS[texture.getMimeType()] ?? '.bin'));
  }
  await renameLightMaps(document, addFile);
  return { model: await writeGlbBeside(document), venue: await renameEnvironment(venue, addFile), parts };
}

interface LightMapExtras {
  venue?: { lightmap?: { file: string } };
}

async function renameLightMaps(document: Document, rename: (file: string) => Promise<string>): Promise<void> {
  for (const material of document.getRoot().listMaterials()) {
    const extras = material.getExtras() as LightMapExtras;
    const map = extras.venue?.lightmap;
    if (typeof map?.file === 'string') material.setExtras({ ...extras, venue: { ...extras.venue, lightmap: { ...map, file: await rename(map.file) } } });
  }
}

/** @param venue a `venue.json` that was found right */
async function renameEnvironment(venue: Uint8Array, rename: (file: string) => Promise<string>): Promise<Uint8Array> {
  const value = JSON.parse(new TextDecoder().decode(venue)) as { environment?: { file: string } };
  if (value.environment === undefined) return venue;
  return new TextEncoder().encode(JSON.stringify({ ...value, environment: { ...value.environment, file: await rename(value.environment.file) } }));
}
