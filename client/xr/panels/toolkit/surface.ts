import { computed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Panel, PanelId, PanelPoint, PanelTarget } from '../../contract.ts';
import { hitTest } from './hit.ts';
import type { Hit } from './hit.ts';
import { contentHeight, Layout } from './layout.ts';
import type { Box } from './layout.ts';
import type { Node, Press } from './nodes.ts';
import { Painter } from './painter.ts';
import type { Look } from './painter.ts';
import { targetsOf } from './targets.ts';
import { LEAST_TARGET, metresPerPixel } from './units.ts';

export interface SurfaceOptions {
  readonly id: PanelId;
  /** Pixels. `height` null: as high as the content. */
  readonly width: number;
  readonly height: number | null;
  readonly visible: ReadonlySignal<boolean>;
  /** Reads signals; called when one of them has changed and the panel is to be seen. */
  readonly build: () => Node;
  readonly look: ReadonlySignal<Look>;
  readonly canvas: HTMLCanvasElement;
}

/** A press that lasts so long is a long one, milliseconds. */
const HOLD_MS = 450;
/** A press that moves so far scrolls, pixels: more than a hand trembles at the end of a laser. */
const SLACK = 18;
/** Pixels of a line of scrolling. */
const LINE = 40;
/** Canvases that follow their content change in such steps, so that a texture is not made anew for every word. */
const HEIGHT_STEP = 16;

interface Held {
  readonly press: Press | null;
  readonly id: string | null;
  readonly x: number;
  readonly width: number;
  readonly scroll: Box | null;
  readonly fromY: number;
  lastY: number;
  /** When it was pressed: null until the next `update`. */
  since: number | null;
  scrolling: boolean;
  spent: boolean;
}

/** A panel: a canvas, and what is pressed on it. Nothing is computed while it is not to be seen, and nothing painted while nothing changes. */
export class Surface implements Panel {
  readonly id: PanelId;
  readonly canvas: HTMLCanvasElement;
  revision = 0;
  private readonly options: SurfaceOptions;
  private readonly context: CanvasRenderingContext2D;
  private readonly tree: ReadonlySignal<Node>;
  private readonly scale: number;
  /** How far each part is scrolled, pixels. */
  readonly offsets = new Map<string, number>();
  /** Scrolled away from the end at which they stay otherwise. */
  private readonly away = new Set<string>();
  private shown: Node | null = null;
  private look: Look | null = null;
  private pictures = -1;
  private box: Box | null = null;
  private stale = true;
  private hovered: string | null = null;
  private held: Held | null = null;

  constructor(options: SurfaceOptions) {
    const { canvas, width, height } = options;
    canvas.width = width;
    canvas.height = height ?? HEIGHT_STEP;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('a panel needs a canvas to be painted on');
    this.id = options.id;
    this.canvas = canvas;
    this.options = options;
    this.context = context;
    this.scale = metresPerPixel(options.id);
    this.tree = computed(options.build);
  }

  get width(): number {
    return this.canvas.width * this.scale;
  }

  get height(): number {
    return this.canvas.height * this.scale;
  }

  get visible(): boolean {
    return this.options.visible.value;
  }

  /** Everything in its place, for tests: null before the first painting. */
  get layout(): Box | null {
    return this.box;
  }

  targets(): readonly PanelTarget[] {
    return this.box === null || !this.visible ? [] : targetsOf(this.box, this.offsets, this.canvas).map((target) => (this.mirrored ? { ...target, point: { u: 1 - target.point.u, v: target.point.v } } : target));
  }

  /** Times a long press; if something has changed, gives everything its place, and paints it at the next call: each is about half of the work. @returns whether there was something to do */
  update(now: number): boolean {
    if (!this.options.visible.value) return false;
    this.watchHold(now);
    const tree = this.tree.value;
    const look = this.options.look.value;
    if (tree !== this.shown || look !== this.look) {
      this.arrange(tree, look);
      this.stale = true;
      return true;
    }
    if (look.pictures.revision === this.pictures && !this.stale) return false;
    this.pictures = look.pictures.revision;
    this.stale = false;
    this.paint(look);
    return true;
  }

  /** Fonts or the like have changed under it. */
  invalidate(): void {
    this.shown = null;
  }

  hover(point: PanelPoint | null): boolean {
    const press = point === null ? null : this.at(point).press;
    const id = press === null || press.disabled === true ? null : press.id;
    if (id !== this.hovered) {
      this.hovered = id;
      this.stale = true;
    }
    return id !== null;
  }

  press(point: PanelPoint): void {
    const hit = this.at(point);
    const live = hit.press !== null && hit.press.disabled !== true ? hit.press : null;
    const y = point.v * this.canvas.height;
    this.held = { press: live, id: live?.id ?? null, x: hit.x, width: hit.width, scroll: hit.scroll, fromY: y, lastY: y, since: null, scrolling: false, spent: false };
    this.stale = true;
    this.slide(point);
  }

  drag(point: PanelPoint): void {
    const { held } = this;
    if (held === null) return;
    if (held.press?.slide !== undefined) {
      this.slide(point);
      return;
    }
    const y = point.v * this.canvas.height;
    if (!held.scrolling && held.scroll !== null && Math.abs(y - held.fromY) > SLACK) held.scrolling = true;
    if (held.scrolling && held.scroll !== null) this.scrollBy(held.scroll, held.lastY - y);
    held.lastY = y;
  }

  release(point: PanelPoint): boolean {
    const { held } = this;
    this.held = null;
    this.stale = true;
    if (held === null || held.scrolling || held.spent || held.id === null) return false;
    // By the tree of now: what was pressed may have become something else meanwhile.
    const { press } = this.at(point);
    if (press === null || press.id !== held.id || press.disabled === true || press.run === undefined) return false;
    press.run();
    return true;
  }

  scroll(lines: number, elapsed: number): void {
    const box = this.box === null ? null : largestScroll(this.box);
    if (box !== null) this.scrollBy(box, lines * LINE * elapsed);
  }

  private arrange(tree: Node, look: Look): void {
    this.shown = tree;
    this.look = look;
    const layout = new Layout(look.typesetter);
    this.box = layout.run(tree, this.canvas.width, this.options.height);
    this.settle(this.box);
  }

  /** Keeps what scrolls within its content. */
  private settle(box: Box): void {
    const { node } = box;
    if (node.kind === 'scroll') {
      const most = Math.max(0, contentHeight(box) - box.height);
      const wanted = node.fromEnd && !this.away.has(node.key) ? most : (this.offsets.get(node.key) ?? 0);
      this.offsets.set(node.key, Math.max(0, Math.min(most, wanted)));
    }
    for (const child of box.children) this.settle(child);
  }

  private scrollBy(box: Box, pixels: number): void {
    const { node } = box;
    if (node.kind !== 'scroll') return;
    const most = Math.max(0, contentHeight(box) - box.height);
    const before = this.offsets.get(node.key) ?? 0;
    const next = Math.max(0, Math.min(most, before + pixels));
    if (next >= most - 1) this.away.delete(node.key);
    else this.away.add(node.key);
    if (next === before) return;
    this.offsets.set(node.key, next);
    this.stale = true;
  }

  private paint(look: Look): void {
    if (this.box === null) return;
    const { context, canvas } = this;
    if (this.options.height === null) {
      const height = Math.max(HEIGHT_STEP, Math.ceil(this.box.height / HEIGHT_STEP) * HEIGHT_STEP);
      if (height !== canvas.height) canvas.height = height;
    }
    context.clearRect(0, 0, canvas.width, canvas.height);
    canvas.lang = look.typesetter.language;
    const pressed = this.held === null || this.held.scrolling ? null : this.held.id;
    new Painter(context, look, { width: canvas.width, offsets: this.offsets, pointing: { hovered: this.hovered, pressed } }).paint(this.box);
    this.revision += 1;
  }

  private at({ u, v }: PanelPoint): Hit {
    if (this.box === null) return { press: null, x: 0, width: 0, scroll: null };
    return hitTest(this.box, this.along(u), v * this.canvas.height, this.offsets);
  }

  private get mirrored(): boolean {
    return this.look?.typesetter.direction === 'rtl';
  }

  /** From the left edge to the line of reading. */
  private along(u: number): number {
    return (this.mirrored ? 1 - u : u) * this.canvas.width;
  }

  private slide(point: PanelPoint): void {
    const slide = this.held?.press?.slide;
    if (this.held === null || slide === undefined) return;
    const { x, width } = this.held;
    // The knob does not go to the very edges.
    const inset = Math.min(LEAST_TARGET / 2, width / 4);
    slide(Math.max(0, Math.min(1, (this.along(point.u) - x - inset) / Math.max(1, width - 2 * inset))));
  }

  private watchHold(now: number): void {
    const { held } = this;
    if (held?.press?.hold === undefined || held.spent || held.scrolling) return;
    held.since ??= now;
    if (now - held.since < HOLD_MS) return;
    held.spent = true;
    held.press.hold();
  }
}

/** What the thumb stick scrolls: the part that one reads. */
function largestScroll(box: Box): Box | null {
  if (box.node.kind === 'scroll') return box;
  let largest: Box | null = null;
  for (const child of box.children) {
    const found = largestScroll(child);
    if (found !== null && (largest === null || found.height > largest.height)) largest = found;
  }
  return largest;
}
