/**
 * A small scene with one of everything that a visitor can meet, in the two rooms of the test building: exhibits, a 360-degree stand, a mosaic, a booth, screens, a sound,
 * something that moves, glass, and an unlit poster. Made in code, so that a test knows every colour and place.
 */
import { cp, mkdir, mkdtemp, rename, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Document, NodeIO } from '@gltf-transform/core';
import type { Buffer as GltfBuffer, Material, Node } from '@gltf-transform/core';
import { KHRMaterialsTransmission, KHRMaterialsUnlit } from '@gltf-transform/extensions';
import sharp from 'sharp';
import { bakeBuilding } from '../../shared/navigation/fixture.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { EMPTY_LAYOUT, Layout, Venue } from '../../shared/scene/layout.ts';
import { tone, writeWav } from './sound.ts';

export const SIGHT_SCENE = 'gallery';
/** Hertz of what is heard: the fountain of the scene, and the audio guide. */
export const FOUNTAIN_HERTZ = 440;
export const GUIDE_HERTZ = 880;
/** Colours of the 360-degree picture by where one looks: ahead, right, behind, left. */
export const PANORAMA_COLOURS = ['#c03030', '#30a040', '#3050c0', '#d0b020'] as const;

type Vector = readonly [number, number, number];
const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const WEST = -Math.PI / 2;

/** Puts boxes and upright boards into a glTF. */
class GalleryBuilder {
  readonly document = new Document();
  private readonly buffer: GltfBuffer = this.document.createBuffer();
  private readonly scene = this.document.createScene('gallery');

  material(name: string, colour: Vector): Material {
    return this.document.createMaterial(name).setBaseColorFactor([...colour, 1]).setRoughnessFactor(0.8).setMetallicFactor(0);
  }

  /** A box around `at` on its foot, `size` across, up and deep. */
  box(name: string, material: Material, [x, y, z]: Vector, [width, height, depth]: Vector): Node {
    const positions: number[] = [];
    const normals: number[] = [];
    const indices: number[] = [];
    for (let axis = 0; axis < 3; axis += 1) {
      for (const side of [-1, 1]) {
        const base = positions.length / 3;
        const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
        for (const [a, b] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) {
          const point = [0, 0, 0];
          point[axis] = side;
          point[u] = a * side;
          point[v] = b;
          positions.push((point[0] ?? 0) * (width / 2), ((point[1] ?? 0) + 1) * (height / 2), (point[2] ?? 0) * (depth / 2));
          normals.push(...[0, 1, 2].map((k) => (k === axis ? side : 0)));
        }
        indices.push(base, base + 1, base + 2, base, base + 2, base + 3);
      }
    }
    return this.add(name, material, [x, y, z], { positions, normals, indices, uv: Array.from({ length: positions.length / 3 }, () => [0, 0]).flat() });
  }

  /** An upright board with its middle at `at`, facing along `yaw`, texture coordinates 0 to 1 from its upper left. */
  board(name: string, material: Material, at: Vector, { width, height, yaw }: { width: number; height: number; yaw: number }): Node {
    const [nx, nz] = [Math.sin(yaw), Math.cos(yaw)];
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const;
    const positions = corners.flatMap(([a, b]) => [a * nz * (width / 2), b * (height / 2), -a * nx * (width / 2)]);
    return this.add(name, material, at, { positions, normals: corners.flatMap(() => [nx, 0, nz]), indices: [0, 1, 2, 0, 2, 3], uv: corners.flatMap(([a, b]) => [(a + 1) / 2, (1 - b) / 2]) });
  }

  /** Turns a node once around in `seconds`, over and over. */
  spin(node: Node, seconds: number): void {
    const times = [0, 0.25, 0.5, 0.75, 1].map((share) => share * seconds);
    const turns = times.flatMap((time) => [0, Math.sin((Math.PI * time) / seconds), 0, Math.cos((Math.PI * time) / seconds)]);
    const accessor = (type: 'SCALAR' | 'VEC4', values: number[]) => this.document.createAccessor().setType(type).setArray(new Float32Array(values)).setBuffer(this.buffer);
    const sampler = this.document.createAnimationSampler().setInput(accessor('SCALAR', times)).setOutput(accessor('VEC4', turns)).setInterpolation('LINEAR');
    const channel = this.document.createAnimationChannel().setTargetNode(node).setTargetPath('rotation').setSampler(sampler);
    this.document.createAnimation('spin').addSampler(sampler).addChannel(channel);
  }

  bytes(): Promise<Uint8Array> {
    return new NodeIO().registerExtensions([KHRMaterialsTransmission, KHRMaterialsUnlit]).writeBinary(this.document);
  }

  private add(name: string, material: Material, at: Vector, shape: { positions: number[]; normals: number[]; uv: number[]; indices: number[] }): Node {
    const accessor = (type: 'SCALAR' | 'VEC2' | 'VEC3', array: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>) => this.document.createAccessor().setType(type).setArray(array).setBuffer(this.buffer);
    const primitive = this.document.createPrimitive().setMaterial(material)
      .setAttribute('POSITION', accessor('VEC3', new Float32Array(shape.positions)))
      .setAttribute('NORMAL', accessor('VEC3', new Float32Array(shape.normals)))
      .setAttribute('TEXCOORD_0', accessor('VEC2', new Float32Array(shape.uv)))
      .setIndices(accessor('SCALAR', new Uint16Array(shape.indices)));
    const node = this.document.createNode(name).setTranslation([...at]).setMesh(this.document.createMesh(name).addPrimitive(primitive));
    this.scene.addChild(node);
    return node;
  }
}

/** `scene.glb` of the gallery. */
export async function buildModel(): Promise<Uint8Array> {
  const gallery = new GalleryBuilder();
  const wall = gallery.material('wall', [0.85, 0.8, 0.72]);
  gallery.box('floor', gallery.material('floor', [0.45, 0.33, 0.24]), [0, -0.2, 0], [12, 0.2, 12]);
  for (const [x, z, width, depth] of [[0, -6.1, 12, 0.2], [0, 6.1, 12, 0.2], [-6.1, 0, 0.2, 12], [6.1, 0, 0.2, 12], [0, -3.3, 0.2, 5.4], [0, 3.3, 0.2, 5.4]] as const) {
    gallery.box(`wall ${x} ${z}`, wall, [x, 0, z], [width, 3.2, depth]);
  }
  gallery.box('vase', gallery.material('clay', [0.7, 0.3, 0.15]), [-4, 0, -5.2], [0.5, 1.2, 0.5]);
  gallery.box('globe', gallery.material('brass', [0.75, 0.6, 0.2]), [3, 0.9, -5], [0.6, 0.6, 0.6]);
  const blank = gallery.material('blank', [0.5, 0.5, 0.5]);
  gallery.board('board', blank, [-5.98, 1.5, 0], { width: 2.4, height: 1.6, yaw: -WEST });
  gallery.board('stall', blank, [-1.5, 1.5, 5.98], { width: 1.6, height: 2, yaw: Math.PI });
  gallery.board('screen', blank, [5.98, 1.8, 0], { width: 3.2, height: 1.8, yaw: WEST });
  gallery.board('wall-of-sponsors', blank, [-0.12, 1.7, -3.4], { width: 3, height: 1.5, yaw: WEST });
  const poster = gallery.material('poster', [0.1, 0.5, 0.9]);
  poster.setExtension('KHR_materials_unlit', gallery.document.createExtension(KHRMaterialsUnlit).createUnlit());
  gallery.board('poster', poster, [-3.5, 1.7, 5.98], { width: 0.8, height: 1.2, yaw: Math.PI });
  const glass = gallery.material('glass', [0.8, 0.95, 0.95]).setDoubleSided(true);
  glass.setExtension('KHR_materials_transmission', gallery.document.createExtension(KHRMaterialsTransmission).createTransmission().setTransmissionFactor(0.9));
  gallery.board('pane', glass, [-4, 0.75, -4.8], { width: 1.2, height: 1.5, yaw: 0 });
  const wheel = gallery.box('wheel', gallery.material('red', [0.8, 0.1, 0.1]), [-2, 2.2, 2], [1.2, 0.1, 0.2]);
  gallery.spin(wheel, 4);
  return gallery.bytes();
}

const six = (text: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, `${text} (${language})`])) as Record<Language, string>;
const sixOf = (file: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, file])) as Record<Language, string>;

const LAYOUT: Layout = Layout.parse({
  ...EMPTY_LAYOUT,
  spawnPoints: [{ id: 'entrance', position: [-2.6, 0, -1.2], yaw: WEST }],
  places: [{ id: 'west-centre', position: [-3, 0, 0], yaw: 0, space: 'west' }, { id: 'east-centre', position: [3, 0, 0], yaw: 0, space: 'east' }],
  spaces: [
    { id: 'west', outline: [[-6, -6], [0, -6], [0, 6], [-6, 6]], bottom: -1, top: 5, reverb: 0.2, openings: [] },
    { id: 'east', outline: [[0, -6], [6, -6], [6, 6], [0, 6]], bottom: -1, top: 5, reverb: 0.5, openings: [] },
  ],
  screens: [{ id: 'main', node: 'screen', shows: 'event', aspect: 3.2 / 1.8 }, { id: 'thanks', node: 'wall-of-sponsors', shows: 'sponsors', aspect: 2 }],
  booths: [{ id: 'stall', node: 'stall', aspect: 0.8, position: [-1.5, 0, 4], yaw: 0 }],
  exhibits: [
    { id: 'vase', position: [-4, 0, -3.9], yaw: Math.PI, space: 'west', node: 'vase' },
    { id: 'rug', position: [-1.2, 0, -5], yaw: Math.PI, space: 'west', node: null },
  ],
  panoramas: [{ id: 'desert', position: [3, 0, -3.5], yaw: Math.PI, space: 'east', node: 'globe' }],
  activities: [{ id: 'star', kind: 'mosaic', position: [-4.2, 0, 0], yaw: WEST, space: 'west', node: 'board' }],
  sounds: [{ id: 'fountain', file: 'fountain.wav', position: [-5.5, 0.5, 5], gain: 1, loop: true, refDistance: 2, maxDistance: 40, rolloff: 1 }],
});

const VENUE: Venue = Venue.parse({
  version: 1,
  id: SIGHT_SCENE,
  names: Object.fromEntries(['scene', 'west', 'east', 'west-centre', 'east-centre', 'stall'].map((name) => [name, six(name)])),
  exhibits: {
    vase: { title: six('Clay vase'), text: six('A vase of red clay.\nIt was thrown by hand.'), audio: sixOf('guide.wav'), picture: { file: 'vase.webp', alt: six('A red vase on a plinth') } },
    rug: { title: six('Woven rug'), text: six('A rug of wool.') },
  },
  panoramas: { desert: { title: six('Desert at dawn'), text: six('Dunes all around, and a camp in the distance.'), file: 'desert.webp', kind: 'image', yaw: 0 } },
  activities: {
    star: {
      title: six('Star of the council'), text: six('Lay a tile.'), columns: 6, rows: 4,
      tiles: [
        { name: six('blue star'), colour: '#1f4e9c', shape: 'star' }, { name: six('green cross'), colour: '#1f7a4d', shape: 'cross' },
        { name: six('ochre diamond'), colour: '#c8862a', shape: 'diamond' }, { name: six('red leaf'), colour: '#a6352c', shape: 'leaf' }, { name: six('black square'), colour: '#26242a', shape: 'square' },
      ],
    },
  },
  environment: { file: 'environment.env', intensity: 1 },
  credits: [{ what: 'Gallery', author: 'The Plenum authors', licence: 'Apache-2.0', source: 'tests/support/sight-scene.ts' }],
  budgets: { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 },
});

/** Quarters of the sky, each of one colour: ahead (the middle), right, behind, left. */
async function panorama(): Promise<Buffer> {
  const [ahead, right, behind, left] = PANORAMA_COLOURS;
  const stripes = [[0, 128, behind], [128, 256, left], [384, 256, ahead], [640, 256, right], [896, 128, behind]] as const;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="512">${stripes.map(([x, width, colour]) => `<rect x="${x}" width="${width}" height="512" fill="${colour}"/>`).join('')}</svg>`;
  return sharp(Buffer.from(svg)).webp({ lossless: true }).toBuffer();
}

/** Writes an assets folder with {@link SIGHT_SCENE} and the real avatars. @returns its path, in the temporary folder; the caller removes it. */
export async function writeSightAssets(): Promise<string> {
  const assets = await mkdtemp(join(tmpdir(), 'plenum-sights-'));
  const scene = join(assets, 'scenes', SIGHT_SCENE);
  await mkdir(scene, { recursive: true });
  await Promise.all([
    symlink(join(ASSETS, 'avatars'), join(assets, 'avatars')),
    cp(join(ASSETS, 'scenes/geneva/environment.env'), join(scene, 'environment.env')),
    buildModel().then((bytes) => writeFile(join(scene, SCENE_FILES.model), bytes)),
    bakeBuilding().then((bytes) => writeFile(join(scene, SCENE_FILES.navigation), bytes)),
    writeFile(join(scene, SCENE_FILES.layout), JSON.stringify(LAYOUT)),
    writeFile(join(scene, SCENE_FILES.venue), JSON.stringify(VENUE)),
    panorama().then((bytes) => writeFile(join(scene, 'desert.webp'), bytes)),
    sharp({ create: { width: 400, height: 300, channels: 3, background: '#b4552a' } }).webp().toBuffer().then((bytes) => writeFile(join(scene, 'vase.webp'), bytes)),
    rename(writeWav('fountain', tone(FOUNTAIN_HERTZ, 0.5)), join(scene, 'fountain.wav')),
    rename(writeWav('guide', tone(GUIDE_HERTZ, 0.2, 8)), join(scene, 'guide.wav')),
  ]);
  return assets;
}
