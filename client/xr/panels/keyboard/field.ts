import { RADIUS } from '../toolkit/controls.ts';
import { column, text } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import { LEAST_TARGET } from '../toolkit/units.ts';
import { closeField } from '../state.ts';
import type { Field, Kit } from '../state.ts';

/** Of a long text, so much before the caret is shown, characters. */
const SHOWN_BEFORE = 220;
const SHOWN_AFTER = 60;
const CARET = '|';

let graphemes: Intl.Segmenter | null = null;

/** Lengths of the characters of a text as people count them, in code units. */
function lengths(value: string): readonly number[] {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return [...graphemes.segment(value)].map(({ segment }) => segment.length);
}

export function openField(kit: Kit, field: Omit<Field, 'caret'>): void {
  kit.state.field.value = { ...field, caret: field.text.length };
}

function write({ state }: Kit, field: Field, next: Pick<Field, 'text' | 'caret'>): void {
  state.field.value = { ...field, ...next };
  if (next.text !== field.text) field.change?.(next.text);
}

/** Types something where the caret stands; what is longer than the field takes is left out. */
export function type(kit: Kit, value: string): void {
  const field = kit.state.field.peek();
  if (field === null || field.text.length + value.length > field.most) return;
  const { text: before, caret } = field;
  write(kit, field, { text: before.slice(0, caret) + value + before.slice(caret), caret: caret + value.length });
}

/** Takes away the character before the caret, with its accents. */
export function erase(kit: Kit): void {
  const field = kit.state.field.peek();
  if (field === null || field.caret === 0) return;
  const last = lengths(field.text.slice(0, field.caret)).at(-1) ?? 0;
  write(kit, field, { text: field.text.slice(0, field.caret - last) + field.text.slice(field.caret), caret: field.caret - last });
}

/** Moves the caret by a character, in the order of writing. */
export function step(kit: Kit, forward: boolean): void {
  const field = kit.state.field.peek();
  if (field === null) return;
  const { text: value, caret } = field;
  const move = forward ? (lengths(value.slice(caret))[0] ?? 0) : -(lengths(value.slice(0, caret)).at(-1) ?? 0);
  write(kit, field, { text: value, caret: caret + move });
}

/** The key that ends a line: sends it, or only puts the keyboard away. */
export function finish(kit: Kit): void {
  const field = kit.state.field.peek();
  if (field === null) return;
  closeField(kit.state);
  field.submit?.(field.text);
}

/** What is being typed, where it is needed. */
export function fieldLine({ state }: Kit): Node {
  const field = state.field.value;
  if (field === null) return column([]);
  const { text: value, caret, title } = field;
  const from = Math.max(0, caret - SHOWN_BEFORE);
  const shown = `${from > 0 ? '…' : ''}${value.slice(from, caret)}${CARET}${value.slice(caret, caret + SHOWN_AFTER)}`;
  return column([value === '' ? text(`${CARET} ${title}`, { tone: 'quiet' }) : text(shown, { own: true })],
    { padding: [14, 18], radius: RADIUS, fill: 'raised', outline: 'focus', outlineWidth: 4, minHeight: LEAST_TARGET, justify: 'middle', grow: 1 });
}
