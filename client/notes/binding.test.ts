// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTES_MAX_LENGTH } from '../app/talks/notes-status.ts';
import { bindField } from './binding.ts';
import { Pad } from './pad.ts';

let pad: Pad;
let other: Pad;
let field: HTMLTextAreaElement;
let stop: () => void;

/** As if typed: the browser changes the value and says so. */
function type(value: string, caret: number, isComposing = false): void {
  field.value = value;
  field.setSelectionRange(caret, caret);
  field.dispatchEvent(new InputEvent('input', { isComposing }));
}

beforeEach(() => {
  pad = new Pad(1);
  other = new Pad(2);
  pad.onWritten((update) => { other.apply(update); });
  other.onWritten((update) => { pad.apply(update); });
  field = document.createElement('textarea');
  document.body.append(field);
  stop = bindField(field, pad);
});

afterEach(() => { field.remove(); });

describe('a pad in a text field', () => {
  test('what is typed is written, and what others write is shown with the selection where it was', () => {
    type('alpha gamma', 11);
    expect(other.text()).toBe('alpha gamma');
    field.setSelectionRange(6, 11);
    other.edit({ at: 0, removed: 0, inserted: 'Draft: ' });
    other.edit({ at: 13, removed: 0, inserted: 'beta ' });
    expect(field.value).toBe('Draft: alpha beta gamma');
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('beta gamma');
  });

  test('others wait while a character is being composed', () => {
    field.dispatchEvent(new CompositionEvent('compositionstart'));
    type('n', 1, true);
    other.edit({ at: 0, removed: 0, inserted: 'x' });
    expect([field.value, other.text()]).toEqual(['n', 'x']);
    field.value = '你';
    field.setSelectionRange(1, 1);
    field.dispatchEvent(new CompositionEvent('compositionend'));
    expect([...field.value].sort()).toEqual(['x', '你']);
    expect(other.text()).toBe(field.value);
  });

  test('what does not fit is not shown', () => {
    type('x'.repeat(NOTES_MAX_LENGTH), NOTES_MAX_LENGTH);
    type(`${'x'.repeat(10)}yy${'x'.repeat(NOTES_MAX_LENGTH - 10)}`, 12);
    expect(pad.full.value).toBe(true);
    expect(field.value).toBe(pad.text());
    expect([field.value.length, field.selectionStart, field.selectionEnd]).toEqual([NOTES_MAX_LENGTH, 10, 10]);
  });

  test('undoing takes back what I wrote, not what the others wrote', () => {
    type('mine', 4);
    other.edit({ at: 4, removed: 0, inserted: ' theirs' });
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true }));
    expect([field.value, other.text()]).toEqual([' theirs', ' theirs']);
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, shiftKey: true, cancelable: true }));
    expect(field.value).toBe('mine theirs');
  });

  test('a field that is gone is written no more', () => {
    stop();
    other.edit({ at: 0, removed: 0, inserted: 'x' });
    type('typed', 5);
    expect([field.value, pad.text()]).toEqual(['typed', 'x']);
  });
});
