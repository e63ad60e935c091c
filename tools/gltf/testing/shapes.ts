/** Shapes, pictures and materials for generated glTF files: small, and telling in a picture. */
import type { Document, Material, Mesh, Node, Primitive, vec3 } from '@gltf-transform/core';
import sharp from 'sharp';
import { SceneBuilder } from '../testing.ts';

type Accessor = ReturnType<Document['createAccessor']>;

/** A builder with pictures and curved shapes. Everything stands within 2 m of the origin, so that one camera sees it. */
export class ShapeBuilder extends SceneBuilder {
  accessor(type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4' | 'MAT4', array: Float32Array | Uint16Array | Uint32Array | Uint8Array | Int8Array | Int16Array, normalized = false): Accessor {
    return this.document.createAccessor().setType(type).setArray(array as Float32Array<ArrayBuffer>).setNormalized(normalized).setBuffer(this.document.getRoot().listBuffers()[0] ?? null);
  }

  /** A sphere of radius 1 with normals, texture coordinates, and colours if wanted. */
  sphere(name: string, { rings = 16, material = this.material }: { rings?: number; material?: Material } = {}): Mesh {
    const [positions, uvs, indices]: [number[], number[], number[]] = [[], [], []];
    const columns = rings * 2;
    for (let ring = 0; ring <= rings; ring++) {
      for (let column = 0; column <= columns; column++) {
        const [theta, phi] = [(ring / rings) * Math.PI, (column / columns) * 2 * Math.PI];
        positions.push(Math.sin(theta) * Math.cos(phi), Math.cos(theta), -Math.sin(theta) * Math.sin(phi));
        uvs.push(column / columns, ring / rings);
      }
    }
    for (let ring = 0; ring < rings; ring++) {
      for (let column = 0; column < columns; column++) {
        const a = ring * (columns + 1) + column;
        const b = a + columns + 1;
        if (ring > 0) indices.push(a, b, a + 1);
        if (ring < rings - 1) indices.push(a + 1, b, b + 1);
      }
    }
    const primitive = this.document
      .createPrimitive()
      .setAttribute('POSITION', this.accessor('VEC3', new Float32Array(positions)))
      .setAttribute('NORMAL', this.accessor('VEC3', new Float32Array(positions)))
      .setAttribute('TEXCOORD_0', this.accessor('VEC2', new Float32Array(uvs)))
      .setIndices(this.accessor('SCALAR', positions.length / 3 > 65_535 ? new Uint32Array(indices) : new Uint16Array(indices)))
      .setMaterial(material);
    return this.document.createMesh(name).addPrimitive(primitive);
  }

  /** The first primitive of a mesh. */
  primitive(mesh: Mesh): Primitive {
    const [primitive] = mesh.listPrimitives();
    if (!primitive) throw new Error(`Mesh "${mesh.getName()}" has no primitive.`);
    return primitive;
  }

  /** A picture with stripes and blots, so that turning or shifting it shows. */
  async picture(name: string, { format = 'png', seed = 1 }: { format?: 'png' | 'jpeg' | 'webp' | 'avif'; seed?: number } = {}): Promise<ReturnType<Document['createTexture']>> {
    const bytes = await sharp(stripes(seed), { raw: { width: SIDE, height: SIDE, channels: 3 } }).toFormat(format, { quality: 95 }).toBuffer();
    return this.document.createTexture(name).setImage(new Uint8Array(bytes)).setMimeType(`image/${format}`);
  }

  /** A normal map with a soft bump in each quarter. */
  async bumps(): Promise<ReturnType<Document['createTexture']>> {
    const raw = Buffer.alloc(SIDE * SIDE * 3);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const [nx, ny] = [Math.sin((x / SIDE) * 4 * Math.PI) * 0.4, Math.sin((y / SIDE) * 4 * Math.PI) * 0.4];
        [nx, ny, Math.sqrt(1 - nx * nx - ny * ny)].forEach((value, channel) => {
          raw[(y * SIDE + x) * 3 + channel] = Math.round((value * 0.5 + 0.5) * 255);
        });
      }
    }
    const bytes = await sharp(raw, { raw: { width: SIDE, height: SIDE, channels: 3 } }).png().toBuffer();
    return this.document.createTexture('bumps').setImage(new Uint8Array(bytes)).setMimeType('image/png');
  }

  /** Adds a child that looks like its parent, `at` from it. */
  child(parent: Node, name: string, mesh: Mesh | null, at: vec3): Node {
    const node = this.document.createNode(name).setMesh(mesh).setTranslation(at);
    parent.addChild(node);
    return node;
  }
}

const SIDE = 64;

function stripes(seed: number): Buffer {
  const raw = Buffer.alloc(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = (y * SIDE + x) * 3;
      raw[at] = 60 + ((x * 3 * seed) & 127);
      raw[at + 1] = y < SIDE / 2 ? 180 : 70;
      raw[at + 2] = x > SIDE / 2 ? 200 : 40;
    }
  }
  return raw;
}
