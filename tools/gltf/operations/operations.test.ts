import { ImageUtils } from '@gltf-transform/core';
import type { Document } from '@gltf-transform/core';
import { dedup } from '@gltf-transform/functions';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readMarks } from '../contract/marks.ts';
import { Findings } from '../findings.ts';
import { SceneBuilder, asRead, goodScene } from '../testing.ts';
import { instanceCount } from '../triangles.ts';
import { compressTextures } from './compress-textures.ts';
import { instanceRepeats } from './instance-repeats.ts';
import { stripMarks } from './strip-marks.ts';

function names(document: Document): string[] {
  return document.getRoot().listNodes().map((node) => node.getName()).sort();
}

describe('stripMarks', () => {
  async function strip(builder: SceneBuilder): Promise<Document> {
    const scene = await asRead(builder);
    await scene.document.transform(stripMarks({ marks: readMarks(scene, new Findings()) }));
    return scene.document;
  }

  it('leaves what is drawn, and the screens with their mark', async () => {
    const document = await strip(await goodScene());
    expect(names(document)).toEqual(['chair-1', 'chair-2', 'chair-3', 'floor', 'screen-1']);
    expect(document.getRoot().listMeshes().map((mesh) => mesh.getName()).sort()).toEqual(['chair', 'floor', 'screen']);
    expect(document.getRoot().listNodes().find((node) => node.getName() === 'screen-1')?.getExtras()).toEqual({ venue: { kind: 'screen', id: 'main' } });
  });

  it('keeps a walkable floor that is visible', async () => {
    const builder = new SceneBuilder();
    builder.node('shown', { mesh: builder.box('a', [0, 1], [0, 1], [0, 1]), venue: { kind: 'walkable', visible: true } });
    builder.node('unseen', { mesh: builder.box('b', [0, 1], [0, 1], [0, 1]), venue: { kind: 'walkable' } });
    expect(names(await strip(builder))).toEqual(['shown']);
  });

  it('keeps the children of a mark where they are, and other extras', async () => {
    const builder = new SceneBuilder();
    const seat = builder.node('seat', { at: [3, 0, 0], venue: { kind: 'seat', id: 'a' } });
    seat.setExtras({ ...seat.getExtras(), maker: 'a carpenter' });
    const chair = builder.node('chair', { mesh: builder.box('chair', [0, 1], [0, 1], [0, 1]), at: [0, 1, 0] });
    seat.addChild(chair);
    const document = await strip(builder);
    expect(names(document)).toEqual(['chair', 'seat']);
    const [kept] = document.getRoot().listNodes().filter((node) => node.getName() === 'chair');
    expect(kept?.getWorldTranslation()).toEqual([3, 1, 0]);
    expect(document.getRoot().listNodes().find((node) => node.getName() === 'seat')?.getExtras()).toEqual({ maker: 'a carpenter' });
  });

  it('keeps a mesh that is also drawn', async () => {
    const builder = new SceneBuilder();
    const mesh = builder.box('box', [0, 1], [0, 1], [0, 1]);
    builder.node('drawn', { mesh });
    builder.node('blocking', { mesh, venue: { kind: 'obstacle' } });
    const document = await strip(builder);
    expect(names(document)).toEqual(['drawn']);
    expect(document.getRoot().listMeshes()).toHaveLength(1);
  });
});

describe('instanceRepeats', () => {
  it('makes one node of equal ones, named after the mesh', async () => {
    const builder = new SceneBuilder();
    for (let index = 0; index < 5; index++) builder.node(`chair-${index}`, { mesh: builder.box('chair', [0, 1], [0, 1], [0, 1]), at: [index, 0, 0] });
    builder.node('table', { mesh: builder.box('table', [0, 2], [0, 1], [0, 1]) });
    await builder.document.transform(dedup(), instanceRepeats());
    expect(builder.document.getRoot().listNodes().map((node) => [node.getName(), instanceCount(node)]).sort()).toEqual([['chair', 5], ['table', 1]]);
  });

  it('leaves nodes with extras and mirrored ones alone, and their meshes and children with them', async () => {
    const builder = new SceneBuilder();
    const mesh = builder.box('panel', [0, 1], [0, 1], [0, 1]);
    for (let index = 0; index < 3; index++) builder.node(`panel-${index}`, { mesh, at: [index, 0, 0] });
    builder.node('screen', { mesh, venue: { kind: 'screen', id: 's' } });
    builder.node('mirrored', { mesh }).setScale([-1, 1, 1]);
    const group = builder.node('group').setExtras({ about: 'a group without a mesh' });
    group.addChild(builder.node('grouped', { mesh }));
    await builder.document.transform(instanceRepeats());
    const left = builder.document.getRoot().listNodes().map((node) => [node.getName(), node.getMesh()?.getName() ?? null, instanceCount(node)]);
    expect(left.sort()).toEqual([['group', null, 1], ['mirrored', 'panel', 1], ['panel', 'panel', 4], ['screen', 'panel', 1]]);
    expect(builder.document.getRoot().listMeshes()).toHaveLength(1);
  });
});

describe('compressTextures', () => {
  async function texture(builder: SceneBuilder, width: number, height: number): Promise<ReturnType<Document['createTexture']>> {
    const png = await sharp({ create: { width, height, channels: 3, background: 'red' } }).png().toBuffer();
    return builder.document.createTexture('picture').setMimeType('image/png').setImage(new Uint8Array(png));
  }

  it('makes WebP of PNG and fits it into the limit, and never makes it larger', async () => {
    const builder = new SceneBuilder();
    const large = await texture(builder, 400, 100);
    const small = await texture(builder, 40, 30);
    await builder.document.transform(compressTextures({ maxTexture: 200 }));
    expect([large, small].map((picture) => [picture.getMimeType(), ImageUtils.getMimeType(picture.getImage() ?? new Uint8Array()), picture.getSize()])).toEqual([
      ['image/webp', 'image/webp', [200, 50]],
      ['image/webp', 'image/webp', [40, 30]],
    ]);
    expect(builder.document.getRoot().listExtensionsRequired().map(({ extensionName }) => extensionName)).toEqual(['EXT_texture_webp']);
  });

  it('spends more on textures that are data', async () => {
    const noise = await sharp({ create: { width: 128, height: 128, channels: 3, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).png().toBuffer();
    const builder = new SceneBuilder();
    const make = (): ReturnType<Document['createTexture']> => builder.document.createTexture('noise').setMimeType('image/png').setImage(new Uint8Array(noise));
    const [colour, normal] = [make(), make()];
    builder.material.setBaseColorTexture(colour).setNormalTexture(normal);
    await builder.document.transform(compressTextures());
    expect(normal.getImage()?.byteLength).toBeGreaterThan((colour.getImage()?.byteLength ?? 0) * 1.3);
  });

  it('does not ask for WebP where there is no picture', async () => {
    const builder = new SceneBuilder();
    await builder.document.transform(compressTextures());
    expect(builder.document.getRoot().listExtensionsUsed()).toEqual([]);
  });
});
