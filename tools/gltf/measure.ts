/** What a model costs to draw and to load. */
import { ImageUtils } from '@gltf-transform/core';
import type { Document, Texture } from '@gltf-transform/core';
import { pictureFormat } from './guard/picture.ts';
import { instanceCount, sceneNodes, triangleCount } from './triangles.ts';

/** What one node costs. */
export interface NodeCost {
  name: string;
  /** One a primitive; all instances of a node are drawn together. */
  drawCalls: number;
  /** Instances included. */
  triangles: number;
}

/** What one texture takes. */
export interface TextureCost {
  name: string;
  size: string;
  /** Graphics memory uncompressed, with mipmaps, bytes. */
  bytes: number;
}

export interface ModelCost {
  nodes: NodeCost[];
  textures: TextureCost[];
  drawCalls: number;
  triangles: number;
  textureBytes: number;
}

/** Measures the scene that is shown. */
export function measureModel(document: Document): ModelCost {
  const root = document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  const nodes = (shown ? sceneNodes(shown) : []).flatMap((node): NodeCost[] => {
    const primitives = node.getMesh()?.listPrimitives() ?? [];
    if (primitives.length === 0) return [];
    const once = primitives.reduce((sum, primitive) => sum + triangleCount(primitive), 0);
    return [{ name: node.getName() || node.getMesh()?.getName() || 'unnamed', drawCalls: primitives.length, triangles: once * instanceCount(node) }];
  });
  const textures = root.listTextures().map(textureCost);
  return {
    nodes,
    textures,
    drawCalls: sum(nodes, ({ drawCalls }) => drawCalls),
    triangles: sum(nodes, ({ triangles }) => triangles),
    textureBytes: sum(textures, ({ bytes }) => bytes),
  };
}

function textureCost(texture: Texture): TextureCost {
  const image = texture.getImage();
  const name = texture.getName() || texture.getURI() || 'unnamed';
  return image ? { name, ...imageCost(image) } : { name, size: '-', bytes: 0 };
}

/** Pixels and graphics memory of an encoded picture; its own first bytes say what it is. */
export function imageCost(image: Uint8Array): Omit<TextureCost, 'name'> {
  const mimeType = pictureFormat(image) ?? '';
  const size = ImageUtils.getSize(image, mimeType);
  return { size: size ? `${size[0]} x ${size[1]}` : '-', bytes: ImageUtils.getVRAMByteLength(image, mimeType) ?? 0 };
}

const ENVIRONMENT_MAGIC = [0x86, 0x16, 0x87, 0x96, 0xf6, 0xd6, 0x96, 0x36];
/** Babylon keeps a prefiltered environment as a cube of half floats. */
const [CUBE_FACES, BYTES_PER_TEXEL, WITH_MIPMAPS] = [6, 8, 4 / 3];

const WIDEST_CUBE = 4096;

/** Graphics memory of a prefiltered Babylon environment (`.env`: eight bytes of magic, then JSON, then a zero); undefined if it is none. */
export function environmentCost(file: Uint8Array): Omit<TextureCost, 'name'> | undefined {
  if (ENVIRONMENT_MAGIC.some((byte, index) => file[index] !== byte)) return undefined;
  const end = file.indexOf(0, ENVIRONMENT_MAGIC.length);
  const header = parseHeader(file.subarray(ENVIRONMENT_MAGIC.length, end));
  const width = typeof header === 'object' && header !== null && 'width' in header ? Number(header.width) : NaN;
  if (!Number.isInteger(width) || width < 1 || width > WIDEST_CUBE) return undefined;
  return { size: `${CUBE_FACES} x ${width} x ${width}`, bytes: Math.round(CUBE_FACES * width * width * BYTES_PER_TEXEL * WITH_MIPMAPS) };
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Then it is no environment, whatever it begins with.
    return undefined;
  }
}

export function sum<T>(list: readonly T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0);
}
