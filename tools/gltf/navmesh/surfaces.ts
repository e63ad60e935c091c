/** What of a scene is baked into the navigation mesh. */
import type { Node } from '@gltf-transform/core';
import { readColliders } from '../contract/colliders.ts';
import type { Marks } from '../contract/marks.ts';
import { SceneError } from '../findings.ts';
import type { Findings } from '../findings.ts';
import { LIMITS } from '../guard/limits.ts';
import type { ReadScene } from '../io.ts';
import { grouped } from '../table.ts';
import { sceneNodes, triangleTotal, worldTriangles } from '../triangles.ts';
import type { TriangleSoup } from '../triangles.ts';

export interface Surfaces {
  /** Triangles to walk on, where they are flat enough. */
  walkable: TriangleSoup;
  /** Triangles that stand in the way and are never walked on. */
  obstacles: TriangleSoup;
  /** False if the author said of no surface that people walk on it, so that everything drawn counts. */
  marked: boolean;
}

/** Positions of people are sent within this range, metres. */
const FARTHEST = 320;

/**
 * Gathers the surfaces: what is marked; if no floor is marked, the collision bodies of the open extensions; if there are none either, all that is
 * drawn, except surfaces and bodies that mean something else. With a marked floor, collision bodies only stand in the way.
 * @throws SceneError `too-many-triangles`
 */
export function gatherSurfaces(scene: ReadScene, marks: Marks, findings: Findings): Surfaces {
  const colliders = readColliders(scene, findings);
  const obstacles = soups(marks.obstacle.map(({ node }) => node));
  if (marks.walkable.length > 0) return { walkable: soups(marks.walkable.map(({ node }) => node)), obstacles: [...obstacles, ...colliders], marked: true };
  if (colliders.length > 0) return { walkable: colliders, obstacles, marked: true };
  const root = scene.document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  const special = new Set([...marks.space, ...marks.zone, ...marks.screen, ...marks.booth, ...marks.nameplate, ...marks.obstacle].map(({ node }) => node));
  const drawn = shown ? sceneNodes(shown).filter((node) => node.getMesh() && !special.has(node)) : [];
  return { walkable: near(soups(drawn)), obstacles, marked: false };
}

function soups(nodes: readonly Node[]): TriangleSoup {
  const total = nodes.reduce((sum, node) => sum + triangleTotal(node), 0);
  if (total > LIMITS.groundTriangles) {
    throw SceneError.of({ code: 'too-many-triangles', where: 'the walkable surface', message: `it and what stands in the way have ${grouped(total)} triangles, the most is ${grouped(LIMITS.groundTriangles)}.`, fix: 'Mark simple meshes as walkable and obstacle, which are not drawn.' });
  }
  return nodes.flatMap((node) => worldTriangles(node));
}

/** Without what lies where nobody can be, such as a far backdrop. */
function near(soup: TriangleSoup): TriangleSoup {
  const kept: TriangleSoup = [];
  for (let base = 0; base < soup.length; base += 9) {
    const corners = soup.slice(base, base + 9);
    if (corners.every((value) => Math.abs(value) <= FARTHEST)) kept.push(...corners);
  }
  return kept;
}
