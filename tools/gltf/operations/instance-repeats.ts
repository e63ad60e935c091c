/** Draws what is repeated with one call. */
import { MathUtils } from '@gltf-transform/core';
import type { Document, Mesh, Node, Scene, Transform, mat4, vec3, vec4 } from '@gltf-transform/core';
import { EXTMeshGPUInstancing } from '@gltf-transform/extensions';
import { createTransform } from '@gltf-transform/functions';
import { determinant, sceneNodes } from '../triangles.ts';

export const NAME = 'instanceRepeats';

export interface InstanceRepeatsOptions {
  /** From how many nodes with the same mesh on they become one; at least 2. */
  min?: number;
  /** Nodes that must stay as they are, with everything below them: somebody finds them by name. */
  keep?: ReadonlySet<Node>;
}

export const INSTANCE_REPEATS_DEFAULTS: Required<InstanceRepeatsOptions> = { min: 2, keep: new Set() };

/** How far a transform put together again may be from what it was taken from, metres and factors. */
const SHEAR = 1e-4;

/**
 * Merges nodes that share a mesh into one node with EXT_mesh_gpu_instancing, named after the mesh. These nodes stay as they are: those with extras
 * or extensions, skins or weights; those that are animated, or lie below such; mirrored ones, since engines do not turn the faces of a single instance
 * round; sheared ones, which an instance cannot express; and those with volume materials under a scale.
 *
 * ```ts
 * await document.transform(dedup(), instanceRepeats({ min: 2 }));
 * ```
 */
export function instanceRepeats(options: InstanceRepeatsOptions = {}): Transform {
  const { min, keep } = { ...INSTANCE_REPEATS_DEFAULTS, ...options };
  return createTransform(NAME, (document) => {
    const staying = nodesThatStay(document, keep);
    for (const scene of document.getRoot().listScenes()) {
      const groups = Map.groupBy(sceneNodes(scene).filter((node) => isCandidate(node, staying)), (node) => node.getMesh());
      for (const [mesh, nodes] of groups) if (mesh && nodes.length >= Math.max(2, min)) merge(document, { scene, mesh, nodes }, staying);
    }
  });
}

function nodesThatStay(document: Document, keep: ReadonlySet<Node>): Set<Node> {
  const staying = new Set<Node>();
  const root = document.getRoot();
  const moved = root.listAnimations().flatMap((animation) => animation.listChannels()).flatMap((channel) => channel.getTargetNode() ?? []);
  const joints = root.listSkins().flatMap((skin) => skin.listJoints());
  for (const top of [...keep, ...moved, ...joints]) {
    top.traverse((node) => {
      staying.add(node);
    });
  }
  return staying;
}

function isCandidate(node: Node, staying: ReadonlySet<Node>): boolean {
  const mesh = node.getMesh();
  if (!mesh || staying.has(node) || node.getSkin() || node.getWeights().length > 0) return false;
  if (Object.keys(node.getExtras()).length > 0 || node.listExtensions().length > 0) return false;
  const matrix = node.getWorldMatrix();
  if (!(determinant(matrix) > 0)) return false;
  const { translation, rotation, scale } = parts(matrix);
  const again = MathUtils.compose(translation, rotation, scale, new Array<number>(16) as mat4);
  if (again.some((value, index) => !(Math.abs(value - (matrix[index] ?? 0)) <= SHEAR))) return false;
  const scaled = !MathUtils.eq(scale, [1, 1, 1]);
  return !(scaled && mesh.listPrimitives().some((primitive) => primitive.getMaterial()?.getExtension('KHR_materials_volume')));
}

function parts(matrix: mat4): { translation: vec3; rotation: vec4; scale: vec3 } {
  const [translation, rotation, scale] = [[0, 0, 0] as vec3, [0, 0, 0, 1] as vec4, [1, 1, 1] as vec3];
  MathUtils.decompose(matrix, translation, rotation, scale);
  return { translation, rotation, scale };
}

function merge(document: Document, { scene, mesh, nodes }: { scene: Scene; mesh: Mesh; nodes: readonly Node[] }, staying: ReadonlySet<Node>): void {
  const transforms = nodes.map((node) => parts(node.getWorldMatrix()));
  const buffer = document.getRoot().listBuffers()[0] ?? document.createBuffer();
  const accessor = (type: 'VEC3' | 'VEC4', values: readonly (vec3 | vec4)[]): ReturnType<Document['createAccessor']> =>
    document.createAccessor().setType(type).setArray(new Float32Array(values.flat())).setBuffer(buffer);
  const batch = document.createExtension(EXTMeshGPUInstancing).createInstancedMesh();
  batch.setAttribute('TRANSLATION', accessor('VEC3', transforms.map(({ translation }) => translation)));
  if (transforms.some(({ rotation }) => !MathUtils.eq(rotation, [0, 0, 0, 1]))) batch.setAttribute('ROTATION', accessor('VEC4', transforms.map(({ rotation }) => rotation)));
  if (transforms.some(({ scale }) => !MathUtils.eq(scale, [1, 1, 1]))) batch.setAttribute('SCALE', accessor('VEC3', transforms.map(({ scale }) => scale)));
  scene.addChild(document.createNode(mesh.getName()).setMesh(mesh).setExtension('EXT_mesh_gpu_instancing', batch));
  for (const node of nodes) {
    node.setMesh(null);
    removeEmpty(node, staying);
  }
}

/** Removes a node that means nothing any more, and the parents that meant nothing but it. */
function removeEmpty(node: Node, staying: ReadonlySet<Node>): void {
  for (let at: Node | null = node; at; ) {
    const used = at.listChildren().length > 0 || at.getMesh() || at.getCamera() || at.getSkin() || at.listExtensions().length > 0 || Object.keys(at.getExtras()).length > 0;
    if (used || staying.has(at)) return;
    const parent: Node | null = at.getParentNode();
    at.dispose();
    at = parent;
  }
}
