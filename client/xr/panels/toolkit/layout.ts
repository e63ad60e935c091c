import type { ColumnNode, GridNode, Node, RowNode, ScrollNode, TextNode } from './nodes.ts';
import type { Font, Line, Typesetter } from './text.ts';
import { TEXT_PIXELS } from './units.ts';

/** Distance of lines, in ems: Arabic and Chinese need the room that Latin letters do not. */
export const LINE_HEIGHT = 1.38;
/** Kept free beside what can be scrolled. */
export const SCROLLBAR = 22;

/** A node in its place. x runs along the line of reading: where that runs from right to left, it is measured from the right edge. */
export interface Box {
  readonly node: Node;
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  readonly children: readonly Box[];
  /** Of a text. */
  readonly lines: readonly Line[];
}

export function fontOfText({ pixels, size, weight }: TextNode): Font {
  return { pixels: pixels ?? TEXT_PIXELS[size], weight };
}

/** Height of what a scroll box holds. */
export function contentHeight(box: Box): number {
  return box.children[0]?.height ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function gaps(count: number, gap: number): number {
  return Math.max(0, count - 1) * gap;
}

/** Gives every node of one tree its place. */
export class Layout {
  private readonly typesetter: Typesetter;
  private readonly naturals = new Map<Node, number>();
  private readonly leasts = new Map<Node, number>();

  constructor(typesetter: Typesetter) {
    this.typesetter = typesetter;
  }

  /** @param height null: as high as the content */
  run(node: Node, width: number, height: number | null): Box {
    const box = this.fit(node, width, height);
    place(box, 0, 0);
    return box;
  }

  /** As wide as the content would be by itself. */
  natural(node: Node): number {
    return node.width ?? this.known(this.naturals, node, () => this.extent(node, (text) => this.typesetter.naturalWidth(text.text, fontOfText(text)) + 1, false));
  }

  /** Narrower than this, a word would be cut. */
  least(node: Node): number {
    return node.width ?? this.known(this.leasts, node, () => this.extent(node, (text) => this.typesetter.longestPiece(text.text, fontOfText(text)) + 1, true));
  }

  /** Every parent asks anew: without remembering, a tree would be walked once for each of its levels. */
  private known(widths: Map<Node, number>, node: Node, measure: () => number): number {
    const before = widths.get(node);
    if (before !== undefined) return before;
    const width = measure();
    widths.set(node, width);
    return width;
  }

  private extent(node: Node, ofText: (text: TextNode) => number, least: boolean): number {
    const of = (child: Node): number => (least ? this.least(child) : this.natural(child));
    switch (node.kind) {
      case 'text': return ofText(node);
      case 'icon': return node.pixels;
      case 'picture': return node.pixels[0];
      case 'bar': return 80;
      case 'scroll': return of(node.child) + SCROLLBAR;
      case 'column': return Math.max(0, ...node.children.map(of)) + 2 * node.padding[1];
      case 'grid': return (least ? 1 : node.columns) * Math.max(0, ...node.children.map(of)) + (least ? 0 : gaps(node.columns, node.gap)) + 2 * node.padding[1];
      case 'row': {
        const widths = node.children.map(of);
        const inner = least && node.wrap ? Math.max(0, ...widths) : sum(widths) + gaps(widths.length, node.gap);
        return inner + 2 * node.padding[1];
      }
    }
  }

  private fit(node: Node, width: number, height: number | null): Box {
    switch (node.kind) {
      case 'text': return this.text(node, width, height);
      case 'icon': return leaf(node, node.pixels, node.pixels);
      case 'picture': return leaf(node, node.pixels[0], node.pixels[1]);
      case 'bar': return leaf(node, width, node.height);
      case 'scroll': return this.scroll(node, width, height);
      case 'column': return this.column(node, width, height);
      case 'row': return this.row(node, width, height);
      case 'grid': return this.grid(node, width, height);
    }
  }

  private text(node: TextNode, width: number, height: number | null): Box {
    const font = fontOfText(node);
    const lines = this.typesetter.wrap(node.text, font, width);
    return { node, x: 0, y: 0, width, height: Math.max(height ?? 0, lines.length * font.pixels * LINE_HEIGHT), children: [], lines };
  }

  private scroll(node: ScrollNode, width: number, height: number | null): Box {
    const child = this.fit(node.child, width - SCROLLBAR, null);
    return { node, x: 0, y: 0, width, height: height ?? child.height, children: [child], lines: [] };
  }

  private column(node: ColumnNode, width: number, height: number | null): Box {
    const [vertical, horizontal] = node.padding;
    const inner = width - 2 * horizontal;
    const given = height === null ? null : Math.max(height, node.minHeight) - 2 * vertical;
    const growing = (child: Node): boolean => given !== null && child.grow !== undefined;
    const natural = node.children.map((child) => (growing(child) ? null : this.fit(child, inner, null)));
    const left = (given ?? 0) - sum(natural.map((box) => box?.height ?? 0)) - gaps(node.children.length, node.gap);
    const shares = sum(node.children.map((child) => (growing(child) ? (child.grow ?? 0) : 0)));
    const boxes = node.children.map((child, index) => natural[index] ?? this.fit(child, inner, Math.max(0, (left * (child.grow ?? 0)) / shares)));
    const content = sum(boxes.map((box) => box.height)) + gaps(boxes.length, node.gap);
    const total = Math.max(height ?? 0, node.minHeight, content + 2 * vertical);
    let y = node.justify === 'middle' ? (total - content) / 2 : vertical;
    for (const box of boxes) {
      box.x = horizontal;
      box.y = y;
      y += box.height + node.gap;
    }
    return { node, x: 0, y: 0, width, height: total, children: boxes, lines: [] };
  }

  private row(node: RowNode, width: number, height: number | null): Box {
    const [vertical, horizontal] = node.padding;
    const inner = width - 2 * horizontal;
    const lines = node.wrap ? this.linesOf(node, inner) : [node.children];
    const boxes: Box[] = [];
    let y = vertical;
    for (const [index, line] of lines.entries()) {
      // Only a row of a single line can be stretched by its parent.
      const wanted = lines.length > 1 ? 0 : Math.max(height ?? 0, node.minHeight) - 2 * vertical;
      const placed = this.line(node, line, { inner, wanted, exact: height !== null && node.stretch && lines.length === 1 });
      for (const box of placed.boxes) {
        box.x += horizontal;
        box.y += y;
        boxes.push(box);
      }
      y += placed.height + (index < lines.length - 1 ? node.gap : 0);
    }
    return { node, x: 0, y: 0, width, height: Math.max(height ?? 0, node.minHeight, y + vertical), children: boxes, lines: [] };
  }

  private linesOf(node: RowNode, inner: number): readonly (readonly Node[])[] {
    const lines: Node[][] = [];
    let used = 0;
    for (const child of node.children) {
      const needed = Math.min(this.natural(child), inner);
      const line = lines.at(-1);
      if (line !== undefined && used + node.gap + needed <= inner) {
        line.push(child);
        used += node.gap + needed;
      } else {
        lines.push([child]);
        used = needed;
      }
    }
    return lines;
  }

  private line(node: RowNode, children: readonly Node[], { inner, wanted, exact }: { readonly inner: number; readonly wanted: number; readonly exact: boolean }): { readonly boxes: readonly Box[]; readonly height: number } {
    const widths = this.distribute(children, inner - gaps(children.length, node.gap));
    let boxes = children.map((child, index) => this.fit(child, widths[index] ?? 0, exact ? wanted : null));
    const height = exact ? wanted : Math.max(wanted, ...boxes.map((box) => box.height));
    if (node.stretch) boxes = boxes.map((box, index) => (box.height < height ? this.fit(box.node, widths[index] ?? 0, height) : box));
    const used = sum(widths) + gaps(children.length, node.gap);
    let x = node.justify === 'start' ? 0 : (inner - used) / (node.justify === 'middle' ? 2 : 1);
    for (const [index, box] of boxes.entries()) {
      box.x = x;
      box.y = (height - box.height) / 2;
      x += (widths[index] ?? 0) + node.gap;
    }
    return { boxes, height };
  }

  /** Widths of what stands in a line: what grows shares what is left; where there is too little, whoever can break gives way. */
  private distribute(children: readonly Node[], width: number): readonly number[] {
    const least = children.map((child) => this.least(child));
    const natural = children.map((child, index) => (child.grow === undefined ? this.natural(child) : (least[index] ?? 0)));
    const shares = sum(children.map((child) => child.grow ?? 0));
    const left = width - sum(natural.filter((_, index) => children[index]?.grow === undefined));
    const shared = children.map((child, index) => (child.grow === undefined ? (natural[index] ?? 0) : (left * child.grow) / shares));
    if (shared.every((each, index) => each >= (least[index] ?? 0) - 0.5 || children[index]?.grow === undefined) && left >= 0) return shared;
    const excess = sum(natural) - width;
    if (excess <= 0) {
      const spare = -excess / Math.max(shares, 1);
      return natural.map((each, index) => each + spare * (children[index]?.grow ?? 0));
    }
    const slack = natural.map((each, index) => each - (least[index] ?? 0));
    const ratio = Math.min(1, excess / Math.max(1, sum(slack)));
    return natural.map((each, index) => each - (slack[index] ?? 0) * ratio);
  }

  private grid(node: GridNode, width: number, height: number | null): Box {
    const [vertical, horizontal] = node.padding;
    const inner = width - 2 * horizontal;
    const columns = this.columnsOf(node, inner);
    const cell = (inner - gaps(columns, node.gap)) / columns;
    const boxes: Box[] = [];
    let y = vertical;
    for (let start = 0; start < node.children.length; start += columns) {
      const line = node.children.slice(start, start + columns);
      const high = Math.max(...line.map((child) => this.fit(child, cell, null).height));
      for (const [index, child] of line.entries()) {
        const box = this.fit(child, cell, high);
        box.x = horizontal + index * (cell + node.gap);
        box.y = y;
        boxes.push(box);
      }
      y += high + node.gap;
    }
    return { node, x: 0, y: 0, width, height: Math.max(height ?? 0, y - (boxes.length === 0 ? 0 : node.gap) + vertical), children: boxes, lines: [] };
  }

  private columnsOf(node: GridNode, inner: number): number {
    const widest = Math.max(0, ...node.children.map((child) => this.least(child)));
    let columns = Math.max(1, Math.min(node.columns, node.children.length));
    while (columns > 1 && (inner - gaps(columns, node.gap)) / columns < widest) columns -= 1;
    // No line of a single cell below full ones, where two even lines do.
    if (columns > 1 && node.children.length > columns) columns = Math.ceil(node.children.length / Math.ceil(node.children.length / columns));
    return columns;
  }
}

function leaf(node: Node, width: number, height: number): Box {
  return { node, x: 0, y: 0, width, height, children: [], lines: [] };
}

/** From places within the parent to places on the panel. */
function place(box: Box, x: number, y: number): void {
  box.x += x;
  box.y += y;
  for (const child of box.children) place(child, box.x, box.y);
}
