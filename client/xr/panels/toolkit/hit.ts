import type { Box } from './layout.ts';
import type { Press } from './nodes.ts';

export interface Hit {
  readonly press: Press | null;
  /** Box of what can be pressed, with the scrolling taken into account. */
  readonly x: number;
  readonly width: number;
  /** The innermost thing that scrolls there. */
  readonly scroll: Box | null;
}

const NOTHING: Hit = { press: null, x: 0, width: 0, scroll: null };

function contains({ x, y, width, height }: Box, px: number, py: number): boolean {
  return px >= x && px < x + width && py >= y && py < y + height;
}

/** What is at a place, in the coordinates of the layout: the innermost, as it is painted last. */
export function hitTest(box: Box, x: number, y: number, offsets: ReadonlyMap<string, number>): Hit {
  const { node } = box;
  if (!contains(box, x, y)) return NOTHING;
  const inside = node.kind === 'scroll' ? y + (offsets.get(node.key) ?? 0) : y;
  for (let index = box.children.length - 1; index >= 0; index -= 1) {
    const child = box.children[index];
    if (child === undefined) continue;
    const hit = hitTest(child, x, inside, offsets);
    if (hit.press !== null || hit.scroll !== null) return own(hit, box);
  }
  return own(NOTHING, box);
}

/** What a box adds to what is inside of it. */
function own(hit: Hit, box: Box): Hit {
  const { node } = box;
  const scroll = hit.scroll ?? (node.kind === 'scroll' ? box : null);
  if (hit.press !== null || !('press' in node) || node.press === undefined) return scroll === hit.scroll ? hit : { ...hit, scroll };
  return { press: node.press, x: box.x, width: box.width, scroll };
}
