/** Checks a packed scene folder: everything that the venue relies on when it serves it. */
import path from 'node:path';
import { ImageUtils } from '@gltf-transform/core';
import { GroundError } from '../../shared/navigation/tile.ts';
import { loadGround } from '../../shared/navigation/node.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import { STANDARD_BUDGETS, checkBudgets, totals } from './check/budgets.ts';
import type { SceneCost, Totals } from './check/budgets.ts';
import { checkFresh } from './check/fresh.ts';
import { checkLightmaps } from './check/lightmaps.ts';
import { checkReach } from './check/reach.ts';
import { parseJsonFile } from './check/schemas.ts';
import { checkStandard } from './check/standard.ts';
import { checkTexts } from './check/texts.ts';
import { Findings, SceneError } from './findings.ts';
import { parseGlb, readIfThere } from './io.ts';
import { environmentCost, imageCost, measureModel } from './measure.ts';
import type { ModelCost, TextureCost } from './measure.ts';
import { PACK_DEFAULTS } from './pack.ts';

export const NAME = 'check';

export interface CheckOptions {
  /** The raw export, relative to the folder; looked at only if it is there. */
  input?: string;
  /** Is told what is being done. */
  progress?: (step: string) => void;
}

export const CHECK_DEFAULTS: Required<CheckOptions> = { input: PACK_DEFAULTS.input, progress: () => undefined };

export interface CheckReport {
  findings: Findings;
  cost: SceneCost;
  totals: Totals;
  budgets: Venue['budgets'];
}

const NO_MODEL: ModelCost = { nodes: [], textures: [], drawCalls: 0, triangles: 0, textureBytes: 0 };
const PACK_FIRST = 'Run "npm run scene -- pack" on the folder.';
const FIX = { model: PACK_FIRST, layout: PACK_FIRST, navigation: PACK_FIRST, venue: 'Write it: see tools/gltf/README.md.' } as const;

type Files = { -readonly [K in keyof typeof SCENE_FILES]: Uint8Array | undefined };

/** Checks the folder and measures it. Never throws for what is wrong with the scene: that is a finding. */
export async function check(folder: string, options: CheckOptions = {}): Promise<CheckReport> {
  const settings = { ...CHECK_DEFAULTS, ...options };
  const findings = new Findings();
  const files = await readFiles(folder, findings);
  const layout = files.layout && parseJsonFile({ name: SCENE_FILES.layout, bytes: files.layout, fix: PACK_FIRST }, Layout, findings);
  const venue = files.venue && parseJsonFile({ name: SCENE_FILES.venue, bytes: files.venue, fix: 'Mend it by hand: see tools/gltf/README.md.' }, Venue, findings);
  settings.progress('validating the model');
  const model = await checkModel(files, layout, findings);
  settings.progress('walking everywhere');
  if (layout && files.navigation) await checkGround(files.navigation, layout, findings);
  if (layout && venue) checkTexts(venue, layout, findings);
  const source = await readIfThere(path.resolve(folder, settings.input));
  if (source) {
    settings.progress('comparing with the source');
    await checkFresh({ name: settings.input, bytes: source }, { layout: files.layout, navmesh: files.navigation }, findings);
  }
  const loose = await readLoose(folder, [...model.lightmaps, ...(venue?.environment ? [venue.environment.file] : [])], findings);
  const served = Object.entries(SCENE_FILES).map(([key, name]) => ({ name, bytes: files[key as keyof Files]?.byteLength ?? 0 }));
  const cost: SceneCost = { model: model.cost, loose: loose.map(({ texture }) => texture), files: [...served, ...loose.map(({ file }) => file)] };
  const budgets = venue?.budgets ?? STANDARD_BUDGETS;
  checkBudgets(cost, budgets, findings);
  return { findings, cost, totals: totals(cost), budgets };
}

async function readFiles(folder: string, findings: Findings): Promise<Files> {
  const files: Files = { model: undefined, layout: undefined, venue: undefined, navigation: undefined };
  for (const key of Object.keys(SCENE_FILES) as (keyof Files)[]) {
    files[key] = await readIfThere(path.join(folder, SCENE_FILES[key]));
    if (!files[key]) findings.error({ code: 'missing-file', where: SCENE_FILES[key], message: 'it is not in the folder.', fix: FIX[key] });
  }
  return files;
}

async function checkModel(files: Files, layout: Layout | undefined, findings: Findings): Promise<{ cost: ModelCost; lightmaps: string[] }> {
  if (!files.model) return { cost: NO_MODEL, lightmaps: [] };
  try {
    const scene = await parseGlb(files.model, SCENE_FILES.model);
    const cost = measureModel(scene.document);
    const lightmaps = checkLightmaps(scene.document, findings);
    const names = new Set(scene.document.getRoot().listNodes().filter((node) => node.getMesh()).map((node) => node.getName()));
    for (const { id, node } of layout?.screens ?? []) {
      if (!names.has(node)) findings.error({ code: 'no-screen', where: `screen "${id}"`, message: `scene.glb has no mesh node "${node}".`, fix: PACK_FIRST });
    }
    await checkStandard(files.model, scene, findings);
    return { cost, lightmaps };
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    findings.list.push(...error.findings);
    return { cost: NO_MODEL, lightmaps: [] };
  }
}

async function checkGround(navmesh: Uint8Array, layout: Layout, findings: Findings): Promise<void> {
  try {
    using ground = await loadGround(navmesh);
    checkReach(layout, ground, findings);
  } catch (error) {
    if (!(error instanceof GroundError)) throw error;
    findings.error({ code: 'bad-navmesh', where: SCENE_FILES.navigation, message: error.message, fix: PACK_FIRST });
  }
}

/** Files beside the model that are fetched and held in graphics memory. */
async function readLoose(folder: string, names: readonly string[], findings: Findings): Promise<{ texture: TextureCost; file: { name: string; bytes: number } }[]> {
  const loose = [];
  for (const name of names) {
    const bytes = await readIfThere(path.join(folder, name));
    if (!bytes) {
      findings.error({ code: 'missing-file', where: name, message: 'the scene refers to it, but it is not in the folder.', fix: 'Put it there, or take the reference out.' });
      continue;
    }
    const cost = environmentCost(bytes) ?? imageCost(bytes, ImageUtils.extensionToMimeType(path.extname(name).slice(1)));
    if (cost.bytes === 0) findings.warn({ code: 'unknown-texture', where: name, message: 'its size in graphics memory is not known.', fix: 'Use WebP, PNG or JPEG for light maps, and .env for the environment.' });
    loose.push({ texture: { name, ...cost }, file: { name, bytes: bytes.byteLength } });
  }
  return loose;
}
