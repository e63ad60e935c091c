/** Bakes a scene: where people can walk, and the light. The author's export is only read; the result is `source/build/baked.glb`, which `pack` takes. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { vec3 } from '@gltf-transform/core';
import { SCENE_FILES } from '../../../shared/scene/files.ts';
import { Venue } from '../../../shared/scene/layout.ts';
import { derive } from '../derive.ts';
import type { Derived } from '../derive.ts';
import { Findings, SceneError } from '../findings.ts';
import { parseGlb, readIfThere, writeGlb, writeTogether } from '../io.ts';
import type { ReadScene } from '../io.ts';
import { stampOf } from '../packed.ts';
import { BAKED_FILE, EXPORT_FILE, bakeStampOf, identify, stampBake } from './baked-file.ts';
import { ambientLight } from './environment.ts';
import { LIGHT_DEFAULTS, bakeLight } from './light.ts';
import type { LightOptions, LightReport } from './light.ts';
import { bakeLightMaps } from './lightmaps.ts';
import type { LightMapOptions, LightMapReport } from './lightmaps.ts';
import { drawMap, summarise } from './walkable.ts';
import type { Walkable } from './walkable.ts';

export const NAME = 'bake';

/** Picture of where people can walk, beside the baked file. */
export const MAP_FILE = 'source/build/walkable.svg';

export interface BakeCommandOptions extends Omit<LightOptions, 'progress' | 'ambient'> {
  /** The export to bake; relative to the folder. */
  input?: string;
  /** Light maps by Blender instead of vertex colours where they fit. */
  lightMaps?: LightMapOptions | undefined;
  progress?: (step: string) => void;
}

export interface BakeReport {
  findings: Findings;
  walkable: Walkable;
  /** Undefined if the file was baked already and stays as it is. */
  light: LightReport | undefined;
  lightMaps: LightMapReport | undefined;
  /** What the environment makes of a white surface in red, green and blue; 1 is white. */
  ambient: vec3;
  /** Seconds that light took. */
  seconds: number;
  /** Files that were written, relative to the folder. */
  written: string[];
}

/**
 * Bakes a scene folder. Baking what is baked already changes nothing.
 * @throws SceneError if the export is missing or unreadable, or its marks have errors; then nothing was written
 */
export async function bake(folder: string, options: BakeCommandOptions = {}): Promise<BakeReport> {
  const { input = EXPORT_FILE, progress = () => undefined } = options;
  const findings = new Findings();
  progress(`reading ${input}`);
  const source = await readIfThere(path.resolve(folder, input));
  if (!source) throw SceneError.of({ code: 'no-source', where: input, message: 'the raw export is not there.', fix: `Export the scene to ${path.join(folder, EXPORT_FILE)}, or name another file with --input.` });
  let scene = await parseGlb(source, input);
  if (stampOf(scene.json)) throw SceneError.of({ code: 'packed-already', where: input, message: 'it is packed: its marks are gone.', fix: 'Bake the export of your tool.' });
  progress('finding where people can walk');
  const derived = await derive(scene, findings);
  if (!findings.ok) throw new SceneError(findings.list);
  const venue = await readVenue(folder);
  const ambient = await ambientLight(folder, venue);
  const started = performance.now();
  const files: Record<string, Uint8Array> = {};
  const result: BakeReport = { findings, walkable: summarise(derived.navmesh), light: undefined, lightMaps: undefined, ambient, seconds: 0, written: [] };
  files[MAP_FILE] = new TextEncoder().encode(drawMap(derived.navmesh, derived.layout));
  if (bakeStampOf(scene.json) !== undefined) {
    findings.notice({ code: 'baked-already', where: input, message: 'its light is baked already, and stays as it is.', fix: `Bake the export of your tool, ${EXPORT_FILE}.` });
    if (path.normalize(input) !== path.normalize(BAKED_FILE)) files[BAKED_FILE] = source;
  } else {
    if (options.lightMaps) {
      const made = await bakeLightMaps(path.resolve(folder, input), options.lightMaps, progress);
      scene = await parseGlb(made.model, `${input}, with light maps`);
      Object.assign(files, made.pictures);
      result.lightMaps = made.report;
    }
    result.light = await lightOf(scene, derived, { options, ambient, progress, findings });
    stampBake(scene.document, identify(source));
    files[BAKED_FILE] = await writeGlb(scene.document);
  }
  result.seconds = (performance.now() - started) / 1000;
  progress('writing');
  await mkdir(path.join(folder, path.dirname(BAKED_FILE)), { recursive: true });
  await writeTogether(folder, files);
  result.written = Object.keys(files);
  return result;
}

interface Lighting {
  options: BakeCommandOptions;
  ambient: vec3;
  progress: (step: string) => void;
  findings: Findings;
}

async function lightOf(scene: ReadScene, derived: Derived, { options, ambient, progress, findings }: Lighting): Promise<LightReport> {
  let told = 0;
  const fresh = new Findings();
  const { readMarks } = await import('../contract/marks.ts');
  // Light maps came back in another document, with nodes of its own.
  const marks = options.lightMaps ? readMarks(scene, fresh) : derived.marks;
  progress('casting rays');
  const report = await bakeLight(scene.document, marks, {
    rays: options.rays ?? LIGHT_DEFAULTS.rays, distance: options.distance ?? LIGHT_DEFAULTS.distance, density: options.density ?? LIGHT_DEFAULTS.density,
    lights: options.lights ?? LIGHT_DEFAULTS.lights, ambient,
    progress: (share) => {
      if (share < told + 0.1 && share < 1) return;
      told = share;
      progress(`casting rays, ${Math.round(share * 100)} %`);
    },
  });
  if (report.strength < 0.95) {
    findings.notice({
      code: 'lights-dimmed', where: 'the lights', message: `they are ${(1 / report.strength).toFixed(1)} times as bright as the environment can show, and are dimmed to that.`,
      fix: `Multiply environment.intensity in venue.json by ${report.brighter.toFixed(2)} and bake again, or make the lights weaker.`,
    });
  }
  if (report.primitives === 0) findings.notice({ code: 'nothing-to-bake', where: 'the scene', message: 'everything in it has a light map, or shines by itself.', fix: 'Nothing needs to be done.' });
  return report;
}

async function readVenue(folder: string): Promise<Venue | undefined> {
  const bytes = await readIfThere(path.join(folder, SCENE_FILES.venue));
  try {
    return bytes && Venue.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    // Not JSON: check says so.
    return undefined;
  }
}
