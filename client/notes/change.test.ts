import { describe, expect, test } from 'vitest';
import { Random } from '../../tests/support/random.ts';
import { changeBetween, moveCaret } from './change.ts';

function apply(text: string, change: ReturnType<typeof changeBetween>): string {
  return change === null ? text : text.slice(0, change.at) + change.inserted + text.slice(change.at + change.removed);
}

describe('the edit between two texts', () => {
  test('nothing happened', () => {
    expect(changeBetween('abc', 'abc', 1)).toBeNull();
  });

  test('of several equal letters, the one at the caret was typed', () => {
    expect(changeBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, removed: 0, inserted: 'a' });
    expect(changeBetween('aaa', 'aa', 0)).toEqual({ at: 0, removed: 1, inserted: '' });
  });

  test('characters of two code units are never cut in half', () => {
    // Both share their first half, and the others their second.
    expect(changeBetween('x😀y', 'x😁y', 3)).toEqual({ at: 1, removed: 2, inserted: '😁' });
    expect(changeBetween('x\u{1F600}y', 'x\u{1FA00}y', 3)?.inserted).toBe('\u{1FA00}');
  });

  test('gives the new text whatever the two are, and wherever the caret is', () => {
    const random = new Random(11);
    const word = (): string => Array.from({ length: random.below(8) }, () => ['a', 'b', '😀', '😁', 'م'][random.below(5)]).join('');
    for (let round = 0; round < 5000; round += 1) {
      const [before, after] = [word(), word()];
      const change = changeBetween(before, after, random.below(after.length + 1));
      expect(apply(before, change)).toBe(after);
      if (change === null) continue;
      expect(change.inserted.isWellFormed() && before.slice(change.at, change.at + change.removed).isWellFormed()).toBe(true);
    }
  });
});

describe('where the caret stands after what others wrote', () => {
  test.each([
    ['before it', 5, [{ retain: 1 }, { insert: 'abc' }], 8],
    ['at it', 5, [{ retain: 5 }, { insert: 'abc' }], 5],
    ['behind it', 5, [{ retain: 9 }, { delete: 2 }], 5],
    ['removed before it', 5, [{ delete: 2 }], 3],
    ['removed around it', 5, [{ retain: 3 }, { delete: 9 }], 3],
    ['replaced before it', 5, [{ delete: 1 }, { insert: 'xyz' }], 7],
  ])('%s', (_name, caret, delta, expected) => {
    expect(moveCaret(caret, delta)).toBe(expected);
  });
});
