import type { PanelTarget } from '../../contract.ts';
import type { Box } from './layout.ts';

/** All texts inside a box, in the order of reading. */
function textOf({ node, children }: Box): string {
  const own = node.kind === 'text' ? node.text : '';
  return [own, ...children.map(textOf)].filter((part) => part !== '').join(' ');
}

interface Window_ {
  readonly top: number;
  readonly bottom: number;
  readonly offset: number;
}

function collect(box: Box, seen: Window_, offsets: ReadonlyMap<string, number>, out: { readonly box: Box; readonly y: number }[]): void {  
  const { node } = box;
  const y = box.y - seen.offset;
  if ('press' in node && node.press !== undefined && node.press.disabled !== true) {
    const middle = y + box.height / 2;
    if (middle > seen.top && middle < seen.bottom) out.push({ box, y });
  }
  const inside = node.kind === 'scroll'
    ? { top: Math.max(seen.top, y), bottom: Math.min(seen.bottom, y + box.height), offset: seen.offset + (offsets.get(node.key) ?? 0) }
    : seen;
  for (const child of box.children) collect(child, inside, offsets, out);
}

/** What can be pressed on a laid-out panel now, scrolled as it is. `size`: of the canvas, pixels. */
export function targetsOf(box: Box, offsets: ReadonlyMap<string, number>, size: { readonly width: number; readonly height: number }): readonly PanelTarget[] {
  const found: { readonly box: Box; readonly y: number }[] = [];
  collect(box, { top: 0, bottom: size.height, offset: 0 }, offsets, found);
  return found.map(({ box: each, y }) => ({
    id: 'press' in each.node ? (each.node.press?.id ?? '') : '',
    text: textOf(each),
    point: { u: (each.x + each.width / 2) / size.width, v: (y + each.height / 2) / size.height },
  }));
}
