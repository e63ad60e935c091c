/** What is fetched when somebody in a talk takes notes. */
import type { NotesPad } from '../app/talks/notes-status.ts';
import { bindField } from './binding.ts';
import { Pad } from './pad.ts';
import { NotesSync } from './sync.ts';
import type { SyncDeps } from './sync.ts';

/** The notes of one talk: a pad, and what keeps it the same as the others'. */
export class Notes implements NotesPad {
  readonly sync: NotesSync;
  private readonly pad = new Pad();

  /** `now`: milliseconds of the clock by which `sync` is told the time. */
  constructor(deps: Omit<SyncDeps, 'pad'>, now: number) {
    this.sync = new NotesSync({ ...deps, pad: this.pad }, now);
  }

  get length(): Pad['length'] {
    return this.pad.length;
  }

  get full(): Pad['full'] {
    return this.pad.full;
  }

  text(): string {
    return this.pad.text();
  }

  bind(field: HTMLTextAreaElement): () => void {
    return bindField(field, this.pad);
  }

  close(): void {
    this.pad.close();
  }
}
