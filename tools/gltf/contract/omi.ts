/**
 * The open vocabulary for points: OMI_spawn_point, OMI_seat and OMI_link of the Open Metaverse Interoperability Group
 * (github.com/omigroup/gltf-extensions). A node that has one of them, and no mark of ours, is given the mark that says the same.
 */
import type { vec3 } from '@gltf-transform/core';
import { z } from 'zod';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';

const vector = z.tuple([z.number(), z.number(), z.number()]);
/** Positions in the node's space: back of the hips on the seat, underside of the feet, back of the knees. */
const OmiSeat = z.object({ back: vector, foot: vector, knee: vector });
const OmiNode = z.object({ OMI_spawn_point: z.object({}).loose().optional(), OMI_seat: z.unknown(), OMI_link: z.unknown() }).partial();
/** `scene:geneva#entrance`: a scene of this venue, and where one arrives in it. Links to anything else leave the venue. */
const SCENE_URI = /^scene:([a-z0-9-]{1,64})(?:#([A-Za-z0-9_.-]{1,64}))?$/;

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
  spawnPoints: Set<number>;
  seats: Map<number, LocalSeat>;
  links: Map<number, { to: string; spawn?: string }>;
}

/** Reads the extensions from the file's JSON. */
export function readOmi({ json }: ReadScene, findings: Findings): OmiMarks {
  const marks: OmiMarks = { spawnPoints: new Set(), seats: new Map(), links: new Map() };
  json.nodes?.forEach((node, index) => {
    const extensions = OmiNode.safeParse(node.extensions ?? {});
    if (!extensions.success) return;
    const where = `node "${node.name ?? index}"`;
    if (extensions.data.OMI_spawn_point) marks.spawnPoints.add(index);
    if (extensions.data.OMI_seat !== undefined) readSeat(marks, { index, where, seat: extensions.data.OMI_seat }, findings);
    if (extensions.data.OMI_link !== undefined) readLink(marks, { index, where, link: extensions.data.OMI_link }, findings);
  });
  return marks;
}

function readSeat(marks: OmiMarks, { index, where, seat }: { index: number; where: string; seat: unknown }, findings: Findings): void {
  const parsed = OmiSeat.safeParse(seat);
  if (parsed.success) marks.seats.set(index, localSeat(parsed.data));
  else findings.error({ code: 'bad-omi-seat', where, message: 'its OMI_seat lacks back, foot or knee as three numbers each.', fix: 'Give all three, in metres, in the space of the node.' });
}

function readLink(marks: OmiMarks, { index, where, link }: { index: number; where: string; link: unknown }, findings: Findings): void {
  const uri = z.object({ uri: z.string() }).safeParse(link).data?.uri;
  const [, to, spawn] = SCENE_URI.exec(uri ?? '') ?? [];
  if (to !== undefined) marks.links.set(index, spawn === undefined ? { to } : { to, spawn });
  else findings.warn({ code: 'foreign-link', where, message: `its OMI_link leads to ${uri === undefined ? 'nowhere' : `"${uri.slice(0, 80)}"`}, which is no scene of the venue; it is left out.`, fix: 'Write the uri as "scene:geneva" or "scene:geneva#entrance".' });
}

function localSeat({ back, foot, knee }: z.infer<typeof OmiSeat>): LocalSeat {
  const forward: vec3 = [knee[0] - back[0], 0, knee[2] - back[2]];
  const length = Math.hypot(forward[0], forward[2]) || 1;
  const origin: vec3 = [back[0] + (forward[0] / length) * HALF_HIPS, foot[1], back[2] + (forward[2] / length) * HALF_HIPS];
  return { origin, forward, height: back[1] - foot[1] };
}
