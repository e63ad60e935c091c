/**
 * The open vocabulary: OMI_spawn_point and OMI_seat of the Open Metaverse Interoperability Group
 * (github.com/omigroup/gltf-extensions). A node that has one of them, and no mark of ours, is given the mark that says the same.
 */
import type { vec3 } from '@gltf-transform/core';
import { z } from 'zod';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';

const vector = z.tuple([z.number(), z.number(), z.number()]);
/** Positions in the node's space: back of the hips on the seat, underside of the feet, back of the knees. */
const OmiSeat = z.object({ back: vector, foot: vector, knee: vector });
const OmiNode = z.object({ OMI_spawn_point: z.object({}).loose().optional(), OMI_seat: z.unknown() }).partial();

/** How deep a person's hips are, from back to middle, metres: OMI_seat gives the back, our seat mark the middle. */
const HALF_HIPS = 0.12;

/** An OMI seat, as our mark states it, in the node's space. */
export interface LocalSeat {
  /** The floor under the hips. */
  origin: vec3;
  /** Where the sitter looks; not normalised. */
  forward: vec3;
  /** Seat surface above the floor, metres. */
  height: number;
}

/** What the extensions of a node say, by node index of the file. */
export interface OmiMarks {
  spawnPoints: number[];
  seats: Map<number, LocalSeat>;
}

/** Reads both extensions from the file's JSON. */
export function readOmi({ json }: ReadScene, findings: Findings): OmiMarks {
  const marks: OmiMarks = { spawnPoints: [], seats: new Map() };
  json.nodes?.forEach((node, index) => {
    const extensions = OmiNode.safeParse(node.extensions ?? {});
    if (!extensions.success) return;
    if (extensions.data.OMI_spawn_point) marks.spawnPoints.push(index);
    if (extensions.data.OMI_seat === undefined) return;
    const seat = OmiSeat.safeParse(extensions.data.OMI_seat);
    if (seat.success) marks.seats.set(index, localSeat(seat.data));
    else {
      findings.error({
        code: 'bad-omi-seat',
        where: `node "${node.name ?? index}"`,
        message: 'its OMI_seat lacks back, foot or knee as three numbers each.',
        fix: 'Give all three, in metres, in the space of the node.',
      });
    }
  });
  return marks;
}

function localSeat({ back, foot, knee }: z.infer<typeof OmiSeat>): LocalSeat {
  const forward: vec3 = [knee[0] - back[0], 0, knee[2] - back[2]];
  const length = Math.hypot(forward[0], forward[2]) || 1;
  const origin: vec3 = [back[0] + (forward[0] / length) * HALF_HIPS, foot[1], back[2] + (forward[2] / length) * HALF_HIPS];
  return { origin, forward, height: back[1] - foot[1] };
}
