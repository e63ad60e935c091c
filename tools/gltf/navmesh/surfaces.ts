/** What of a scene is baked into the navigation mesh. */
import type { Marks } from '../contract/marks.ts';
import type { ReadScene } from '../io.ts';
import { sceneNodes, worldTriangles } from '../triangles.ts';
import type { TriangleSoup } from '../triangles.ts';

export interface Surfaces {
  /** Triangles to walk on, where they are flat enough. */
  walkable: TriangleSoup;
  /** Triangles that stand in the way and are never walked on. */
  obstacles: TriangleSoup;
  /** False if the author marked no surface, so that everything drawn counts as walkable. */
  marked: boolean;
}

/**
 * Gathers the marked surfaces. A scene that marks no walkable surface still works: then all that is drawn is walked on where it is flat, except
 * screens and the bodies of acoustic spaces.
 */
export function gatherSurfaces({ document }: ReadScene, marks: Marks): Surfaces {
  const soups = (nodes: readonly { node: Parameters<typeof worldTriangles>[0] }[]): TriangleSoup => nodes.flatMap(({ node }) => worldTriangles(node));
  const obstacles = soups(marks.obstacle);
  if (marks.walkable.length > 0) return { walkable: soups(marks.walkable), obstacles, marked: true };
  const root = document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  const special = new Set([...marks.space, ...marks.screen, ...marks.obstacle].map(({ node }) => node));
  const drawn = shown ? sceneNodes(shown).filter((node) => node.getMesh() && !special.has(node)) : [];
  return { walkable: soups(drawn.map((node) => ({ node }))), obstacles, marked: false };
}
