/** What is derived from a scene's glTF besides the drawn model: its marks, the layout, the navigation mesh and the sounds. `pack` writes it, `check` compares. */
import type { vec3 } from '@gltf-transform/core';
import { loadGround } from '../../shared/navigation/node.ts';
import type { Footing } from '../../shared/rules/ground.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import { deriveLayout, layoutText } from './contract/layout.ts';
import { readMarks } from './contract/marks.ts';
import type { Marks } from './contract/marks.ts';
import { roundedPoint } from './contract/round.ts';
import { readSounds } from './contract/sounds.ts';
import { wholeSpace } from './contract/spaces.ts';
import { SceneError } from './findings.ts';
import type { Findings } from './findings.ts';
import type { ReadScene } from './io.ts';
import { bakeNavmesh } from './navmesh/bake.ts';
import type { BakedNavmesh } from './navmesh/bake.ts';
import { gatherSurfaces } from './navmesh/surfaces.ts';
import type { Surfaces } from './navmesh/surfaces.ts';

export interface Derived {
  marks: Marks;
  layout: Layout;
  /** Contents of `layout.json`. */
  layoutBytes: Uint8Array;
  /** Contents of `navmesh.bin`. */
  navmesh: Uint8Array;
  /** Recordings of the sounds, by file name. */
  sounds: Readonly<Record<string, Uint8Array>>;
}

/** How far from the origin people may arrive in a scene that does not say where, metres: the nearest floor wins. */
const REACHES = [1, 3, 10, 30, 100, 320];
/** Half the side of the floor of a scene that has none, metres. */
const HALF_FLOOR = 10;

/**
 * Derives layout, navigation mesh and sounds. Marks that do not fit the layout become findings. A scene without marks still works: people arrive near the
 * origin, walk on what is flat, or else on an unseen floor, and all hear each other.
 * @param bake makes the navigation mesh
 * @throws SceneError if marks are wrong by themselves, or what is marked as walkable is nothing to walk on
 */
export async function derive(scene: ReadScene, findings: Findings, bake: typeof bakeNavmesh = bakeNavmesh): Promise<Derived> {
  const marks = readMarks(scene, findings);
  const sounds = readSounds(scene, findings);
  if (!findings.ok) throw new SceneError(findings.list);
  const { baked, surfaces, arrival } = await bakeScene({ scene, marks, bake }, findings);
  if (!findings.ok) throw new SceneError(findings.list);
  using ground = await loadGround(baked.bytes);
  const everywhere = wholeSpace(surfaces.walkable);
  if (marks.space.length === 0) {
    findings.warn({ code: 'no-space-marks', where: 'the scene', message: 'no acoustic space is marked, so everybody hears everybody within earshot.', fix: 'Put a box around each room, marked with extras.venue {"kind":"space","id":"hall","reverb":0.3}.' });
  }
  const layout = deriveLayout(marks, { ground, nodes: scene.document.getRoot().listNodes(), sounds: sounds.sounds, everywhere }, findings);
  if (arrival) layout.spawnPoints.push({ id: 'origin', position: roundedPoint(arrival), yaw: 0 });
  return { marks, layout, layoutBytes: new TextEncoder().encode(layoutText(layout)), navmesh: baked.bytes, sounds: sounds.files };
}

interface BakedScene {
  baked: BakedNavmesh;
  surfaces: Surfaces;
  /** Where people arrive, if no mark says so. */
  arrival: vec3 | undefined;
}

interface Ground {
  scene: ReadScene;
  marks: Marks;
  bake: typeof bakeNavmesh;
}

async function bakeScene({ scene, marks, bake }: Ground, findings: Findings): Promise<BakedScene> {
  const surfaces = gatherSurfaces(scene, marks, findings);
  if (!surfaces.marked) {
    findings.warn({ code: 'no-walkable', where: 'the scene', message: 'no walkable surface is marked, so everything flat is walked on.', fix: 'Mark the floors with extras.venue {"kind":"walkable"}.' });
  }
  if (marks.spawn.length > 0) {
    const { baked, surfaces: used } = await bakeSomething(surfaces, { bake, seeds: marks.spawn.map(({ position }) => position) }, findings);
    warnOfUnreachable(used, baked, findings);
    return { baked, surfaces: used, arrival: undefined };
  }
  findings.warn({ code: 'no-spawn', where: 'the scene', message: 'it has no spawn point, so people arrive near the origin.', fix: 'Place an empty where people arrive and mark it with extras.venue {"kind":"spawn","id":"entrance"}.' });
  const first = await bakeSomething(surfaces, { bake, seeds: [] }, findings);
  const arrival = await nearOrigin(first.baked);
  const baked = await bake(first.surfaces, { seeds: [arrival] });
  warnOfUnreachable(first.surfaces, baked, findings);
  return { baked, surfaces: first.surfaces, arrival };
}

/** Bakes the surfaces; an unseen floor instead if the author marked none, and nothing drawn is one. */
async function bakeSomething(surfaces: Surfaces, { bake, seeds }: Pick<Ground, 'bake'> & { seeds: readonly vec3[] }, findings: Findings): Promise<{ baked: BakedNavmesh; surfaces: Surfaces }> {
  try {
    return { baked: await bake(surfaces, { seeds }), surfaces };
  } catch (error) {
    if (surfaces.marked || !(error instanceof SceneError) || error.findings[0]?.code !== 'no-ground') throw error;
  }
  findings.warn({ code: 'no-floor', where: 'the scene', message: `nothing in it can be walked on, so people walk on an unseen floor of ${2 * HALF_FLOOR} x ${2 * HALF_FLOOR} m at height 0.`, fix: 'Model a floor, and mark it with extras.venue {"kind":"walkable"}.' });
  const h = HALF_FLOOR;
  const floor: Surfaces = { walkable: [-h, 0, -h, -h, 0, h, h, 0, h, -h, 0, -h, h, 0, h, h, 0, -h], obstacles: surfaces.obstacles, marked: false };
  return { baked: await bake(floor, { seeds }), surfaces: floor };
}

async function nearOrigin(baked: BakedNavmesh): Promise<vec3> {
  using ground = await loadGround(baked.bytes);
  const out: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  for (const reach of REACHES) if (ground.place({ x: 0, y: 0, z: 0 }, reach, out)) break;
  return [out.x, out.y, out.z];
}

function warnOfUnreachable(surfaces: Surfaces, { unreachable }: BakedNavmesh, findings: Findings): void {
  if (!surfaces.marked || !unreachable) return;
  const { area, near } = unreachable;
  findings.warn({ code: 'unreachable-floor', where: 'the walkable surface', message: `${area.toFixed(1)} m2 of it cannot be walked to from a spawn point, for instance near x ${near[0].toFixed(1)}, z ${near[1].toFixed(1)}.`, fix: 'If people should get there, look for a doorway narrower than 0.7 m or a step higher than 0.25 m.' });
}
