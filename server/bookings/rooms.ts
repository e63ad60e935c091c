import type { MeetingRoom } from '../../shared/protocol/bookings.ts';
import { SceneFacts } from '../scenes/facts.ts';
import type { SceneLibrary } from '../scenes/library.ts';

/** The rooms of the scenes that are open now that can be booked. */
export function meetingRoomsOf(library: Pick<SceneLibrary, 'list' | 'folderOf'>): Pick<SceneFacts<MeetingRoom>, 'list'> {
  return new SceneFacts(library, ({ id, names: sceneNames }, { spaces }, { meetingRooms = {}, names: all }) => Object.entries(meetingRooms).flatMap(([space, { people }]) => {
    const names = all[space];
    return names === undefined || !spaces.some((each) => each.id === space) ? [] : [{ scene: id, space, names, sceneNames, people }];
  }));
}
