/**
 * `node tools/gltf/testing/pack-corpus.ts OUT PART PARTS`: runs one part of all glTF files at hand through pack and check, and writes `OUT/<name>.before.glb`,
 * `OUT/<name>.after.glb` and one line of JSON each to standard output. A process of its own, so that several may run side by side.
 */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { check } from '../check.ts';
import { SceneError } from '../findings.ts';
import { openGlb } from '../guard/container.ts';
import type { GltfJson } from '../guard/container.ts';
import { SOURCE_FILE, pack } from '../pack.ts';
import { goodVenue, told } from '../testing.ts';
import { SAMPLES } from './corpus.ts';
import type { Sample } from './corpus.ts';
import { fullVenue } from './full-scene.ts';

/** What became of a file. */
export interface PackedSample {
  name: string;
  bytes: [before: number, after: number];
  /** Errors of pack or check, as sentences; a file of the corpus has none. */
  errors: string[];
  /** What pack had to warn of, by code. */
  warnings: string[];
}

/** Textures are made this small, since encoding them large would take most of the time and the pictures are 256 wide, and the smallest file is not sought: it looks no different. */
const TEXTURES = { maxTexture: 512, effort: 0 } as const;
const require = createRequire(import.meta.url);

/** The XR controllers' models. */
async function profiles(): Promise<Sample[]> {
  const root = path.join(path.dirname(require.resolve('@webxr-input-profiles/assets/package.json')), 'dist/profiles');
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.glb')).sort();
  return files.map((file) => ({ name: `profiles-${file.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/\.glb$/, '')}`, make: () => readFile(path.join(root, file)) }));
}

/** The models of @pmndrs/assets, each a module that holds a data URI. */
async function pmndrs(): Promise<Sample[]> {
  const root = path.join(path.dirname(require.resolve('@pmndrs/assets/package.json')), 'models');
  const files = (await readdir(root)).filter((file) => file.endsWith('.glb.js')).sort();
  return files.map((file) => ({
    name: `pmndrs-${file.replace(/\.glb\.js$/, '')}`,
    make: async () => {
      const { default: uri } = (await import(path.join(root, file))) as { default: string };
      return Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64');
    },
  }));
}

/** Every file of the corpus, in a fixed order. */
export async function corpus(): Promise<Sample[]> {
  const generated = SAMPLES.map(({ name, make }) => ({ name: `generated-${name}`, make }));
  return [...(await profiles()), ...(await pmndrs()), ...generated];
}

async function packSample({ name, make }: Sample, out: string): Promise<PackedSample> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plenum-corpus-'));
  const source = await make();
  try {
    await mkdir(path.join(folder, path.dirname(SOURCE_FILE)), { recursive: true });
    await writeFile(path.join(folder, SOURCE_FILE), source);
    await writeVenue(folder, name);
    const packed = await pack(folder, TEXTURES);
    const checked = await check(folder);
    const after = await readFile(path.join(folder, 'scene.glb'));
    await writeFile(path.join(out, `${name}.before.glb`), source);
    await writeFile(path.join(out, `${name}.after.glb`), after);
    // Budgets are for scenes, not for controllers; everything else must be right.
    const errors = checked.findings.list.filter(({ severity, code }) => severity === 'error' && code !== 'over-budget');
    return { name, bytes: [source.byteLength, after.byteLength], errors: [...told(errors), ...lost(source, after)], warnings: packed.findings.list.filter(({ severity }) => severity === 'warning').map(({ code }) => code) };
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    return { name, bytes: [source.byteLength, 0], errors: told(error.findings), warnings: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Read into layout and sounds, exchanged for what the venue decodes, or made up. Everything else must still be there after packing. */
const MAY_GO = /^(OMI_|KHR_audio_emitter$|KHR_draco_mesh_compression$|EXT_texture_avif$|ACME_)/;

/** What of a file did not survive packing: extensions, animations, skins, morph targets. */
function lost(source: Uint8Array, packed: Uint8Array): string[] {
  const [before, after] = [openGlb(source).json, openGlb(packed).json];
  const gone = (before.extensionsUsed ?? []).filter((extension) => !MAY_GO.test(extension) && !after.extensionsUsed?.includes(extension)).map((extension) => `extension ${extension} is gone`);
  const count = ({ animations = [], skins = [], meshes = [] }: GltfJson): Record<string, number> => ({ animations: animations.length, skins: skins.length, 'morph targets': meshes.flatMap(({ primitives }) => primitives).reduce((sum, { targets = [] }) => sum + targets.length, 0) });
  const counts = count(after);
  for (const [what, number] of Object.entries(count(before))) if ((counts[what] ?? 0) < number) gone.push(`${number} ${what} became ${counts[what] ?? 0}`);
  return gone;
}

async function writeVenue(folder: string, name: string): Promise<void> {
  const picture = (width: number): Promise<Buffer> => sharp({ create: { width, height: 128, channels: 3, background: 'grey' } }).webp().toBuffer();
  if (name === 'generated-marks' || name.startsWith('generated-all-marks')) {
    await writeFile(path.join(folder, 'lightmap.webp'), await picture(128));
    await writeFile(path.join(folder, 'square.webp'), await picture(256));
    await writeFile(path.join(folder, 'venue.json'), JSON.stringify(name === 'generated-marks' ? goodVenue() : fullVenue()));
    return;
  }
  const { names, ...venue } = goodVenue();
  await writeFile(path.join(folder, 'venue.json'), JSON.stringify({ ...venue, names: { scene: names['scene'] } }));
}

if (import.meta.main) {
  const [out = '', part = '0', parts = '1', only = ''] = process.argv.slice(2);
  const samples = (await corpus()).filter(({ name }, index) => index % Number(parts) === Number(part) && name.includes(only));
  for (const sample of samples) console.log(JSON.stringify(await packSample(sample, out)));
}
