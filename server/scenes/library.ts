import type { SceneRef } from '../../shared/protocol/messages.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { Ground } from '../../shared/rules/ground.ts';
import type { Layout, Venue } from '../../shared/scene/layout.ts';

/** A scene that is published now. */
export interface ListedScene extends SceneRef {
  /** What it is called. */
  readonly names: Readonly<Record<Language, string>>;
}

/** One revision of a scene as the server walks in it. */
export interface VenueScene extends SceneRef {
  readonly layout: Layout;
  /** `venue.json`: names, and what exhibits and activities are made of. */
  readonly venue: Venue;
  readonly ground: Ground;
  /** Frees the ground. Whoever loaded the scene calls it, once, when nobody stands on it any more. */
  dispose(): void;
}

export interface SceneChange {
  readonly id: string;
  readonly cause: 'added' | 'replaced' | 'withdrawn';
}

/** The scenes of the event: what is published, and how to get it. Scenes come, go and are replaced while the server runs. */
export interface SceneLibrary {
  /** What is published now; the order is that of publication. */
  list(): readonly ListedScene[];
  /** The revision that is published now, or null. */
  find(id: string): ListedScene | null;
  /**
   * Loads the revision that is published now, anew at every call: the caller owns what comes.
   * Rejects with `ReasonedError` SCENE_UNKNOWN for a scene that is not there, or with the error that its files have.
   */
  load(id: string): Promise<VenueScene>;
  /** Told after every change, when `list` shows it already. @returns how to stop listening. */
  onChange(listener: (change: SceneChange) => void): () => void;
  /** The folder with the files of a revision, be it published now or once (people may still be loading it); null if there was never one. */
  folderOf(id: string, revision: string): string | null;
}
