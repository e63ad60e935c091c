import type { SurfaceContent } from '../../app/contracts.ts';
import { paintMosaic } from './mosaic.ts';
import type { Size } from './resolution.ts';
import { drawText } from './text.ts';

/** What a painter needs besides the content. */
export interface Easel extends Size {
  readonly context: CanvasRenderingContext2D;
  readonly family: string;
  /** A logo by its address, or undefined where it did not arrive. */
  image(address: string | null): CanvasImageSource & { readonly width: number; readonly height: number } | undefined;
}

type Content<K extends SurfaceContent['kind']> = Extract<SurfaceContent, { readonly kind: K }>;

/** Printed matter of the event: one ink, one paper, one accent. */
const INK = '#12263f';
const QUIET = '#4a5d75';
const PAPER = '#f7f4ee';
const ACCENT = '#0f5ba8';

function fill({ context, width, height }: Easel, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
}

/** Draws a logo as large as its box allows, in the middle of it. */
function drawLogo(easel: Easel, address: string | null, box: { readonly x: number; readonly y: number } & Size): boolean {
  const image = easel.image(address);
  if (image === undefined || image.width === 0) return false;
  const scale = Math.min(box.width / image.width, box.height / image.height);
  const width = image.width * scale;
  const height = image.height * scale;
  easel.context.drawImage(image, box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height);
  return true;
}

function paintWelcome(easel: Easel, { title, text }: Content<'welcome'>): void {
  const { context, width, height, family } = easel;
  const light = context.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, '#123a68');
  light.addColorStop(1, '#0a1d38');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  const unit = Math.min(width, height);
  context.fillStyle = '#8cc2ff';
  context.fillRect((width - unit * 0.18) / 2, height * 0.3, unit * 0.18, Math.max(2, unit * 0.008));
  const box = { x: width * 0.08, width: width * 0.84, align: 'middle', family } as const;
  const title1 = drawText(context, title, { ...box, y: height * 0.36, height: height * 0.36, largest: unit * 0.13, smallest: unit * 0.05, weight: 650, colour: '#ffffff' });
  drawText(context, text, { ...box, y: height * 0.4 + title1, height: height * 0.2, largest: unit * 0.06, smallest: unit * 0.035, weight: 450, colour: '#c9dcf3' });
}

/** Columns of a grid of `count` cells that are as large as they can be with a shape of about 5 to 3. */
function columnsFor(count: number, aspect: number): number {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(aspect / columns, 5 / 3 / rows);
    if (side > largest) [best, largest] = [columns, side];
  }
  return best;
}

function paintWall(easel: Easel, { title, event, members }: Content<'wall'>): void {
  const { context, width, height, family } = easel;
  fill(easel, PAPER);
  const unit = Math.min(width, height);
  const edge = unit * 0.07;
  const heading = { x: edge, width: width - 2 * edge, align: 'middle', family } as const;
  if (members.length === 0) {
    drawText(context, event, { ...heading, y: height * 0.36, height: height * 0.3, largest: unit * 0.12, smallest: unit * 0.05, weight: 650, colour: INK });
    return;
  }
  drawText(context, title, { ...heading, y: edge, height: unit * 0.12, largest: unit * 0.075, smallest: unit * 0.04, weight: 650, colour: ACCENT });
  const top = edge + unit * 0.14;
  const columns = columnsFor(members.length, width / (height - top));
  const rows = Math.ceil(members.length / columns);
  const cell = { width: (width - 2 * edge) / columns, height: (height - top - edge) / rows };
  members.forEach(({ name, logo }, index) => {
    const x = edge + (index % columns) * cell.width + cell.width * 0.08;
    const y = top + Math.floor(index / columns) * cell.height + cell.height * 0.06;
    const shown = { width: cell.width * 0.84, height: cell.height * 0.58 };
    const drawn = drawLogo(easel, logo, { x, y, ...shown });
    drawText(context, name, {
      x, y: drawn ? y + shown.height + cell.height * 0.04 : y + cell.height * 0.3, width: shown.width, height: cell.height * (drawn ? 0.26 : 0.5),
      largest: Math.min(cell.height * (drawn ? 0.11 : 0.16), unit * 0.07), smallest: unit * 0.02, weight: 600, colour: INK, align: 'middle', family,
    });
  });
}

function paintBooth(easel: Easel, { name, logo, text }: Content<'booth'>): void {
  const { context, width, height, family } = easel;
  fill(easel, PAPER);
  const unit = Math.min(width, height);
  const edge = unit * 0.09;
  context.fillStyle = ACCENT;
  context.fillRect(0, 0, width, unit * 0.025);
  const inner = { x: edge, width: width - 2 * edge };
  const drawn = drawLogo(easel, logo, { ...inner, y: edge, height: height * 0.34 });
  const y = drawn ? edge + height * 0.38 : height * (text === '' ? 0.36 : 0.18);
  const named = drawText(context, name, { ...inner, y, height: height * 0.22, largest: unit * 0.11, smallest: unit * 0.045, weight: 650, colour: INK, align: 'middle', family });
  const below = y + named + unit * 0.04;
  if (text !== '' && height - below > unit * 0.15) {
    drawText(context, text, { ...inner, y: below, height: height - below - edge, largest: unit * 0.05, smallest: unit * 0.038, weight: 450, colour: QUIET, align: 'middle', family });
  }
}

function paintNameplate(easel: Easel, { entity, name, sign }: Content<'nameplate'>): void {
  const { context, width, height, family } = easel;
  fill(easel, sign === 'floor' ? '#d3efdd' : '#fbfaf7');
  if (entity === '') return;
  // By shape and not by colour alone: a bar along the bottom for who has the floor, at both ends for a raised one.
  context.fillStyle = sign === 'floor' ? '#0b7a3b' : '#b45309';
  if (sign === 'floor') context.fillRect(0, height * 0.93, width, height * 0.07);
  else if (sign === 'raised') for (const x of [0, width * 0.96]) context.fillRect(x, 0, width * 0.04, height);
  const box = { x: width * 0.05, width: width * 0.9, align: 'middle', family } as const;
  drawText(context, entity, { ...box, y: height * 0.14, height: height * 0.5, largest: height * 0.34, smallest: height * 0.17, weight: 700, colour: INK });
  drawText(context, name, { ...box, y: height * 0.66, height: height * 0.26, largest: height * 0.17, smallest: height * 0.12, weight: 450, colour: QUIET });
}

/** All of the picture, with its shape. */
function paintPicture(easel: Easel, { video }: Content<'picture'>): void {
  const { context, width, height } = easel;
  fill(easel, '#000000');
  if (video.videoWidth === 0) return;
  const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
  const shown = { width: video.videoWidth * scale, height: video.videoHeight * scale };
  context.drawImage(video, (width - shown.width) / 2, (height - shown.height) / 2, shown.width, shown.height);
}

/** Paints what a surface shows over the whole of its canvas. */
export function paintSurface(easel: Easel, content: SurfaceContent): void {
  switch (content.kind) {
    case 'welcome': paintWelcome(easel, content); break;
    case 'wall': paintWall(easel, content); break;
    case 'booth': paintBooth(easel, content); break;
    case 'nameplate': paintNameplate(easel, content); break;
    case 'mosaic': paintMosaic(easel, content); break;
    case 'picture': paintPicture(easel, content); break;
  }
}

/** Addresses of the pictures that a surface shows. */
export function imagesOf(content: SurfaceContent): readonly string[] {
  const logos = content.kind === 'wall' ? content.members.map(({ logo }) => logo) : content.kind === 'booth' ? [content.logo] : [];
  return logos.filter((logo) => logo !== null);
}
