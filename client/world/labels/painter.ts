import type { MicState } from '../../../shared/protocol/vocabulary.ts';

/** What a label says. */
export interface LabelText {
  readonly name: string;
  readonly entity: string;
  readonly mic: MicState;
  readonly away: boolean;
}

/** Largest size of a label, CSS pixels; the height is always this. */
export const LABEL_WIDTH = 232;
export const LABEL_HEIGHT = 46;
/** Kept free at the end of the first line for the microphone sign or the bars that move with the voice, CSS pixels. */
export const SIGN_WIDTH = 20;
const PADDING = 10;
const FLAG_WIDTH = 20;
const FLAG_HEIGHT = 15;
const GAP = 6;
const NAME_SIZE = 15;
const ENTITY_SIZE = 12.5;

type Context = CanvasRenderingContext2D;

/** Cuts a text to fit `width`, with an ellipsis. Cuts between grapheme clusters, so that no letter loses its accent. */
export function fit(context: Pick<Context, 'measureText'>, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const clusters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  while (clusters.length > 1) {
    clusters.pop();
    const cut = `${clusters.join('').trimEnd()}…`;
    if (context.measureText(cut).width <= width) return cut;
  }
  return clusters.join('');
}

/** Whether a text is written from right to left: its first strong letter decides, as HTML's `dir=auto` does. */
export function isRightToLeft(text: string): boolean {
  const first = /[\p{L}]/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

function drawMutedMic(context: Context, x: number, y: number): void {
  context.save();
  context.translate(x, y);
  context.strokeStyle = context.fillStyle = '#ff9d8a';
  context.lineWidth = 1.6;
  context.lineCap = 'round';
  context.beginPath();
  context.roundRect(-2.6, -7, 5.2, 8.6, 2.6);
  context.fill();
  context.beginPath();
  context.arc(0, -1.2, 5.2, 0.15 * Math.PI, 0.85 * Math.PI);
  context.moveTo(0, 4);
  context.lineTo(0, 6.6);
  context.stroke();
  context.strokeStyle = '#101a2b';
  context.lineWidth = 3.4;
  slash(context);
  context.strokeStyle = '#ff9d8a';
  context.lineWidth = 1.7;
  slash(context);
  context.restore();
}

function slash(context: Context): void {
  context.beginPath();
  context.moveTo(-6, -7.5);
  context.lineTo(6, 6.5);
  context.stroke();
}

interface Line {
  readonly text: string;
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
}

function setFont(context: Context, line: Line, family: string): void {
  context.font = `${line.weight} ${line.size}px ${family}`;
  context.fillStyle = line.colour;
}

/**
 * Paints a label into the top left of a cleared canvas whose units are CSS pixels; the background is the shader's.
 * @returns its width, CSS pixels
 */
export function paintLabel(context: Context, label: LabelText, flag: CanvasImageSource | null, family: string): number {
  const bright = label.away ? '#b8c2d2' : '#ffffff';
  const name: Line = { text: label.name, size: NAME_SIZE, weight: 640, colour: bright };
  const entity: Line = { text: label.entity, size: ENTITY_SIZE, weight: 440, colour: label.away ? '#9aa6b8' : '#d5deeb' };
  const flagSpace = flag === null ? 0 : FLAG_WIDTH + GAP;
  const inner = LABEL_WIDTH - 2 * PADDING;
  setFont(context, name, family);
  const nameText = fit(context, name.text, inner - SIGN_WIDTH);
  const nameWidth = context.measureText(nameText).width + SIGN_WIDTH;
  setFont(context, entity, family);
  const entityText = fit(context, entity.text, inner - flagSpace);
  const entityWidth = context.measureText(entityText).width + flagSpace;
  const width = Math.ceil(Math.max(nameWidth, entityWidth, 60)) + 2 * PADDING;
  const mirrored = isRightToLeft(label.name);
  context.textBaseline = 'alphabetic';
  drawLine(context, { ...name, text: nameText }, { x: mirrored ? width - PADDING : PADDING, y: 19, mirrored, family });
  if (label.mic !== 'live') drawMutedMic(context, mirrored ? PADDING + 6 : width - PADDING - 6, 14.5);
  const start = mirrored ? width - PADDING : PADDING;
  if (flag !== null) drawFlag(context, flag, mirrored ? start - FLAG_WIDTH : start);
  drawLine(context, { ...entity, text: entityText }, { x: mirrored ? start - flagSpace : start + flagSpace, y: 37, mirrored, family });
  return width;
}

function drawLine(context: Context, line: Line, at: { x: number; y: number; mirrored: boolean; family: string }): void {
  setFont(context, line, at.family);
  context.textAlign = at.mirrored ? 'right' : 'left';
  context.direction = isRightToLeft(line.text) ? 'rtl' : 'ltr';
  context.fillText(line.text, at.x, at.y);
}

function drawFlag(context: Context, flag: CanvasImageSource, x: number): void {
  context.save();
  context.beginPath();
  context.roundRect(x, 25.5, FLAG_WIDTH, FLAG_HEIGHT, 2);
  context.clip();
  context.drawImage(flag, x, 25.5, FLAG_WIDTH, FLAG_HEIGHT);
  context.restore();
}
