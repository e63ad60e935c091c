/** Packs an author's export into what the venue serves: the drawn model, the layout and the navigation mesh. */
import path from 'node:path';
import { dedup, meshopt, prune, weld } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { derive } from './derive.ts';
import { Findings, SceneError } from './findings.ts';
import { parseGlb, readIfThere, writeGlb, writeTogether } from './io.ts';
import type { ReadScene } from './io.ts';
import { measureModel } from './measure.ts';
import type { ModelCost } from './measure.ts';
import { COMPRESS_TEXTURES_DEFAULTS, compressTextures } from './operations/compress-textures.ts';
import type { CompressTexturesOptions } from './operations/compress-textures.ts';
import { INSTANCE_REPEATS_DEFAULTS, instanceRepeats } from './operations/instance-repeats.ts';
import type { InstanceRepeatsOptions } from './operations/instance-repeats.ts';
import { stripMarks } from './operations/strip-marks.ts';

export const NAME = 'pack';

/** Where a studio's tool puts its raw export, inside the scene folder. */
export const SOURCE_FILE = 'source/build/scene.glb';

export interface PackOptions extends CompressTexturesOptions, InstanceRepeatsOptions {
  /** The raw export; relative to the scene folder. */
  input?: string;
  /** Bits of vertex positions: 16 is 1 mm in a mesh of 60 m. */
  positionBits?: number;
  /** Bits of texture coordinates from 0 to 1: 14 is an eighth of a texel of a light map of 2048. */
  texcoordBits?: number;
  /** Bits of vertex colours, which are linear: 8 would show steps in the dark. */
  colourBits?: number;
  /** Is told what is being done. */
  progress?: (step: string) => void;
}

export const PACK_DEFAULTS: Required<PackOptions> = {
  ...COMPRESS_TEXTURES_DEFAULTS,
  ...INSTANCE_REPEATS_DEFAULTS,
  input: SOURCE_FILE,
  positionBits: 16,
  texcoordBits: 14,
  colourBits: 10,
  progress: () => undefined,
};

/** Size and cost of a model, for the before/after table. */
export interface ModelSummary extends Omit<ModelCost, 'nodes' | 'textures'> {
  bytes: number;
  nodes: number;
  meshes: number;
  textures: number;
}

export interface PackReport {
  findings: Findings;
  before: ModelSummary;
  after: ModelSummary;
  /** Sizes of what was written, bytes. */
  written: Record<string, number>;
}

/**
 * Packs a scene folder. The source is only read; the results appear together or not at all. The same source gives the same bytes.
 * @param folder the scene folder, with the raw export in `source/build/scene.glb`
 * @throws SceneError if the source is missing or unreadable, or its marks have errors; then nothing was written
 */
export async function pack(folder: string, options: PackOptions = {}): Promise<PackReport> {
  const settings = { ...PACK_DEFAULTS, ...options };
  const findings = new Findings();
  settings.progress(`reading ${settings.input}`);
  const source = await readIfThere(path.resolve(folder, settings.input));
  if (!source) {
    throw SceneError.of({ code: 'no-source', where: settings.input, message: 'the raw export is not there.', fix: `Export the scene to ${path.join(folder, SOURCE_FILE)}, or name another file with --input.` });
  }
  const scene = await parseGlb(source, settings.input);
  const before = summary(scene, source.byteLength);
  warnOfLosses(scene, findings);
  settings.progress('reading the marks and baking the navigation mesh');
  const derived = await derive(scene, findings);
  if (!findings.ok) throw new SceneError(findings.list);
  const root = scene.document.getRoot();
  if (!root.getDefaultScene()) root.setDefaultScene(root.listScenes()[0] ?? null);
  await scene.document.transform(stripMarks(derived));
  await shrink(scene, settings);
  settings.progress('writing');
  const model = await writeGlb(scene.document);
  const files = { [SCENE_FILES.model]: model, [SCENE_FILES.layout]: derived.layoutBytes, [SCENE_FILES.navigation]: derived.navmesh };
  await writeTogether(folder, files);
  const written = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.byteLength]));
  return { findings, before, after: summary(scene, model.byteLength), written };
}

/** Order matters: what is equal must be one before it can be instanced, and quantising comes last. */
async function shrink({ document }: ReadScene, settings: Required<PackOptions>): Promise<void> {
  settings.progress('merging what is equal');
  await document.transform(dedup(), instanceRepeats(settings), weld());
  // Light maps use TEXCOORD_1 without a texture that says so, hence keepAttributes; materials and nodes carry their meaning in extras.
  await document.transform(prune({ keepAttributes: true, keepExtras: true }));
  settings.progress('compressing textures');
  await document.transform(compressTextures(settings));
  settings.progress('compressing geometry');
  await document.transform(
    meshopt({ encoder: MeshoptEncoder, level: 'medium', quantizePosition: settings.positionBits, quantizeTexcoord: settings.texcoordBits, quantizeColor: settings.colourBits }),
  );
}

function summary({ document }: ReadScene, bytes: number): ModelSummary {
  const { drawCalls, triangles, textureBytes } = measureModel(document);
  const root = document.getRoot();
  return { bytes, nodes: root.listNodes().length, meshes: root.listMeshes().length, textures: root.listTextures().length, drawCalls, triangles, textureBytes };
}

/** Extensions that are read as marks, so that losing them from the model is no loss. */
const READ_AS_MARKS = ['OMI_spawn_point', 'OMI_seat'];

function warnOfLosses({ document, json }: ReadScene, findings: Findings): void {
  const known = new Set([...document.getRoot().listExtensionsUsed().map((extension) => extension.extensionName), ...READ_AS_MARKS]);
  for (const name of json.extensionsUsed ?? []) {
    if (!known.has(name)) findings.warn({ code: 'unknown-extension', where: 'the glTF', message: `the extension ${name} is not known and is left out.`, fix: 'Do without it, or ask for it to be supported.' });
  }
}
