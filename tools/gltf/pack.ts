/** Packs an author's export into what the venue serves: the drawn model, the layout, the navigation mesh and the sounds. */
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Node } from '@gltf-transform/core';
import { dedup, prune, weld } from '@gltf-transform/functions';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { warnOfUnknownExtensions } from './contract/extensions.ts';
import type { Marks } from './contract/marks.ts';
import { referencedNodes } from './contract/rules.ts';
import { SURFACE_KINDS } from './contract/schema.ts';
import { derive } from './derive.ts';
import { Findings, SceneError } from './findings.ts';
import { LIMITS } from './guard/limits.ts';
import { parseGlb, readIfThere, writeGlb, writeTogether } from './io.ts';
import type { ReadScene } from './io.ts';
import { measureModel } from './measure.ts';
import type { ModelCost } from './measure.ts';
import { COMPRESS_GEOMETRY_DEFAULTS, compressGeometry } from './operations/compress-geometry.ts';
import type { CompressGeometryOptions } from './operations/compress-geometry.ts';
import { COMPRESS_TEXTURES_DEFAULTS, compressTextures } from './operations/compress-textures.ts';
import type { CompressTexturesOptions } from './operations/compress-textures.ts';
import { dropUnusedCoordinates } from './operations/drop-unused-coordinates.ts';
import { INSTANCE_REPEATS_DEFAULTS, instanceRepeats } from './operations/instance-repeats.ts';
import type { InstanceRepeatsOptions } from './operations/instance-repeats.ts';
import { keepNames } from './operations/keep-names.ts';
import { prepare } from './operations/prepare.ts';
import { SIMPLIFY_MESHES_DEFAULTS, simplifyMeshes } from './operations/simplify-meshes.ts';
import type { SimplifyMeshesOptions } from './operations/simplify-meshes.ts';
import { snapVertices } from './operations/snap-vertices.ts';
import { stripMarks } from './operations/strip-marks.ts';
import { stamp, stampOf } from './packed.ts';
import { grouped } from './table.ts';

export const NAME = 'pack';

/** Where a studio's tool puts its raw export, inside the scene folder. */
export const SOURCE_FILE = 'source/build/scene.glb';

/** How much more than wanted may be left after simplifying. */
const ENOUGH = 1.05;

export interface PackOptions extends CompressTexturesOptions, CompressGeometryOptions, Omit<InstanceRepeatsOptions, 'keep'>, SimplifyMeshesOptions {
  /** The raw export; relative to the scene folder. */
  input?: string;
  /** Is told what is being done. */
  progress?: (step: string) => void;
}

export const PACK_DEFAULTS: Required<PackOptions> = {
  ...COMPRESS_TEXTURES_DEFAULTS,
  ...SIMPLIFY_MESHES_DEFAULTS,
  ...COMPRESS_GEOMETRY_DEFAULTS,
  min: INSTANCE_REPEATS_DEFAULTS.min,
  input: SOURCE_FILE,
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
 * Packs a scene folder. The source is only read; the results appear together or not at all. The same source gives the same bytes, and so does packing
 * what is packed already.
 * @param folder the scene folder, with the raw export in `source/build/scene.glb`
 * @throws SceneError if the source is missing or unreadable, or its marks have errors; then nothing was written
 */
export async function pack(folder: string, options: PackOptions = {}): Promise<PackReport> {
  const settings = { ...PACK_DEFAULTS, ...options };
  const findings = new Findings();
  settings.progress(`reading ${settings.input}`);
  const source = await readSource(folder, settings.input);
  const scene = await parseGlb(source, settings.input);
  const before = summary(scene, source.byteLength);
  const packedBefore = stampOf(scene.json);
  let files: Record<string, Uint8Array>;
  if (packedBefore) {
    files = await besides(path.dirname(path.resolve(folder, settings.input)), settings.input);
    const same = packedBefore.maxTexture <= settings.maxTexture && settings.ratio === 1 && settings.triangles === 0;
    findings.notice({ code: 'packed-already', where: settings.input, message: same ? 'it is packed already, and stays as it is.' : 'it is packed already; textures and triangles are reduced further.', fix: 'Pack the raw export for the best quality.' });
    files[SCENE_FILES.model] = same ? source : await packModel(scene, noMarks(scene), settings, findings);
  } else {
    warnOfUnknownExtensions(scene.json, findings);
    if (!findings.ok) throw new SceneError(findings.list);
    settings.progress('reading the marks and baking the navigation mesh');
    const derived = await derive(scene, findings);
    if (!findings.ok) throw new SceneError(findings.list);
    files = { [SCENE_FILES.layout]: derived.layoutBytes, [SCENE_FILES.navigation]: derived.navmesh, ...derived.sounds };
    const kept = keptNodes(scene, derived.marks);
    await scene.document.transform(stripMarks(derived));
    files[SCENE_FILES.model] = await packModel(scene, kept, settings, findings);
  }
  // Nothing is written that could not be read again.
  const model = await parseGlb(files[SCENE_FILES.model] ?? new Uint8Array(), SCENE_FILES.model);
  settings.progress('writing');
  await writeTogether(folder, files);
  const names = [SCENE_FILES.model, ...Object.keys(files).filter((name) => name !== SCENE_FILES.model)];
  const after = summary(model, files[SCENE_FILES.model]?.byteLength ?? 0);
  if (settings.triangles > 0 && after.triangles > settings.triangles * ENOUGH) {
    findings.warn({ code: 'not-simplified', where: 'scene.glb', message: `it still has ${grouped(after.triangles)} triangles: fewer would bend what it shows.`, fix: 'Simplify the largest objects by hand, where it is not seen.' });
  }
  const written = Object.fromEntries(names.map((name) => [name, files[name]?.byteLength ?? 0]));
  return { findings, before, after, written };
}

async function readSource(folder: string, input: string): Promise<Uint8Array> {
  const file = path.resolve(folder, input);
  const found = await lstat(file).catch(() => undefined);
  if (found && found.size > LIMITS.fileBytes) {
    throw SceneError.of({ code: 'too-large', where: input, message: `it has ${found.size} bytes, the most is ${LIMITS.fileBytes}.`, fix: 'Use smaller textures and simpler meshes.' });
  }
  const source = await readIfThere(file);
  if (source) return source;
  throw SceneError.of({ code: 'no-source', where: input, message: 'the raw export is not there.', fix: `Export the scene to ${path.join(folder, SOURCE_FILE)}, or name another file with --input.` });
}

/** What was derived when the model was packed: its marks are no longer in it. */
async function besides(folder: string, input: string): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of [SCENE_FILES.layout, SCENE_FILES.navigation]) {
    const bytes = await readIfThere(path.join(folder, name));
    if (!bytes) throw SceneError.of({ code: 'packed-already', where: input, message: `it is packed already, its marks are gone, and there is no ${name} beside it.`, fix: 'Pack the raw export.' });
    files[name] = bytes;
  }
  return files;
}

/** Nodes that somebody finds by name: surfaces, and what marks refer to. */
export interface Kept {
  nodes: ReadonlySet<Node>;
  surfaces: ReadonlySet<Node>;
}

export function keptNodes({ document }: ReadScene, marks: Marks): Kept {
  const references = new Set(referencedNodes(marks).filter(({ drawn }) => drawn).map(({ name }) => name));
  const named = document.getRoot().listNodes().filter((node) => references.has(node.getName()));
  const nodes = new Set([...named, ...SURFACE_KINDS.flatMap((kind) => marks[kind].map(({ node }) => node))]);
  return { nodes, surfaces: new Set([...nodes].filter((node) => node.getMesh())) };
}

/** In a packed model nothing says any more which nodes are referred to: all that have a name and a mesh of their own are kept. */
function noMarks({ document }: ReadScene): Kept {
  const nodes = new Set(document.getRoot().listNodes().filter((node) => node.getName() !== '' && node.getMesh()));
  return { nodes, surfaces: nodes };
}

/** Order matters: what is equal must be one before it can be instanced, and quantising comes last. */
async function packModel({ document }: ReadScene, kept: Kept, settings: Required<PackOptions>, findings: Findings): Promise<Uint8Array> {
  settings.progress('merging what is equal');
  await document.transform(prepare(findings), dedup(), instanceRepeats({ min: settings.min, keep: kept.nodes }), weld());
  if (settings.ratio < 1 || settings.triangles > 0) {
    settings.progress('simplifying');
    await document.transform(simplifyMeshes(settings));
  }
  // Prune knows nothing of light maps and screens, hence keepAttributes; materials and nodes carry their meaning in extras.
  const surfaces = new Set([...kept.surfaces].flatMap((node) => node.getMesh() ?? []));
  await document.transform(dropUnusedCoordinates({ surfaces }), prune({ keepAttributes: true, keepExtras: true }));
  settings.progress('compressing textures');
  await document.transform(compressTextures(settings));
  settings.progress('compressing geometry');
  await document.transform(compressGeometry(settings), snapVertices(), keepNames(kept.surfaces));
  document.getRoot().listExtensionsUsed().find(({ extensionName }) => extensionName === 'KHR_draco_mesh_compression')?.dispose();
  stamp(document, settings);
  return writeGlb(document);
}

function summary({ document }: ReadScene, bytes: number): ModelSummary {
  const { drawCalls, triangles, textureBytes } = measureModel(document);
  const root = document.getRoot();
  return { bytes, nodes: root.listNodes().length, meshes: root.listMeshes().length, textures: root.listTextures().length, drawCalls, triangles, textureBytes };
}
