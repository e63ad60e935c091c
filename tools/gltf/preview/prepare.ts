/** Makes of a save what the client can show, as fast as possible: what packing does to the look and the figures, without its compression. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { dedup, prune } from '@gltf-transform/functions';
import { SCENE_FILES } from '../../../shared/scene/files.ts';
import { Venue } from '../../../shared/scene/layout.ts';
import type { PreviewCost } from '../../../shared/scene/preview.ts';
import { bakeStampOf, chooseSource, EXPORT_FILE } from '../bake/baked-file.ts';
import { warnOfUnknownExtensions } from '../contract/extensions.ts';
import { derive } from '../derive.ts';
import { Findings, SceneError } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { parseGlb, readIfThere } from '../io.ts';
import { measureModel } from '../measure.ts';
import { INSTANCE_REPEATS_DEFAULTS, instanceRepeats } from '../operations/instance-repeats.ts';
import { prepare } from '../operations/prepare.ts';
import { stripMarks } from '../operations/strip-marks.ts';
import { keptNodes } from '../pack.ts';
import { stampOf } from '../packed.ts';
import { splitScene } from './parts.ts';
import { rememberBake } from './remember-bake.ts';

const bake = rememberBake();

/** A scene that can be served. */
export interface Prepared {
  /** The file that it was made of, relative to the folder. */
  from: string;
  /** Made files by name; all others are read from the folder when they are asked for. */
  files: ReadonlyMap<string, Uint8Array>;
  /** What made files name, by names that are made of the content; null if they name files of the folder. */
  parts: ReadonlyMap<string, Uint8Array> | null;
  cost: Omit<PreviewCost, 'wireBytes'>;
  findings: readonly Finding[];
}

/**
 * Reads the folder as it is now.
 * @throws SceneError that says why it cannot be shown
 */
export async function prepareScene(folder: string): Promise<Prepared> {
  const findings = new Findings();
  const { input, stale } = await chooseSource(folder);
  const venue = await checkVenue(folder);
  if (stale) findings.notice({ code: 'bake-again', where: 'source/build/baked.glb', message: 'the export was saved after it, so it is not used.', fix: 'Run "npm run scene -- bake" on the folder to see the light again.' });
  const source = await readIfThere(path.join(folder, input));
  return source ? prepareExport({ folder, input, source, venue }, findings) : preparePacked(folder, findings);
}

/** A `venue.json` that is wrong would fail in the page, with fewer words. */
async function checkVenue(folder: string): Promise<Uint8Array> {
  const bytes = await readIfThere(path.join(folder, SCENE_FILES.venue));
  if (!bytes) throw SceneError.of({ code: 'missing-file', where: SCENE_FILES.venue, message: 'it is not in the folder.', fix: 'Write it: see tools/gltf/README.md.' });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw SceneError.of({ code: 'bad-json', where: SCENE_FILES.venue, message: `it is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`, fix: 'Look for a missing comma or quote there.' }, cause);
  }
  const parsed = Venue.safeParse(value);
  if (parsed.success) return bytes;
  throw new SceneError(parsed.error.issues.slice(0, 20).map((issue) => ({ severity: 'error', code: 'bad-venue', where: SCENE_FILES.venue, message: `${issue.path.join('.')}: ${issue.message}.`, fix: 'See "venue.json" in tools/gltf/README.md.' })));
}

interface Export {
  folder: string;
  input: string;
  source: Uint8Array;
  venue: Uint8Array;
}

async function prepareExport({ folder, input, source, venue }: Export, findings: Findings): Promise<Prepared> {
  const scene = await parseGlb(source, input);
  if (stampOf(scene.json)) throw SceneError.of({ code: 'packed-already', where: input, message: 'it is a packed model, whose marks are gone.', fix: 'Put the export of your tool there.' });
  warnOfUnknownExtensions(scene.json, findings);
  if (bakeStampOf(scene.json) === undefined && findings.list.length === 0 && scene.json.extensionsUsed?.includes('KHR_lights_punctual') === true) {
    findings.notice({ code: 'unbaked-lights', where: 'the lights', message: 'lights do not shine in the venue until they are baked.', fix: 'Run "npm run scene -- bake" on the folder.' });
  }
  const derived = await derive(scene, findings, bake);
  if (!findings.ok) throw new SceneError(findings.list);
  const { document } = scene;
  const kept = keptNodes(scene, derived.marks);
  await document.transform(
    stripMarks(derived), prepare(findings), dedup(), instanceRepeats({ ...INSTANCE_REPEATS_DEFAULTS, keep: kept.nodes }),
    // Whether a texture has one colour everywhere shows only when its picture is read, which takes longer than it saves here.
    prune({ keepAttributes: true, keepExtras: true, keepSolidTextures: true }));
  const { drawCalls, triangles, textureBytes } = measureModel(document);
  const split = await splitScene(document, folder, venue);
  const files = new Map<string, Uint8Array>([
    [SCENE_FILES.model, split.model],
    [SCENE_FILES.venue, split.venue],
    [SCENE_FILES.layout, derived.layoutBytes],
    [SCENE_FILES.navigation, derived.navmesh],
    ...Object.entries(derived.sounds),
  ]);
  return { from: input, files, parts: split.parts, cost: { drawCalls, triangles, textureBytes }, findings: findings.list };
}

/** A folder without an export, such as an uploaded scene, is shown as it was packed. */
async function preparePacked(folder: string, findings: Findings): Promise<Prepared> {
  const model = await readIfThere(path.join(folder, SCENE_FILES.model));
  if (!model) throw SceneError.of({ code: 'no-source', where: EXPORT_FILE, message: 'there is no export, and no packed scene either.', fix: `Export the scene to ${path.join(folder, EXPORT_FILE)}.` });
  const scene = await parseGlb(model, SCENE_FILES.model);
  const { drawCalls, triangles, textureBytes } = measureModel(scene.document);
  return { from: SCENE_FILES.model, files: new Map(), parts: null, cost: { drawCalls, triangles, textureBytes }, findings: findings.list };
}

/** What changes when any file of the folder does: names, sizes and times. */
export async function fingerprint(folder: string, ignored: (name: string) => boolean): Promise<string> {
  const names = (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) => !ignored(name)).sort();
  const rows = await Promise.all(names.map(async (name) => {
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    return found?.isFile() ? `${name} ${found.size} ${found.mtimeMs}` : '';
  }));
  return rows.join('\n');
}
