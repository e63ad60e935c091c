/** Makes `layout.json` of the marks: what server and client need to know of a scene besides its looks. */
import type { z } from 'zod';
import { SpaceMap } from '../../../shared/rules/spaces.ts';
import type { Ground } from '../../../shared/rules/ground.ts';
import { EMPTY_LAYOUT, Place, Screen, Seat, Space, SpawnPoint } from '../../../shared/scene/layout.ts';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';
import { worldVertices } from '../triangles.ts';
import { convexHull, simplifyHull } from './hull.ts';
import type { Point2 } from './hull.ts';
import { nodeName } from './marks.ts';
import type { Mark, MarkKind, Marks } from './marks.ts';
import { findOpening } from './opening.ts';

/** A space begins this far below its mesh, metres: feet on a floor that is a little uneven are still inside. */
const BELOW_FLOOR = 0.25;
const MAX_CORNERS = 64;

/** To the millimetre and the ten-thousandth of a radian, so that a harmless export difference changes nothing. */
function millimetres(value: number): number {
  // The addition turns -0 into 0.
  return Math.round(value * 1000) / 1000 + 0;
}
function radians(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}

/**
 * Derives the layout. Marks that do not fit its schema become findings that name the node, and are left out.
 * @param ground the baked mesh: openings between spaces stand where people walk from one into the other
 */
export function deriveLayout(marks: Marks, ground: Ground, findings: Findings): Layout {
  const spaces = marks.space.map((mark) => spaceOf(mark, findings)).filter((space) => space !== undefined);
  const map = new SpaceMap(spaces);
  for (const space of spaces) space.openings = openingsOf(space, { spaces, marks, map, ground });
  const at = (mark: Mark): { position: [number, number, number]; yaw: number } => {
    const [x, y, z] = mark.position;
    return { position: [millimetres(x), millimetres(y), millimetres(z)], yaw: radians(mark.yaw) };
  };
  const inside = (mark: Mark): string | null => map.idAt(...mark.position);
  const checked = <K extends MarkKind, T>(list: readonly Mark<K>[], schema: z.ZodType<T>, make: (mark: Mark<K>) => T): T[] =>
    list.flatMap((mark) => accept({ mark: mark, schema, value: make(mark) }, findings));
  return {
    ...EMPTY_LAYOUT,
    spawnPoints: byId(checked(marks.spawn, SpawnPoint, (mark) => ({ id: mark.data.id, ...at(mark as Mark) }))),
    seats: byId(checked(marks.seat, Seat, (mark) => ({ id: mark.data.id, ...at(mark as Mark), height: millimetres(mark.data.height), space: inside(mark as Mark) }))),
    places: byId(checked(marks.place, Place, (mark) => ({ id: mark.data.id, ...at(mark as Mark), space: inside(mark as Mark) }))),
    spaces: byId(spaces),
    screens: byId(checked(marks.screen, Screen, (mark) => ({ id: mark.data.id, node: mark.node.getName(), shows: 'event', aspect: 16 / 9 }))),
  };
}

/** The text of `layout.json`. */
export function layoutText(layout: Layout): string {
  const lists = Object.entries(layout).map(([key, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const rows = value.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
    return `  ${JSON.stringify(key)}: [${rows ? `\n${rows}\n  ` : ''}]`;
  });
  return `{\n${lists.join(',\n')}\n}\n`;
}

/** Sorts by id, numbers inside ids by value: A2 before A10. Independent of the machine's language. */
function byId<T extends { id: string }>(list: readonly T[]): T[] {
  const order = new Intl.Collator('en', { numeric: true });
  return list.toSorted((a, b) => order.compare(a.id, b.id) || (a.id < b.id ? -1 : 1));
}

function accept<T>({ mark, schema, value }: { mark: Mark; schema: z.ZodType<T>; value: T }, findings: Findings): T[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [value];
  for (const issue of parsed.error.issues) {
    findings.error({ code: 'bad-layout', where: nodeName(mark.node), message: `its ${issue.path.join('.')} is out of bounds: ${issue.message}.`, fix: 'A scene reaches at most 320 m from the origin, and from 10 m below to 30 m above it.' });
  }
  return [];
}

function spaceOf(mark: Mark<'space'>, findings: Findings): Space | undefined {
  const vertices = worldVertices(mark.node);
  const hull = simplifyHull(convexHull(vertices.map(([x, , z]): Point2 => [millimetres(x), millimetres(z)])), MAX_CORNERS);
  const heights = vertices.map(([, y]) => y);
  const [bottom, top] = [Math.min(...heights), Math.max(...heights)];
  if (hull.length < 3 || top - bottom < 1) {
    findings.error({ code: 'flat-space', where: nodeName(mark.node), message: 'the space has no volume.', fix: 'Use a closed body, such as a box, that encloses the room from floor to ceiling.' });
    return undefined;
  }
  const outline = hull.map(([x, z]): [number, number] => [x, z]);
  const space: Space = { id: mark.data.id, outline, bottom: millimetres(bottom - BELOW_FLOOR), top: millimetres(top), reverb: mark.data.reverb, openings: [] };
  return accept({ mark, schema: Space, value: space }, findings)[0];
}

interface Rooms {
  spaces: readonly Space[];
  marks: Marks;
  map: SpaceMap;
  ground: Ground;
}

/** An opening is heard through both ways: what one space says of another holds back, unless the other says something of its own. */
function openingsOf(space: Space, { spaces, marks, map, ground }: Rooms): Space['openings'] {
  const stated = new Map<string, number>();
  for (const { data } of marks.space) {
    for (const opening of data.openings) if (opening.to === space.id) stated.set(data.id, opening.lossDecibels);
  }
  for (const { data } of marks.space) {
    if (data.id === space.id) for (const opening of data.openings) stated.set(opening.to, opening.lossDecibels);
  }
  return [...stated].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([to, lossDecibels]) => {
    const other = spaces.find(({ id }) => id === to);
    if (!other) return [];
    // From the smaller id to the larger, so that both sides get the same point.
    const pair = space.id < to ? ([space, other] as const) : ([other, space] as const);
    const [x, y, z] = findOpening(...pair, { map, ground });
    return [{ to, position: [millimetres(x), millimetres(y), millimetres(z)] as [number, number, number], lossDecibels }];
  });
}
