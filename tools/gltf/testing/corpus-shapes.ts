/** Generated files for geometry, hierarchy, animation and compression. */
import { EXTMeshGPUInstancing, EXTMeshoptCompression, KHRMeshQuantization, KHRNodeVisibility, KHRXMP } from '@gltf-transform/extensions';
import { quantize, reorder } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import { writeGlb } from '../io.ts';
import { goodScene } from '../testing.ts';
import { fullScene } from './full-scene.ts';
import type { Sample } from './corpus-materials.ts';
import { RawBuffer, changeJson, rawGlb } from './raw.ts';
import { ShapeBuilder } from './shapes.ts';

/** Primitive modes of glTF 2.0, 3.7.2.1. */
const MODE = { POINTS: 0, LINES: 1, LINE_LOOP: 2, LINE_STRIP: 3, TRIANGLE_STRIP: 5, TRIANGLE_FAN: 6 } as const;

/** A material without pictures, for meshes without texture coordinates. */
function plain(builder: ShapeBuilder): ReturnType<ShapeBuilder['document']['createMaterial']> {
  return builder.document.createMaterial('plain').setBaseColorFactor([0.8, 0.3, 0.2, 1]).setMetallicFactor(0).setDoubleSided(true);
}

function built(name: string, fill: (builder: ShapeBuilder) => void | Promise<void>): Sample {
  return {
    name,
    make: async () => {
      const builder = new ShapeBuilder();
      builder.material.setBaseColorTexture(await builder.picture('stripes')).setRoughnessFactor(0.6).setMetallicFactor(0);
      await fill(builder);
      return writeGlb(builder.document);
    },
  };
}

const HIERARCHY: readonly Sample[] = [
  built('none', (b) => void b.node('box', { mesh: b.box('box', [-1, 1], [-1, 1], [-1, 1]), turn: 0.5 })),
  built('hierarchy-50-deep', (b) => {
    let parent = b.node('level-0', { mesh: b.box('box', [-0.5, 0.5], [-0.1, 0.1], [-0.1, 0.1]), turn: 0.2 });
    for (let level = 1; level <= 50; level++) parent = b.child(parent, `level-${level}`, level % 5 === 0 ? b.box(`box-${level}`, [-0.3, 0.3], [-0.1, 0.1], [-0.1, 0.1]) : null, [0.03, 0.04, 0]).setRotation([0, 0, 0.02, 0.9998]);
  }),
  built('negative-scale', (b) => {
    b.node('mirrored', { mesh: b.sphere('half'), at: [-1, 0, 0] }).setScale([-0.7, 0.7, 0.7]);
    b.node('straight', { mesh: b.sphere('half-2'), at: [1, 0, 0] }).setScale([0.7, 0.7, 0.7]);
  }),
  built('mirrored-repeats', (b) => {
    const mesh = b.sphere('ball');
    for (let index = 0; index < 6; index++) b.node(`ball-${index}`, { mesh, at: [index - 2.5, 0, 0] }).setScale([index % 2 ? -0.4 : 0.4, 0.6, 0.4]);
  }),
  built('sheared-repeats', (b) => {
    const mesh = b.box('box', [-0.3, 0.3], [-0.3, 0.3], [-0.3, 0.3]);
    const squashed = b.node('squashed').setScale([2, 0.6, 1]);
    for (let index = 0; index < 4; index++) b.child(squashed, `box-${index}`, mesh, [index * 0.7 - 1, 0, 0]).setRotation([0, 0, Math.sin(index * 0.3), Math.cos(index * 0.3)]);
  }),
  built('hundred-repeats', (b) => {
    const mesh = b.sphere('ball', { rings: 8 });
    for (let index = 0; index < 100; index++) b.node(`ball-${index}`, { mesh, at: [(index % 10) * 0.3 - 1.4, Math.floor(index / 10) * 0.3 - 1.4, 0], turn: index }).setScale([0.14, 0.14, 0.14]);
  }),
  built('instanced', (b) => {
    const batch = b.document.createExtension(EXTMeshGPUInstancing).createInstancedMesh();
    batch.setAttribute('TRANSLATION', b.accessor('VEC3', new Float32Array([-1, 0, 0, 1, 0, 0, 0, 1, 0])));
    batch.setAttribute('SCALE', b.accessor('VEC3', new Float32Array([0.5, 0.5, 0.5, 0.3, 0.6, 0.3, 0.4, 0.4, 0.4])));
    b.node('balls', { mesh: b.sphere('ball') }).setExtension('EXT_mesh_gpu_instancing', batch);
  }),
  built('two-scenes-no-default', (b) => {
    b.node('shown', { mesh: b.sphere('ball') });
    const other = b.document.createScene('other');
    other.addChild(b.document.createNode('hidden').setMesh(b.box('big', [-3, 3], [-3, 3], [-3, 3])));
  }),
  built('camera', (b) => {
    b.node('ball', { mesh: b.sphere('ball') });
    b.node('eye', { at: [0, 0, 5] }).setCamera(b.document.createCamera('eye').setType('perspective').setYFov(1));
  }),
  built('names', (b) => {
    for (const [index, name] of ['', 'مرحبا', '会议厅', 'a/b\\c', 'twice', 'twice'].entries()) b.node(name, { mesh: b.sphere(name), at: [index - 2.5, 0, 0] }).setScale([0.4, 0.4, 0.4]);
  }),
  built('visibility', (b) => {
    b.node('seen', { mesh: b.sphere('ball') });
    b.node('unseen', { mesh: b.box('big', [-2, 2], [-2, 2], [-2, 2]) }).setExtension('KHR_node_visibility', b.document.createExtension(KHRNodeVisibility).createVisibility().setVisible(false));
  }),
  built('metadata', (b) => {
    b.node('ball', { mesh: b.sphere('ball') });
    b.document.getRoot().setExtension('KHR_xmp_json_ld', b.document.createExtension(KHRXMP).createPacket().setContext({ dc: 'http://purl.org/dc/elements/1.1/' }).setProperty('dc:title', 'Ball'));
  }),
  built('tiny-and-large', (b) => {
    b.node('large', { mesh: b.box('large', [-150, 150], [-1, 0], [-150, 150]), at: [0, -2, 0] });
    b.node('tiny', { mesh: b.sphere('ball'), at: [0, 0.001, 0] }).setScale([0.002, 0.002, 0.002]);
    b.node('ball', { mesh: b.sphere('ball-2') });
  }),
];

const GEOMETRY: readonly Sample[] = [
  built('four-uv-sets', async (b) => {
    const mesh = b.sphere('ball');
    const primitive = b.primitive(mesh);
    const first = primitive.getAttribute('TEXCOORD_0')?.getArray() ?? new Float32Array();
    for (const set of [1, 2, 3]) primitive.setAttribute(`TEXCOORD_${set}`, b.accessor('VEC2', Float32Array.from(first, (value) => value * (set + 1))));
    b.material.setEmissiveTexture(await b.picture('glow', { seed: 5 })).setEmissiveFactor([0.3, 0.3, 0.3]).getEmissiveTextureInfo()?.setTexCoord(3);
    b.node('ball', { mesh });
  }),
  built('vertex-colours-float', (b) => {
    const mesh = b.sphere('ball');
    const positions = b.primitive(mesh).getAttribute('POSITION')?.getArray() ?? new Float32Array();
    b.primitive(mesh).setAttribute('COLOR_0', b.accessor('VEC3', Float32Array.from(positions, (value) => value * 0.5 + 0.5)));
    b.node('ball', { mesh });
  }),
  built('vertex-colours-byte-alpha', (b) => {
    const mesh = b.sphere('ball');
    const count = b.primitive(mesh).getAttribute('POSITION')?.getCount() ?? 0;
    b.primitive(mesh).setAttribute('COLOR_0', b.accessor('VEC4', Uint8Array.from({ length: count * 4 }, (_, index) => (index % 4 === 3 ? 140 : (index * 7) % 256)), true));
    b.material.setAlphaMode('BLEND');
    b.node('ball', { mesh });
  }),
  built('triangle-strip-and-fan', (b) => {
    const corners = new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]);
    const strip = b.document.createPrimitive().setMode(MODE.TRIANGLE_STRIP).setAttribute('POSITION', b.accessor('VEC3', corners)).setMaterial(plain(b));
    const ring = Array.from({ length: 9 }, (_, index) => (index === 0 ? [0, 0, 0] : [Math.cos((index - 1) * 0.8) * 0.8, Math.sin((index - 1) * 0.8) * 0.8, 0])).flat();
    const fan = b.document.createPrimitive().setMode(MODE.TRIANGLE_FAN).setAttribute('POSITION', b.accessor('VEC3', new Float32Array(ring))).setMaterial(plain(b));
    b.node('strip', { mesh: b.document.createMesh('strip').addPrimitive(strip), at: [-1, 0, 0] });
    b.node('fan', { mesh: b.document.createMesh('fan').addPrimitive(fan), at: [1, 0, 0.5] });
  }),
  built('lines-and-points', (b) => {
    b.node('ball', { mesh: b.sphere('ball') }).setScale([0.6, 0.6, 0.6]);
    const spiral = Float32Array.from({ length: 300 }, (_, index) => (index % 3 === 1 ? index / 150 - 1 : Math.sin(index / 9 + (index % 3)) * 1.2));
    for (const [name, mode] of [['lines', MODE.LINES], ['strip', MODE.LINE_STRIP], ['loop', MODE.LINE_LOOP], ['points', MODE.POINTS]] as const) {
      b.node(name, { mesh: b.document.createMesh(name).addPrimitive(b.document.createPrimitive().setMode(mode).setAttribute('POSITION', b.accessor('VEC3', spiral)).setMaterial(plain(b))) });
    }
  }),
  built('no-indices-no-normals', (b) => {
    const triangle = b.document.createPrimitive().setAttribute('POSITION', b.accessor('VEC3', new Float32Array([-1, -1, 0, 1, -1, 0, 0, 1, 0]))).setMaterial(plain(b));
    b.node('triangle', { mesh: b.document.createMesh('triangle').addPrimitive(triangle) });
  }),
  built('seventy-thousand-vertices', (b) => void b.node('ball', { mesh: b.sphere('ball', { rings: 188 }) })),
  built('custom-attributes', (b) => {
    const mesh = b.sphere('ball');
    const count = b.primitive(mesh).getAttribute('POSITION')?.getCount() ?? 0;
    b.primitive(mesh).setAttribute('_TEMPERATURE', b.accessor('SCALAR', new Float32Array(count).fill(20)));
    b.node('ball', { mesh });
  }),
  built('empty-and-degenerate', (b) => {
    b.node('ball', { mesh: b.sphere('ball') });
    b.node('nothing').addChild(b.document.createNode('still-nothing'));
    b.node('point', { mesh: b.document.createMesh('point').addPrimitive(b.document.createPrimitive().setAttribute('POSITION', b.accessor('VEC3', new Float32Array(9).fill(1)))) });
  }),
  { name: 'sparse-accessors', make: () => Promise.resolve(sparse()) },
  { name: 'interleaved', make: () => Promise.resolve(interleaved()) },
  { name: 'data-uri-buffer', make: async () => dataUri(await HIERARCHY[0]?.make()) },
];

/** A square of which the sparse part moves one corner; another accessor has no buffer view at all, so that its zeros are only overridden. */
function sparse(): Uint8Array {
  const buffer = new RawBuffer();
  const base = buffer.add(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]));
  const [indices, moved, values] = [buffer.add(new Uint16Array([0, 1, 2, 0, 2, 3])), buffer.add(new Uint16Array([2])), buffer.add(new Float32Array([2, 2, 0]))];
  const [where, corners] = [buffer.add(new Uint16Array([1, 2])), buffer.add(new Float32Array([-1.5, 0, 0, -1.5, 1.5, 0]))];
  return rawGlb({
    asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0, 1] }], nodes: [{ mesh: 0 }, { mesh: 1 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }, { primitives: [{ attributes: { POSITION: 2 } }] }],
    accessors: [
      { bufferView: base, componentType: 5126, count: 4, type: 'VEC3', min: [-1, -1, 0], max: [2, 2, 0], sparse: { count: 1, indices: { bufferView: moved, componentType: 5123 }, values: { bufferView: values } } },
      { bufferView: indices, componentType: 5123, count: 6, type: 'SCALAR' },
      { componentType: 5126, count: 3, type: 'VEC3', min: [-1.5, 0, 0], max: [0, 1.5, 0], sparse: { count: 2, indices: { bufferView: where, componentType: 5123 }, values: { bufferView: corners } } },
    ],
    bufferViews: buffer.views, buffers: [{ byteLength: buffer.bytes.length }],
  }, buffer.bytes);
}

function interleaved(): Uint8Array {
  const buffer = new RawBuffer();
  const rows = [[-1, -1, 0, 0, 0, 1, 0, 1], [1, -1, 0, 0, 0, 1, 1, 1], [1, 1, 0, 0, 0, 1, 1, 0], [-1, 1, 0, 0, 0, 1, 0, 0]];
  const vertices = buffer.add(new Float32Array(rows.flat()), 32);
  const indices = buffer.add(new Uint8Array([0, 1, 2, 0, 2, 3]));
  const accessor = (byteOffset: number, type: string): object => ({ bufferView: vertices, byteOffset, componentType: 5126, count: 4, type, ...(byteOffset === 0 ? { min: [-1, -1, 0], max: [1, 1, 0] } : {}) });
  return rawGlb({
    asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0, matrix: [0.9, 0, 0.3, 0, 0, 1, 0, 0, -0.3, 0, 0.9, 0, 0, 0, 0, 1].map((value) => value * 1) }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1, TEXCOORD_0: 2 }, indices: 3 }] }],
    accessors: [accessor(0, 'VEC3'), accessor(12, 'VEC3'), accessor(24, 'VEC2'), { bufferView: indices, componentType: 5121, count: 6, type: 'SCALAR' }],
    bufferViews: buffer.views, buffers: [{ byteLength: buffer.bytes.length }],
  }, buffer.bytes);
}

/** Moves the binary chunk into a data URI of the JSON. */
function dataUri(bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true);
  const binary = Buffer.from(bytes.subarray(28 + length));
  const changed = changeJson(bytes, (json) => {
    json.buffers = [{ byteLength: binary.length, uri: `data:application/octet-stream;base64,${binary.toString('base64')}` }];
  });
  const json: unknown = JSON.parse(changed.toString('utf8', 20, 20 + changed.readUInt32LE(12)));
  return rawGlb(json);
}

/** A bar of two bones, bent. */
function skinned(b: ShapeBuilder, { bound, morphed = false }: { bound: boolean; morphed?: boolean }): void {
  const mesh = b.box('bar', [-0.3, 0.3], [-1, 1], [-0.3, 0.3]);
  const primitive = b.primitive(mesh);
  const positions = primitive.getAttribute('POSITION')?.getArray() ?? new Float32Array();
  const count = positions.length / 3;
  primitive.setAttribute('JOINTS_0', b.accessor('VEC4', Uint8Array.from({ length: count * 4 }, (_, index) => (index % 4 === 1 ? 1 : 0))));
  primitive.setAttribute('WEIGHTS_0', b.accessor('VEC4', Float32Array.from({ length: count * 4 }, (_, index) => (index % 4 > 1 ? 0 : ((positions[Math.floor(index / 4) * 3 + 1] ?? 0) > 0) === (index % 4 === 1) ? 1 : 0))));
  if (morphed) morph(b, mesh);
  const hip = b.node('hip');
  const knee = b.child(hip, 'knee', null, [0.2, 0, 0]).setRotation([0, 0, 0.38, 0.925]);
  const skin = b.document.createSkin('bones').addJoint(hip).addJoint(knee);
  if (bound) skin.setInverseBindMatrices(b.accessor('MAT4', new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, -0.2, 0, 1])));
  b.node('bar', { mesh }).setSkin(skin);
}

function morph(b: ShapeBuilder, mesh: ReturnType<ShapeBuilder['box']>): void {
  const positions = b.primitive(mesh).getAttribute('POSITION')?.getArray() ?? new Float32Array();
  const target = b.document.createPrimitiveTarget('wide').setAttribute('POSITION', b.accessor('VEC3', Float32Array.from(positions, (value, index) => (index % 3 === 0 ? value * 0.8 : 0))));
  b.primitive(mesh).addTarget(target);
  mesh.setWeights([0.7]);
}

function spin(b: ShapeBuilder, name: string): void {
  const node = b.document.getRoot().listNodes().find((candidate) => candidate.getName() === name);
  const sampler = b.document.createAnimationSampler().setInput(b.accessor('SCALAR', new Float32Array([0, 1]))).setOutput(b.accessor('VEC4', new Float32Array([0, 0, 0, 1, 0, 1, 0, 0])));
  const channel = b.document.createAnimationChannel().setSampler(sampler).setTargetPath('rotation').setTargetNode(node ?? null);
  b.document.createAnimation('spin').addSampler(sampler).addChannel(channel);
}

const MOVING: readonly Sample[] = [
  built('skin', (b) => skinned(b, { bound: true })),
  built('skin-without-bind-matrices', (b) => skinned(b, { bound: false })),
  built('skin-and-morph', (b) => skinned(b, { bound: true, morphed: true })),
  built('morph', (b) => {
    const mesh = b.sphere('ball');
    morph(b, mesh);
    b.node('ball', { mesh });
  }),
  built('animation', (b) => {
    b.node('fan', { mesh: b.box('fan', [-1, 1], [-0.1, 0.1], [-0.3, 0.3]) });
    spin(b, 'fan');
  }),
  built('animation-among-repeats', (b) => {
    const mesh = b.box('box', [-0.2, 0.2], [-0.2, 0.2], [-0.2, 0.2]);
    const wheel = b.node('wheel');
    for (let index = 0; index < 6; index++) b.child(wheel, `gondola-${index}`, mesh, [Math.cos(index) * 1.2, Math.sin(index) * 1.2, 0]);
    for (let index = 0; index < 6; index++) b.node(`post-${index}`, { mesh, at: [index * 0.5 - 1.2, -1.6, 0] });
    spin(b, 'wheel');
  }),
];

async function meshopt(b: ShapeBuilder): Promise<void> {
  b.node('ball', { mesh: b.sphere('ball') });
  await MeshoptEncoder.ready;
  await b.document.transform(reorder({ encoder: MeshoptEncoder }), quantize());
  b.document.createExtension(EXTMeshoptCompression).setRequired(true).setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.FILTER });
}

const COMPRESSED: readonly Sample[] = [
  built('quantized', async (b) => {
    b.node('ball', { mesh: b.sphere('ball') });
    b.document.createExtension(KHRMeshQuantization).setRequired(true);
    await b.document.transform(quantize());
  }),
  built('meshopt', meshopt),
];

const MARKED: readonly Sample[] = [
  { name: 'marks', make: async () => writeGlb((await goodScene()).document) },
  { name: 'all-marks-and-open-extensions', make: () => fullScene() },
  {
    name: 'unknown-optional-extension',
    make: async () => changeJson((await HIERARCHY[0]?.make()) ?? new Uint8Array(), (json) => {
      json.extensionsUsed = [...(json.extensionsUsed ?? []), 'ACME_fog'];
      const [node] = json.nodes ?? [];
      if (node) node.extensions = { ACME_fog: { density: 1 } };
    }),
  },
];

export const SHAPE_SAMPLES: readonly Sample[] = [...HIERARCHY, ...GEOMETRY, ...MOVING, ...COMPRESSED, ...MARKED];
