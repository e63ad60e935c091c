/**
 * What the venue knows of a scene besides its looks. `layout.json` is derived from the glTF by `tools/gltf` (never edited by hand);
 * `venue.json` is written by the author. Server and client read both.
 */
import { z } from 'zod';
import { LANGUAGES } from '../protocol/vocabulary.ts';
import type { Language } from '../protocol/vocabulary.ts';

const id = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/);
const metres = z.number().min(-320).max(320);
const position = z.tuple([metres, z.number().min(-10).max(30), metres]);
/** Radians about +Y, 0 looks along +Z. */
const yaw = z.number();

export const SpawnPoint = z.object({ id, position, yaw });
/** `position`: the floor under the sitter's hips; `height`: seat surface above it, metres. */
export const Seat = z.object({ id, position, yaw, height: z.number().min(0.2).max(1.2), space: id.nullable() });
/** A destination that people may walk or jump to by name. */
export const Place = z.object({ id, position, yaw, space: id.nullable() });
/**
 * An acoustic space: a vertical prism. `outline`: convex polygon of [x, z]. Where spaces overlap, the one that covers less ground wins.
 * `reverb`: 0 dry to 1 cathedral.
 */
export const Space = z.object({
  id,
  outline: z.array(z.tuple([metres, metres])).min(3).max(64),
  bottom: z.number(),
  top: z.number(),
  reverb: z.number().min(0).max(1),
  /** Spaces that hear this one through an opening, with the loss in dB. */
  openings: z.array(z.object({ to: id, position, lossDecibels: z.number().min(0).max(100) })),
});
export const Screen = z.object({ id, node: z.string() });

export const Layout = z.object({
  version: z.literal(1),
  spawnPoints: z.array(SpawnPoint).min(1),
  seats: z.array(Seat),
  places: z.array(Place),
  spaces: z.array(Space),
  screens: z.array(Screen),
});
export type Layout = z.infer<typeof Layout>;
export type Seat = z.infer<typeof Seat>;
export type Place = z.infer<typeof Place>;
export type Space = z.infer<typeof Space>;
export type SpawnPoint = z.infer<typeof SpawnPoint>;

const texts = z.object(Object.fromEntries(LANGUAGES.map((language) => [language, z.string().min(1)])) as Record<Language, z.ZodString>);

export const Venue = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  /** `scene`, and every space and place by id, in six languages. */
  names: z.record(z.string(), texts),
  environment: z.object({ file: z.string().regex(/^[A-Za-z0-9_.-]+$/), intensity: z.number().min(0).max(10) }).optional(),
  rendering: z.object({ exposure: z.number(), contrast: z.number(), toneMapping: z.enum(['none', 'aces', 'neutral', 'standard']) }).partial().optional(),
  credits: z.array(z.object({ what: z.string(), author: z.string(), licence: z.string(), source: z.string() })),
  budgets: z.object({ drawCalls: z.number(), triangles: z.number(), textureMegabytes: z.number(), wireMegabytes: z.number() }),
});
export type Venue = z.infer<typeof Venue>;
