/**
 * The marks of a scene: what `extras.venue` of a node says it is. One schema a kind; the words for authors are in `tools/gltf/README.md`.
 * Blender writes them from a custom property `venue`, which may be a dictionary or, as its panel makes easier, JSON in a text.
 */
import type { Node, mat4, vec3 } from '@gltf-transform/core';
import { z } from 'zod';
import type { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';
import { determinant, sceneNodes } from '../triangles.ts';
import { readOmi } from './omi.ts';
import type { LocalSeat } from './omi.ts';

/** Blender stores whole numbers where an author typed 12 for a name, and 1 for true. */
const id = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'use 1 to 64 of the characters A-Z a-z 0-9 _ . -'));
const flag = z.preprocess((value) => (value === 1 ? true : value === 0 ? false : value), z.boolean());

const Opening = z.object({ to: id, lossDecibels: z.number().min(0).max(100) });

export const MARKS = {
  /** Where people arrive; +Z of the node is where they look. */
  spawn: z.object({ kind: z.literal('spawn'), id }),
  /** Origin on the floor under the hips, +Z is where the sitter looks; `height` of the seat surface above it, metres. */
  seat: z.object({ kind: z.literal('seat'), id, height: z.number().min(0.2).max(1.2).default(0.45) }),
  /** A destination with a name. */
  place: z.object({ kind: z.literal('place'), id }),
  /** An acoustic space: the upright prism around its mesh. `reverb`: 0 dry to 1 cathedral. */
  space: z.object({ kind: z.literal('space'), id, reverb: z.number().min(0).max(1), openings: z.array(Opening).default([]) }),
  /** A surface to walk on; drawn only if `visible`. */
  walkable: z.object({ kind: z.literal('walkable'), visible: flag.default(false) }),
  /** A body that nobody walks through; never drawn. */
  obstacle: z.object({ kind: z.literal('obstacle') }),
  /** A mesh that shows what the event puts there; its texture coordinates run from 0 to 1. */
  screen: z.object({ kind: z.literal('screen'), id }),
} as const;

export type MarkKind = keyof typeof MARKS;
export type MarkData<K extends MarkKind> = z.infer<(typeof MARKS)[K]>;

/** A mark, with its node and where that stands in the world. */
export interface Mark<K extends MarkKind = MarkKind> {
  node: Node;
  data: MarkData<K>;
  /** World position of the mark's origin, metres. */
  position: vec3;
  /** Radians about +Y; 0 looks along +Z. */
  yaw: number;
}

/** All marks of a scene, by kind, in the order of the file. */
export type Marks = { readonly [K in MarkKind]: readonly Mark<K>[] };

/** How messages call a node. */
export function nodeName(node: Node): string {
  return `node "${node.getName()}"`;
}

/** What a node's `extras` hold under `venue`, parsed if it is JSON in a text; undefined if there is nothing. */
export function venueExtras(extras: Record<string, unknown>): unknown {
  const venue = extras['venue'];
  if (typeof venue !== 'string') return venue;
  try {
    return JSON.parse(venue);
  } catch {
    // Not JSON: the schema then says that an object was expected.
    return venue;
  }
}

/** Reads every mark of the scene that is shown. Wrong ones become findings and are left out. */
export function readMarks(scene: ReadScene, findings: Findings): Marks {
  const marks: { [K in MarkKind]: Mark<K>[] } = { spawn: [], seat: [], place: [], space: [], walkable: [], obstacle: [], screen: [] };
  const root = scene.document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  if (!shown) {
    findings.error({ code: 'no-scene', where: 'the glTF', message: 'it has no scene.', fix: 'Export a scene with at least one object.' });
    return marks;
  }
  const omi = readOmi(scene, findings);
  const numbers = new Map(root.listNodes().map((node, index) => [node, index]));
  const ignored = new Map<string, number>();
  for (const node of sceneNodes(shown)) {
    const venue = venueExtras(node.getExtras());
    const index = numbers.get(node) ?? -1;
    if (venue !== undefined) addMark(marks, { node, venue, ignored }, findings);
    else if (omi.seats.has(index)) addOmiSeat(marks, node, omi.seats.get(index) as LocalSeat, findings);
    else if (omi.spawnPoints.includes(index)) addMark(marks, { node, venue: { kind: 'spawn', id: idFromName(node) }, ignored }, findings);
  }
  for (const [key, count] of ignored) {
    findings.warn({ code: 'unknown-key', where: 'extras.venue', message: `"${key}" is not read (${count} ${count === 1 ? 'node has' : 'nodes have'} it).`, fix: 'Remove it, or see tools/gltf/README.md for how it is spelt.' });
  }
  checkIds(scene, marks, findings);
  return marks;
}

interface Candidate {
  node: Node;
  venue: unknown;
  /** Counts keys that no schema knows, so that 300 seats make one warning. */
  ignored: Map<string, number>;
}

function addMark(marks: { [K in MarkKind]: Mark<K>[] }, { node, venue, ignored }: Candidate, findings: Findings): void {
  const kind = z.object({ kind: z.enum(Object.keys(MARKS) as [MarkKind, ...MarkKind[]]) }).safeParse(venue);
  if (!kind.success) {
    findings.error({ code: 'bad-kind', where: nodeName(node), message: 'extras.venue.kind is missing or unknown.', fix: `Use one of ${Object.keys(MARKS).join(', ')}.` });
    return;
  }
  const parsed = MARKS[kind.data.kind].safeParse(venue);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      findings.error({ code: 'bad-mark', where: nodeName(node), message: `extras.venue.${issue.path.join('.')} is wrong: ${issue.message}.`, fix: `See "${kind.data.kind}" in tools/gltf/README.md.` });
    }
    return;
  }
  for (const key of Object.keys(venue as object)) {
    if (!(key in MARKS[kind.data.kind].shape)) ignored.set(`${kind.data.kind}.${key}`, (ignored.get(`${kind.data.kind}.${key}`) ?? 0) + 1);
  }
  const needsMesh = ['space', 'walkable', 'obstacle', 'screen'].includes(kind.data.kind);
  if (needsMesh && !node.getMesh()) {
    findings.error({ code: 'no-mesh', where: nodeName(node), message: `it is marked as ${kind.data.kind} but has no mesh.`, fix: 'Put the mark on the object that has the mesh.' });
    return;
  }
  const mark = { node, data: parsed.data, ...stance(node, [0, 0, 0], [0, 0, 1]) };
  (marks[kind.data.kind] as Mark[]).push(mark);
}

function addOmiSeat(marks: { seat: Mark<'seat'>[] }, node: Node, seat: LocalSeat, findings: Findings): void {
  const parsed = MARKS.seat.safeParse({ kind: 'seat', id: idFromName(node), height: seat.height });
  if (parsed.success) marks.seat.push({ node, data: parsed.data, ...stance(node, seat.origin, seat.forward) });
  else {
    findings.error({ code: 'bad-omi-seat', where: nodeName(node), message: `its OMI_seat puts the seat ${seat.height.toFixed(2)} m above the feet.`, fix: 'Between 0.2 and 1.2 m can be sat on: check back and foot.' });
  }
}

/** World position of a point of the node, and the heading of a direction of it. */
function stance(node: Node, [x, y, z]: vec3, [fx, fy, fz]: vec3): { position: vec3; yaw: number } {
  const m: mat4 = node.getWorldMatrix();
  const position: vec3 = [m[0] * x + m[4] * y + m[8] * z + m[12], m[1] * x + m[5] * y + m[9] * z + m[13], m[2] * x + m[6] * y + m[10] * z + m[14]];
  // A mirrored parent does not turn people round: its own +Z is still where the author sees it point.
  const [forwardX, forwardZ] = [m[0] * fx + m[4] * fy + m[8] * fz, m[2] * fx + m[6] * fy + m[10] * fz];
  return { position, yaw: determinant(m) === 0 ? 0 : Math.atan2(forwardX, forwardZ) };
}

/** OMI marks have no id: the node's name stands in, with what an id cannot hold replaced. */
function idFromName(node: Node): string {
  return node.getName().replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 64) || 'unnamed';
}

function checkIds(scene: ReadScene, marks: Marks, findings: Findings): void {
  for (const kind of ['spawn', 'seat', 'place', 'space', 'screen'] as const) {
    const owners = new Map<string, Node>();
    for (const { node, data } of marks[kind]) {
      const owner = owners.get(data.id);
      if (owner) findings.error({ code: 'duplicate-id', where: nodeName(node), message: `its ${kind} id "${data.id}" is taken by ${nodeName(owner)}.`, fix: `Give every ${kind} an id of its own.` });
      else owners.set(data.id, node);
    }
  }
  const names = Map.groupBy(scene.document.getRoot().listNodes(), (node) => node.getName());
  for (const { node } of marks.screen) {
    if (node.getName() === '' || (names.get(node.getName())?.length ?? 0) > 1) {
      findings.error({ code: 'ambiguous-node', where: nodeName(node), message: 'it is a screen, and its name is empty or borne by another node.', fix: 'Give the node a name of its own: the venue finds screens by it.' });
    }
  }
  for (const { node, data } of marks.space) {
    for (const { to } of data.openings) {
      if (!marks.space.some((other) => other.data.id === to && to !== data.id)) {
        findings.error({ code: 'unknown-space', where: nodeName(node), message: `it opens to a space "${to}" that does not exist.`, fix: `Use the id of another space: ${marks.space.map((other) => other.data.id).join(', ')}.` });
      }
    }
  }
}
