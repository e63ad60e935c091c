import { readFile, stat } from 'node:fs/promises';
import { EXTMeshoptCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { NodeIO, type Document, type Primitive } from '@gltf-transform/core';
import validator from 'gltf-validator';
import { MeshoptDecoder } from 'meshoptimizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const here = (name: string): URL => new URL(name, import.meta.url);
const colour = z.string().regex(/^#[0-9a-f]{6}$/);
const tints = z.strictObject({ skin: colour, hair: colour, garment1: colour, garment2: colour });
const names = z.strictObject({ en: z.string().min(3), fr: z.string().min(3), es: z.string().min(2), ru: z.string().min(3), zh: z.string().min(2), ar: z.string().min(3) });
const manifestSchema = z.strictObject({
  version: z.literal(1),
  height: z.number(),
  seatHeight: z.literal(0.45),
  appearances: z.array(z.strictObject({
    id: z.string().regex(/^[a-z]+(-[a-z]+)*$/), names, scale: z.number().min(0.9).max(1.1), hairIs: z.enum(['hair', 'cloth']), defaultTints: tints,
  })).min(8),
  palettes: z.strictObject({ skin: z.array(colour).min(8), hair: z.array(colour).min(8), garment1: z.array(colour).min(10), garment2: z.array(colour).min(8) }),
  clips: z.record(z.string(), z.strictObject({ frames: z.int().positive(), seconds: z.number().positive(), loop: z.boolean(), groundSpeed: z.number().optional() })),
  bones: z.array(z.string()).max(26),
  credits: z.array(z.strictObject({ what: z.string(), by: z.string(), licence: z.string(), source: z.string() })),
});

const REQUIRED_CLIPS = ['idle', 'idle2', 'walk', 'run', 'sit', 'sitTalk', 'talk', 'raiseHand', 'sitRaiseHand', 'clap', 'sitClap', 'wave'];
const REQUIRED_BONES = ['hips', 'spine', 'chest', 'neck', 'head',
  ...['shoulder', 'upperArm', 'lowerArm', 'hand', 'upperLeg', 'lowerLeg', 'foot'].flatMap((bone) => [`${bone}L`, `${bone}R`])];
const TRIANGLES = [7000, 1800, 420];
const PARTS = [0, 0.25, 0.5, 0.75, 1];

let document: Document;
let manifest: z.infer<typeof manifestSchema>;

beforeAll(async () => {
  await MeshoptDecoder.ready;
  const io = new NodeIO().registerExtensions([EXTMeshoptCompression, KHRMeshQuantization])
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
  document = await io.readBinary(new Uint8Array(await readFile(here('avatars.glb'))));
  manifest = manifestSchema.parse(JSON.parse(await readFile(here('avatars.json'), 'utf8')));
});

/** The only primitive of a LOD mesh; throws where the mesh is missing or has more than one. */
function primitiveOf(name: string): Primitive {
  const mesh = document.getRoot().listMeshes().find((candidate) => candidate.getName() === name);
  const primitives = mesh?.listPrimitives() ?? [];
  const only = primitives[0];
  if (!only || primitives.length !== 1) throw new Error(`${name} has ${String(primitives.length)} primitives`);
  return only;
}

const lodNames = (): { name: string; lod: number }[] =>
  manifest.appearances.flatMap(({ id }) => TRIANGLES.map((_, lod) => ({ name: `${id}_lod${String(lod)}`, lod })));

describe('the avatar file', () => {
  it('is small and valid', async () => {
    const bytes = new Uint8Array(await readFile(here('avatars.glb')));
    expect(bytes.length).toBeLessThanOrEqual(2.5 * 1024 * 1024);
    const report = await validator.validateBytes(bytes);
    expect(report.issues.numErrors).toBe(0);
  });

  it('holds three LODs for each appearance, each one primitive within its triangles', () => {
    for (const { name, lod } of lodNames()) {
      const triangles = (primitiveOf(name).getIndices()?.getCount() ?? 0) / 3;
      expect(triangles, name).toBeGreaterThan(100);
      expect(triangles, name).toBeLessThanOrEqual(TRIANGLES[lod] ?? 0);
    }
    expect(document.getRoot().listMeshes()).toHaveLength(lodNames().length);
    expect(document.getRoot().listMaterials()).toHaveLength(1);
    expect(document.getRoot().listTextures()).toHaveLength(0);
  });

  it('marks recolourable parts by exact alpha values that no triangle mixes', () => {
    for (const { name } of lodNames()) {
      const primitive = primitiveOf(name);
      const colours = primitive.getAttribute('COLOR_0')?.getArray();
      const indices = primitive.getIndices()?.getArray();
      if (!(colours instanceof Uint8Array) || !indices) throw new Error(`${name} lacks 8-bit colours or indices`);
      const seen = new Set<number>();
      let mixed = 0;
      for (let i = 0; i < indices.length; i += 3) {
        const alphas = [0, 1, 2].map((corner) => colours[(indices[i + corner] ?? 0) * 4 + 3]);
        if (alphas[0] !== alphas[1] || alphas[0] !== alphas[2]) mixed += 1;
        seen.add((alphas[0] ?? 0) / 255);
      }
      expect(mixed, name).toBe(0);
      for (const alpha of seen) expect(PARTS.some((part) => Math.abs(part - alpha) < 0.005), `${name}: ${String(alpha)}`).toBe(true);
      const has = (part: number): boolean => [...seen].some((alpha) => Math.abs(part - alpha) < 0.005);
      expect([has(0.25), has(0.75)], name).toEqual([true, true]);
    }
  });

  it('stands on the floor in metres, symmetric about the origin, 1.6 to 2 m tall', () => {
    for (const { name, lod } of lodNames()) {
      const primitive = primitiveOf(name);
      const position = primitive.getAttribute('POSITION');
      if (!position) throw new Error(`${name} has no positions`);
      const low = position.getMin([0, 0, 0]);
      const high = position.getMax([0, 0, 0]);
      expect(low[1], name).toBeGreaterThan(-0.012);
      expect(low[1], name).toBeLessThan(0.03 + lod * 0.02);
      expect(high[1], name).toBeGreaterThan(1.6);
      expect(high[1], name).toBeLessThan(2);
      expect((low[0] ?? 1) + (high[0] ?? 1), name).toBeCloseTo(0, 1);
    }
  });
});

describe('the skeleton and the clips', () => {
  it('is one skeleton of the bones that the manifest lists', () => {
    const skins = document.getRoot().listSkins();
    expect(skins).toHaveLength(1);
    const bones = skins[0]?.listJoints().map((joint) => joint.getName()) ?? [];
    expect(bones).toEqual(manifest.bones);
    expect(bones.length).toBeLessThanOrEqual(26);
    expect(bones).toEqual(expect.arrayContaining(REQUIRED_BONES));
  });

  it('has every clip with the length that the manifest states', () => {
    const found = new Map(document.getRoot().listAnimations().map((clip) => [clip.getName(), clip]));
    expect([...found.keys()].sort()).toEqual(Object.keys(manifest.clips).sort());
    expect(Object.keys(manifest.clips)).toEqual(expect.arrayContaining(REQUIRED_CLIPS));
    for (const [name, { frames, seconds }] of Object.entries(manifest.clips)) {
      const ends = found.get(name)?.listSamplers().map((sampler) => sampler.getInput()?.getMax([0])[0] ?? 0) ?? [];
      expect(Math.max(...ends), name).toBeCloseTo(seconds, 3);
      expect(frames / 30, name).toBeCloseTo(seconds, 3);
    }
  });

  it('closes its loops: the last pose of a looping clip is the first', () => {
    for (const clip of document.getRoot().listAnimations()) {
      if (!manifest.clips[clip.getName()]?.loop) continue;
      for (const channel of clip.listChannels()) {
        const output = channel.getSampler()?.getOutput();
        if (!output) throw new Error(`${clip.getName()} has an empty channel`);
        const first = output.getElement(0, []);
        const last = output.getElement(output.getCount() - 1, []);
        const same = (sign: number): number => Math.max(...first.map((value, i) => Math.abs(value - sign * (last[i] ?? 0))));
        const gap = channel.getTargetPath() === 'rotation' ? Math.min(same(1), same(-1)) : same(1);
        expect(gap, `${clip.getName()} ${channel.getTargetNode()?.getName() ?? ''}`).toBeLessThan(2e-3);
      }
    }
  });
});

describe('the portraits', () => {
  it('exist for every appearance and are at most 12 KB', async () => {
    for (const { id } of manifest.appearances) {
      const { size } = await stat(here(`portraits/${id}.webp`));
      expect(size, id).toBeGreaterThan(1000);
      expect(size, id).toBeLessThanOrEqual(12 * 1024);
    }
  });
});
