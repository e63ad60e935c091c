import type { SceneRef } from '../../shared/protocol/messages.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { sceneBase } from './scene-files.ts';

/** The part of the Network Information API that says whether data is dear; not every browser has it. */
type SavingNavigator = Navigator & { readonly connection?: { readonly saveData?: boolean } };

const asked = new Set<string>();

/**
 * Fetches a scene ahead into the browser's cache, behind everything that is needed now; once a revision, and not where people have asked
 * their browser to save data.
 */
export function prefetchScene(ref: SceneRef): void {
  const base = sceneBase(ref);
  if (asked.has(base) || (navigator as SavingNavigator).connection?.saveData === true) return;
  asked.add(base);
  void (async () => {
    try {
      // One after the other, the small ones first: a line that is in use for voices is never filled.
      for (const file of [SCENE_FILES.layout, SCENE_FILES.venue, SCENE_FILES.navigation, SCENE_FILES.model]) {
        // Only what is read to its end is kept.
        await (await fetch(base + file, { priority: 'low' })).arrayBuffer();
      }
    } catch {
      // Whoever goes there fetches it then, and is told what is wrong.
      asked.delete(base);
    }
  })();
}
