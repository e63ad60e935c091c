/**
 * The one schema of the marks of a scene: what `extras.venue` of a node may say. The words for authors are in `tools/gltf/README.md`, and a test
 * holds both together. Empties look along their own +Z.
 */
import { z } from 'zod';

/** Blender stores whole numbers where an author typed 12 for a name, and 1 for true. */
const text = (pattern: RegExp, message: string): z.ZodPreprocess<z.ZodString> => z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().regex(pattern, message));
const id = text(/^[A-Za-z0-9_.-]{1,64}$/, 'use 1 to 64 of the characters A-Z a-z 0-9 _ . -');
const sceneId = text(/^[a-z0-9-]{1,64}$/, 'use the name of a scene folder: 1 to 64 of the characters a-z 0-9 -');
const flag = z.preprocess((value) => (value === 1 ? true : value === 0 ? false : value), z.boolean());
/** Name of another node of the same file. */
const nodeName = z.string().min(1).max(200);

const Opening = z.object({ to: id, lossDecibels: z.number().min(0).max(100) });

export const MARKS = {
  /** Where people arrive. */
  spawn: z.object({ kind: z.literal('spawn'), id }),
  /** Origin on the floor under the hips; `height` of the seat surface above it, metres. */
  seat: z.object({ kind: z.literal('seat'), id, height: z.number().min(0.2).max(1.2).default(0.45) }),
  /** A destination with a name. */
  place: z.object({ kind: z.literal('place'), id }),
  /** An acoustic space: the upright prism around its mesh. `reverb`: 0 dry to 1 cathedral. */
  space: z.object({ kind: z.literal('space'), id, reverb: z.number().min(0).max(1), openings: z.array(Opening).max(64).default([]) }),
  /** A named area, for words such as "registration desk": the upright prism around its mesh. */
  zone: z.object({ kind: z.literal('zone'), id }),
  /** A doorway between two spaces; its +Z goes through it. `width` in metres. */
  door: z.object({ kind: z.literal('door'), id, width: z.number().min(0.6).max(20).default(1.2) }),
  /** A way to another scene; stands in the doorway and looks the way one comes out of it. `radius` in metres. */
  link: z.object({ kind: z.literal('link'), id, to: sceneId, spawn: id.optional(), radius: z.number().min(0.5).max(10).default(1.5) }),
  /** A surface to walk on; drawn only if `visible`. */
  walkable: z.object({ kind: z.literal('walkable'), visible: flag.default(false) }),
  /** A body that nobody walks through; never drawn. */
  obstacle: z.object({ kind: z.literal('obstacle') }),
  /** A surface that shows what the event puts there. */
  screen: z.object({ kind: z.literal('screen'), id, shows: z.enum(['event', 'sponsors', 'donors']).default('event') }),
  /** A surface that one sponsor has to itself. `stand`: node on which a visitor stands; else 2 m in front of the surface. */
  booth: z.object({ kind: z.literal('booth'), id, stand: nodeName.optional() }),
  /** A surface that names the delegation on a seat. */
  nameplate: z.object({ kind: z.literal('nameplate'), id, seat: id }),
  /** Where a visitor stands in front of something that has a text; `node`: what a click on means it. */
  exhibit: z.object({ kind: z.literal('exhibit'), id, node: nodeName.optional() }),
  /** Where a visitor stands who steps into a 360-degree picture or film. */
  panorama: z.object({ kind: z.literal('panorama'), id, node: nodeName.optional() }),
  /** Where a visitor stands to take part in something; `node`: the surface that shows it. */
  activity: z.object({ kind: z.literal('activity'), id, activity: z.enum(['mosaic']), node: nodeName }),
  /** Where a telepresence robot stands when nobody drives it. */
  dock: z.object({ kind: z.literal('dock'), id }),
} as const;

export type MarkKind = keyof typeof MARKS;
export type MarkData<K extends MarkKind> = z.infer<(typeof MARKS)[K]>;

export const MARK_KINDS = Object.keys(MARKS) as [MarkKind, ...MarkKind[]];

/** Marks of a point: an empty says where it is. */
export const POINT_KINDS = ['spawn', 'seat', 'place', 'door', 'link', 'exhibit', 'panorama', 'activity', 'dock'] as const;
/** Marks of a body that is never drawn, except walkable surfaces that are visible. */
export const BODY_KINDS = ['space', 'zone', 'walkable', 'obstacle'] as const;
/** Marks of a mesh with texture coordinates from 0 to 1, on which the venue draws. */
export const SURFACE_KINDS = ['screen', 'booth', 'nameplate'] as const;
