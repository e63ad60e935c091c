export interface Board {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Where a key leads on a grid, by the pattern of WAI-ARIA for grids: arrows one cell, Home and End along the row, with Ctrl to the first and last cell,
 * Page Up and Page Down along the column. The board lies the same way round in every language. @returns the cell, or null if the key is none of these
 */
export function cellAfterKey(key: string, ctrl: boolean, cell: number, { columns, rows }: Board): number | null {
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  switch (key) {
    case 'ArrowLeft': return column > 0 ? cell - 1 : cell;
    case 'ArrowRight': return column < columns - 1 ? cell + 1 : cell;
    case 'ArrowUp': return row > 0 ? cell - columns : cell;
    case 'ArrowDown': return row < rows - 1 ? cell + columns : cell;
    case 'Home': return ctrl ? 0 : row * columns;
    case 'End': return ctrl ? rows * columns - 1 : (row + 1) * columns - 1;
    case 'PageUp': return column;
    case 'PageDown': return (rows - 1) * columns + column;
    default: return null;
  }
}
