/** Which files a scene needs: those that the venue serves, and that a package holds. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Document } from '@gltf-transform/core';
import { z } from 'zod';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import type { Layout, Venue } from '../../shared/scene/layout.ts';
import { venueExtras } from './contract/marks.ts';
import { SceneError } from './findings.ts';
import { readIfThere } from './io.ts';
import { size } from './table.ts';

/** What a file is for. `core` and light maps, environment and sounds are fetched with the scene; the rest when somebody asks for it. */
export type FileUse = 'core' | 'lightmap' | 'environment' | 'sound' | 'recording' | 'picture' | 'panorama' | 'film';

export interface NeededFile {
  name: string;
  use: FileUse;
  /** Who refers to it, as messages call it. */
  by: string;
}

/** Names that are safe as a file, in a web address and in a package on any machine. */
export const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;
/** Films and recordings included. */
const MOST_BYTES = 256_000_000;

export interface SceneParts {
  document?: Document | undefined;
  layout?: Layout | undefined;
  venue?: Venue | undefined;
}

/** All files of the scene folder that its parts refer to, each once. */
export function neededFiles({ document, layout, venue }: SceneParts): NeededFile[] {
  const files: NeededFile[] = Object.values(SCENE_FILES).map((name) => ({ name, use: 'core', by: 'every scene' }));
  for (const { file, by } of document ? lightmapsOf(document) : []) files.push({ name: file, use: 'lightmap', by });
  if (venue?.environment) files.push({ name: venue.environment.file, use: 'environment', by: 'venue.json at environment' });
  for (const { id, file } of layout?.sounds ?? []) files.push({ name: file, use: 'sound', by: `sound "${id}"` });
  for (const [id, { audio, picture }] of Object.entries(venue?.exhibits ?? {})) {
    for (const [language, name] of Object.entries(audio ?? {})) files.push({ name, use: 'recording', by: `venue.json at exhibits.${id}.audio.${language}` });
    if (picture) files.push({ name: picture.file, use: 'picture', by: `venue.json at exhibits.${id}.picture` });
  }
  for (const [id, { file, kind }] of Object.entries(venue?.panoramas ?? {})) files.push({ name: file, use: kind === 'video' ? 'film' : 'panorama', by: `venue.json at panoramas.${id}` });
  return [...new Map(files.map((file) => [`${file.use} ${file.name}`, file])).values()];
}

/** What does not fit is `check/lightmaps.ts`'s to complain of. */
const Lightmapped = z.object({ lightmap: z.object({ file: z.string().regex(FILE_NAME) }) });

function lightmapsOf(document: Document): { file: string; by: string }[] {
  return document.getRoot().listMaterials().flatMap((material) => {
    const file = Lightmapped.safeParse(venueExtras(material.getExtras())).data?.lightmap.file;
    return file === undefined ? [] : [{ file, by: `material "${material.getName()}"` }];
  });
}

/**
 * Reads a file of a scene folder; undefined if it does not exist.
 * @throws SceneError `odd-file` if its name could lead out of the folder, or it is no ordinary file, or too large
 */
export async function readSceneFile(folder: string, { name, by }: NeededFile): Promise<Uint8Array | undefined> {
  if (!FILE_NAME.test(name)) throw oddFile(name, `${by} refers to it, and its name is not one that a scene may use.`, 'Use letters, digits, _ . and -, beginning with a letter or digit, and no folders.');
  const found = await lstat(path.join(folder, name)).catch(() => undefined);
  if (!found) return undefined;
  if (!found.isFile()) throw oddFile(name, 'it is not an ordinary file.', 'Put the file itself into the folder, not a link or a folder.');
  if (found.size > MOST_BYTES) throw oddFile(name, `it has ${size(found.size)}, the most is ${size(MOST_BYTES)}.`, 'Make it smaller.');
  return readIfThere(path.join(folder, name));
}

function oddFile(name: string, message: string, fix: string): SceneError {
  return SceneError.of({ code: 'odd-file', where: name.slice(0, 120), message, fix });
}
