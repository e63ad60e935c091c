import { changeBetween, moveCaret } from './change.ts';
import type { Delta, Pad } from './pad.ts';

type Direction = HTMLTextAreaElement['selectionDirection'];

/**
 * Shows a pad in a plain text field. What is typed goes into the pad as the smallest edit; what others write comes into the field with caret, selection and scroll position kept. While a character is
 * being composed (Chinese, Arabic on some keyboards) others' edits wait, since setting the value would end the composition. Undoing is the pad's: the field's own would undo others' edits.
 */
export function bindField(field: HTMLTextAreaElement, pad: Pad): () => void {
  const show = (start: number, end: number, direction: Direction): void => {
    const { scrollTop } = field;
    field.value = pad.text();
    field.setSelectionRange(start, end, direction);
    field.scrollTop = scrollTop;
  };
  const changed = (delta: Delta): void => { show(moveCaret(field.selectionStart, delta), moveCaret(field.selectionEnd, delta), field.selectionDirection); };
  const typed = (): void => {
    const before = pad.text();
    const change = changeBetween(before, field.value, field.selectionEnd);
    if (change === null) return;
    pad.edit(change);
    // What did not fit is not shown either.
    const after = pad.text();
    if (field.value === after) return;
    const caret = change.at + after.length - (before.length - change.removed);
    show(caret, caret, 'none');
  };
  const input = (event: Event): void => { if (!(event instanceof InputEvent && event.isComposing)) typed(); };
  const composing = (): void => { pad.hold(); };
  const composed = (): void => {
    typed();
    pad.release();
  };
  const beforeInput = (event: InputEvent): void => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    if (event.inputType === 'historyUndo') pad.undo();
    else pad.redo();
  };
  const key = (event: KeyboardEvent): void => {
    const letter = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== 'z' && letter !== 'y')) return;
    event.preventDefault();
    if (letter === 'z' && !event.shiftKey) pad.undo();
    else pad.redo();
  };
  show(0, 0, 'none');
  const stop = pad.onChanged(changed);
  field.addEventListener('input', input);
  field.addEventListener('beforeinput', beforeInput);
  field.addEventListener('keydown', key);
  field.addEventListener('compositionstart', composing);
  field.addEventListener('compositionend', composed);
  return () => {
    stop();
    pad.release();
    field.removeEventListener('input', input);
    field.removeEventListener('beforeinput', beforeInput);
    field.removeEventListener('keydown', key);
    field.removeEventListener('compositionstart', composing);
    field.removeEventListener('compositionend', composed);
  };
}
