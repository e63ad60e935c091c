import type { Box } from './layout.ts';
import { contentHeight, fontOfText, LINE_HEIGHT, SCROLLBAR } from './layout.ts';
import type { BarNode, IconNode, PictureNode, TextNode } from './nodes.ts';
import type { Pictures } from './pictures.ts';
import { directionOfText } from './text.ts';
import type { Typesetter } from './text.ts';
import type { Palette } from './theme.ts';

/** What one does with a panel now, by the ids of what is pressed. */
export interface Pointing {
  readonly hovered: string | null;
  readonly pressed: string | null;
}

export interface Look {
  readonly palette: Palette;
  readonly typesetter: Typesetter;
  readonly pictures: Pictures;
  /** Path data of icons on a grid of 24, by name; strokes of 1.75. */
  readonly icons: Readonly<Record<string, readonly string[]>>;
  /** Icons that point along the line of reading. */
  readonly directional: ReadonlySet<string>;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const RING = 5;
const ICON_GRID = 24;
const DISABLED = 0.45;
/** Of letters without a ground, ems. */
const EDGE = 0.2;
/** How far the middle of small letters lies below that of the em: what looks centred beside an icon. */
const SINK = 0.04;
const ARABIC_SINK = 0.1;

/** Paints boxes. Where one reads from right to left, everything is mirrored but texts and pictures themselves. */
export class Painter {
  private readonly context: CanvasRenderingContext2D;
  private readonly look: Look;
  private readonly width: number;
  private readonly offsets: ReadonlyMap<string, number>;
  private readonly pointing: Pointing;

  constructor(context: CanvasRenderingContext2D, look: Look, view: { readonly width: number; readonly offsets: ReadonlyMap<string, number>; readonly pointing: Pointing }) {
    this.context = context;
    this.look = look;
    this.width = view.width;
    this.offsets = view.offsets;
    this.pointing = view.pointing;
  }

  paint(box: Box): void {
    const { node } = box;
    const disabled = 'press' in node && node.press?.disabled === true;
    if (disabled) this.context.globalAlpha *= DISABLED;
    this.ground(box);
    switch (node.kind) {
      case 'text': this.text(node, box); break;
      case 'icon': this.icon(node, box); break;
      case 'picture': this.picture(node, box); break;
      case 'bar': this.bar(node, box); break;
      case 'scroll': this.scroll(box, node.key); break;
      default: for (const child of box.children) this.paint(child);
    }
    this.ring(box);
    if (disabled) this.context.globalAlpha /= DISABLED;
  }

  private get mirrored(): boolean {
    return this.look.typesetter.direction === 'rtl';
  }

  /** Left edge on the canvas. */
  private left({ x, width }: Pick<Rectangle, 'x' | 'width'>): number {
    return this.mirrored ? this.width - x - width : x;
  }

  private rounded(rectangle: Rectangle, radius: number): void {
    this.context.beginPath();
    this.context.roundRect(this.left(rectangle), rectangle.y, rectangle.width, rectangle.height, radius);
  }

  private ground(box: Box): void {
    const { node } = box;
    if (!('radius' in node)) return;
    const { fill, outline, outlineWidth, radius, press } = node;
    const { palette } = this.look;
    const pressed = press !== undefined && press.id === this.pointing.pressed;
    if (fill !== undefined || pressed) {
      this.context.fillStyle = palette[pressed && (fill === undefined || fill === 'raised' || fill === 'surface') ? 'pressed' : (fill ?? 'pressed')];
      this.rounded(box, radius);
      this.context.fill();
    }
    if (outline === undefined) return;
    const line = outlineWidth ?? 2;
    this.context.strokeStyle = palette[outline];
    this.context.lineWidth = line;
    this.rounded({ x: box.x + line / 2, y: box.y + line / 2, width: box.width - line, height: box.height - line }, Math.max(0, radius - line / 2));
    this.context.stroke();
  }

  /** Around what a press would do. */
  private ring(box: Box): void {
    const { node } = box;
    if (!('press' in node) || node.press === undefined || node.press.disabled === true || node.press.id !== this.pointing.hovered) return;
    this.context.strokeStyle = this.look.palette.focus;
    this.context.lineWidth = RING;
    this.rounded({ x: box.x + RING / 2, y: box.y + RING / 2, width: box.width - RING, height: box.height - RING }, Math.max(4, node.radius - RING / 2));
    this.context.stroke();
  }

  private text(node: TextNode, box: Box): void {
    const { context, look } = this;
    const font = fontOfText(node);
    const ui = look.typesetter.direction;
    const start = ui === 'rtl' ? 'right' : 'left';
    const align = node.align === 'middle' ? 'center' : node.align === 'start' ? start : start === 'left' ? 'right' : 'left';
    const left = this.left(box);
    const x = align === 'left' ? left : align === 'right' ? left + box.width : left + box.width / 2;
    const high = font.pixels * LINE_HEIGHT;
    const first = box.y + (box.height - box.lines.length * high) / 2 + high / 2;
    context.font = look.typesetter.fontOf(font);
    context.fillStyle = look.palette[node.tone];
    context.textAlign = align;
    context.textBaseline = 'middle';
    const sink = look.typesetter.language === 'ar' ? ARABIC_SINK : SINK;
    context.direction = node.direction ?? (node.own ? directionOfText(node.text, ui) : ui);
    for (const [index, line] of box.lines.entries()) {
      const y = first + index * high + font.pixels * sink;
      if (node.edged === true) {
        context.strokeStyle = look.palette.black;
        context.lineWidth = font.pixels * EDGE;
        context.lineJoin = 'round';
        context.strokeText(line.text, x, y);
      }
      context.fillText(line.text, x, y);
    }
  }

  private icon(node: IconNode, box: Box): void {
    const { context } = this;
    const scale = node.pixels / ICON_GRID;
    context.save();
    context.translate(this.left(box) + node.pixels / 2, box.y + node.pixels / 2);
    if (this.mirrored && this.look.directional.has(node.name)) context.scale(-1, 1);
    context.rotate(node.turn);
    context.scale(scale, scale);
    context.translate(-ICON_GRID / 2, -ICON_GRID / 2);
    context.strokeStyle = this.look.palette[node.tone];
    context.lineWidth = 1.9;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const path of this.look.icons[node.name] ?? []) context.stroke(new Path2D(path));
    context.restore();
  }

  private picture(node: PictureNode, box: Box): void {
    const { context, look } = this;
    const [width, height] = node.pixels;
    const left = this.left(box);
    const image = look.pictures.get(node.address);
    context.save();
    context.beginPath();
    context.roundRect(left, box.y, width, height, node.round ? width / 2 : 4);
    context.clip();
    if (node.round) {
      context.fillStyle = look.palette.accentSoft;
      context.fillRect(left, box.y, width, height);
    }
    if (image !== null) context.drawImage(image, left, box.y, width, height);
    else if (node.initials !== '') {
      context.fillStyle = look.palette.accent;
      context.font = look.typesetter.fontOf({ pixels: 28, weight: 600 });
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(node.initials, left + width / 2, box.y + height / 2 + 1);
    }
    context.restore();
  }

  private bar(node: BarNode, box: Box): void {
    const { context, look } = this;
    const { height } = node;
    const share = Math.max(0, Math.min(1, node.fraction));
    context.fillStyle = look.palette.pressed;
    this.rounded(box, height / 2);
    context.fill();
    context.fillStyle = look.palette[node.tone];
    const inset = node.knob ? height : 0;
    const at = inset + (box.width - 2 * inset) * share;
    this.rounded({ x: box.x, y: box.y, width: Math.max(height, at), height }, height / 2);
    if (share > 0) context.fill();
    if (!node.knob) return;
    context.beginPath();
    context.arc(this.left({ x: box.x + at, width: 0 }), box.y + height / 2, height, 0, 2 * Math.PI);
    context.fill();
  }

  private scroll(box: Box, key: string): void {
    const { context, look } = this;
    const [child] = box.children;
    if (child === undefined) return;
    const offset = this.offsets.get(key) ?? 0;
    context.save();
    context.beginPath();
    context.rect(0, box.y, this.width, box.height);
    context.clip();
    context.translate(0, -offset);
    this.paintSeen(child, box.y + offset, box.y + offset + box.height);
    context.restore();
    const content = contentHeight(box);
    if (content <= box.height + 1) return;
    const length = Math.max(40, (box.height * box.height) / content);
    const at = box.y + (offset / (content - box.height)) * (box.height - length);
    context.fillStyle = look.palette.pressed;
    this.rounded({ x: box.x + box.width - SCROLLBAR / 2, y: box.y, width: 10, height: box.height }, 5);
    context.fill();
    context.fillStyle = look.palette.control;
    this.rounded({ x: box.x + box.width - SCROLLBAR / 2, y: at, width: 10, height: length }, 5);
    context.fill();
  }

  /** Of a long list only what is in sight. */
  private paintSeen(box: Box, top: number, bottom: number): void {
    if (box.y + box.height < top || box.y > bottom) return;
    const plain = box.node.kind === 'column' && box.node.fill === undefined && box.node.press === undefined && box.node.outline === undefined;
    if (plain) for (const child of box.children) this.paintSeen(child, top, bottom);
    else this.paint(box);
  }
}
