/** The rooms that people may book: acoustic spaces of the scene, with people who find somewhere to be in them. */
import { SpaceMap } from '../../../shared/rules/spaces.ts';
import type { Layout, Venue } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';

/** Checks that every room is a space. That it has a name in six languages is checked with the other spaces. */
export function checkMeetingRooms(venue: Venue, layout: Layout, findings: Findings): void {
  const spaces = new SpaceMap(layout.spaces);
  for (const id of Object.keys(venue.meetingRooms ?? {})) {
    const where = `venue.json at meetingRooms.${id}`;
    if (!layout.spaces.some((space) => space.id === id)) {
      findings.error({ code: 'unknown-meeting-room', where, message: 'no space has this id.', fix: 'Mend the id, or mark the room as a space: only what is an acoustic space can be closed and kept private.' });
      continue;
    }
    if (layout.spawnPoints.every(({ position }) => spaces.idAt(...position) === id)) {
      findings.error({ code: 'meeting-room-entrance', where, message: 'everybody arrives in this room.', fix: 'Put an entrance outside it: while it is booked, others may not be in it.' });
    }
  }
}
