/** Packages as authors make them: the files of a small packed scene in a zip, and what tests spoil of it. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pack } from '../../tools/gltf/pack.ts';
import { goodScene, goodVenue, temporaryFolder, writeFolder } from '../../tools/gltf/testing.ts';
import { zip } from './zip.ts';
import type { ZipFile } from './zip.ts';

let packed: Promise<ReadonlyMap<string, Buffer>> | null = null;

async function packGoodScene(): Promise<ReadonlyMap<string, Buffer>> {
  await using folder = await temporaryFolder();
  await writeFolder(folder.path, await goodScene());
  await pack(folder.path);
  await rm(join(folder.path, 'source'), { recursive: true });
  const names = (await readdir(folder.path)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder.path, name))] as const)));
}

/** The files of a scene that passes everything, by name. `id`: its scene id; `title`: what it is called in English. */
export async function sceneFiles({ id = 'pavilion', title = 'Pavilion' }: { id?: string; title?: string } = {}): Promise<Map<string, Buffer>> {
  packed ??= packGoodScene();
  const files = new Map(await packed);
  const venue = goodVenue();
  const names = venue.names['scene'] ?? {};
  files.set('venue.json', Buffer.from(JSON.stringify({ ...venue, id, names: { ...venue.names, scene: { ...names, en: title } } })));
  return files;
}

export function asEntries(files: ReadonlyMap<string, Uint8Array>): ZipFile[] {
  return [...files].map(([name, data]) => ({ name, data }));
}

/** A package that passes everything. */
export async function scenePackage(options?: { id?: string; title?: string }): Promise<Buffer> {
  return zip(asEntries(await sceneFiles(options)));
}
