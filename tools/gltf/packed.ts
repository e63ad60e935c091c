/** The stamp that `pack` leaves in a model, so that a packed scene is known as such: its marks are gone, and packing it again must change nothing. */
import type { Document } from '@gltf-transform/core';
import { z } from 'zod';
import type { GltfJson } from './guard/container.ts';

export interface PackStamp {
  maxTexture: number;
  quality: number;
}

const Stamp = z.object({ plenum: z.object({ packed: z.literal(1), maxTexture: z.number(), quality: z.number() }) });

export function stamp(document: Document, { maxTexture, quality }: PackStamp): void {
  const asset: { generator?: string; extras?: unknown } = document.getRoot().getAsset();
  asset.generator = 'Plenum scene pack';
  const extras = typeof asset.extras === 'object' && asset.extras !== null ? asset.extras : {};
  asset.extras = { ...extras, plenum: { packed: 1, maxTexture, quality } };
}

/** How the file was packed; undefined if it was not. */
export function stampOf(json: GltfJson): PackStamp | undefined {
  return Stamp.safeParse(json.asset.extras).data?.plenum;
}
