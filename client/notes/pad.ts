import { signal } from '@preact/signals';
import { applyUpdate, createDeleteSetFromStructStore, decodeStateVector, Doc, encodeStateAsUpdate, encodeStateVector, UndoManager } from 'yjs';
import type { Text as SharedText } from 'yjs';
import { NOTES_MAX_LENGTH } from '../app/talks/notes-status.ts';
import type { Change } from './change.ts';
import { splitsCharacter } from './change.ts';

export type Delta = Parameters<typeof import('./change.ts').moveCaret>[1];

const MINE = Symbol('mine');
const THEIRS = Symbol('theirs');

/** How a replica compares with what another has told of itself. */
export interface Comparison {
  readonly iLack: boolean;
  readonly theyLack: boolean;
}

/** One replica of the notes: a text that all members edit at once, and that ends up the same for all (Yjs). Lives as long as one is in the talk. */
export class Pad {
  readonly length = signal(0);
  /** Something was just cut off, since the pad is full. */
  readonly full = signal(false);
  private readonly doc = new Doc();
  private readonly shared: SharedText = this.doc.getText('notes');
  private readonly undoing = new UndoManager(this.shared, { trackedOrigins: new Set([MINE]) });
  /** Others' edits while they would disturb, as while a character is being composed. */
  private held: Uint8Array[] | null = null;

  /** `client`: number of this replica among the others', for tests; otherwise a random one of 32 bits. */
  constructor(client?: number) {
    if (client !== undefined) this.doc.clientID = client;
    this.shared.observe(() => { this.length.value = this.shared.length; });
  }

  text(): string {
    return this.shared.toJSON();
  }

  /** Writes. What does not fit is left out, and `full` is raised. */
  edit({ at, removed, inserted }: Change): void {
    const room = NOTES_MAX_LENGTH - (this.shared.length - removed);
    let fits = Math.max(0, Math.min(inserted.length, room));
    if (splitsCharacter(inserted, fits)) fits -= 1;
    this.full.value = fits < inserted.length;
    this.doc.transact(() => {
      if (removed > 0) this.shared.delete(at, removed);
      if (fits > 0) this.shared.insert(at, inserted.slice(0, fits));
    }, MINE);
  }

  undo(): void {
    this.undoing.undo();
  }

  redo(): void {
    this.undoing.redo();
  }

  /** Tells of every change that was not typed into `edit`, undoing included. @returns how to stop */
  onChanged(listener: (delta: Delta) => void): () => void {
    const observer: Parameters<SharedText['observe']>[0] = (event) => { if (event.transaction.origin !== MINE) listener(event.delta as Delta); };
    this.shared.observe(observer);
    return () => { this.shared.unobserve(observer); };
  }

  /** Tells of what others have not got yet. */
  onWritten(listener: (update: Uint8Array) => void): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => { if (origin !== THEIRS) listener(update); });
  }

  /** Others' edits wait until {@link release}. */
  hold(): void {
    this.held ??= [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const update of held) this.apply(update);
  }

  /** Takes in what another has written. What is no update is ignored. */
  apply(update: Uint8Array): void {
    if (this.held !== null) {
      this.held.push(update);
      return;
    }
    try {
      applyUpdate(this.doc, update, THEIRS);
    } catch {
      // Whatever a member sends: this replica stays as it is.
    }
  }

  /** Something came without what it builds upon. */
  get hasGaps(): boolean {
    return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null;
  }

  get isEmpty(): boolean {
    return this.doc.store.clients.size === 0;
  }

  vector(): Uint8Array {
    return encodeStateVector(this.doc);
  }

  /** @throws Error if `vector` is none */
  since(vector: Uint8Array): Uint8Array {
    return encodeStateAsUpdate(this.doc, vector);
  }

  /** A number that is the same where the same is deleted: the state vector counts only what was written. FNV-1a over the ranges. */
  deletions(): number {
    let hash = 0x811c9dc5;
    const mix = (value: number): void => {
      for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((value >>> shift) & 255), 0x01000193);
    };
    const { clients } = createDeleteSetFromStructStore(this.doc.store);
    for (const client of [...clients.keys()].sort((a, b) => a - b)) {
      mix(client);
      for (const { clock, len } of clients.get(client) ?? []) {
        mix(clock);
        mix(len);
      }
    }
    return hash >>> 0;
  }

  /** @throws Error if `vector` is none */
  compare(vector: Uint8Array, deletions: number | null): Comparison {
    const mine = decodeStateVector(this.vector());
    const theirs = decodeStateVector(vector);
    let iLack = false;
    let theyLack = false;
    for (const [client, clock] of theirs) iLack ||= clock > (mine.get(client) ?? 0);
    for (const [client, clock] of mine) theyLack ||= clock > (theirs.get(client) ?? 0);
    // Who deleted what the other did not is not to be seen from a number: both ask.
    if (!iLack && !theyLack && deletions !== null && deletions !== this.deletions()) return { iLack: true, theyLack: true };
    return { iLack, theyLack };
  }

  close(): void {
    this.undoing.destroy();
    this.doc.destroy();
  }
}
