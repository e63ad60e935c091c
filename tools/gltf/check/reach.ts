/** Whether people get everywhere: from the first spawn point to every other one, and to every place, seat, stand, door and link. */
import { SpaceMap } from '../../../shared/rules/spaces.ts';
import type { Footing, Ground, Point } from '../../../shared/rules/ground.ts';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';

/** How far from the mesh something to stand on may be, metres. */
const STAND_REACH = 0.5;
/** How far from a seat the point may be from which one sits down, metres. */
const SEAT_REACH = 1;

interface Spot {
  what: string;
  position: readonly [number, number, number];
  reach: number;
}

/** Everything that somebody must be able to walk to, the first spawn point first. */
function spotsOf(layout: Layout): Spot[] {
  const stand = (what: string, items: readonly { id: string; position: Spot['position'] }[]): Spot[] => items.map(({ id, position }) => ({ what: `${what} "${id}"`, position, reach: STAND_REACH }));
  return [
    ...stand('spawn point', layout.spawnPoints),
    ...stand('place', layout.places),
    ...stand('exhibit', layout.exhibits),
    ...stand('360-degree stand', layout.panoramas),
    ...stand('activity', layout.activities),
    ...stand('booth', layout.booths),
    ...stand('door', layout.doors),
    ...stand('link', layout.links),
    ...stand('dock', layout.docks),
    ...layout.seats.map(({ id, position }) => ({ what: `seat "${id}"`, position, reach: SEAT_REACH })),
  ];
}

/** Reports every spot that cannot be walked to, and every one outside all acoustic spaces. */
export function checkReach(layout: Layout, ground: Ground, findings: Findings): void {
  const spots = spotsOf(layout);
  checkSpaces(layout, spots, findings);
  const [first, ...others] = spots;
  if (!first) return;
  const start = footing(ground, first);
  if (!start) {
    findings.error({ code: 'off-ground', where: first.what, message: 'it is not on the walkable surface, so nothing can be reached.', fix: 'Put it on a walkable floor, 0.3 m or more from walls.' });
    return;
  }
  for (const spot of others) {
    const end = footing(ground, spot);
    if (!end) {
      findings.error({ code: 'off-ground', where: spot.what, message: `there is nothing to walk on within ${spot.reach} m of it.`, fix: 'Move it, or give it a walkable floor with room for a person (0.6 m wide).' });
    } else if (ground.path(start, end).length === 0) {
      findings.error({ code: 'unreachable', where: spot.what, message: `nobody can walk to it from ${first.what}.`, fix: 'Look for a doorway narrower than 0.7 m, a step higher than 0.25 m, or a gap in the walkable floor.' });
    }
  }
}

function footing(ground: Ground, { position, reach }: Spot): Point | undefined {
  const [x, y, z] = position;
  const out: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  return ground.place({ x, y, z }, reach, out) ? out : undefined;
}

function checkSpaces(layout: Layout, spots: readonly Spot[], findings: Findings): void {
  const map = new SpaceMap(layout.spaces);
  for (const { what, position } of spots) {
    // A doorway may lie in the thickness of a wall, between two spaces.
    if (what.startsWith('door ')) continue;
    if (map.at(...position) < 0) findings.error({ code: 'no-space', where: what, message: 'it is in no acoustic space, so nobody is heard there.', fix: 'Extend a space over it: spaces are bodies marked {"kind":"space"}, from floor to ceiling.' });
  }
}
