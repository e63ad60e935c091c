/** The package of a scene: what is uploaded to the venue. A flat zip of exactly the files that the scene needs. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { zipSync } from 'fflate';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import { parseJsonFile } from './check/schemas.ts';
import { neededFiles, readSceneFile } from './files.ts';
import type { NeededFile } from './files.ts';
import { Findings, SceneError } from './findings.ts';
import { parseGlb, writeTogether } from './io.ts';

export interface PackageReport {
  /** Sizes of what it holds, bytes. */
  files: Record<string, number>;
  bytes: number;
}

/** The first moment that a zip can tell; written for every file, so that the bytes depend on nothing but the contents. In local time, as zip has it. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Writes the package of a packed scene folder. The same files give the same bytes.
 * @param target the zip to write
 * @throws SceneError if a file is missing, broken or oddly named; then nothing was written
 */
export async function writePackage(folder: string, target: string): Promise<PackageReport> {
  const name = path.basename(target);
  const parent = await lstat(path.dirname(path.resolve(target))).catch(() => undefined);
  if (!parent?.isDirectory()) throw SceneError.of({ code: 'no-folder', where: target, message: 'the folder that it should be written to does not exist.', fix: 'Name a file in a folder that is there.' });
  const own: Record<string, Uint8Array> = {};
  for (const file of Object.values(SCENE_FILES)) own[file] = await wanted(folder, { name: file, use: 'core', by: 'every scene' });
  const files: Record<string, Uint8Array> = {};
  for (const file of await needs(own)) files[file.name] = own[file.name] ?? (await wanted(folder, file));
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  // Models, pictures and recordings are compressed already; the JSON is small.
  const zip = zipSync(Object.fromEntries(sorted), { level: 0, mtime: EPOCH });
  await writeTogether(path.dirname(path.resolve(target)), { [name]: zip });
  return { files: Object.fromEntries(sorted.map(([file, bytes]) => [file, bytes.byteLength])), bytes: zip.byteLength };
}

async function wanted(folder: string, file: NeededFile): Promise<Uint8Array> {
  const bytes = await readSceneFile(folder, file);
  if (!bytes) throw SceneError.of({ code: 'missing-file', where: file.name, message: `${file.by} refers to it, but it is not in the folder.`, fix: 'Put it there, or take the reference out.' });
  return bytes;
}

async function needs(own: Readonly<Record<string, Uint8Array>>): Promise<NeededFile[]> {
  const findings = new Findings();
  const read = (name: string): { name: string; bytes: Uint8Array; fix: string } => ({ name, bytes: own[name] ?? new Uint8Array(), fix: 'See tools/gltf/README.md, and run "npm run scene -- check".' });
  const layout = parseJsonFile(read(SCENE_FILES.layout), Layout, findings);
  const venue = parseJsonFile(read(SCENE_FILES.venue), Venue, findings);
  if (!findings.ok) throw new SceneError(findings.list);
  const { document } = await parseGlb(own[SCENE_FILES.model] ?? new Uint8Array(), SCENE_FILES.model);
  return neededFiles({ document, layout, venue });
}
