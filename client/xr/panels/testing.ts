/** A hand for tests: it finds what can be pressed by its id, as an eye finds it by its name, and presses it where it is painted. */
import type { PanelId, PanelPoint } from '../contract.ts';
import type { PaintedPanels } from './index.ts';
import { contentHeight, fontOfText } from './toolkit/layout.ts';
import type { Box } from './toolkit/layout.ts';
import type { Surface } from './toolkit/surface.ts';
import { angleOf, DISTANCES, LEAST_TARGET, LEAST_TEXT_DEGREES, metresPerPixel } from './toolkit/units.ts';

interface Found {
  readonly box: Box;
  /** What scrolls around it, and how far its top is from that of the content. */
  readonly scroll: Box | null;
}

function find(box: Box, id: string, scroll: Box | null = null): Found | null {
  const { node } = box;
  if ('press' in node && node.press?.id === id) return { box, scroll };
  const around = node.kind === 'scroll' ? box : scroll;
  for (const child of box.children) {
    const found = find(child, id, around);
    if (found !== null) return found;
  }
  return null;
}

function offsetOf(surface: Surface, scroll: Box | null): number {
  return scroll?.node.kind === 'scroll' ? (surface.offsets.get(scroll.node.key) ?? 0) : 0;
}

/** Ids of everything that can be pressed in a tree. */
function pressIds(box: Box): readonly string[] {
  const own = 'press' in box.node && box.node.press !== undefined ? [box.node.press.id] : [];
  return [...own, ...box.children.flatMap(pressIds)];
}

export class Hand {
  readonly panels: PaintedPanels;
  now = 0;

  constructor(panels: PaintedPanels) {
    this.panels = panels;
  }

  surface(id: PanelId): Surface {
    const surface = this.panels.all.find((each) => each.id === id);
    if (surface === undefined) throw new Error(`there is no panel ${id}`);
    return surface;
  }

  /** Lets every panel paint itself. */
  settle(): void {
    for (let step = 0; step < 2 * this.panels.all.length; step += 1) {
      this.now += 11;
      this.panels.update(this.now);
    }
  }

  ids(panel: PanelId): readonly string[] {
    this.settle();
    const { layout } = this.surface(panel);
    return layout === null ? [] : pressIds(layout);
  }

  /** The middle of what has this id, scrolled into sight. Throws an Error with what there is instead. */
  point(panel: PanelId, id: string): PanelPoint {
    this.settle();
    const surface = this.surface(panel);
    const { layout } = surface;
    const found = layout === null ? null : find(layout, id);
    if (layout === null || found === null || !surface.visible) throw new Error(`${panel} has no ${id}: ${surface.visible ? this.ids(panel).join(', ') : 'it is not to be seen'}`);
    const { box, scroll } = found;
    if (scroll !== null) this.reveal(surface, scroll, box);
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2 - offsetOf(surface, scroll);
    const u = x / surface.canvas.width;
    return { u: document.documentElement.dir === 'rtl' ? 1 - u : u, v: y / surface.canvas.height };
  }

  /** Points at it, presses and lets go. @returns whether something was activated */
  press(panel: PanelId, id: string): boolean {
    const point = this.point(panel, id);
    const surface = this.surface(panel);
    surface.hover(point);
    surface.press(point);
    const done = surface.release(point);
    surface.hover(null);
    this.settle();
    return done;
  }

  /** Keys one after the other. */
  type(keys: readonly string[]): void {
    for (const key of keys) this.press('keyboard', `key:${key}`);
  }

  private reveal(surface: Surface, scroll: Box, box: Box): void {
    for (let turn = 0; turn < 400; turn += 1) {
      const y = box.y + box.height / 2 - offsetOf(surface, scroll);
      if (y > scroll.y + 30 && y < scroll.y + scroll.height - 30) return;
      const before = offsetOf(surface, scroll);
      surface.scroll(y > scroll.y + scroll.height / 2 ? 1 : -1, 1);
      if (offsetOf(surface, scroll) === before) return;
    }
  }
}

function nameOf({ node }: Box): string {
  if (node.kind === 'text') return `“${node.text.slice(0, 40)}”`;
  return 'press' in node && node.press !== undefined ? `${node.kind} ${node.press.id}` : node.kind;
}

function textFaults(surface: Surface, box: Box): readonly string[] {
  const { node } = box;
  if (node.kind !== 'text') return [];
  const faults: string[] = [];
  const degrees = angleOf(fontOfText(node).pixels * metresPerPixel(surface.id), DISTANCES[surface.id]);
  if (degrees < LEAST_TEXT_DEGREES) faults.push(`${nameOf(box)} is ${degrees.toFixed(2)} degrees high`);
  const widest = Math.max(0, ...box.lines.map(({ width }) => width));
  if (widest > box.width + 1) faults.push(`${nameOf(box)} is ${Math.round(widest - box.width)} pixels wider than its place`);
  const letters = (text: string): string => text.replaceAll(/\s/gu, '');
  if (letters(box.lines.map(({ text }) => text).join('')) !== letters(node.text)) faults.push(`${nameOf(box)} is not there whole`);
  return faults;
}

function boxFaults(parent: Box, child: Box): readonly string[] {
  const faults: string[] = [];
  const slack = 1.5;
  if (child.x < parent.x - slack || child.x + child.width > parent.x + parent.width + slack) faults.push(`${nameOf(child)} stands out of ${nameOf(parent)} sideways`);
  if (parent.node.kind !== 'scroll' && (child.y < parent.y - slack || child.y + child.height > parent.y + parent.height + slack)) faults.push(`${nameOf(child)} stands out of ${nameOf(parent)} by ${Math.round(child.y + child.height - parent.y - parent.height)} pixels`);
  return faults;
}

function overlaps(children: readonly Box[]): readonly string[] {
  return children.flatMap((one, index) => children.slice(index + 1).flatMap((other) => {
    const apart = one.x + one.width <= other.x + 1 || other.x + other.width <= one.x + 1 || one.y + one.height <= other.y + 1 || other.y + other.height <= one.y + 1;
    return apart ? [] : [`${nameOf(one)} lies over ${nameOf(other)}`];
  }));
}

function targetFaults({ node, width, height }: Box): readonly string[] {
  if (!('press' in node) || node.press === undefined) return [];
  return width >= LEAST_TARGET - 1 && height >= LEAST_TARGET - 1 ? [] : [`${node.press.id} is ${Math.round(width)} by ${Math.round(height)} pixels`];
}

/** What is wrong with what a panel shows: text that is cut, too small or does not fit, things that stand out of their place or over each other, and what is too small to be hit. */
export function faultsOf(surface: Surface): readonly string[] {
  const { layout } = surface;
  if (layout === null) return [`${surface.id} has not been painted`];
  const faults: string[] = [];
  const visit = (box: Box): void => {
    faults.push(...textFaults(surface, box), ...overlaps(box.children), ...(surface.id === 'keyboard' ? [] : targetFaults(box)));
    if (box.node.kind === 'scroll' && contentHeight(box) > box.height && box.height < 2 * LEAST_TARGET) faults.push(`of ${box.node.key} only ${Math.round(box.height)} pixels can be seen`);
    for (const child of box.children) {
      faults.push(...boxFaults(box, child));
      visit(child);
    }
  };
  visit(layout);
  const ids = pressIds(layout);
  faults.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice`));
  if (layout.height > surface.canvas.height + 0.5) faults.push(`${surface.id} is ${Math.round(layout.height - surface.canvas.height)} pixels too high`);
  return faults.map((fault) => `${surface.id}: ${fault}`);
}
