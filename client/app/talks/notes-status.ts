import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Most characters (UTF-16 units) that a pad takes. */
export const NOTES_MAX_LENGTH = 100_000;

/** The notes of a talk, as the UI sees them. */
export interface NotesPad {
  readonly length: ReadonlySignal<number>;
  /** The last thing written did not fit. */
  readonly full: ReadonlySignal<boolean>;
  text(): string;
  /** Shows the notes in a field, to be written in, with the caret where it was whatever others write. @returns how to stop */
  bind(field: HTMLTextAreaElement): () => void;
}

/** `none`: nobody has written anything, and I have not asked for the pad. */
export const notesStatus = signal<{ readonly state: 'none' | 'coming' | 'failed' } | { readonly state: 'ready'; readonly pad: NotesPad }>({ state: 'none' });
