import { fit, isRightToLeft, LABEL_HEIGHT, LABEL_WIDTH } from '../labels/painter.ts';

const PADDING = 12;
const SIZE = 16;
const ARROW = 24;

/**
 * Paints where a link leads to, with an arrow, in the style of the names over heads.
 * @returns the width of the label, CSS pixels
 */
export function paintLink(context: CanvasRenderingContext2D, name: string, family: string): number {
  context.font = `640 ${SIZE}px ${family}`;
  context.fillStyle = '#fff1d6';
  context.textBaseline = 'middle';
  const text = fit(context, name, LABEL_WIDTH - 2 * PADDING - ARROW);
  const width = Math.ceil(context.measureText(text).width) + 2 * PADDING + ARROW;
  const mirrored = isRightToLeft(text);
  const middle = LABEL_HEIGHT / 2 + 1;
  context.textAlign = mirrored ? 'right' : 'left';
  context.direction = mirrored ? 'rtl' : 'ltr';
  context.fillText(text, mirrored ? width - PADDING : PADDING, middle);
  drawArrow(context, mirrored ? PADDING + 4 : width - PADDING - 4, middle - 1, mirrored ? -1 : 1);
  return width;
}

function drawArrow(context: CanvasRenderingContext2D, x: number, y: number, side: 1 | -1): void {
  context.strokeStyle = '#ffd78f';
  context.lineWidth = 2;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(x - side * 9, y);
  context.lineTo(x, y);
  context.moveTo(x - side * 4, y - 4);
  context.lineTo(x, y);
  context.lineTo(x - side * 4, y + 4);
  context.stroke();
}
