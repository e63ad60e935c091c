import type { StaffBooth } from '../../shared/protocol/sponsors.ts';
import { SceneFacts } from '../scenes/facts.ts';
import type { SceneLibrary } from '../scenes/library.ts';

/** The booths of the scenes that are open now. */
export function boothsOf(library: Pick<SceneLibrary, 'list' | 'folderOf'>): Pick<SceneFacts<StaffBooth>, 'list'> {
  return new SceneFacts(library, ({ id, names }, layout, venue) => layout.booths.map((booth) => ({ id: booth.id, scene: id, sceneNames: names, names: venue.names[booth.id] ?? null })));
}
