import { readFile } from 'node:fs/promises';
import { EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { NodeIO, type Document, type Primitive } from '@gltf-transform/core';
import { MeshoptDecoder } from 'meshoptimizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { Seen, picture, pose, strayCells } from './seen.ts';

/** Clips and seconds into them in which clothes are stretched most. */
const POSES = [['rest', 0], ['walk', 0.3], ['sit', 1], ['clap', 0.6], ['wave', 0.7]] as const;
const DIRECTIONS = 8;
const FROM_ABOVE = 0.25;
/** Most cells (1.5 cm wide) of bare skin that a level of detail may show beyond what the finest shows; it is looked at from 6 m and from 15 m. */
const MOST_STRAY = [0, 2, 4];
/** How far a coarse outline may lie from the fine one, in cells. */
const REACH = [0, 2, 3];

let document: Document;

beforeAll(async () => {
  await MeshoptDecoder.ready;
  const io = new NodeIO().registerExtensions([EXTMeshoptCompression, KHRMeshQuantization]).registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
  document = await io.readBinary(new Uint8Array(await readFile(new URL('avatars.glb', import.meta.url))));
});

function primitive(mesh: string): Primitive {
  const found = document.getRoot().listMeshes().find((each) => each.getName() === mesh)?.listPrimitives()[0];
  if (!found) throw new Error(`there is no mesh ${mesh}`);
  return found;
}

/** Most cells of skin that shine through the clothes from any side in any pose. */
function worst(id: string, lod: number, coarse: Primitive): number {
  const counts = POSES.flatMap(([name, seconds]) => {
    const clip = document.getRoot().listAnimations().find((each) => each.getName() === name);
    const fineMesh = pose(document, primitive(`${id}_lod0`), clip, seconds);
    const coarseMesh = pose(document, coarse, clip, seconds);
    return Array.from({ length: DIRECTIONS }, (_, k) => {
      const yaw = (k / DIRECTIONS) * 2 * Math.PI;
      return strayCells(picture(coarseMesh, yaw, FROM_ABOVE), picture(fineMesh, yaw, FROM_ABOVE), Seen.trunkSkin, REACH[lod] ?? 0);
    });
  });
  return Math.max(...counts);
}

describe('clothes cover the body at every level of detail', () => {
  it.each(['suit-short', 'suit-bun', 'suit-grey', 'dress-afro', 'robe', 'headscarf', 'turban', 'sari', 'suit-long'])('%s', (id) => {
    for (const lod of [1, 2]) expect(worst(id, lod, primitive(`${id}_lod${lod}`)), `level ${lod}`).toBeLessThanOrEqual(MOST_STRAY[lod] ?? 0);
  });

  it('would notice bare shoulders', () => {
    expect(worst('suit-short', 1, primitive('sari_lod1'))).toBeGreaterThan(2 * Math.max(...MOST_STRAY));
  });
});
