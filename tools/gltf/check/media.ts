/** The files beside the model: that they are there, are what they should be, and that no other ones lie about. */
import { readdir } from 'node:fs/promises';
import { ImageUtils } from '@gltf-transform/core';
import { audioFormat } from '../contract/audio-format.ts';
import { SceneError } from '../findings.ts';
import type { Findings } from '../findings.ts';
import { readSceneFile } from '../files.ts';
import type { FileUse, NeededFile } from '../files.ts';
import { LIMITS } from '../guard/limits.ts';
import { pictureFormat } from '../guard/picture.ts';
import { environmentCost, imageCost } from '../measure.ts';
import type { TextureCost } from '../measure.ts';

/** A file beside the model. */
export interface MediaFile {
  name: string;
  use: FileUse;
  bytes: number;
  /** Graphics memory that it takes with the scene, if any. */
  texture: TextureCost | undefined;
}

/** Widest panorama that a phone's graphics take, pixels. */
const WIDEST_PANORAMA = 8192;
/** How far from 2:1 a panorama may be. */
const RATIO_SLACK = 0.02;
/** What a browser shows or plays, besides KTX2, which only the model may hold. */
const PICTURES = new Set<string | undefined>(['image/png', 'image/jpeg', 'image/webp', 'image/avif']);
/** Files of a scene folder that nobody has to refer to. */
const UNSERVED = /^(?:\..*|source|README(?:\..*)?|LICEN[CS]E(?:\..*)?)$/;

/** Reads the files that the scene needs besides its four own ones. Each fault is a finding. */
export async function checkMedia(folder: string, needed: readonly NeededFile[], findings: Findings): Promise<MediaFile[]> {
  const media = new Map<string, MediaFile>();
  for (const file of needed.filter(({ use }) => use !== 'core')) {
    const bytes = await read(folder, file, findings);
    if (!bytes) continue;
    const fault = faultOf(bytes, file.use);
    if (fault) findings.error({ code: 'bad-media', where: file.name, message: `${file.by} uses it as ${NAMES[file.use]}, but ${fault.message}`, fix: fault.fix });
    const texture = textureCost(bytes, file);
    if (!media.has(file.name) || texture) media.set(file.name, { name: file.name, use: file.use, bytes: bytes.byteLength, texture });
  }
  return [...media.values()];
}

/** Warns of files in the folder that nothing refers to. */
export async function warnOfUnused(folder: string, needed: readonly NeededFile[], findings: Findings): Promise<void> {
  const names = new Set(needed.map(({ name }) => name));
  for (const name of (await readdir(folder)).sort()) {
    if (!names.has(name) && !UNSERVED.test(name)) findings.warn({ code: 'unused-file', where: name, message: 'nothing in the scene refers to it.', fix: 'Remove it, or move it to source/.' });
  }
}

const NAMES: Readonly<Record<FileUse, string>> = {
  core: 'part of the scene', lightmap: 'a light map', environment: 'the environment', sound: 'a sound', recording: 'a recording', picture: 'a picture', panorama: 'a 360-degree picture', film: 'a 360-degree film',
};

async function read(folder: string, file: NeededFile, findings: Findings): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readSceneFile(folder, file);
    if (!bytes) findings.error({ code: 'missing-file', where: file.name, message: `${file.by} refers to it, but it is not in the folder.`, fix: 'Put it there, or take the reference out.' });
    return bytes;
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    findings.list.push(...error.findings);
    return undefined;
  }
}

/** The middle of a sentence that says what is wrong with a file for its use. */
function faultOf(bytes: Uint8Array, use: FileUse): { message: string; fix: string } | undefined {
  if (use === 'environment') return environmentCost(bytes) ? undefined : { message: 'it is no prefiltered environment.', fix: 'Use a .env file of Babylon.js.' };
  if (use === 'sound' || use === 'recording') return audioFormat(bytes) ? undefined : { message: 'it is no recording of a known format.', fix: 'Use MP3, M4A, Ogg, WebM or WAV.' };
  if (use === 'film') return ['m4a', 'webm'].includes(audioFormat(bytes) ?? '') ? undefined : { message: 'it is no film of a known format.', fix: 'Use MP4 (H.264) or WebM.' };
  const format = pictureFormat(bytes);
  if (format === undefined || !PICTURES.has(format)) return { message: 'it is no picture of a known format.', fix: 'Use WebP, PNG or JPEG.' };
  const [width, height] = ImageUtils.getSize(bytes, format) ?? [0, 0];
  if (!(width > 0 && height > 0)) return { message: 'its size cannot be read.', fix: 'Save it again as WebP, PNG or JPEG.' };
  if (width * height > LIMITS.pixels) return { message: `it has ${width} x ${height} pixels.`, fix: 'Make it smaller: 8192 x 8192 is the most.' };
  if (use === 'panorama' && Math.abs(width / height / 2 - 1) > RATIO_SLACK) return { message: `it has ${width} x ${height} pixels, which is not 2:1.`, fix: 'Use an equirectangular picture, twice as wide as high.' };
  if (use === 'panorama' && width > WIDEST_PANORAMA) return { message: `it is ${width} pixels wide.`, fix: `Make it at most ${WIDEST_PANORAMA} wide.` };
  return undefined;
}

/** Light maps and the environment stay in graphics memory as long as the scene is shown. */
function textureCost(bytes: Uint8Array, { name, use }: NeededFile): TextureCost | undefined {
  return use === 'lightmap' || use === 'environment' ? { name, ...(environmentCost(bytes) ?? imageCost(bytes)) } : undefined;
}
