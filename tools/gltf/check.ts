/** Checks a packed scene folder: everything that the venue relies on when it serves it. */
import path from 'node:path';
import { GroundError } from '../../shared/navigation/tile.ts';
import { loadGround } from '../../shared/navigation/node.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import { STANDARD_BUDGETS, checkBudgets, totals } from './check/budgets.ts';
import type { SceneCost, Totals } from './check/budgets.ts';
import { checkConsistency } from './check/consistency.ts';
import { checkDrawn } from './check/drawn.ts';
import { checkFresh } from './check/fresh.ts';
import { checkLightmaps } from './check/lightmaps.ts';
import { checkLinks } from './check/links.ts';
import { checkMedia, warnOfUnused } from './check/media.ts';
import type { MediaFile } from './check/media.ts';
import { checkReach } from './check/reach.ts';
import { parseJsonFile } from './check/schemas.ts';
import { checkStandard } from './check/standard.ts';
import { checkMeetingRooms } from './check/meeting-rooms.ts';
import { checkTexts } from './check/texts.ts';
import { Findings, SceneError } from './findings.ts';
import { LIMITS } from './guard/limits.ts';
import { neededFiles, readSceneFile } from './files.ts';
import { parseGlb, readIfThere } from './io.ts';
import type { ReadScene } from './io.ts';
import { measureModel } from './measure.ts';
import type { ModelCost } from './measure.ts';
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
  const layout = files.layout && readLayout(files.layout, findings);
  const venue = files.venue && parseJsonFile({ name: SCENE_FILES.venue, bytes: files.venue, fix: 'Mend it by hand: see tools/gltf/README.md.' }, Venue, findings);
  settings.progress('reading the model');
  const scene = files.model && (await readModel(files.model, findings));
  const model = scene ? measureModel(scene.document) : NO_MODEL;
  const needed = neededFiles({ document: scene?.document, layout, venue });
  if (layout) checkConsistency(layout, scene?.document, findings);
  if (scene) await checkModel(scene, settings, findings);
  settings.progress('walking everywhere');
  if (layout && files.navigation) await checkGround(files.navigation, layout, findings);
  if (layout) await checkLinks(folder, { layout, venue }, findings);
  if (layout && venue) checkTexts(venue, layout, findings);
  if (layout && venue) checkMeetingRooms(venue, layout, findings);
  settings.progress('reading the files beside the model');
  const media = await checkMedia(folder, needed, findings);
  if (scene && layout && venue) await warnOfUnused(folder, needed, findings);
  await compareWithSource(folder, files, settings, findings);
  const cost = costOf(model, files, media);
  const budgets = venue?.budgets ?? STANDARD_BUDGETS;
  checkBudgets(cost, budgets, findings);
  return { findings, cost, totals: totals(cost), budgets };
}

async function readFiles(folder: string, findings: Findings): Promise<Files> {
  const files: Files = { model: undefined, layout: undefined, venue: undefined, navigation: undefined };
  for (const key of Object.keys(SCENE_FILES) as (keyof Files)[]) {
    try {
      files[key] = await readSceneFile(folder, { name: SCENE_FILES[key], use: 'core', by: 'every scene' });
      if (!files[key]) findings.error({ code: 'missing-file', where: SCENE_FILES[key], message: 'it is not in the folder.', fix: FIX[key] });
    } catch (error) {
      if (!(error instanceof SceneError)) throw error;
      findings.list.push(...error.findings);
    }
  }
  return files;
}

function readLayout(bytes: Uint8Array, findings: Findings): Layout | undefined {
  const layout = parseJsonFile({ name: SCENE_FILES.layout, bytes, fix: PACK_FIRST }, Layout, findings);
  const items = Object.values(layout ?? {}).reduce<number>((total, list) => total + (Array.isArray(list) ? list.length : 0), 0);
  if (items <= LIMITS.nodes) return layout;
  findings.error({ code: 'too-many', where: SCENE_FILES.layout, message: `it holds ${items} things, the most is ${LIMITS.nodes}.`, fix: PACK_FIRST });
  return undefined;
}

async function readModel(bytes: Uint8Array, findings: Findings): Promise<ReadScene | undefined> {
  try {
    return await parseGlb(bytes, SCENE_FILES.model);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    findings.list.push(...error.findings);
    return undefined;
  }
}

/** Must come last of what looks at the document: the validator is given a decompressed one. */
async function checkModel(scene: ReadScene, { progress }: Required<CheckOptions>, findings: Findings): Promise<void> {
  checkLightmaps(scene.document, findings);
  checkDrawn(scene, findings);
  progress('validating the model');
  await checkStandard(scene, SCENE_FILES.model, findings);
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

async function compareWithSource(folder: string, files: Files, { input, progress }: Required<CheckOptions>, findings: Findings): Promise<void> {
  const source = await readIfThere(path.resolve(folder, input));
  if (!source) return;
  progress('comparing with the source');
  const read = (name: string): Promise<Uint8Array | undefined> => readSceneFile(folder, { name, use: 'sound', by: 'a sound' });
  await checkFresh({ name: input, bytes: source }, { layout: files.layout, navmesh: files.navigation, read }, findings);
}

function costOf(model: ModelCost, files: Files, media: readonly MediaFile[]): SceneCost {
  const own = Object.entries(SCENE_FILES).map(([key, name]) => ({ name, bytes: files[key as keyof Files]?.byteLength ?? 0 }));
  const withScene = media.filter(({ use }) => use === 'lightmap' || use === 'environment' || use === 'sound');
  const onDemand = media.filter((file) => !withScene.includes(file));
  return { model, loose: media.flatMap(({ texture }) => texture ?? []), files: [...own, ...withScene.map(({ name, bytes }) => ({ name, bytes }))], media: onDemand };
}
