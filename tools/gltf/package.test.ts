import { mkdir, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { SceneError } from './findings.ts';
import { writePackage } from './package.ts';
import { SOURCE_FILE, pack } from './pack.ts';
import { temporaryFolder, told } from './testing.ts';
import { fullScene, fullVenue } from './testing/full-scene.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let out: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  out = await temporaryFolder();
  await mkdir(path.join(folder.path, path.dirname(SOURCE_FILE)), { recursive: true });
  await writeFile(path.join(folder.path, SOURCE_FILE), await fullScene());
  await writeFile(path.join(folder.path, 'venue.json'), JSON.stringify(fullVenue()));
  for (const [name, width] of [['lightmap.webp', 64], ['square.webp', 128]] as const) await writeFile(path.join(folder.path, name), await sharp({ create: { width, height: 64, channels: 3, background: 'teal' } }).webp().toBuffer());
  await writeFile(path.join(folder.path, 'notes.txt'), 'not part of the scene');
  await pack(folder.path);
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await out[Symbol.asyncDispose]();
});

const target = (): string => path.join(out.path, 'scene.zip');
const NEEDED = ['layout.json', 'lightmap.webp', 'navmesh.bin', 'scene.glb', 'sound-water.mp3', 'square.webp', 'venue.json'];

describe('writePackage', () => {
  it('holds exactly what the scene needs, as it is, without folders', async () => {
    const report = await writePackage(folder.path, target());
    const files = unzipSync(await readFile(target()));
    expect(Object.keys(files)).toEqual(NEEDED);
    for (const name of NEEDED) expect(Buffer.compare(files[name] ?? Buffer.of(), await readFile(path.join(folder.path, name))), name).toBe(0);
    expect(Object.keys(report.files)).toEqual(NEEDED);
    expect(report.bytes).toBe((await readFile(target())).byteLength);
  });

  it('gives the same bytes again, whenever its files were written', async () => {
    await writePackage(folder.path, target());
    const first = await readFile(target());
    await utimes(path.join(folder.path, 'scene.glb'), new Date(2001, 1, 1), new Date(2001, 1, 1));
    await writePackage(folder.path, target());
    expect(Buffer.compare(await readFile(target()), first)).toBe(0);
  });

  it('is a scene that passes check once unpacked', async () => {
    await using unpacked = await temporaryFolder();
    await writePackage(folder.path, target());
    for (const [name, bytes] of Object.entries(unzipSync(await readFile(target())))) await writeFile(path.join(unpacked.path, name), bytes);
    const { findings } = await check(unpacked.path);
    expect(told(findings.list.filter(({ severity }) => severity === 'error'))).toEqual([]);
    // The scenes that its links lead to are not beside it.
    expect(findings.list.map(({ code }) => code)).toEqual(['unknown-scene', 'unknown-scene']);
  });

  it('refuses what is missing or leads elsewhere, and writes nothing', async () => {
    const faults = async (): Promise<string[]> => {
      try {
        await writePackage(folder.path, path.join(out.path, 'other.zip'));
      } catch (error) {
        if (error instanceof SceneError) return told(error.findings);
        throw error;
      }
      return [];
    };
    const square = path.join(folder.path, 'square.webp');
    const bytes = await readFile(square);
    await rm(square);
    expect(await faults()).toEqual(['missing-file: square.webp: venue.json at panoramas.square refers to it, but it is not in the folder. Put it there, or take the reference out.']);
    await symlink('/etc/hostname', square);
    expect(await faults()).toEqual(['odd-file: square.webp: it is not an ordinary file. Put the file itself into the folder, not a link or a folder.']);
    await rm(square);
    await writeFile(square, bytes);
    expect(await readdir(out.path)).toEqual(['scene.zip']);
  });
});

describe('check', () => {
  it('tells of the file that nothing refers to, and of links to scenes that are not there', async () => {
    const { findings, cost } = await check(folder.path);
    expect(told(findings.list)).toEqual([
      'unknown-scene: link "gate-omi": there is no packed scene "marrakesh" beside this folder. Mend the name, or make sure that the venue has such a scene.',
      'unknown-scene: link "out": there is no packed scene "geneva" beside this folder. Mend the name, or make sure that the venue has such a scene.',
      'unused-file: notes.txt: nothing in the scene refers to it. Remove it, or move it to source/.',
    ]);
    expect(cost.files.map(({ name }) => name)).toContain('sound-water.mp3');
    expect(cost.media.map(({ name }) => name)).toEqual(['square.webp']);
  });
});
