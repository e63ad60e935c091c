/** `baked.glb` beside the author's export: the same scene with its light baked in. The export itself is never touched. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Document } from '@gltf-transform/core';
import { z } from 'zod';
import { openGlb } from '../guard/container.ts';
import type { GltfJson } from '../guard/container.ts';
import { readIfThere } from '../io.ts';

/** Where authors' tools put their export; relative to the scene folder. */
export const EXPORT_FILE = 'source/build/scene.glb';
/** Where `bake` puts its result. */
export const BAKED_FILE = 'source/build/baked.glb';

const Stamp = z.object({ plenumBake: z.object({ of: z.string() }) });

/** What identifies an export: not its date, which a checkout or a copy changes. */
export function identify(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Notes in a baked document of which export it was made. */
export function stampBake(document: Document, of: string): void {
  const asset: { generator?: string; extras?: unknown } = document.getRoot().getAsset();
  const extras = typeof asset.extras === 'object' && asset.extras !== null ? asset.extras : {};
  asset.extras = { ...extras, plenumBake: { of } };
}

/** Which export a file was baked of; undefined if it was not baked. */
export function bakeStampOf(json: GltfJson): string | undefined {
  return Stamp.safeParse(json.asset.extras).data?.plenumBake.of;
}

export interface ChosenSource {
  /** Relative to the scene folder. */
  input: string;
  /** There is a baked file, but of another export: the author has saved since. */
  stale: boolean;
}

/** The file to work with if the author names none: the baked one if it was made of the export as it is now, else the export. */
export async function chooseSource(folder: string): Promise<ChosenSource> {
  const [baked, raw] = await Promise.all([readIfThere(path.join(folder, BAKED_FILE)), readIfThere(path.join(folder, EXPORT_FILE))]);
  if (!baked) return { input: EXPORT_FILE, stale: false };
  if (!raw) return { input: BAKED_FILE, stale: false };
  const fresh = bakedOf(baked) === identify(raw);
  return { input: fresh ? BAKED_FILE : EXPORT_FILE, stale: !fresh };
}

function bakedOf(bytes: Uint8Array): string | undefined {
  try {
    return bakeStampOf(openGlb(bytes).json);
  } catch {
    // Damaged: as good as not there.
    return undefined;
  }
}
