import type { Appearance } from '../../../shared/protocol/people.ts';
import { WorldError } from '../errors.ts';

/** The order in which an instance's four tints are packed; the part codes of the meshes count the same way (0.25, 0.5, 0.75, 1). */
const TINTS = ['skin', 'hair', 'garment1', 'garment2'] as const;

/** What the world needs of `avatars.json`. */
export interface Catalogue {
  /** `scale`: what makes the mesh as tall as this person is. */
  readonly appearances: readonly { readonly id: string; readonly scale: number }[];
  /** Height of the seat surface that the sitting clips are made for, metres. */
  readonly seatHeight: number;
  /** Of every mesh in the file, metres. */
  readonly height: number;
  /** Colours as 0xRRGGBB, sRGB. */
  readonly palettes: readonly (readonly number[])[];
  /** Ground speed that a clip is made for, metres a second, by clip name. */
  readonly speeds: ReadonlyMap<string, number>;
}

interface CatalogueFile {
  height?: number;
  appearances: { id: string; scale?: number }[];
  palettes: Record<(typeof TINTS)[number], string[]>;
  clips?: Record<string, { groundSpeed?: number | null } | null>;
  seatHeight?: number;
}

function isFile(value: unknown): value is CatalogueFile {
  if (typeof value !== 'object' || value === null) return false;
  const file = value as Partial<CatalogueFile>;
  const palettes = file.palettes;
  return Array.isArray(file.appearances) && file.appearances.length > 0 && palettes !== undefined
    && TINTS.every((tint) => Array.isArray(palettes[tint]) && palettes[tint].length > 0);
}

/** @throws WorldError `download` if the text is not a list of avatars */
export function readCatalogue(text: string): Catalogue {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (cause) {
    throw new WorldError('download', 'avatars.json is not JSON', { cause });
  }
  if (!isFile(file)) throw new WorldError('download', 'avatars.json lists no avatars or no palettes');
  const { palettes, clips = {} } = file;
  return {
    appearances: file.appearances.map(({ id, scale = 1 }) => ({ id, scale })),
    height: file.height ?? 1.7,
    seatHeight: file.seatHeight ?? 0.45,
    palettes: TINTS.map((tint) => palettes[tint].map((colour) => Number.parseInt(colour.slice(1), 16))),
    speeds: new Map(Object.entries(clips).flatMap(([name, clip]) => (clip?.groundSpeed ? [[name, clip.groundSpeed]] : []))),
  };
}

/** Index of an appearance; unknown ones (from a newer server) wear the first, so that nobody is invisible. */
export function appearanceIndex(catalogue: Catalogue, id: string): number {
  return Math.max(0, catalogue.appearances.findIndex((appearance) => appearance.id === id));
}

/**
 * Writes the four tints to `out[at..at+3]`, each 0xRRGGBB as one number: 24 bits fit a float32 exactly, so a shader can unpack them.
 * An index beyond its palette counts round.
 */
export function packTints(catalogue: Catalogue, appearance: Appearance, out: Float32Array, at: number): void {
  for (let tint = 0; tint < TINTS.length; tint += 1) {
    const palette = catalogue.palettes[tint] ?? [];
    out[at + tint] = palette[appearance[TINTS[tint] ?? 'skin'] % palette.length] ?? 0xffffff;
  }
}
