import { describe, expect, it } from 'vitest';
import { cellAfterKey } from './board-keys.ts';

const board = { columns: 4, rows: 3 };
const after = (key: string, cell: number, ctrl = false): number | null => cellAfterKey(key, ctrl, cell, board);

describe('keys on a mosaic', () => {
  it('move by a cell and stop at the edges', () => {
    expect([after('ArrowRight', 5), after('ArrowLeft', 5), after('ArrowUp', 5), after('ArrowDown', 5)]).toEqual([6, 4, 1, 9]);
    expect([after('ArrowRight', 7), after('ArrowLeft', 4), after('ArrowUp', 2), after('ArrowDown', 10)]).toEqual([7, 4, 2, 10]);
  });

  it('go to the ends of a row, a column and the board', () => {
    expect([after('Home', 6), after('End', 6), after('Home', 6, true), after('End', 6, true), after('PageUp', 6), after('PageDown', 6)]).toEqual([4, 7, 0, 11, 2, 10]);
  });

  it('leave other keys alone', () => {
    expect(after('Tab', 3)).toBeNull();
  });
});
