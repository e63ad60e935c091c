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
/** A surface (texture coordinates 0 to 1) that shows what the event puts there: what is being presented, its sponsors, or its donors. */
export const Screen = z.object({ id, node: z.string(), shows: z.enum(['event', 'sponsors', 'donors']), aspect: z.number().positive() });
/** A surface (texture coordinates 0 to 1) that one sponsor has to itself. `position`: where a visitor stands; `yaw`: how they look at it. */
export const Booth = z.object({ id, node: z.string(), aspect: z.number().positive(), position, yaw });
/** A way into another scene: whoever is within `radius` metres of it is asked whether to go. `to`: scene id; `spawn`: where one arrives there, or null for its first. */
export const Link = z.object({ id, position, yaw, space: id.nullable(), to: z.string().regex(/^[a-z0-9-]{1,64}$/), spawn: id.nullable(), radius: z.number().min(0.5).max(10) });
/** A named area inside or across spaces, for words such as "registration desk": a vertical prism like a space. */
export const Zone = z.object({ id, outline: z.array(z.tuple([metres, metres])).min(3).max(64), bottom: z.number(), top: z.number() });
/** A doorway between two spaces, `width` metres wide. What is heard through it stands in the openings of the spaces. */
export const Door = z.object({ id, position, yaw, width: z.number().min(0.6).max(20), between: z.tuple([id.nullable(), id.nullable()]) });
/** A surface (texture coordinates 0 to 1) that names the delegation which sits on `seat`. */
export const Nameplate = z.object({ id, node: z.string(), seat: id, aspect: z.number().positive() });
/** Something to look at, with a text, and perhaps a recording and a picture, in `venue.json`. `node`: the mesh that a click means, or null. */
export const Exhibit = z.object({ id, position, yaw, space: id.nullable(), node: z.string().nullable() });
/** A stand from which one steps into a 360-degree picture or film: `panoramas` of `venue.json` names the file. */
export const Panorama = z.object({ id, position, yaw, space: id.nullable(), node: z.string().nullable() });
/** Something to take part in together. `mosaic`: a board of tiles that everybody may lay; `node` (texture coordinates 0 to 1) shows it. */
export const Activity = z.object({ id, kind: z.enum(['mosaic']), position, yaw, space: id.nullable(), node: z.string() });
/** Where a telepresence robot stands when nobody drives it. */
export const Dock = z.object({ id, position, yaw });
/** A source of sound, of KHR_audio_emitter: at a point, or everywhere if `position` is null. Gain is linear; distances in metres, as in Web Audio. */
export const Sound = z.object({
  id,
  file: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/),
  position: position.nullable(),
  gain: z.number().min(0).max(4),
  loop: z.boolean(),
  refDistance: z.number().min(0.01).max(100),
  maxDistance: z.number().min(0.1).max(1000),
  rolloff: z.number().min(0).max(10),
});

export const Layout = z.object({
  version: z.literal(1),
  spawnPoints: z.array(SpawnPoint).min(1),
  seats: z.array(Seat),
  places: z.array(Place),
  spaces: z.array(Space),
  zones: z.array(Zone),
  doors: z.array(Door),
  links: z.array(Link),
  screens: z.array(Screen),
  booths: z.array(Booth),
  nameplates: z.array(Nameplate),
  exhibits: z.array(Exhibit),
  panoramas: z.array(Panorama),
  activities: z.array(Activity),
  docks: z.array(Dock),
  sounds: z.array(Sound),
});
export type Layout = z.infer<typeof Layout>;
export type Seat = z.infer<typeof Seat>;
export type Place = z.infer<typeof Place>;
export type Space = z.infer<typeof Space>;
export type SpawnPoint = z.infer<typeof SpawnPoint>;
export type Link = z.infer<typeof Link>;
export type Exhibit = z.infer<typeof Exhibit>;
export type Panorama = z.infer<typeof Panorama>;
export type Activity = z.infer<typeof Activity>;
export type Sound = z.infer<typeof Sound>;

/** A layout in which nothing is but what is given: for scenes without marks, and for tests. */
export const EMPTY_LAYOUT: Layout = {
  version: 1, spawnPoints: [], seats: [], places: [], spaces: [], zones: [], doors: [], links: [], screens: [], booths: [], nameplates: [],
  exhibits: [], panoramas: [], activities: [], docks: [], sounds: [],
};

const texts = z.object(Object.fromEntries(LANGUAGES.map((language) => [language, z.string().min(1)])) as Record<Language, z.ZodString>);

/** A file of the scene's own folder. */
const file = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/);
/** One file for all languages, or one each. */
const recordings = z.object(Object.fromEntries(LANGUAGES.map((language) => [language, file])) as Record<Language, typeof file>);

export const ExhibitTexts = z.object({
  title: texts,
  text: texts,
  /** The audio guide: the text, read aloud. */
  audio: recordings.optional(),
  picture: z.object({ file, alt: texts }).optional(),
});
export const PanoramaTexts = z.object({
  title: texts,
  /** What there is to see, for those who do not see it. */
  text: texts,
  /** Equirectangular, 2:1. */
  file,
  kind: z.enum(['image', 'video']),
  /** Radians: where one looks first, 0 is the middle of the picture. */
  yaw: z.number().optional(),
});
/** A mosaic's board: `columns` x `rows` cells; each tile a colour that has a name. */
export const MosaicTexts = z.object({
  title: texts,
  text: texts,
  columns: z.int().min(2).max(32),
  rows: z.int().min(2).max(32),
  tiles: z.array(z.object({ name: texts, colour: z.string().regex(/^#[0-9a-f]{6}$/), shape: z.enum(['square', 'star', 'cross', 'diamond', 'leaf']) })).min(2).max(24),
});

export const Venue = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  /** `scene`, and every space, zone, place and link by id, in six languages. */
  names: z.record(z.string(), texts),
  exhibits: z.record(z.string(), ExhibitTexts).optional(),
  panoramas: z.record(z.string(), PanoramaTexts).optional(),
  activities: z.record(z.string(), MosaicTexts).optional(),
  /** Acoustic spaces that people may book for a meeting, by id, and how many they have room for. */
  meetingRooms: z.record(id, z.object({ people: z.int().min(2).max(200) })).optional(),
  environment: z.object({ file, intensity: z.number().min(0).max(10) }).optional(),
  rendering: z.object({ exposure: z.number(), contrast: z.number(), toneMapping: z.enum(['none', 'aces', 'neutral', 'standard']) }).partial().optional(),
  credits: z.array(z.object({ what: z.string(), author: z.string(), licence: z.string(), source: z.string() })),
  budgets: z.object({ drawCalls: z.number(), triangles: z.number(), textureMegabytes: z.number(), wireMegabytes: z.number() }),
});
export type Venue = z.infer<typeof Venue>;
export type ExhibitTexts = z.infer<typeof ExhibitTexts>;
export type PanoramaTexts = z.infer<typeof PanoramaTexts>;
export type MosaicTexts = z.infer<typeof MosaicTexts>;
