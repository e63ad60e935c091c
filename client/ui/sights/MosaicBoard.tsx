import { memo } from 'preact/compat';
import { useId, useRef, useState } from 'preact/hooks';
import type { MosaicTexts } from '../../../shared/scene/layout.ts';
import { glazeOf, shade, TILE_BED, TILE_GROUND, TILE_GROUT, TILE_PATHS, TILE_SIDE } from '../../../shared/scene/tiles.ts';
import { store } from '../../app/store.ts';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { cellAfterKey } from './board-keys.ts';
import { inShownLanguage } from './texts.ts';

type Tile = MosaicTexts['tiles'][number];

/** What `tiles` calls taking a tile up. */
const TAKE_UP = -1;

/** A tile as it lies on the board, or the bed where none lies. `cell`: for the shade of its glaze. */
function TilePicture({ tile, cell }: { readonly tile: Tile | undefined; readonly cell: number }) {
  const glaze = glazeOf(cell) * 0.07;
  return (
    <svg class="tile" viewBox={`0 0 ${TILE_SIDE} ${TILE_SIDE}`} aria-hidden="true" focusable="false">
      <rect width={TILE_SIDE} height={TILE_SIDE} fill={tile === undefined ? TILE_BED : shade(TILE_GROUND, glaze * 0.5)} />
      {tile === undefined
        ? <rect x={TILE_SIDE / 2 - 4} y={TILE_SIDE / 2 - 4} width={8} height={8} fill={shade(TILE_BED, -0.18)} />
        : <path d={TILE_PATHS[tile.shape]} fill={shade(tile.colour, glaze)} stroke={TILE_GROUT} stroke-width={3.5} stroke-linejoin="round" />}
    </svg>
  );
}

interface CellProps {
  readonly cell: number;
  readonly tile: Tile | undefined;
  readonly label: string;
  readonly active: boolean;
}

const Cell = memo(({ cell, tile, label, active }: CellProps) => (
  <div role="gridcell" class="board__cell" data-cell={cell} tabIndex={active ? 0 : -1} aria-label={label}>
    <TilePicture tile={tile} cell={cell} />
  </div>
));

interface PaletteProps {
  readonly tiles: readonly Tile[];
  readonly chosen: number;
  readonly onChoose: (tile: number) => void;
}

function Palette({ tiles, chosen, onChoose }: PaletteProps) {
  const name = useId();
  return (
    <fieldset class="field palette">
      <legend class="field__label">{t('mosaic.palette')}</legend>
      <div class="palette__tiles">
        {[...tiles.keys(), TAKE_UP].map((index) => {
          const tile = tiles[index];
          return (
            <label key={index} class="palette__tile">
              <input class="visually-hidden" type="radio" name={name} value={index} checked={index === chosen} onChange={() => { onChoose(index); }} />
              <span class="palette__picture"><TilePicture tile={tile} cell={0} /></span>
              <span class="palette__name">{tile === undefined ? t('mosaic.takeUp') : inShownLanguage(tile.name)}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

interface MosaicBoardProps {
  readonly activity: string;
  readonly mosaic: MosaicTexts;
}

/** Where a cell is and what lies there, in words. */
export function cellText(mosaic: MosaicTexts, cell: number, tile: number): string {
  const named = mosaic.tiles[tile];
  const where = { row: Math.floor(cell / mosaic.columns) + 1, column: (cell % mosaic.columns) + 1 };
  return t('mosaic.cell', { ...where, tile: named === undefined ? t('mosaic.empty') : inShownLanguage(named.name) });
}

/** The cell that an event happened on. */
function cellOf(target: EventTarget | null): number | null {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined;
  return found === undefined ? null : Number(found);
}

interface GridProps {
  readonly mosaic: MosaicTexts;
  readonly cells: readonly number[];
  readonly describedBy: string;
  /** Enter, Space or a press on a cell. */
  readonly onLay: (cell: number) => void;
  readonly onTakeUp: (cell: number) => void;
}

/** The cells as a grid of the keyboard. */
function Grid({ mosaic, cells, describedBy, onLay, onTakeUp }: GridProps) {
  const { columns, rows, tiles } = mosaic;
  const [active, setActive] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent): void => {
    const next = cellAfterKey(event.key, event.ctrlKey, active, mosaic);
    if (next !== null) {
      setActive(next);
      grid.current?.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onLay(active);
    else if (event.key === 'Delete' || event.key === 'Backspace') onTakeUp(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const row = (number: number) => Array.from({ length: columns }, (_, column) => {
    const cell = number * columns + column;
    const tile = cells[cell] ?? TAKE_UP;
    return <Cell key={cell} cell={cell} tile={tiles[tile]} label={cellText(mosaic, cell, tile)} active={cell === active} />;
  });
  return (
    <div
      ref={grid}
      role="grid"
      class="board__grid"
      dir="ltr"
      aria-label={t('mosaic.board')}
      aria-describedby={describedBy}
      aria-rowcount={rows}
      aria-colcount={columns}
      onKeyDown={onKey}
      onFocusIn={(event) => { setActive(cellOf(event.target) ?? active); }}
      onClick={(event) => {
        const cell = cellOf(event.target);
        if (cell !== null) onLay(cell);
      }}
    >
      {Array.from({ length: rows }, (_, number) => <div key={number} role="row" class="board__row">{row(number)}</div>)}
    </div>
  );
}

/** A mosaic that everybody lays together: choose a tile, press a cell. A press on a tile of the same kind takes it up. */
export function MosaicBoard({ activity, mosaic }: MosaicBoardProps) {
  const actions = useActions();
  const cells = store.mosaics.value.get(activity);
  const [chosen, choose] = useState(0);
  const keysId = useId();
  if (cells === undefined) return <p class="empty">{t('common.loading')}</p>;
  const { columns, rows, tiles } = mosaic;
  const change = (cell: number, tile: number): void => {
    if (tile !== (cells[cell] ?? TAKE_UP)) actions.layTile(activity, cell, tile === TAKE_UP ? null : tile);
  };
  return (
    <>
      <Palette tiles={tiles} chosen={chosen} onChoose={choose} />
      <p class="field__hint" id={keysId}>{t('mosaic.keys')}</p>
      <div class="board" style={{ '--columns': columns }}>
        <Grid
          mosaic={mosaic}
          cells={cells}
          describedBy={keysId}
          onLay={(cell) => { change(cell, cells[cell] === chosen ? TAKE_UP : chosen); }}
          onTakeUp={(cell) => { change(cell, TAKE_UP); }}
        />
      </div>
      <p class="field__hint">{t('mosaic.laid', { done: cells.filter((tile) => tile >= 0).length, total: columns * rows })}</p>
    </>
  );
}
