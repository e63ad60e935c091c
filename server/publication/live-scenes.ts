import type { ListedScene } from '../scenes/library.ts';

/** A scene that is published now. */
export type PublishedScene = ListedScene;

/** What publication needs of the library of scenes that people walk in. Changes take effect at once, for those inside too. */
export interface LiveScenes {
  list(): readonly PublishedScene[];
  find(id: string): PublishedScene | null;
  /** The folder with the files of a revision, or null. */
  folderOf(id: string, revision: string): string | null;
  /** Shows the scene in `folder` from now on, in the place of an earlier revision of its id. */
  publish(scene: PublishedScene, folder: string): void;
  withdraw(id: string): boolean;
}

/** Reads a scene folder the way that rooms do. */
export interface SceneReader {
  /** Rejects if `venue.json` is none. `id` is that of `venue.json`. */
  describe(folder: string, revision: string): Promise<PublishedScene>;
  /** Loads all that the server walks on, and lets go of it. Rejects with what is wrong. */
  tryOut(folder: string, scene: PublishedScene): Promise<void>;
}
