/** Makes `layout.json` of the marks: what server and client need to know of a scene besides its looks. */
import type { Node } from '@gltf-transform/core';
import type { z } from 'zod';
import { SpaceMap } from '../../../shared/rules/spaces.ts';
import type { Ground } from '../../../shared/rules/ground.ts';
import { Activity, Booth, Dock, Door, Exhibit, Link, Nameplate, Panorama, Place, Screen, Seat, Space, SpawnPoint, Zone } from '../../../shared/scene/layout.ts';
import type { Layout } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';
import type { Mark, Marks } from './marks.ts';
import { nodeName, stance } from './nodes.ts';
import { rounded, roundedAngle, roundedPoint } from './round.ts';
import type { MarkKind } from './schema.ts';
import { doorSides, openingsOf, prismOf } from './spaces.ts';
import { ontoFloor, standBefore } from './stands.ts';
import { measureSurface } from './surface.ts';

interface Context {
  marks: Marks;
  map: SpaceMap;
  ground: Ground;
  /** The node of a name; `checkMarks` made sure that there is exactly one. */
  named: (name: string) => Node | undefined;
  findings: Findings;
}

/** What `deriveLayout` needs besides marks. */
export interface LayoutSources {
  /** The baked mesh: openings between spaces stand where people walk from one into the other, and visitors stand on it. */
  ground: Ground;
  /** All nodes of the file. */
  nodes: readonly Node[];
  sounds: Layout['sounds'];
  /** The space around everything, for a scene that marks none. */
  everywhere: Space;
}

/** Derives the layout. Marks that do not fit its schema become findings that name the node, and are left out. */
export function deriveLayout(marks: Marks, { ground, nodes, sounds, everywhere }: LayoutSources, findings: Findings): Layout {
  const marked = marks.space.flatMap((mark) => spaceOf(mark, findings));
  const spaces = marks.space.length > 0 ? marked : [everywhere];
  const map = new SpaceMap(spaces);
  for (const space of spaces) space.openings = openingsOf(space, { spaces, marks, map, ground });
  const context: Context = { marks, map, ground, named: (name) => nodes.find((node) => node.getName() === name), findings };
  return { version: 1, ...points(context), spaces: byId(spaces), ...surfaces(context), ...visits(context), sounds: byId(sounds) };
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

function points({ marks, map, findings }: Context): Pick<Layout, 'spawnPoints' | 'seats' | 'places' | 'zones' | 'doors' | 'links'> {
  const inside = (mark: Mark): string | null => map.idAt(...mark.position);
  const zones = marks.zone.flatMap((mark) => {
    const prism = prismOf(mark, findings);
    return prism ? accept({ mark, schema: Zone, value: { id: mark.data.id, ...prism } }, findings) : [];
  });
  return {
    spawnPoints: collect(marks.spawn, SpawnPoint, (mark) => standing(mark), findings),
    seats: collect(marks.seat, Seat, (mark) => ({ ...standing(mark), height: rounded(mark.data.height), space: inside(mark) }), findings),
    places: collect(marks.place, Place, (mark) => ({ ...standing(mark), space: inside(mark) }), findings),
    zones: byId(zones),
    doors: collect(marks.door, Door, (mark) => ({ ...standing(mark), width: rounded(mark.data.width), between: doorSides(mark, map, findings) }), findings),
    links: collect(marks.link, Link, (mark) => ({ ...standing(mark), space: inside(mark), to: mark.data.to, spawn: mark.data.spawn ?? null, radius: rounded(mark.data.radius) }), findings),
  };
}

function surfaces(context: Context): Pick<Layout, 'screens' | 'booths' | 'nameplates'> {
  const { marks, findings } = context;
  const aspect = (mark: Mark): number | undefined => {
    const surface = measureSurface(mark.node, findings);
    return surface && Math.max(0.001, rounded(surface.aspect));
  };
  return {
    screens: collect(marks.screen, Screen, (mark) => {
      const ratio = aspect(mark);
      return ratio === undefined ? undefined : { id: mark.data.id, node: mark.node.getName(), shows: mark.data.shows, aspect: ratio };
    }, findings),
    booths: collect(marks.booth, Booth, (mark) => boothOf(mark, context), findings),
    nameplates: collect(marks.nameplate, Nameplate, (mark) => {
      const ratio = aspect(mark);
      return ratio === undefined ? undefined : { id: mark.data.id, node: mark.node.getName(), seat: mark.data.seat, aspect: ratio };
    }, findings),
  };
}

function boothOf(mark: Mark<'booth'>, { ground, named, findings }: Context): Layout['booths'][number] | undefined {
  const surface = measureSurface(mark.node, findings);
  if (!surface) return undefined;
  const stand = mark.data.stand === undefined ? undefined : named(mark.data.stand);
  const found = stand ? stance(stand, [0, 0, 0], [0, 0, 1]) : standBefore(surface, ground);
  if (!found) {
    findings.error({ code: 'no-stand', where: nodeName(mark.node), message: 'there is no floor in front of the booth on which a visitor could stand.', fix: 'Put an empty where one stands, and name it as "stand" in the mark.' });
    return undefined;
  }
  return { id: mark.data.id, node: mark.node.getName(), aspect: Math.max(0.001, rounded(surface.aspect)), position: roundedPoint(ontoFloor(found.position, ground)), yaw: roundedAngle(found.yaw) };
}

function visits({ marks, map, ground, named, findings }: Context): Pick<Layout, 'exhibits' | 'panoramas' | 'activities' | 'docks'> {
  const visitor = (mark: Mark): { position: [number, number, number]; yaw: number; space: string | null } => {
    const position = ontoFloor(mark.position, ground);
    return { position: roundedPoint(position), yaw: roundedAngle(mark.yaw), space: map.idAt(...position) };
  };
  const board = (mark: Mark<'activity'>): boolean => {
    const node = named(mark.data.node);
    return node !== undefined && measureSurface(node, findings) !== undefined;
  };
  return {
    exhibits: collect(marks.exhibit, Exhibit, (mark) => ({ id: mark.data.id, ...visitor(mark), node: mark.data.node ?? null }), findings),
    panoramas: collect(marks.panorama, Panorama, (mark) => ({ id: mark.data.id, ...visitor(mark), node: mark.data.node ?? null }), findings),
    activities: collect(marks.activity, Activity, (mark) => (board(mark) ? { id: mark.data.id, kind: mark.data.activity, ...visitor(mark), node: mark.data.node } : undefined), findings),
    docks: collect(marks.dock, Dock, (mark) => ({ id: mark.data.id, position: roundedPoint(ontoFloor(mark.position, ground)), yaw: roundedAngle(mark.yaw) }), findings),
  };
}

function standing<K extends MarkKind>(mark: Mark<K> & { data: { id: string } }): { id: string; position: [number, number, number]; yaw: number } {
  return { id: mark.data.id, position: roundedPoint(mark.position), yaw: roundedAngle(mark.yaw) };
}

function spaceOf(mark: Mark<'space'>, findings: Findings): Space[] {
  const prism = prismOf(mark, findings);
  return prism ? accept({ mark, schema: Space, value: { id: mark.data.id, ...prism, reverb: mark.data.reverb, openings: [] } }, findings) : [];
}

/** Makes an item of each mark, checks it against its schema, and sorts. `make` gives undefined for what it already complained of. */
function collect<K extends MarkKind, T extends { id: string }>(list: readonly Mark<K>[], schema: z.ZodType<T>, make: (mark: Mark<K>) => T | undefined, findings: Findings): T[] {
  return byId(list.flatMap((mark) => {
    const value = make(mark);
    return value === undefined ? [] : accept({ mark, schema, value }, findings);
  }));
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
