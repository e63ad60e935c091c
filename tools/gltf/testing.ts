/** A small scene for tests, built in code: two rooms with a doorway, chairs, a screen, and every kind of mark. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Document, Logger } from '@gltf-transform/core';
import type { Buffer as GltfBuffer, Material, Mesh, Node, Scene, vec3, vec4 } from '@gltf-transform/core';
import sharp from 'sharp';
import { sentence } from './findings.ts';
import type { Finding } from './findings.ts';
import { parseGlb, writeGlb } from './io.ts';
import type { ReadScene } from './io.ts';
import { SOURCE_FILE } from './pack.ts';

type Range = readonly [number, number];

/** Builds a document node by node. */
export class SceneBuilder {
  readonly document = new Document().setLogger(new Logger(Logger.Verbosity.SILENT));
  readonly scene: Scene = this.document.createScene('scene');
  readonly #buffer: GltfBuffer = this.document.createBuffer();
  readonly material: Material = this.document.createMaterial('paint');

  /** A box mesh; faces outward, with normals and both sets of texture coordinates. */
  box(name: string, x: Range, y: Range, z: Range): Mesh {
    const positions: number[] = [];
    const normals: number[] = [];
    const indices: number[] = [];
    const corner = (bits: number): number[] => [x[bits & 1 ? 1 : 0], y[bits & 2 ? 1 : 0], z[bits & 4 ? 1 : 0]];
    const faces = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]] as const;
    const directions = [[0, 0, -1], [0, 0, 1], [0, -1, 0], [0, 1, 0], [-1, 0, 0], [1, 0, 0]] as const;
    faces.forEach((face, side) => {
      const base = positions.length / 3;
      for (const bits of face) {
        positions.push(...corner(bits));
        normals.push(...(directions[side] ?? []));
      }
      indices.push(base, base + 1, base + 2, base, base + 2, base + 3);
    });
    const texcoords = Array.from({ length: positions.length / 3 }, (_, index) => [[0, 0], [1, 0], [1, 1], [0, 1]][index % 4] ?? []).flat();
    const accessor = (type: 'VEC2' | 'VEC3', values: number[]): ReturnType<Document['createAccessor']> =>
      this.document.createAccessor().setType(type).setArray(new Float32Array(values)).setBuffer(this.#buffer);
    const primitive = this.document
      .createPrimitive()
      .setAttribute('POSITION', accessor('VEC3', positions))
      .setAttribute('NORMAL', accessor('VEC3', normals))
      .setAttribute('TEXCOORD_0', accessor('VEC2', texcoords))
      .setAttribute('TEXCOORD_1', accessor('VEC2', texcoords))
      .setIndices(this.document.createAccessor().setType('SCALAR').setArray(new Uint16Array(indices)).setBuffer(this.#buffer))
      .setMaterial(this.material);
    return this.document.createMesh(name).addPrimitive(primitive);
  }

  /** A node of the scene; `venue` becomes its `extras.venue`. */
  node(name: string, { mesh, at = [0, 0, 0], turn, venue }: { mesh?: Mesh; at?: vec3; turn?: number; venue?: unknown } = {}): Node {
    const rotation: vec4 = [0, Math.sin((turn ?? 0) / 2), 0, Math.cos((turn ?? 0) / 2)];
    const node = this.document.createNode(name).setTranslation(at).setRotation(rotation).setMesh(mesh ?? null);
    if (venue !== undefined) node.setExtras({ venue });
    this.scene.addChild(node);
    return node;
  }
}

/** Metres. Room "west" is x -6 to 0, room "east" is x 0 to 6, both z -4 to 4; the doorway is at x 0, z 1 to 2.5. */
export const ROOMS = { half: 6, depth: 4, height: 3, door: [1, 2.5] as const, doorMiddle: 1.75 };

/** The test scene: everything in it is right. Tests change one thing and look at the message. */
export async function goodScene(): Promise<SceneBuilder> {
  const builder = new SceneBuilder();
  const { half, depth, height, door } = ROOMS;
  const picture = await sharp({ create: { width: 64, height: 32, channels: 3, background: { r: 200, g: 120, b: 40 } } }).composite([{ input: await dot(), left: 3, top: 5 }]).png().toBuffer();
  builder.material.setBaseColorTexture(builder.document.createTexture('wood').setImage(new Uint8Array(picture)).setMimeType('image/png'));
  builder.material.setExtras({ venue: { lightmap: { file: 'lightmap.webp', intensity: 2 } } });
  builder.node('floor', { mesh: builder.box('floor', [-half, half], [-0.2, 0], [-depth, depth]) });
  builder.node('walk', { mesh: builder.box('walk', [-half, half], [-0.1, 0], [-depth, depth]), venue: { kind: 'walkable' } });
  builder.node('block-south', { mesh: builder.box('block-south', [-0.1, 0.1], [0, height], [-depth, door[0]]), venue: { kind: 'obstacle' } });
  builder.node('block-north', { mesh: builder.box('block-north', [-0.1, 0.1], [0, height], [door[1], depth]), venue: { kind: 'obstacle' } });
  builder.node('space-west', { mesh: builder.box('space-west', [-half, 0], [0, height], [-depth, depth]), venue: { kind: 'space', id: 'west', reverb: 0.2, openings: [{ to: 'east', lossDecibels: 12 }] } });
  builder.node('space-east', { mesh: builder.box('space-east', [0, half], [0, height], [-depth, depth]), venue: { kind: 'space', id: 'east', reverb: 0.4 } });
  builder.node('spawn-main', { at: [-4, 0, 0], turn: Math.PI / 2, venue: { kind: 'spawn', id: 'main' } });
  builder.node('place-podium', { at: [5, 0, 0], turn: -Math.PI / 2, venue: { kind: 'place', id: 'podium' } });
  builder.node('screen-1', { mesh: builder.box('screen', [-1, 1], [0, 1], [-0.05, 0]), at: [3, 1, -3.9], venue: { kind: 'screen', id: 'main' } });
  const chair = builder.box('chair', [-0.2, 0.2], [0, 0.4], [-0.2, 0.2]);
  for (let number = 1; number <= 3; number++) {
    const at: vec3 = [1 + number, 0, 3];
    builder.node(`chair-${number}`, { mesh: chair, at });
    builder.node(`seat-${number}`, { at, turn: Math.PI, venue: { kind: 'seat', id: `A${number}`, height: 0.4 } });
    builder.node(`block-chair-${number}`, { mesh: chair, at, venue: { kind: 'obstacle' } });
  }
  return builder;
}

/** Keeps the picture from being one flat colour, which packing would turn into a factor. */
function dot(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 20, g: 20, b: 90 } } }).png().toBuffer();
}

/** A `venue.json` that fits the test scene. */
export function goodVenue(): Record<string, unknown> & { names: Record<string, Record<string, string>>; credits: Record<string, string>[]; budgets: Record<string, number> } {
  const names = (english: string): Record<string, string> => Object.fromEntries(['en', 'fr', 'es', 'ru', 'zh', 'ar'].map((language) => [language, `${english} (${language})`]));
  return {
    version: 1,
    id: 'test',
    names: { scene: names('Test'), west: names('West'), east: names('East'), podium: names('Podium') },
    credits: [{ what: 'everything', author: 'the test', licence: 'Apache-2.0', source: 'tools/gltf/testing.ts' }],
    budgets: { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 },
  };
}

/** Writes a scene folder before packing: raw export, `venue.json`, light map. */
export async function writeFolder(folder: string, builder: SceneBuilder, venue: unknown = goodVenue()): Promise<void> {
  await mkdir(path.join(folder, 'source/build'), { recursive: true });
  await writeFile(path.join(folder, SOURCE_FILE), await writeGlb(builder.document));
  await writeFile(path.join(folder, 'venue.json'), JSON.stringify(venue));
  await writeFile(path.join(folder, 'lightmap.webp'), await sharp({ create: { width: 256, height: 256, channels: 3, background: 'grey' } }).webp().toBuffer());
}

/** What `parseGlb` gives of a document that was built in code. */
export async function asRead(builder: SceneBuilder): Promise<ReadScene> {
  // A buffer that nothing lies in would be written without a length, which the standard forbids.
  const root = builder.document.getRoot();
  if (root.listAccessors().length === 0) for (const buffer of root.listBuffers()) buffer.dispose();
  return parseGlb(await writeGlb(builder.document), 'test.glb');
}

/** A folder that goes away when its scope ends: `await using folder = await temporaryFolder()`. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plenum-scene-'));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** `code: sentence` of every finding, for comparison with what a test expects. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.code}: ${sentence(finding)}`);
}
