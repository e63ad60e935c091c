import { copyFile, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGround } from '../../shared/navigation/node.ts';
import { Layout } from '../../shared/scene/layout.ts';
import { SceneError } from './findings.ts';
import { parseGlb, writeGlb, writeTogether } from './io.ts';
import type { ReadScene } from './io.ts';
import { SOURCE_FILE, pack } from './pack.ts';
import { goodScene, temporaryFolder, told, writeFolder } from './testing.ts';
import { ShapeBuilder } from './testing/shapes.ts';
import { worldVertices } from './triangles.ts';

const OUTPUTS = ['scene.glb', 'layout.json', 'navmesh.bin'];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let source: Buffer;
let packed: ReadScene;
let report: Awaited<ReturnType<typeof pack>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFolder(folder.path, await goodScene());
  source = await readFile(path.join(folder.path, SOURCE_FILE));
  report = await pack(folder.path);
  packed = await parseGlb(await readFile(path.join(folder.path, 'scene.glb')), 'scene.glb');
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

async function faultOf(target: string, options: Parameters<typeof pack>[1] = {}): Promise<string[]> {
  try {
    await pack(target, options);
  } catch (error) {
    if (error instanceof SceneError) return told(error.findings);
    throw error;
  }
  return [];
}

describe('the packed model', () => {
  it('has what is drawn and nothing else', () => {
    const nodes = packed.json.nodes ?? [];
    expect(nodes.map(({ name, extras }) => [name, extras ?? null]).sort()).toEqual([
      ['chair', null],
      ['floor', null],
      ['screen-1', { venue: { kind: 'screen', id: 'main' } }],
    ]);
    expect(packed.json.meshes?.map(({ name }) => name).sort()).toEqual(['chair', 'floor', 'screen']);
    expect(packed.json.scene).toBe(0);
  });

  it('is compressed, and requires what reading it needs', () => {
    expect(packed.json.extensionsUsed?.toSorted()).toEqual(['EXT_mesh_gpu_instancing', 'EXT_meshopt_compression', 'EXT_texture_webp', 'KHR_mesh_quantization']);
    expect(packed.json.extensionsRequired?.toSorted()).toEqual(['EXT_meshopt_compression', 'EXT_texture_webp', 'KHR_mesh_quantization']);
    expect(packed.json.images?.map(({ mimeType, uri }) => [mimeType, uri])).toEqual([['image/webp', undefined]]);
  });

  it('keeps light map coordinates and the extras of materials', () => {
    for (const mesh of packed.json.meshes ?? []) {
      for (const { attributes } of mesh.primitives) expect(Object.keys(attributes).sort()).toEqual(['NORMAL', 'POSITION', 'TEXCOORD_0', 'TEXCOORD_1']);
    }
    expect(packed.json.materials?.map(({ extras }) => extras)).toEqual([{ venue: { lightmap: { file: 'lightmap.webp', intensity: 2 } } }]);
  });

  it('stands where it stood, to the millimetre', () => {
    const corners = (name: string): number[][] => {
      const node = packed.document.getRoot().listNodes().find((candidate) => candidate.getName() === name);
      const points = node ? worldVertices(node) : [];
      return [0, 1, 2].map((axis) => [Math.min(...points.map((point) => point[axis] ?? NaN)), Math.max(...points.map((point) => point[axis] ?? NaN))]);
    };
    const expected: Record<string, number[][]> = { floor: [[-6, 6], [-0.2, 0], [-4, 4]], 'screen-1': [[2, 4], [1, 2], [-3.95, -3.9]], chair: [[1.8, 4.2], [0, 0.4], [2.8, 3.2]] };
    for (const [name, ranges] of Object.entries(expected)) {
      corners(name).flat().forEach((value, index) => {
        expect(Math.abs(value - (ranges.flat()[index] ?? NaN)), `${name}, number ${index}`).toBeLessThan(0.001);
      });
    }
  });
});

describe('pack', () => {
  it('writes a layout that fits its schema, and a mesh that can be walked on', async () => {
    const layout = Layout.parse(JSON.parse(await readFile(path.join(folder.path, 'layout.json'), 'utf8')));
    expect(layout.seats).toHaveLength(3);
    using ground = await loadGround(await readFile(path.join(folder.path, 'navmesh.bin')));
    expect(ground.path({ x: -4, y: 0, z: 0 }, { x: 5, y: 0, z: 0 }).length).toBeGreaterThan(2);
  });

  it('reports sizes before and after', async () => {
    expect(report.findings.list).toEqual([]);
    expect(report.before).toMatchObject({ bytes: source.byteLength, nodes: 18, meshes: 8, drawCalls: 13, triangles: 156, textures: 1 });
    expect(report.after).toMatchObject({ nodes: 3, meshes: 3, drawCalls: 3, triangles: 60, textures: 1 });
    for (const name of OUTPUTS) expect(report.written[name]).toBe((await stat(path.join(folder.path, name))).size);
  });

  it('gives the same bytes again, leaves the source alone and nothing else behind', async () => {
    const before = await Promise.all(OUTPUTS.map((name) => readFile(path.join(folder.path, name))));
    const untouched = await stat(path.join(folder.path, SOURCE_FILE));
    await pack(folder.path);
    const after = await Promise.all(OUTPUTS.map((name) => readFile(path.join(folder.path, name))));
    expect(after.map((bytes, index) => Buffer.compare(bytes, before[index] ?? Buffer.of()))).toEqual([0, 0, 0]);
    expect((await stat(path.join(folder.path, SOURCE_FILE))).mtimeMs).toBe(untouched.mtimeMs);
    expect(Buffer.compare(await readFile(path.join(folder.path, SOURCE_FILE)), source)).toBe(0);
    expect((await readdir(folder.path)).sort()).toEqual([...OUTPUTS, 'lightmap.webp', 'source', 'venue.json'].sort());
  });

  it('keeps an empty that somebody gave extras of their own', async () => {
    await using other = await temporaryFolder();
    const builder = await goodScene();
    builder.node('anchor', { at: [1, 2, 3] }).setExtras({ flag: 'host' });
    await writeFolder(other.path, builder);
    await pack(other.path);
    const scene = await parseGlb(await readFile(path.join(other.path, 'scene.glb')), 'scene.glb');
    const anchor = scene.document.getRoot().listNodes().find((node) => node.getName() === 'anchor');
    expect([anchor?.getExtras(), anchor?.getWorldTranslation()]).toEqual([{ flag: 'host' }, [1, 2, 3]]);
  });

  it('limits textures', async () => {
    await using other = await temporaryFolder();
    await writeFolder(other.path, await goodScene());
    await pack(other.path, { maxTexture: 16 });
    const scene = await parseGlb(await readFile(path.join(other.path, 'scene.glb')), 'scene.glb');
    expect(scene.document.getRoot().listTextures().map((texture) => texture.getSize())).toEqual([[16, 8]]);
  });

  it('warns of extensions that it leaves out', async () => {
    await using other = await temporaryFolder();
    const file = path.join(other.path, 'export.glb');
    const bytes = Buffer.from(await writeGlb((await goodScene()).document));
    // As another tool would write it: the JSON chunk has spare blanks, which make room for the name of an extension.
    const length = bytes.readUInt32LE(12);
    const json = JSON.parse(bytes.toString('utf8', 20, 20 + length)) as { extensionsUsed?: string[] };
    json.extensionsUsed = ['OMI_seat', 'ACME_fog'];
    const text = Buffer.from(JSON.stringify(json));
    const chunk = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
    const head = Buffer.from(bytes.subarray(0, 20));
    head.writeUInt32LE(20 + chunk.length + bytes.length - 20 - length, 8);
    head.writeUInt32LE(chunk.length, 12);
    await writeFile(file, Buffer.concat([head, chunk, bytes.subarray(20 + length)]));
    const { findings } = await pack(other.path, { input: 'export.glb' });
    expect(told(findings.list)).toEqual(['unknown-extension: the glTF: the extension ACME_fog is not known and is left out. Do without it, or ask for it to be supported.']);
  });

  it('warns of a scene that marks no floor, and walks on all of it', async () => {
    await using other = await temporaryFolder();
    const builder = await goodScene();
    builder.document.getRoot().listNodes().find((node) => node.getName() === 'walk')?.dispose();
    await writeFolder(other.path, builder);
    const { findings } = await pack(other.path);
    expect(told(findings.list)).toEqual(['no-walkable: the scene: no walkable surface is marked, so everything flat is walked on. Mark the floors with extras.venue {"kind":"walkable"}.']);
    using ground = await loadGround(await readFile(path.join(other.path, 'navmesh.bin')));
    expect(ground.path({ x: -4, y: 0, z: 0 }, { x: 5, y: 0, z: 0 }).length).toBeGreaterThan(2);
  });

  it('warns of marked floor that nobody reaches', async () => {
    await using other = await temporaryFolder();
    const builder = await goodScene();
    builder.node('island', { mesh: builder.box('island', [20, 23], [-0.1, 0], [20, 23]), venue: { kind: 'walkable' } });
    await writeFolder(other.path, builder);
    const [warning, ...more] = told((await pack(other.path)).findings.list);
    expect(more).toEqual([]);
    expect(warning).toMatch(/^unreachable-floor: the walkable surface: [456]\.\d m2 of it cannot be walked to from a spawn point, for instance near x 2\d\.\d, z 2\d\.\d\. If people/);
  });
});

describe('packing what is packed', () => {
  it('changes nothing', async () => {
    await using other = await temporaryFolder();
    for (const name of OUTPUTS) await copyFile(path.join(folder.path, name), path.join(other.path, name));
    const before = await Promise.all(OUTPUTS.map((name) => readFile(path.join(other.path, name))));
    const { findings } = await pack(other.path, { input: 'scene.glb' });
    const after = await Promise.all(OUTPUTS.map((name) => readFile(path.join(other.path, name))));
    expect(after.map((bytes, index) => Buffer.compare(bytes, before[index] ?? Buffer.of()))).toEqual([0, 0, 0]);
    expect(told(findings.list)).toEqual(['packed-already: scene.glb: it is packed already, and stays as it is. Pack the raw export for the best quality.']);
  });

  it('may make textures smaller still, and keeps screens and layout', async () => {
    await using other = await temporaryFolder();
    for (const name of OUTPUTS) await copyFile(path.join(folder.path, name), path.join(other.path, name));
    await pack(other.path, { input: 'scene.glb', maxTexture: 16 });
    const scene = await parseGlb(await readFile(path.join(other.path, 'scene.glb')), 'scene.glb');
    expect(scene.document.getRoot().listTextures().map((texture) => texture.getSize())).toEqual([[16, 8]]);
    expect(scene.json.nodes?.map(({ name }) => name).sort()).toEqual(['chair', 'floor', 'screen-1']);
    expect(Buffer.compare(await readFile(path.join(other.path, 'layout.json')), await readFile(path.join(folder.path, 'layout.json')))).toBe(0);
  });

  it('needs what was derived beside it', async () => {
    await using other = await temporaryFolder();
    await copyFile(path.join(folder.path, 'scene.glb'), path.join(other.path, 'scene.glb'));
    expect(await faultOf(other.path, { input: 'scene.glb' })).toEqual(['packed-already: scene.glb: it is packed already, its marks are gone, and there is no layout.json beside it. Pack the raw export.']);
  });
});

describe('pack keeps', () => {
  async function packed(build: (builder: ShapeBuilder) => void, options: Parameters<typeof pack>[1] = {}): Promise<ReadScene & { told: string[]; triangles: number }> {
    await using other = await temporaryFolder();
    const builder = new ShapeBuilder();
    build(builder);
    await writeFolder(other.path, builder);
    const { findings, after } = await pack(other.path, options);
    const scene = await parseGlb(await readFile(path.join(other.path, 'scene.glb')), 'scene.glb');
    return { ...scene, told: told(findings.list), triangles: after.triangles };
  }
  const count = (scene: ReadScene, name: string): number => (scene.json.nodes ?? []).filter((node) => node.name === name).length;

  it('what an exhibit means, with everything below it, though it is repeated elsewhere', async () => {
    const scene = await packed((b) => {
      const mesh = b.sphere('vase');
      for (let index = 0; index < 4; index++) b.node(`copy-${index}`, { mesh, at: [index, 0, 0] });
      b.child(b.node('showpiece', { at: [0, 0, 3] }), 'lid', mesh, [0, 1, 0]);
      b.node('stand', { venue: { kind: 'exhibit', id: 'e', node: 'showpiece' } });
    });
    expect([count(scene, 'showpiece'), count(scene, 'lid'), count(scene, 'vase'), count(scene, 'copy-0')]).toEqual([1, 1, 1, 0]);
  });

  it('what is animated, and still draws the rest with one call', async () => {
    const scene = await packed((b) => {
      const mesh = b.sphere('gondola');
      const wheel = b.node('wheel');
      for (let index = 0; index < 3; index++) b.child(wheel, `gondola-${index}`, mesh, [index, 0, 0]);
      for (let index = 0; index < 3; index++) b.node(`post-${index}`, { mesh, at: [index, -2, 0] });
      const sampler = b.document.createAnimationSampler().setInput(b.accessor('SCALAR', new Float32Array([0, 1]))).setOutput(b.accessor('VEC3', new Float32Array([0, 0, 0, 0, 1, 0])));
      b.document.createAnimation('rise').addSampler(sampler).addChannel(b.document.createAnimationChannel().setSampler(sampler).setTargetPath('translation').setTargetNode(wheel));
    });
    expect([0, 1, 2].map((index) => count(scene, `gondola-${index}`))).toEqual([1, 1, 1]);
    expect([count(scene, 'gondola'), count(scene, 'post-0'), scene.json.animations?.length]).toEqual([1, 0, 1]);
  });

  it('the name of a screen that has something below it', async () => {
    const scene = await packed((b) => {
      const screen = b.node('screen', { mesh: b.box('screen', [0, 2], [0, 1], [0, 0.1]), venue: { kind: 'screen', id: 's' } });
      b.child(screen, 'lamp', b.sphere('lamp'), [0, 1, 0]);
    });
    const screens = scene.document.getRoot().listNodes().filter((node) => node.getName() === 'screen');
    expect(screens.map((node) => [node.getMesh()?.getName(), node.getExtras()])).toEqual([['screen', { venue: { kind: 'screen', id: 's' } }]]);
  });

  it('the look while it simplifies to a part, or to a number, of the triangles', async () => {
    const ball = (b: ShapeBuilder): void => void b.node('ball', { mesh: b.sphere('ball', { rings: 40 }) });
    const whole = await packed(ball);
    const half = await packed(ball, { ratio: 0.5 });
    const few = await packed(ball, { triangles: 1000 });
    expect(half.triangles / whole.triangles).toBeCloseTo(0.5, 1);
    expect(few.triangles).toBeLessThanOrEqual(1050);
    expect(few.told.filter((text) => text.startsWith('not-simplified'))).toEqual([]);
    const none = await packed(ball, { triangles: 4 });
    expect(none.told.at(-1)).toMatch(/^not-simplified: scene\.glb: it still has [\d,]+ triangles: fewer would bend what it shows\./);
  });
});

describe('pack refuses, and writes nothing,', () => {
  it('a source that is missing', async () => {
    await using other = await temporaryFolder();
    expect(await faultOf(other.path)).toEqual([`no-source: source/build/scene.glb: the raw export is not there. Export the scene to ${path.join(other.path, SOURCE_FILE)}, or name another file with --input.`]);
  });

  it('a source that is not glTF', async () => {
    await using other = await temporaryFolder();
    await writeFile(path.join(other.path, 'cat.glb'), 'not a model');
    const [fault] = await faultOf(other.path, { input: 'cat.glb' });
    expect(fault).toMatch(/^unreadable: cat\.glb: it is not a readable glTF binary \(.+\)\. Export the scene again as \.glb\.$/);
    expect(await readdir(other.path)).toEqual(['cat.glb']);
  });

  it('a source that needs other files', async () => {
    await using other = await temporaryFolder();
    const json = Buffer.from(JSON.stringify({ asset: { version: '2.0' }, scenes: [{ nodes: [] }], images: [{ name: 'wood', uri: '../wood.png' }] }).padEnd(120));
    const head = Buffer.alloc(20);
    [0x46546c67, 2, 20 + json.length, json.length, 0x4e4f534a].forEach((value, index) => head.writeUInt32LE(value, index * 4));
    await writeFile(path.join(other.path, 'thin.glb'), Buffer.concat([head, json]));
    expect(await faultOf(other.path, { input: 'thin.glb' })).toEqual(['external-uri: thin.glb, image "wood": it refers to "../wood.png" outside the file. Export as .glb with everything embedded.']);
  });

  it('a source with a mark that does not fit the layout', async () => {
    await using other = await temporaryFolder();
    const builder = await goodScene();
    builder.node('tower', { at: [0, 45, 0], venue: { kind: 'place', id: 'tower' } });
    await writeFolder(other.path, builder);
    const [fault, ...more] = await faultOf(other.path);
    expect(more).toEqual([]);
    expect(fault).toMatch(/^bad-layout: node "tower": its position\.1 is out of bounds/);
    expect((await readdir(other.path)).sort()).toEqual(['lightmap.webp', 'source', 'venue.json']);
  });

  it('a source with wrong marks, and keeps what was packed before', async () => {
    await using other = await temporaryFolder();
    await writeFolder(other.path, await goodScene());
    await pack(other.path);
    const before = await readFile(path.join(other.path, 'layout.json'));
    const builder = await goodScene();
    builder.node('again', { venue: { kind: 'place', id: 'podium' } });
    await writeFolder(other.path, builder);
    expect(await faultOf(other.path)).toEqual(['duplicate-id: node "again": its place id "podium" is taken by node "place-podium". Give every place an id of its own.']);
    expect(Buffer.compare(await readFile(path.join(other.path, 'layout.json')), before)).toBe(0);
  });
});

describe('writeTogether', () => {
  it('leaves the old files and no half one if any of them cannot be written', async () => {
    await using other = await temporaryFolder();
    await writeFile(path.join(other.path, 'a'), 'old');
    await expect(writeTogether(other.path, { a: new Uint8Array([1]), 'missing/b': new Uint8Array([2]) })).rejects.toThrow('ENOENT');
    expect(await readdir(other.path)).toEqual(['a']);
    expect(await readFile(path.join(other.path, 'a'), 'utf8')).toBe('old');
    await rm(path.join(other.path, 'a'));
  });
});
