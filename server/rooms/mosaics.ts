import type { ClientMessage } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { MosaicTexts } from '../../shared/scene/layout.ts';
import type { MosaicCell, MosaicRepository } from '../store/store.ts';
import { isBlocked } from './person.ts';
import type { Person, Presence } from './person.ts';
import type { Encode, Log } from './services.ts';

export interface MosaicDeps {
  readonly store: MosaicRepository;
  readonly encode: Encode;
  readonly log: Log;
}

/** The board of one activity of one scene. It outlives the revisions of the scene: what does not fit a new one is only not shown. */
class Board {
  readonly scene: string;
  readonly activity: string;
  readonly watchers = new Set<Presence>();
  private readonly tiles: Map<number, number>;
  private readonly unsaved = new Map<number, number | null>();

  constructor(scene: string, activity: string, cells: readonly MosaicCell[]) {
    this.scene = scene;
    this.activity = activity;
    this.tiles = new Map(cells.flatMap(({ cell, tile }) => (tile === null ? [] : [[cell, tile]])));
  }

  at(cell: number): number | null {
    return this.tiles.get(cell) ?? null;
  }

  set(cell: number, tile: number | null): void {
    if (tile === null) this.tiles.delete(cell);
    else this.tiles.set(cell, tile);
    this.unsaved.set(cell, tile);
  }

  /** Row by row, -1 where there is no tile. */
  cells({ columns, rows, tiles }: MosaicTexts): number[] {
    return Array.from({ length: columns * rows }, (_, cell) => {
      const tile = this.tiles.get(cell) ?? -1;
      return tile < tiles.length ? tile : -1;
    });
  }

  /** Hands over what has changed since the last time. */
  takeUnsaved(): readonly MosaicCell[] {
    const changes = [...this.unsaved].map(([cell, tile]) => ({ cell, tile }));
    this.unsaved.clear();
    return changes;
  }

  /** Saving failed: to be tried again, unless the cell has changed once more. */
  putBack(changes: readonly MosaicCell[]): void {
    for (const { cell, tile } of changes) if (!this.unsaved.has(cell)) this.unsaved.set(cell, tile);
  }
}

/**
 * The authority over mosaics: what lies on each board, who watches it, and its keeping. Everybody in the scene may lay and take up; how fast is the
 * door's limit. Who laid a tile is told to those who watch, and not kept.
 */
export class Mosaics {
  private readonly deps: MosaicDeps;
  /** By scene and activity; each is read from the store once. */
  private readonly boards = new Map<string, Promise<Board | null>>();
  private readonly loaded = new Set<Board>();
  private writing: Promise<void> | null = null;

  constructor(deps: MosaicDeps) {
    this.deps = deps;
  }

  /** Begins to tell a person of a board, the whole of it first, or ends it. */
  async watch(presence: Presence, { activity, on }: ClientMessage<'watchActivity'>): Promise<Reason | null> {
    const { person } = presence;
    const { scene } = person;
    const mosaic = mosaicOf(person, activity);
    if (mosaic === null) return on ? 'ACTIVITY_UNKNOWN' : null;
    const board = await this.board(scene.id, activity);
    if (board === null) return 'INTERNAL';
    if (!on) {
      board.watchers.delete(presence);
      return null;
    }
    // They may have gone elsewhere while it was read.
    if (person.presence !== presence || person.scene !== scene) return null;
    board.watchers.add(presence);
    presence.connection.send('mosaic', { activity, cells: board.cells(mosaic) });
    return null;
  }

  /** Lays a tile or takes one up, and tells those who watch. */
  async lay(presence: Presence, { activity, cell, tile }: ClientMessage<'mosaic'>): Promise<Reason | null> {
    const { person } = presence;
    const mosaic = mosaicOf(person, activity);
    if (mosaic === null) return 'ACTIVITY_UNKNOWN';
    if (cell >= mosaic.columns * mosaic.rows || (tile !== null && tile >= mosaic.tiles.length)) return 'CELL_UNKNOWN';
    const board = await this.board(person.scene.id, activity);
    if (board === null) return 'INTERNAL';
    if (person.presence !== presence || board.at(cell) === tile) return null;
    board.set(cell, tile);
    this.tell(board, person, { cell, tile: tile ?? -1 });
    return null;
  }

  /** Writes what has changed. A failure is logged, and what it concerned is tried again the next time. */
  async save(): Promise<void> {
    while (this.writing !== null) await this.writing;
    this.writing = this.write();
    try {
      await this.writing;
    } finally {
      this.writing = null;
    }
  }

  /** Null if it cannot be read; the next try reads anew. */
  private board(scene: string, activity: string): Promise<Board | null> {
    const key = `${scene}/${activity}`;
    const known = this.boards.get(key);
    if (known !== undefined) return known;
    const reading = this.read(scene, activity).catch((cause: unknown) => {
      this.boards.delete(key);
      this.deps.log.error({ err: cause, scene, activity }, 'reading a mosaic failed');
      return null;
    });
    this.boards.set(key, reading);
    return reading;
  }

  private async read(scene: string, activity: string): Promise<Board> {
    const board = new Board(scene, activity, await this.deps.store.get(scene, activity));
    this.loaded.add(board);
    return board;
  }

  private tell(board: Board, by: Person, change: { readonly cell: number; readonly tile: number }): void {
    const message = { activity: board.activity, ...change };
    const bytes = this.deps.encode('mosaicChanged', { ...message, by: by.id });
    for (const watcher of board.watchers) {
      const { person } = watcher;
      if (person.presence !== watcher || person.scene.id !== board.scene) board.watchers.delete(watcher);
      // The tile is there for everybody; that somebody whom one does not see laid it is not told.
      else if (isBlocked(person, by)) watcher.connection.send('mosaicChanged', { ...message, by: '' });
      else watcher.connection.sendEncoded(bytes);
    }
  }

  private async write(): Promise<void> {
    for (const board of this.loaded) {
      const changes = board.takeUnsaved();
      if (changes.length === 0) continue;
      try {
        await this.deps.store.save(board.scene, board.activity, changes);
      } catch (cause) {
        board.putBack(changes);
        this.deps.log.error({ err: cause, scene: board.scene, activity: board.activity }, 'saving a mosaic failed');
      }
    }
  }
}

/** The mosaic of that id in the scene that somebody is in, or null. */
function mosaicOf({ scene: { scene } }: Person, activity: string): MosaicTexts | null {
  const there = scene.layout.activities.some(({ id, kind }) => id === activity && kind === 'mosaic');
  return there ? (scene.venue.activities?.[activity] ?? null) : null;
}
