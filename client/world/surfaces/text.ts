import type { Size } from './resolution.ts';

/** Where and how a text is set on a surface. */
export interface TextBox extends Size {
  /** Left and top, texels. */
  readonly x: number;
  readonly y: number;
  /** Largest and smallest letters, texels. */
  readonly largest: number;
  readonly smallest: number;
  readonly weight: number;
  readonly colour: string;
  readonly family: string;
  readonly align: 'start' | 'middle';
}

const LINE = 1.3;

/** Breaks a text at the places where its language breaks lines. @returns lines no wider than `width`, a single word excepted */
export function breakLines(text: string, width: number, measure: (line: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(paragraph)) {
      if (line !== '' && measure((line + segment).trimEnd()) > width && segment.trim() !== '' && /[\p{L}\p{N}]/u.test(segment)) {
        lines.push(line.trim());
        line = segment;
      } else {
        line += segment;
      }
    }
    lines.push(line.trim());
  }
  return lines;
}

/**
 * Sets a text in a box as large as it goes, and cuts it with an ellipsis where even the smallest letters do not hold it. The direction is that of
 * `context.direction`. @returns height that it takes, texels
 */
export function drawText(context: CanvasRenderingContext2D, text: string, box: TextBox): number {
  const measure = (line: string): number => context.measureText(line).width;
  let size = box.largest;
  let lines: readonly string[] = [];
  for (; ; size = Math.max(box.smallest, size * 0.92)) {
    context.font = `${box.weight} ${size}px ${box.family}`;
    lines = breakLines(text, box.width, measure);
    const fits = lines.length * size * LINE <= box.height && lines.every((line) => measure(line) <= box.width);
    if (fits || size <= box.smallest) break;
  }
  const room = Math.max(1, Math.floor(box.height / (size * LINE)));
  const shown = lines.length > room ? [...lines.slice(0, room - 1), `${lines[room - 1] ?? ''}…`] : lines;
  const rightToLeft = context.direction === 'rtl';
  context.fillStyle = box.colour;
  context.textBaseline = 'middle';
  context.textAlign = box.align === 'middle' ? 'center' : 'start';
  const x = box.align === 'middle' ? box.x + box.width / 2 : rightToLeft ? box.x + box.width : box.x;
  shown.forEach((line, index) => { context.fillText(line, x, box.y + (index + 0.5) * size * LINE, box.width); });
  return shown.length * size * LINE;
}
