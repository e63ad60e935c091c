/** What is derived from a scene's glTF besides the drawn model: its marks, the layout and the navigation mesh. `pack` writes it, `check` compares. */
import { loadGround } from '../../shared/navigation/node.ts';
import type { Layout } from '../../shared/scene/layout.ts';
import { deriveLayout, layoutText } from './contract/layout.ts';
import { readMarks } from './contract/marks.ts';
import type { Marks } from './contract/marks.ts';
import { SceneError } from './findings.ts';
import type { Findings } from './findings.ts';
import type { ReadScene } from './io.ts';
import { bakeNavmesh } from './navmesh/bake.ts';
import { gatherSurfaces } from './navmesh/surfaces.ts';

export interface Derived {
  marks: Marks;
  layout: Layout;
  /** Contents of `layout.json`. */
  layoutBytes: Uint8Array;
  /** Contents of `navmesh.bin`. */
  navmesh: Uint8Array;
}

/** Where people arrive in a scene that does not say. */
const ORIGIN: Layout['spawnPoints'][number] = { id: 'origin', position: [0, 0, 0], yaw: 0 };

/**
 * Derives layout and navigation mesh. Marks that do not fit the layout become findings. A scene without marks still works: people arrive at the origin and
 * walk on what is flat.
 * @throws SceneError if marks are wrong by themselves, or there is nothing to walk on
 */
export async function derive(scene: ReadScene, findings: Findings): Promise<Derived> {
  const marks = readMarks(scene, findings);
  if (!findings.ok) throw new SceneError(findings.list);
  const surfaces = gatherSurfaces(scene, marks);
  if (!surfaces.marked) {
    findings.warn({ code: 'no-walkable', where: 'the scene', message: 'no walkable surface is marked, so everything flat is walked on.', fix: 'Mark the floors with extras.venue {"kind":"walkable"}.' });
  }
  const seeds = marks.spawn.map(({ position }) => position);
  const baked = await bakeNavmesh(surfaces, { seeds: seeds.length > 0 ? seeds : [ORIGIN.position] });
  if (surfaces.marked && baked.unreachable) {
    const { area, near } = baked.unreachable;
    findings.warn({ code: 'unreachable-floor', where: 'the walkable surface', message: `${area.toFixed(1)} m2 of it cannot be walked to from a spawn point, for instance near x ${near[0].toFixed(1)}, z ${near[1].toFixed(1)}.`, fix: 'If people should get there, look for a doorway narrower than 0.7 m or a step higher than 0.25 m.' });
  }
  using ground = await loadGround(baked.bytes);
  const layout = deriveLayout(marks, ground, findings);
  if (marks.spawn.length === 0) {
    findings.warn({ code: 'no-spawn', where: 'the scene', message: 'it has no spawn point, so people arrive at the origin.', fix: 'Place an empty where people arrive and mark it with extras.venue {"kind":"spawn","id":"entrance"}.' });
    layout.spawnPoints.push(ORIGIN);
  }
  return { marks, layout, layoutBytes: new TextEncoder().encode(layoutText(layout)), navmesh: baked.bytes };
}
